"""A statement on its way, and where the words of drafts meet.

The modules that make, join and finish statements hand these on to each other.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from unspin.marking.people import Roster
from unspin.marking.referents import Table
from unspin.text import length
from unspin.types import CueKind, Factuality, Span, Speaker, Speech

SPEECH = 4  # words in a quotation that can be speech without a cue
FRAGMENT = 6  # the same inside a sentence
SIGNED = 8  # tokens of a name behind a dash
_NEAR = 16  # pieces of statements that can lie over one place
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LONG = 400  # characters of a quotation of which the words are looked at

Places = list[tuple[int, int, int]]  # from, to, number of a draft, in order


@dataclass(slots=True)
class Draft:
    """A statement on its way: what is known before names are resolved."""

    words: list[Span]
    speech: Speech
    cue: tuple[Span, ...] = ()
    kind: CueKind | None = None
    speakers: tuple[Speaker, ...] = ()
    score: float = 0.5
    paragraph: int = 0
    sentence: int = -1
    quoted: list[Span] = field(default_factory=list)  # its quotations, marks and all
    last: bool = False  # a quotation of it ends its paragraph
    factuality: Factuality = "said"


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rules for one paragraph know of the rest."""

    text: str
    roster: Roster
    table: Table
    number: int
    quoting: Speaker | None
    depth: int


def in_marks(draft: Draft) -> list[Span]:
    """The words of a draft that stand between quotation marks."""
    return [span for span in draft.words if any(one.covers(span) for one in draft.quoted)]


def opening(text: str, span: Span) -> list[str]:
    """The words of a stretch of text, of a long one the first ones."""
    return _WORD.findall(text, span.start, min(span.end, span.start + _LONG))


def count(text: str, span: Span) -> int:
    """How many words a stretch of text has, a long one only about."""
    return len(opening(text, span))


def placed(drafts: Sequence[Draft]) -> Places:
    """Where the words of drafts are."""
    return sorted(
        (span.start, span.end, number)
        for number, draft in enumerate(drafts)
        for span in draft.words
    )


def near(places: Places, spans: Sequence[Span]) -> list[int]:
    """The drafts whose words overlap some spans, in order."""
    return sorted({number for number, _, _ in _met(places, spans)})


def _met(places: Places, spans: Sequence[Span]) -> Iterator[tuple[int, Span, int]]:
    """Each piece of a draft that overlaps some spans, and by how much.

    It is looked for a few places back.
    """
    for span in spans:
        last = bisect_left(places, (span.end,))
        for start, end, number in places[max(0, last - _NEAR) : last]:
            if end > span.start:
                yield number, Span(start, end), min(end, span.end) - max(start, span.start)


def alike(places: Places, lengths: Sequence[int], spans: Sequence[Span]) -> list[tuple[int, Span]]:
    """The pieces met of the drafts that share more than half of the shorter with some spans."""
    met = list(_met(places, spans))
    shared = Counter[int]()
    for number, _, common in met:
        shared[number] += common
    whole = length(spans)
    return [
        (number, piece)
        for number, piece, _ in met
        if 2 * shared[number] > min(whole, lengths[number])
    ]
