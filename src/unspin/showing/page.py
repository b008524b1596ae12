"""What every view of a text needs: overlapping spans cut into flat pieces, and the page around it.

In: a text or document and the spans of its marks. Out: pieces that rejoin to the text exactly, so
that no view, and no browser, ever counts an offset again; and templates rendered with everything
escaped.
"""

import base64
import hashlib
import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from unspin.types import Block, BlockKind, Document, Span

# Characters that HTML forbids or a terminal obeys: one for one, so that places stay.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same spans cover from end to end."""

    span: Span
    covering: tuple[int, ...]  # indices of the spans, ascending


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment inside one passage, with the spans that begin and end there."""

    text: str
    covering: tuple[int, ...]  # ascending
    opening: tuple[int, ...]  # outermost first; a span cut by a passage opens in each
    closing: tuple[int, ...]  # innermost first


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of the document in pieces."""

    kind: BlockKind
    span: Span
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """Style, script and policy of a page that loads nothing."""

    style: Markup
    script: Markup
    policy: str  # Content-Security-Policy: only this style and this script, nothing else at all


def segments(text: str, spans: Sequence[Span]) -> tuple[Segment, ...]:
    """The segments of `text` in order, cut wherever one of `spans` begins or ends.

    They rejoin to the text; each span is exactly the segments it covers. Time is that of sorting
    the ends plus the size of the answer.
    """
    length = len(text)
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for index, span in enumerate(spans):
        end = min(span.end, length)
        if span.start < end:
            begins.setdefault(span.start, []).append(index)
            ends.setdefault(end, []).append(index)
    cuts = sorted({0, length, *begins, *ends})
    active: list[int] = []
    cut = []
    for start, end in pairwise(cuts):
        for index in ends.get(start, ()):
            del active[bisect_left(active, index)]
        for index in begins.get(start, ()):
            insort(active, index)
        cut.append(Segment(Span(start, end), tuple(active)))
    return tuple(cut)


def passages(document: Document, spans: Sequence[Span]) -> tuple[Passage, ...]:
    """The document's blocks in the order of its text, cut into pieces by `spans`.

    Text that no block claims is a paragraph of its own; only white space between blocks is left
    out. A block that overlaps an earlier one keeps the rest.
    """
    blocks = tuple(_disjoint(document))
    first = len(spans)
    cut = segments(document.text, [*spans, *(block.span for block in blocks)])
    inside: list[list[Segment]] = [[] for _ in blocks]
    for segment in cut:
        if segment.covering and segment.covering[-1] >= first:
            inside[segment.covering[-1] - first].append(
                Segment(segment.span, segment.covering[:-1])
            )
    return tuple(
        Passage(block.kind, block.span, _pieces(document.text, spans, within))
        for block, within in zip(blocks, inside, strict=True)
    )


def link(address: str | None) -> str | None:
    """`address` when it is a web address that is safe to follow, else None."""
    if address is None or re.search(r"[\s\x00-\x20\x7f-\x9f<>\"\\]", address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.hostname else None


def visible(text: str) -> str:
    """`text` with each control character, lone surrogate and noncharacter as U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def render(template: str, **data: object) -> str:
    """The page of `template`; every name it uses must be in `data`."""
    return visible(_environment().get_template(template).render(data, look=_look()))


def _disjoint(document: Document) -> Iterator[Block]:
    text = document.text
    position = 0
    for block in sorted(document.blocks, key=lambda block: block.span):
        yield from _stray(text, position, block.span.start)
        position = max(position, min(block.span.start, len(text)))
        end = min(block.span.end, len(text))
        if position < end:
            yield Block(Span(position, end), block.kind, block.place)
            position = end
    yield from _stray(text, position, len(text))


def _stray(text: str, start: int, end: int) -> Iterator[Block]:
    between = text[start:end]
    if between.strip():
        start += len(between) - len(between.lstrip())
        yield Block(Span(start, start + len(between.strip())), "paragraph", "")


def _pieces(text: str, spans: Sequence[Span], within: Sequence[Segment]) -> tuple[Piece, ...]:
    covers: list[frozenset[int]] = [frozenset(segment.covering) for segment in within]
    pieces = []
    for place, segment in enumerate(within):
        before = covers[place - 1] if place else frozenset()
        after = covers[place + 1] if place + 1 < len(within) else frozenset()
        pieces.append(
            Piece(
                segment.span.of(text),
                segment.covering,
                tuple(sorted(covers[place] - before, key=lambda index: (-spans[index].end, index))),
                tuple(
                    sorted(covers[place] - after, key=lambda index: (-spans[index].start, -index))
                ),
            )
        )
    return tuple(pieces)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("unspin.showing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _look() -> Look:
    static = files("unspin.showing") / "static"
    style = (static / "unspin.css").read_text("utf-8")
    script = (static / "unspin.js").read_text("utf-8")
    return Look(
        style=Markup(style),  # noqa: S704 - a file of this package
        script=Markup(script),  # noqa: S704 - a file of this package
        policy=(
            f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
            "img-src 'none'; base-uri 'none'; form-action 'none'"
        ),
    )


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
