"""The second reader of a page: one pass over the markup, for pages on which the parser loses text.

It builds no tree, so nothing nests too deep and no token is too long; it yields the same stretches,
placed by the characters of the markup they stand at.
"""

from html.parser import HTMLParser
from itertools import accumulate

from unspin.reading.stretches import BLOCKS, STRONG, UNSEEN, Box, Stretch, hides

_DEEP = 64  # boxes within boxes that are told apart
_VOID = frozenset(("area base br col embed hr img input link meta param source track wbr").split())
_SILENT = frozenset({"script", "style", "title"})


def find(markup: str) -> list[Stretch]:
    """All stretches of `markup` in the order of its source, hidden ones included."""
    reader = _Reader(markup)
    reader.feed(markup)
    reader.close()
    reader.end(len(markup))
    return reader.found


class _Reader(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Stretch] = []
        self._lines = [0, *accumulate(len(line) + 1 for line in markup.split("\n"))]
        self._box = Box("body", "", "", None, 0, hidden=False)
        self._open: list[str] = []  # block elements, as deep as they are told apart
        self._beyond = 0  # block elements deeper than that
        self._silent = 0
        self._links = 0
        self._strong = 0
        self._parts: list[str] = []
        self._linked = self._bold = 0
        self._start = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self.end(self._here())
        elif tag in BLOCKS:
            self.end(self._here())
            if tag not in _VOID:
                self._enter(tag, dict(attrs))
        elif tag == "a":
            self._links += 1
        elif tag in STRONG:
            self._strong += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the signature of the base class
        if tag in BLOCKS or tag == "br":
            self.end(self._here())

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in BLOCKS:
            self.end(self._here())
            self._leave(tag)
        elif tag == "a":
            self._links = max(0, self._links - 1)
        elif tag in STRONG:
            self._strong = max(0, self._strong - 1)

    def handle_data(self, data: str) -> None:
        if self._silent or not data:
            return
        if not self._parts:
            if not data.strip():
                return
            self._start = self._here()
        self._parts.append(data)
        size = len(data.strip())
        self._linked += size if self._links else 0
        self._bold += size if self._strong else 0

    def end(self, at: int) -> None:
        """Close the running stretch at character `at` of the markup."""
        text = " ".join("".join(self._parts).split())
        if text:
            box = self._box
            placed = Box(
                box.tag,
                box.hints,
                f"characters {self._start}-{at}",
                box.parent,
                box.depth,
                box.hidden,
            )
            self.found.append(
                Stretch(
                    text,
                    placed,
                    min(self._linked, len(text)),
                    self._bold,
                    after_break=False,
                    hidden=box.hidden,
                )
            )
        self._parts = []
        self._linked = self._bold = 0

    def _enter(self, tag: str, attributes: dict[str, str | None]) -> None:
        if len(self._open) >= _DEEP:
            self._beyond += 1
            return
        hints = " ".join(
            attributes.get(name) or "" for name in ("class", "id", "role", "itemprop")
        ).lower()
        hidden = self._box.hidden or tag in UNSEEN or hides(attributes, hints)
        self._open.append(tag)
        self._box = Box(tag, hints, "", self._box, len(self._open), hidden)

    def _leave(self, tag: str) -> None:
        if self._beyond:
            self._beyond -= 1
        elif tag in self._open:
            while self._open.pop() != tag:
                self._box = self._box.parent or self._box
            self._box = self._box.parent or self._box

    def _here(self) -> int:
        line, column = self.getpos()
        return min(self._lines[line - 1] + column, self._lines[-1])
