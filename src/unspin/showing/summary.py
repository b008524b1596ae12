"""What a view says first, and in what order it tells the rest: alike in the terminal and on a page.

In: Marks and the counts of their words. Out: claims and slips to look at first, techniques by the
voice they stand in, and the speakers by how far they are known, all as indices and numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, Protocol, TypeVar

from unspin.showing import phrases, shares
from unspin.types import LAYERS, Layer, Marks, Voicing

FIRST = 3  # claims and speakers named in a summary
_TOLD: frozenset[shares.Standing] = frozenset({"named", "author", "unnamed"})  # and no bare "he"
Whose = Literal["report", "opinion", "speech"]

_WHOSE: dict[Whose, str] = {
    "report": "in the outlet\u2019s own voice",
    "opinion": "in the author\u2019s opinion",
    "speech": "in statements, the words of whoever speaks",
}
_KNOWN: dict[shares.Standing, tuple[str, str]] = {
    "named": ("named speaker", "named speakers"),
    "author": ("the author", ""),
    "unnamed": ("unnamed", "unnamed"),
    "open": ("left open", "left open"),
    "missing": ("statement without a speaker", "statements without a speaker"),
}


class Standing(Protocol):
    """A speaker, as far as it is known."""

    @property
    def standing(self) -> shares.Standing:
        """How far it is known."""
        ...


Speaking = TypeVar("Speaking", bound=Standing)


@dataclass(frozen=True, slots=True)
class Reason:
    """Techniques explained in the same words."""

    explanation: str
    techniques: tuple[int, ...]  # indices, ascending


@dataclass(frozen=True, slots=True)
class Sort:
    """Techniques of one name in one voice."""

    name: str
    reasons: tuple[Reason, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(len(reason.techniques) for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Rhetoric:
    """The techniques in one kind of voice."""

    whose: Whose
    label: str
    count: int
    words: int  # in that voice
    sorts: tuple[Sort, ...]  # commonest first


def unlooked(marks: Marks) -> tuple[Layer, ...]:
    """The layers that were not looked for, so that an empty one is not read as a finding."""
    looked = marks.made_by.settings.layers
    return tuple(layer for layer in LAYERS if layer not in looked)


def counts(marks: Marks) -> tuple[str, ...]:
    """How much was found in each layer that was looked for."""
    looked = marks.made_by.settings.layers
    layers: tuple[tuple[Layer, int, str], ...] = (
        ("statements", len(marks.statements), "statement"),
        ("figures", len(marks.figures), "figure"),
        ("dates", len(marks.dates), "date"),
        ("claims", len(marks.claims), "claim"),
        ("techniques", len(marks.techniques), "technique"),
        ("slips", len(marks.slips), "slip"),
    )
    return tuple(
        phrases.count(number, noun) for layer, number, noun in layers if number or layer in looked
    )


def ranked(marks: Marks) -> tuple[int, ...]:
    """The claims, most worth checking first; equal ones as they stand in the text."""
    return tuple(sorted(range(len(marks.claims)), key=lambda index: -marks.claims[index].score))


def rhetoric(marks: Marks, counted: shares.Shares) -> tuple[Rhetoric, ...]:
    """The techniques by voice, the outlet's own first; a voice without words or techniques is none.

    Only what the outlet says itself is the outlet's: a technique in a statement is the speaker's.
    """
    if not marks.techniques and "techniques" not in marks.made_by.settings.layers:
        return ()
    words: dict[Whose, int] = {
        "report": counted.report,
        "opinion": counted.opinion,
        "speech": counted.speech,
    }
    found: dict[Whose, list[int]] = {mouth: [] for mouth in words}
    for index, technique in enumerate(marks.techniques):
        found[whose(technique.voice)].append(index)
    return tuple(
        Rhetoric(mouth, _WHOSE[mouth], len(found[mouth]), words[mouth], _sorts(marks, found[mouth]))
        for mouth in words
        if words[mouth] or found[mouth]
    )


def whose(voice: Voicing) -> Whose:
    """Whose words: the outlet's, the author's, or those of whoever speaks."""
    return voice if voice in {"report", "opinion"} else "speech"


def known(counted: shares.Shares) -> str:
    """How many speakers are known and how far, and the share of each kind and of the author."""
    told = []
    for standing, noun in _KNOWN.items():
        sources = [source for source in counted.sources if source.standing == standing]
        if sources:
            number = len(sources) if sources[0].found else len(sources[0].statements)
            share = phrases.percent(counted.standings[standing], counted.words)
            many = noun[0] if standing == "author" else phrases.count(number, *noun)
            told.append(f"{many} {share}")
    return " · ".join(told)


def first(sources: Iterable[Speaking]) -> Sequence[Speaking]:
    """The speakers that a summary names: the first of those that are known."""
    return tuple(islice((source for source in sources if source.standing in _TOLD), FIRST))


def _sorts(marks: Marks, found: list[int]) -> tuple[Sort, ...]:
    grouped: dict[str, dict[str, list[int]]] = {}
    for index in found:
        technique = marks.techniques[index]
        reasons = grouped.setdefault(technique.name, {})
        reasons.setdefault(technique.explanation, []).append(index)
    sorts = (
        Sort(name, tuple(Reason(words, tuple(indices)) for words, indices in reasons.items()))
        for name, reasons in grouped.items()
    )
    return tuple(sorted(sorts, key=lambda sort: -sort.count))
