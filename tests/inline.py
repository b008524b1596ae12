"""Marked text → text and spans, and plain text → Document, for tests.

`<s1>We stay</s1>, <cue s1>said</cue> <who s1="Ana Rell">Rell</who>.` is the text without the tags
and a list of what they mark. Pieces with one name belong together; attributes are expectations.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from unspin.types import Block, BlockKind, Document, Found, Origin, Span

_TAG = re.compile(r"<(/?)([a-z]+\d*)((?:\s+[a-z]+\d*(?:=\"[^\"]*\")?)*)\s*>")
_ATTRIBUTE = re.compile(r"([a-z]+\d*)(?:=\"([^\"]*)\")?")
_BLOCK = re.compile(r"\S[\s\S]*?(?=\n[^\S\n]*\n|\s*\Z)")


@dataclass(frozen=True, slots=True)
class Tagged:
    """What one pair of tags says: `<who s1="Ana Rell">Rell</who>`."""

    name: str
    attributes: dict[str, str | None]
    span: Span


def parse(marked: str) -> tuple[str, tuple[Tagged, ...]]:
    """The text without its tags, and what the tags marked, by place."""
    parts: list[str] = []
    found: list[Tagged] = []
    opened: list[tuple[str, dict[str, str | None], int]] = []
    position = length = 0
    for tag in _TAG.finditer(marked):
        parts.append(marked[position : tag.start()])
        length += tag.start() - position
        position = tag.end()
        if tag[1]:
            name, attributes, start = opened.pop()
            assert name == tag[2], f"<{name}> closed by </{tag[2]}>"
            found.append(Tagged(name, attributes, Span(start, length)))
        else:
            attributes = {key: value or None for key, value in _ATTRIBUTE.findall(tag[3])}
            opened.append((tag[2], attributes, length))
    assert not opened, f"<{opened[-1][0]}> never closed"
    return "".join([*parts, marked[position:]]), tuple(sorted(found, key=lambda one: one.span))


def document(
    text: str,
    *,
    published: date | None = date(2024, 3, 14),
    language: str | None = "en",
    section: str | None = None,
    kinds: dict[int, BlockKind] | None = None,
) -> Document:
    """A document of `text`, its blocks parted by empty lines; `kinds` are by number of block."""
    blocks = tuple(
        Block(Span(*match.span()), (kinds or {}).get(number, "paragraph"), f"line {number + 1}")
        for number, match in enumerate(_BLOCK.finditer(text))
    )
    return Document(
        id="0" * 16,
        text=text,
        title=None,
        authors=(),
        outlet=None,
        published=published,
        modified=None,
        section=section,
        language=language,
        canonical=None,
        credit=None,
        found=Found(),
        blocks=blocks,
        furniture=(),
        origin=Origin("-", "0" * 64, "text/plain", "text/1", None),
        warnings=(),
    )


def of_case(case: dict[str, Any]) -> tuple[Document, tuple[Tagged, ...]]:
    """The document of a case in `data/cases`, and what is expected of it."""
    text, tags = parse(case["text"])
    published = case.get("published", "2024-03-14")
    return document(
        text,
        published=date.fromisoformat(published) if published else None,
        language=case.get("language", "en"),
        section=case.get("section"),
        kinds={int(number): kind for number, kind in case.get("kinds", {}).items()},
    ), tags
