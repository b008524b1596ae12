"""The passages behind one item side by side: each in its paragraph, the words of the item marked.

In: places, and the documents they point into. Out: Sides, cut into marked and unmarked words. A
place whose document is not at hand is shown by its words alone.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from unspin.showing import page
from unspin.showing.accounts import APART, Located, Named, Names, alike
from unspin.types import BlockKind, Marks, Span

_ROOM = 300  # characters shown of a long paragraph before and after the words


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, marked or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One paragraph, or as much of it as surrounds the words."""

    kind: BlockKind
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One place of an item."""

    anchor: str
    document: Named
    href: str | None  # the paragraph in the whole article


@dataclass(frozen=True, slots=True)
class Passage:
    """The paragraphs that hold the words, and all the places where they read the same."""

    sides: tuple[Side, ...]
    excerpts: tuple[Excerpt, ...]
    language: str | None


@dataclass(frozen=True, slots=True)
class Sides:
    """The places of an item, and their passages, those of copies once."""

    places: tuple[Side, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents as they are read side by side."""

    called: Names
    texts: Mapping[str, str]  # by id
    blocks: Mapping[str, tuple[page.Passage, ...]]  # by id, unmarked, in order
    languages: Mapping[str, str | None]  # by id


def shelf(called: Names, marks: Iterable[Marks]) -> Shelf:
    """The documents of the marks."""
    documents = {found.document.id: found.document for found in marks}
    return Shelf(
        called,
        {name: document.text for name, document in documents.items()},
        {name: page.passages(document, ()) for name, document in documents.items()},
        {name: document.language for name, document in documents.items()},
    )


def sides(shelf: Shelf, anchor: str, places: Sequence[Located]) -> Sides:
    """A side for each place in order; their anchors are `anchor` with a number."""
    told = tuple(
        Side(
            f"{anchor}-{number}",
            shelf.called.document(place.document),
            paragraph(shelf, place),
        )
        for number, place in enumerate(places, 1)
    )
    shown = [
        (tuple(_excerpts(shelf, place)), shelf.languages.get(place.document)) for place in places
    ]
    return Sides(
        told,
        tuple(Passage(tuple(told[at] for at in group), *shown[group[0]]) for group in alike(shown)),
    )


def within(shelf: Shelf, inner: Located, outer: Located) -> tuple[Piece, ...]:
    """The words of `outer` in one line with those of `inner` marked, where they lie in them."""
    text = shelf.texts.get(outer.document)
    if text is None or inner.document != outer.document or not outer.spans:
        return (Piece(APART.join(outer.words), False),)
    cut: list[Piece] = []
    for span in outer.spans:
        cut += [Piece(APART, False)] if cut else []
        cut += _pieces(text, span, inner.spans)
    return tuple(cut)


def paragraph(shelf: Shelf, place: Located) -> str | None:
    """Anchor of the paragraph where the place begins, in the whole article on the page."""
    found = _blocks(shelf, place)
    named = shelf.called.documents.get(place.document)
    return f"d{named.number}-b{found[0]}" if found and named else None


def _excerpts(shelf: Shelf, place: Located) -> Iterator[Excerpt]:
    blocks = shelf.blocks.get(place.document, ())
    text = shelf.texts.get(place.document, "")
    found = _blocks(shelf, place)
    if not found:
        yield Excerpt("paragraph", tuple(Piece(words, True) for words in place.words))
    for number in found:
        block = blocks[number]
        touching = [span for span in place.spans if span.overlaps(block.span)]
        windows = _windows(text, block.span, touching)
        cut = [Piece("… ", False)] if windows[0].start > block.span.start else []
        for at, shown in enumerate(windows):
            cut += [Piece(" … ", False)] if at else []
            cut += _pieces(text, shown, touching)
        cut += [Piece(" …", False)] if windows[-1].end < block.span.end else []
        yield Excerpt(block.kind, tuple(cut))


def _blocks(shelf: Shelf, place: Located) -> list[int]:
    """The paragraphs that hold words of the place, in order."""
    blocks = shelf.blocks.get(place.document, ())
    found: set[int] = set()
    for span in place.spans:
        after = bisect_right(blocks, span.start, key=lambda block: block.span.start)
        number = max(after - 1, 0)
        while number < len(blocks) and blocks[number].span.start < span.end:
            if blocks[number].span.overlaps(span):
                found.add(number)
            number += 1
    return sorted(found)


def _windows(text: str, block: Span, spans: Sequence[Span]) -> list[Span]:
    """The parts of the block, cut between words, that are not far from a span; in order."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: one.start):
        shown = _window(text, block, span)
        if found and shown.start <= found[-1].end:
            shown = Span(found[-1].start, max(found.pop().end, shown.end))
        found.append(shown)
    return found


def _window(text: str, block: Span, span: Span) -> Span:
    """The block, cut between words where it runs on far from the span."""
    first, last = span.start - _ROOM, span.end + _ROOM
    start = block.start
    if first > start:
        start = min(max(text.find(" ", first, span.start) + 1, first), span.start)
    end = max(text.rfind(" ", span.end, last), last - _ROOM) if last < block.end else block.end
    return Span(start, end)


def _pieces(text: str, shown: Span, spans: Sequence[Span]) -> list[Piece]:
    here = [
        Span(max(span.start, shown.start) - shown.start, min(span.end, shown.end) - shown.start)
        for span in spans
        if span.overlaps(shown)
    ]
    return [
        Piece(segment.span.of(words), bool(segment.covering))
        for words in (shown.of(text),)
        for segment in page.segments(words, here)
    ]
