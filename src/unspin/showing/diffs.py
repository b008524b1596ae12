"""Word-level diffs as pieces to read in a row: what stays, what was cut, added or moved.

In: the places of two texts, the steps between them, and the texts of their documents. Out: pieces
whose kept and added words are the words of the text here, letter by letter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from unspin.showing import phrases
from unspin.showing.accounts import APART, Located
from unspin.types import Difference, DiffKind, Span

_CLOSING = frozenset(".,;:!?\u201d\u2019)")
_AROUND = 40  # characters shown on both sides of an edit
_KEPT: Mapping[DiffKind, Literal["same", "moved"]] = {"same": "same", "moved": "moved"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words and what became of them."""

    kind: Literal["same", "cut", "added", "moved"]
    text: str
    instead: bool = False  # added in the place of words that were cut


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a copy in the words around it."""

    before: str
    pieces: tuple[Piece, ...]
    after: str


def pieces(
    here: Located, there: Located, diff: Sequence[Difference], texts: Mapping[str, str]
) -> tuple[Piece, ...]:
    """The words `here` with what was cut from those `there`; spans without a step are the same.

    Where the two have no word in common there is nothing to hold against each other.
    """
    text = texts.get(here.document)
    if text is None or not any(step.kind == "same" for step in diff):
        return (Piece("same", APART.join(here.words)),)
    return tuple(_merged(_steps(text, texts.get(there.document, ""), here.spans, diff)))


def edits(
    copy: str, first: str, diff: Sequence[Difference], texts: Mapping[str, str]
) -> Iterator[Edit]:
    """Each step that is not "same", with the words around it in the copy, else in the first."""
    for step in diff:
        if step.kind == "same":
            continue
        at, text = (
            (step.here, texts.get(copy, "")) if step.here else (step.there, texts.get(first, ""))
        )
        if at is None:
            continue
        before = text[max(at.start - _AROUND, 0) : at.start]
        after = text[at.end : at.end + _AROUND]
        yield Edit(
            phrases.line(before[0 if at.start <= _AROUND else before.find(" ") + 1 :]),
            tuple(_changed(step, texts.get(copy, ""), texts.get(first, ""))),
            phrases.line(after if at.end + _AROUND >= len(text) else after[: after.rfind(" ") + 1]),
        )


def _steps(
    text: str, base: str, spans: Sequence[Span], diff: Sequence[Difference]
) -> Iterator[Piece]:
    """Words that stay, and in between all that was cut before all that came in its place."""
    if not spans:
        return
    at = spans[0].start
    for kept, run in groupby(diff, key=lambda step: _KEPT.get(step.kind)):
        steps = list(run)
        here = [step.here for step in steps if step.here]
        lost = [step.there.of(base) for step in steps if step.there and not kept]
        cut = phrases.line(" ".join(lost))
        if here:
            yield Piece("same", _between(text, spans, at, here[0].start))
        if cut:
            yield from (Piece("same", " "), Piece("cut", cut), Piece("same", " "))
        if here:
            at = max(at, here[0].start)
            end = max(span.end for span in here)
            told = _between(text, spans, at, end)
            kind = (kept or "added") if told.strip() else "same"
            yield Piece(kind, told, instead=bool(cut))
            at = max(at, end)
    yield Piece("same", _between(text, spans, at, spans[-1].end))


def _changed(step: Difference, text: str, base: str) -> Iterator[Piece]:
    if step.kind == "same":
        yield Piece("same", step.here.of(text) if step.here else "")
        return
    if step.there:
        yield Piece("cut", step.there.of(base))
    if step.here and step.there:
        yield Piece("same", " ")
    if step.here:
        yield Piece("added", step.here.of(text), instead=step.there is not None)


def _between(text: str, spans: Sequence[Span], start: int, end: int) -> str:
    """The words of `spans` from `start` to `end`, an ellipsis between those that stand apart."""
    inside = [
        Span(max(span.start, start), min(span.end, end))
        for span in spans
        if max(span.start, start) < min(span.end, end)
    ]
    told = APART.join(span.of(text) for span in inside)
    starts = {span.start for span in spans[1:]}
    opened = APART if inside and inside[0].start in starts and inside[0].start != start else ""
    closed = APART if end in starts and (not inside or inside[-1].end < end) else ""
    return opened + told + closed


def _merged(found: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours that stay as one piece, with no two spaces where something was cut."""
    kept = ""
    begun = False
    for piece in found:
        if piece.kind != "same":
            if kept:
                yield Piece("same", kept if begun else kept.lstrip())
            yield piece
            kept, begun = "", True
        elif kept == " " and piece.text[:1] in _CLOSING:
            kept = piece.text
        elif not (piece.text[:1].isspace() and kept[-1:].isspace()):
            kept += piece.text
        else:
            kept += piece.text.lstrip()
    if kept.strip():
        yield Piece("same", kept)
