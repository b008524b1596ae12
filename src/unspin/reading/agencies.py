"""The news agency a text is credited to: by its dateline, its byline or its last line."""

import re
from collections.abc import Sequence
from functools import cache

from unspin.reading import words
from unspin.types import Block

# such as: "PORT VARR, March 3 (Meridian) — ...", "Port Varr (Meridian) - ..."
_DATELINE = re.compile(
    r"^[^\W\d_][\w .,'’/-]{1,60}?\s*\((?P<agency>[A-Z][\w .&-]{1,30})\)\s*[-–—:]{1,2}\s"
)
_TEXT = frozenset({"paragraph", "cell"})  # old pages set their text in tables
_FIRST = 4  # blocks in which a dateline may stand


def find(
    text: str, blocks: Sequence[Block], authors: Sequence[str]
) -> tuple[str | None, str | None]:
    """The agency and where it is named, "dateline", "byline" or "last line"; None twice if not."""
    paragraphs = [block.span.of(text) for block in blocks if block.kind in _TEXT]
    for paragraph in paragraphs[:_FIRST]:
        if dateline := _DATELINE.match(paragraph):
            return dateline["agency"], "dateline"
    for author in authors:
        if agency := _signed().search(author):
            return agency.group(), "byline"
    if paragraphs and (agency := _signed().search(paragraphs[-1])) and len(paragraphs[-1]) < 80:  # noqa: PLR2004 - a signature, not a sentence
        return agency.group(), "last line"
    return None, None


@cache
def _signed() -> re.Pattern[str]:
    """A whole line, or a part of it in brackets or after a dash, that is an agency's name."""
    names = "|".join(map(re.escape, words.lines("agencies.txt")))
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")
