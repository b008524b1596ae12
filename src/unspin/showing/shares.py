"""How a text divides between voices, and who is given how much of it.

In: Marks. Out: counts of words. Every word counts once, for the innermost statement it lies in;
joint speakers of one statement are each given all of it. A word is quoted where a statement around
it, innermost or not, has it between quotation marks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from unspin.showing import page, phrases
from unspin.types import Marks, Span, Speaker, Statement, WhoKind

Standing = Literal[
    "named",  # by the fullest name in the document, or the author
    "unnamed",  # a source the article keeps unnamed
    "open",  # only words that name somebody here: who that is was not sure
    "missing",  # no speaker was found
]

_WORD = re.compile(r"\w+(?:[.,'\u2019\-]\w+)*")
_OPENING = frozenset("“”„‟\"«»「『\u2018\u201a'`")
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
    statements = marks.statements
    depth = depths(statements)
    given = [0] * len(statements)
    opinion = report = quoted = 0
    for held, marked, argued, words in _stretches(marks):
        if held:
            given[max(held, key=lambda index: (depth[index], index))] += words
            quoted += words if marked else 0
        elif argued:
            opinion += words
        else:
            report += words
    return Shares(
        words=report + opinion + sum(given),
        report=report,
        opinion=opinion,
        quoted=quoted,
        reported=sum(given) - quoted,
        sources=_sources(marks, given),
        standings=_standings(statements, given),
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
        told.append(Part("quoted", "quoted", counted.quoted))
        told.append(Part("reported", "reported speech", counted.reported))
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


def standing(speaker: Speaker) -> Standing:
    """How far the speaker is known."""
    if speaker.who_kind == "unnamed":
        return "unnamed"
    if speaker.who or speaker.who_kind == "author":
        return "named"
    return "open" if speaker.words else "missing"


def _stretches(marks: Marks) -> Iterator[tuple[tuple[int, ...], bool, bool, int]]:
    """For each stretch: its statements, whether quoted, whether the author argues, words begun."""
    text = marks.document.text
    owners = [
        (index, span, _quoted(statement, span, text))
        for index, statement in enumerate(marks.statements)
        for span in statement.words
    ]
    argued = [voice.span for voice in marks.voices if voice.voice == "opinion"]
    starts = (match.start() for match in _WORD.finditer(text))
    start = next(starts, None)
    for segment in page.segments(text, [*(span for _, span, _ in owners), *argued]):
        begun = 0
        while start is not None and start < segment.span.end:
            begun += 1
            start = next(starts, None)
        inside = [owners[index] for index in segment.covering if index < len(owners)]
        held = tuple(index for index, _, _ in inside)
        marked = any(quoted for _, _, quoted in inside)
        yield held, marked, len(held) < len(segment.covering), begun


def _quoted(statement: Statement, span: Span, text: str) -> bool:
    """Whether these words are the speaker's own: those of a mixed statement, where a mark opens."""
    if statement.speech == "mixed":
        return text[max(span.start - 1, 0) : span.start] in _OPENING
    return statement.speech == "direct"


def _standings(statements: Sequence[Statement], given: Sequence[int]) -> dict[Standing, int]:
    words: dict[Standing, int] = {}
    for statement, number in zip(statements, given, strict=True):
        for known in {standing(speaker) for speaker in statement.speakers or (_NOBODY,)}:
            words[known] = words.get(known, 0) + number
    return words


def _sources(marks: Marks, given: Sequence[int]) -> tuple[Source, ...]:
    grouped: dict[tuple[str, WhoKind | None, Standing], list[int]] = {}
    for index, statement in enumerate(marks.statements):
        keys = {
            (
                phrases.speaker(speaker, marks.document.text),
                speaker.who_kind,
                standing(speaker),
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
