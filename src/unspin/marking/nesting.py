"""Drafts → statements: sorted, each once, and each told which one it lies in."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from unspin.marking.drafts import Draft
from unspin.types import Span, Statement


def finished(text: str, drafts: Sequence[Draft]) -> tuple[Statement, ...]:
    """Sorted, each once, trimmed, and each told which one it lies in."""
    unique: dict[tuple[Span, ...], Statement] = {}
    for draft in drafts:
        trimmed = (_trimmed(text, span) for span in draft.words)
        words = tuple(span for span in trimmed if span.start < span.end)
        if not words or any(left.end > right.start for left, right in pairwise(words)):
            continue
        statement = Statement(
            words,
            draft.speech,
            draft.cue,
            draft.kind,
            draft.speakers,
            None,
            round(draft.score, 2),
            draft.factuality,
        )
        if words not in unique or unique[words].score < statement.score:
            unique[words] = statement
    ordered = sorted(
        unique.values(),
        key=lambda one: (one.words[0].start, -one.words[-1].end, one.words),
    )
    return tuple(
        replace(statement, within=within)
        for statement, within in zip(ordered, _parents(ordered), strict=True)
    )


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _parents(statements: Sequence[Statement]) -> list[int | None]:
    """For each statement the innermost one that covers all its words, in one sweep."""
    pieces = sorted(
        (span.start, -span.end, number, place)
        for number, statement in enumerate(statements)
        for place, span in enumerate(statement.words)
    )
    covering: dict[int, list[set[int]]] = {}
    active: list[tuple[int, int]] = []
    for start, negative_end, number, _ in pieces:
        active = [one for one in active if one[0] > start]
        covering.setdefault(number, []).append(
            {other for end, other in active if end >= -negative_end and other != number}
        )
        active.append((-negative_end, number))
    parents: list[int | None] = []
    for number in range(len(statements)):
        common = set.intersection(*covering[number])
        earlier = [other for other in common if other < number]
        parents.append(
            min(earlier, key=lambda other: (_extent(statements[other]), -other), default=None)
        )
    return parents


def _extent(statement: Statement) -> int:
    return sum(span.end - span.start for span in statement.words)
