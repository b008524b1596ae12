"""How a text divides between voices, and who is given how much of it.

In: Marks. Out: counts of words, each word once; joint speakers of one statement are each given all
of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from unspin import wordcount
from unspin.showing import phrases
from unspin.types import COVERED, Marks, Speaker, Statement, WhoKind

Standing = wordcount.Standing | Literal["author"]  # who says "I" or "we" without being quoted

_NOBODY = Speaker((), None, None)


@dataclass(frozen=True, slots=True)
class Source:
    """One speaker of the document and what it is given."""

    name: str
    kind: WhoKind | None
    standing: Standing
    statements: tuple[int, ...]  # indices, ascending
    words: int

    @property
    def found(self) -> bool:
        """Whether there is a speaker at all."""
        return self.standing != "missing"


@dataclass(frozen=True, slots=True)
class Shares:
    """The words of a document by voice, and its sources by how much they are given."""

    words: int
    report: int  # in the outlet's own voice
    opinion: int  # in the author's
    quoted: int  # in statements, between quotation marks or set off as a quotation
    reported: int  # in statements, in the outlet's words
    sources: tuple[Source, ...]
    standings: Mapping[Standing, int]  # words in statements of such speakers

    @property
    def speech(self) -> int:
        """Words in statements of any kind."""
        return self.quoted + self.reported


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the text in one kind of voice."""

    name: Literal["report", "quoted", "reported", "opinion"]
    label: str
    words: int


def count(marks: Marks) -> Shares:
    """The shares of every voice and speaker."""
    counted = wordcount.of(marks)
    return Shares(
        words=counted.words,
        report=counted.report,
        opinion=counted.opinion,
        quoted=counted.quoted,
        reported=counted.reported,
        sources=_sources(marks, counted.given),
        standings=_standings(marks.statements, counted.given),
    )


def parts(marks: Marks, counted: Shares) -> tuple[Part, ...]:
    """The parts of the text that were told apart; what was not looked for is no part of its own."""
    layers = marks.made_by.settings.layers
    covered = marks.document.language in COVERED
    speech = bool(marks.statements) or "statements" in layers
    opinion = bool(counted.opinion) or (covered and "voices" in layers)
    told: list[Part] = []
    if opinion:
        told.append(Part("report", "report", counted.report))
    elif speech:
        told.append(Part("report", "outside statements", counted.report))
    if speech:
        told.append(Part("quoted", "quoted", counted.quoted))
    if speech and (counted.reported or covered):
        told.append(Part("reported", "reported speech", counted.reported))
    if opinion:
        told.append(Part("opinion", "opinion", counted.opinion))
    return tuple(told)


def _standing(speaker: Speaker) -> Standing:
    return "author" if speaker.who_kind == "author" else wordcount.standing(speaker)


def _standings(statements: Sequence[Statement], given: Sequence[int]) -> dict[Standing, int]:
    words: dict[Standing, int] = {}
    for statement, number in zip(statements, given, strict=True):
        for known in {_standing(speaker) for speaker in statement.speakers or (_NOBODY,)}:
            words[known] = words.get(known, 0) + number
    return words


def _sources(marks: Marks, given: Sequence[int]) -> tuple[Source, ...]:
    grouped: dict[tuple[str, WhoKind | None, Standing], list[int]] = {}
    for index, statement in enumerate(marks.statements):
        keys = {
            (
                phrases.speaker(speaker, marks.document.text),
                speaker.who_kind,
                _standing(speaker),
            ): None
            for speaker in statement.speakers or (_NOBODY,)
        }
        for key in keys:
            grouped.setdefault(key, []).append(index)
    sources = [
        Source(name, kind, known, tuple(indices), sum(given[index] for index in indices))
        for (name, kind, known), indices in grouped.items()
    ]
    return tuple(sorted(sources, key=lambda source: (not source.found, -source.words)))
