"""The text of a page in order, cut where its markup starts a new block.

A tree comes in; out come stretches: every run of text between two block boundaries, with the boxes
it lies in. Nothing is left out, so what is not chosen for the document can be named in the ledger.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

Element = Any  # lxml ships no types of its own

BLOCKS = frozenset(
    (
        "address article aside blockquote body button caption center dd details dialog dir div dl"
        " dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html iframe"
        " label legend li main menu nav noscript object ol optgroup option p pre section select"
        " summary svg table tbody td template textarea tfoot th thead tr ul video audio"
    ).split()
)
_INLINE = frozenset(
    (
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small"
        " span strike strong sub sup time tt u var wbr"
    ).split()
)
_KNOWN = BLOCKS | _INLINE
_PLAIN = re.compile(r"[\w.-]+")
_NAMED = "*[name()='{}']"
_SILENT = frozenset({"script", "style", "head"})
_ENDS = frozenset('.!?:;…”"’»')
UNSEEN = frozenset({"noscript", "template", "iframe", "object", "video", "audio"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])")
_HIDDEN_CLASS = re.compile(
    r"(?<![\w-])(?:sr-only|off-?screen|visually-?hidden|screen-?reader(?:-text)?|visuallyhidden|hidden-accessible)(?![\w-])"
)
_TELLING = ("class", "id", "role", "itemprop", "data-testid", "data-component")
STRONG = frozenset({"b", "strong", "em", "i"})


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element."""

    tag: str
    hints: str  # its class, id, role and the like, in lower case
    place: str  # XPath
    parent: "Box | None"
    depth: int
    hidden: bool


@dataclass(slots=True, eq=False)
class Stretch:
    """A run of text between two block boundaries, white space collapsed."""

    text: str
    box: Box
    linked: int  # characters of `text` inside links
    strong: int  # characters inside bold or italic
    after_break: bool  # parted from the stretch before it by a line break only
    hidden: bool


def find(root: Element) -> list[Stretch]:
    """All stretches of the page in the order of its source, hidden ones included."""
    walker = _Walker()
    body = root.find("body")
    start = root if body is None else body
    top = Box(start.tag, "", root.getroottree().getpath(start), None, 0, hidden=False)
    walker.enter(start, top, top.place, _Way(linked=False, strong=False, hidden=False))
    walker.close(top)
    return walker.found


class _Way(NamedTuple):
    """What the elements on the way to a text make of it."""

    linked: bool
    strong: bool
    hidden: bool


class _Walker:
    """Gathers text until a block boundary closes the stretch."""

    def __init__(self) -> None:
        self.found: list[Stretch] = []
        self._parts: list[str] = []
        self._linked = 0
        self._strong = 0
        self._hidden = 0
        self._length = 0
        self._after_break = False

    def text(self, text: str, way: _Way) -> None:
        """Add a text node that was met on `way`."""
        self._parts.append(text)
        size = len(text.strip())
        if size:
            self._length += size
            self._linked += size if way.linked else 0
            self._strong += size if way.strong else 0
            self._hidden += size if way.hidden else 0

    def close(self, box: Box, *, by_break: bool = False) -> None:
        """End the running stretch at a block boundary of `box`."""
        if self._length:
            self.found.append(
                Stretch(
                    text=" ".join("".join(self._parts).split()),
                    box=box,
                    linked=self._linked,
                    strong=self._strong,
                    after_break=self._after_break,
                    hidden=box.hidden or self._hidden * 2 > self._length,
                )
            )
        if self._parts or not by_break:
            self._after_break = by_break
        self._parts = []
        self._linked = self._strong = self._hidden = self._length = 0

    def enter(self, element: Element, box: Box, place: str, way: _Way) -> None:
        """Add all text under `element` at `place`, an XPath, whose nearest block is `box`."""
        if element.text:
            self.text(element.text, way)
        counts: dict[str, int] = {}
        for child in element:
            tag = child.tag
            if isinstance(tag, str):
                counts[tag] = counts.get(tag, 0) + 1
                if tag == "br":
                    self._break(child, box)
                elif tag not in _SILENT:
                    step = tag if tag in _KNOWN or _PLAIN.fullmatch(tag) else _NAMED.format(tag)
                    self._child(child, box, f"{place}/{step}[{counts[tag]}]", way)
            if child.tail:
                self.text(child.tail, way)

    def _child(self, child: Element, box: Box, place: str, way: _Way) -> None:
        tag = child.tag
        attributes = dict(child.items())
        hints = ""
        hidden = way.hidden or tag in UNSEEN
        if attributes:
            hints = _hints(attributes)
            hidden = hidden or hides(attributes, hints)
        inner = way
        if hidden != way.hidden or tag == "a" or tag in STRONG:
            inner = _Way(way.linked or tag == "a", way.strong or tag in STRONG, hidden)
        if tag in BLOCKS:
            self.close(box)
            own = Box(tag, hints, place, box, box.depth + 1, hidden)
            self.enter(child, own, place, inner)
            self.close(own)
        elif tag in _INLINE:
            self.enter(child, box, place, inner)
        else:  # a picture, a control, an element of the site's own: it parts words, not paragraphs
            self._parts.append(" ")
            self.enter(child, box, place, inner)
            self._parts.append(" ")

    def _break(self, element: Element, box: Box) -> None:
        """A line break parts two stretches, unless the sentence runs on across it."""
        before = "".join(self._parts).rstrip()
        after = (element.tail or "").lstrip()
        if before and after[:1].islower() and before[-1:] not in _ENDS:
            self._parts.append(" ")
        else:
            self.close(box, by_break=True)


def _hints(attributes: Mapping[str, str]) -> str:
    return " ".join(filter(None, map(attributes.get, _TELLING))).lower()


def hides(attributes: Mapping[str, str | None], hints: str) -> bool:
    """Whether an element with these attributes keeps its text from the reader's eyes."""
    style = attributes.get("style")
    return (
        "hidden" in attributes
        or (style is not None and _HIDDEN_STYLE.search(style.lower()) is not None)
        or _is_hidden(hints)
    )


@lru_cache(maxsize=20_000)
def _is_hidden(hints: str) -> bool:
    return _HIDDEN_CLASS.search(hints) is not None
