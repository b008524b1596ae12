"""An HTML page as the text that "select all, copy, paste" gives: no markup, nothing left out.

In: the page's source. Out: its visible text in order, each block element on lines of its own, an
empty line around paragraphs, headings and lists, cells of a table row parted by tabs. What the
markup itself hides is absent, as it is from a copy made in a browser.
"""

import re
from collections.abc import Iterator
from typing import Any

_SKIPPED = frozenset(
    {
        *("script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object"),
        *("embed", "video", "audio", "canvas", "select", "textarea", "input", "datalist", "title"),
    }
)
_APART = frozenset(  # an empty line before and after
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre", "table"}
)
_BLOCKS = _APART | frozenset(
    {
        *("address", "article", "aside", "body", "button", "caption", "center", "dd", "details"),
        *("dialog", "dir", "div", "dt", "fieldset", "figcaption", "figure", "footer", "form"),
        *("header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "section"),
        *("summary", "tbody", "tfoot", "thead", "tr"),
    }
)
_CELLS = frozenset({"td", "th"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NEWLINES = re.compile(r"\n{3,}")
_BREAK, _GAP, _TAB = "<break>", "<gap>", "\t"


def paste(html: str) -> str:
    """The visible text of the page `html`."""
    from lxml import html as parser

    if not html.strip():
        return ""
    source = parser.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    root = parser.document_fromstring(html.encode("utf-8", "replace"), parser=source)
    lines = [""]
    apart = False
    for part in _parts(root):
        if part in {_BREAK, _GAP}:
            apart = apart or part == _GAP
            if lines[-1].strip():
                lines.append("")
        elif part:
            if apart and part.strip() and len(lines) > 1 and not lines[-1].strip():
                lines.append("")
            apart = apart and not part.strip()
            first, *others = part.split("\n")
            lines[-1] += first
            lines.extend(others)
    text = "\n".join(_cells(line) for line in lines)
    return _NEWLINES.sub("\n\n", text).strip("\n") + "\n"


def _cells(line: str) -> str:
    cells = (" ".join(cell.split()) for cell in line.split(_TAB))
    return _TAB.join(cell for cell in cells if cell)


def _parts(root: Any) -> Iterator[str]:  # noqa: ANN401 - lxml ships no types
    """Text and the breaks of the markup in order; white space of the source is one space."""
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        element, closing = waiting.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if closing:
            yield _edge(tag)
            yield _flat(element.tail, element.getparent())
            continue
        if not tag or tag in _SKIPPED or _is_hidden(element):
            yield _flat(element.tail, element.getparent())
            continue
        yield "\n" if tag == "br" else _edge(tag)
        yield _flat(element.text, element)
        waiting.append((element, True))
        waiting.extend((child, False) for child in reversed(element))


def _edge(tag: str) -> str:
    if tag in _APART:
        return _GAP
    if tag in _CELLS:
        return _TAB
    return _BREAK if tag in _BLOCKS else ""


def _flat(text: str | None, parent: Any) -> str:  # noqa: ANN401 - lxml ships no types
    if not text or parent is None:
        return ""
    if parent.tag == "pre":
        return text
    return re.sub(r"\s+", " ", text)


def _is_hidden(element: Any) -> bool:  # noqa: ANN401 - lxml ships no types
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))
