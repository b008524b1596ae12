"""How a text divides between voices, and who is given how much of it.

In: Marks. Out: counts of words. Every word counts once, for the innermost statement it lies in;
joint speakers of one statement are each given all of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from unspin.showing import page, phrases
from unspin.types import Marks, Speaker, Statement, WhoKind

_WORD = re.compile(r"\w+(?:[.,'\u2019\-]\w+)*")


@dataclass(frozen=True, slots=True)
class Source:
    """One speaker of the document and what it is given."""

    name: str
    kind: WhoKind | None
    found: bool  # False: the statements whose speaker was not found
    statements: tuple[int, ...]  # indices, ascending
    words: int


@dataclass(frozen=True, slots=True)
class Shares:
    """The words of a document by voice, and its sources by how much they are given."""

    words: int
    report: int  # in the outlet's own voice
    opinion: int  # in the author's
    direct: int  # in statements all quoted
    reported: int  # in statements told wholly or partly in the outlet's words
    sources: tuple[Source, ...]

    @property
    def speech(self) -> int:
        """Words in statements of any kind."""
        return self.direct + self.reported


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the text in one kind of voice."""

    name: Literal["report", "speech", "opinion"]
    label: str
    words: int


def count(marks: Marks) -> Shares:
    """The shares of every voice and speaker."""
    statements = marks.statements
    depth = depths(statements)
    given = [0] * len(statements)
    opinion = report = 0
    for held, argued, words in _stretches(marks):
        if held:
            given[max(held, key=lambda index: (depth[index], index))] += words
        elif argued:
            opinion += words
        else:
            report += words
    direct = sum(
        words
        for words, statement in zip(given, statements, strict=True)
        if statement.speech == "direct"
    )
    return Shares(
        words=report + opinion + sum(given),
        report=report,
        opinion=opinion,
        direct=direct,
        reported=sum(given) - direct,
        sources=_sources(marks, given),
    )


def parts(marks: Marks, counted: Shares) -> tuple[Part, ...]:
    """The parts of the text that were told apart; what was not looked for is no part of its own."""
    layers = marks.made_by.settings.layers
    speech = bool(marks.statements) or "statements" in layers
    opinion = bool(marks.voices) or "voices" in layers
    told: list[Part] = []
    if opinion:
        told.append(Part("report", "report", counted.report))
    elif speech:
        told.append(Part("report", "outside statements", counted.report))
    if speech:
        told.append(Part("speech", "quoted or reported speech", counted.speech))
    if opinion:
        told.append(Part("opinion", "opinion", counted.opinion))
    return tuple(told)


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


def words(text: str) -> int:
    """How many words the text has."""
    return sum(1 for _ in _WORD.finditer(text))


def _stretches(marks: Marks) -> Iterator[tuple[tuple[int, ...], bool, int]]:
    """For each stretch: the statements it lies in, whether the author argues, words begun."""
    text = marks.document.text
    owners = [
        (index, span)
        for index, statement in enumerate(marks.statements)
        for span in statement.words
    ]
    argued = [voice.span for voice in marks.voices if voice.voice == "opinion"]
    starts = (match.start() for match in _WORD.finditer(text))
    start = next(starts, None)
    for segment in page.segments(text, [*(span for _, span in owners), *argued]):
        begun = 0
        while start is not None and start < segment.span.end:
            begun += 1
            start = next(starts, None)
        held = tuple(owners[index][0] for index in segment.covering if index < len(owners))
        yield held, len(held) < len(segment.covering), begun


def _sources(marks: Marks, given: list[int]) -> tuple[Source, ...]:
    nobody = Speaker((), None, None)
    grouped: dict[tuple[str, WhoKind | None, bool], list[int]] = {}
    for index, statement in enumerate(marks.statements):
        keys = {
            (
                phrases.speaker(speaker, marks.document.text),
                speaker.who_kind,
                bool(speaker.who or speaker.words or speaker.who_kind == "author"),
            ): None
            for speaker in statement.speakers or (nobody,)
        }
        for key in keys:
            grouped.setdefault(key, []).append(index)
    sources = [
        Source(name, kind, found, tuple(indices), sum(given[index] for index in indices))
        for (name, kind, found), indices in grouped.items()
    ]
    return tuple(sorted(sources, key=lambda source: (not source.found, -source.words)))
