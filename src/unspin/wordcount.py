"""Who has how many words of a text: one count for the X-ray of an article and for comparisons.

In: Marks. Out: counts of words. Every word counts once, for the innermost statement it lies in, or
for the outlet or the author. A word is quoted where a statement around it, innermost or not, has it
between quotation marks.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from unspin.types import Marks, Span, Speaker, Statement

Standing = Literal[
    "named",  # by the fullest name in the document, or the author
    "unnamed",  # a source the article keeps unnamed
    "open",  # only words that name somebody here: who that is was not sure
    "missing",  # no speaker was found
]

_WORD = re.compile(r"\w+(?:[.,'\u2019\-]\w+)*")
_OPENING = frozenset("“”„‟\"«»「『\u2018\u201a'`")


@dataclass(frozen=True, slots=True)
class Counts:
    """The words of a document by whose they are."""

    words: int
    report: int  # in the outlet's own voice
    opinion: int  # in the author's
    quoted: int  # in statements, between quotation marks or set off as a quotation
    given: tuple[int, ...]  # to each statement, by its index

    @property
    def speech(self) -> int:
        """Words in statements of any kind."""
        return sum(self.given)

    @property
    def reported(self) -> int:
        """Words in statements, in the outlet's words."""
        return self.speech - self.quoted


def of(marks: Marks) -> Counts:
    """The words of the document by voice and statement."""
    text, statements = marks.document.text, marks.statements
    starts = [match.start() for match in _WORD.finditer(text)]
    owners: list[int | None] = [None] * len(starts)
    quoted = [False] * len(starts)
    argued = [False] * len(starts)
    depth = depths(statements)
    for index in sorted(range(len(statements)), key=lambda index: (depth[index], index)):
        for span in statements[index].words:
            inside = _begun(starts, span)
            owners[inside] = [index] * len(starts[inside])
            if _is_quoted(statements[index], span, text):
                quoted[inside] = [True] * len(starts[inside])
    for voice in marks.voices:
        if voice.voice == "opinion":
            inside = _begun(starts, voice.span)
            argued[inside] = [True] * len(starts[inside])
    given = [0] * len(statements)
    opinion = 0
    for owner, is_argued in zip(owners, argued, strict=True):
        if owner is not None:
            given[owner] += 1
        elif is_argued:
            opinion += 1
    return Counts(
        words=len(starts),
        report=len(starts) - sum(given) - opinion,
        opinion=opinion,
        quoted=sum(quoted),
        given=tuple(given),
    )


def words(text: str) -> int:
    """How many words the text has."""
    return sum(1 for _ in _WORD.finditer(text))


def depths(statements: Sequence[Statement]) -> tuple[int, ...]:
    """How many statements each statement lies in; a chain that never ends counts its links once."""
    known: dict[int, int] = {}
    for index in range(len(statements)):
        chain: dict[int, None] = {}
        at: int | None = index
        while at is not None and at not in known and at not in chain:
            chain[at] = None
            outer = statements[at].within
            at = outer if outer is not None and 0 <= outer < len(statements) else None
        base = known[at] + 1 if at is not None and at in known else 0
        for above, link in enumerate(reversed(chain)):
            known[link] = base + above
    return tuple(known[index] for index in range(len(statements)))


def standing(speaker: Speaker) -> Standing:
    """How far the speaker is known."""
    if speaker.who_kind == "unnamed":
        return "unnamed"
    if speaker.who or speaker.who_kind == "author":
        return "named"
    return "open" if speaker.words else "missing"


def _begun(starts: Sequence[int], span: Span) -> slice:
    """The words that begin in the span."""
    return slice(bisect_left(starts, span.start), bisect_left(starts, span.end))


def _is_quoted(statement: Statement, span: Span, text: str) -> bool:
    """Whether these words are the speaker's own: those of a mixed statement, where a mark opens."""
    if statement.speech == "mixed":
        return text[max(span.start - 1, 0) : span.start] in _OPENING
    return statement.speech == "direct"
