"""Markdown in, a Document out: its blocks with their lines, front matter read, links' text kept.

In: CommonMark with tables, with or without front matter (`---` and `key: value`, or `+++`). Out: a
Document; places are `line N` or `lines N-M`. What is not text of the article is furniture: the
front matter, a byline, comments, link definitions. A picture gives its description as a caption.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from unspin.reading import bylines, moments
from unspin.reading.assembly import Particulars, Piece, assemble, collapse
from unspin.reading.decoding import decode
from unspin.reading.resources import Resource
from unspin.types import BlockKind, Document, Found, Furniture, FurnitureKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

READER = "markdown/1"
_MEDIA_TYPE = "text/markdown"
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_MATTER = 200  # lines in which front matter must end
_PAIR = re.compile(r"([A-Za-z][\w.-]{0,40})\s*[:=]\s*(.*)")
_NESTED = 200  # levels of quotes and lists
_BRACKETS = 5000  # in one paragraph; with more, links are text, for finding them is not linear
_KEYS = {
    "title": ("title", "headline"),
    "authors": ("author", "authors", "byline", "creator"),
    "published": ("date", "published", "pubdate", "publishdate", "published_at", "datepublished"),
    "modified": ("modified", "updated", "lastmod", "last_modified", "updated_at"),
    "canonical": ("canonical", "canonical_url", "url", "link", "source_url", "source"),
    "outlet": ("outlet", "publisher", "publication", "site", "site_name", "newspaper"),
    "section": ("section", "category"),
    "language": ("language", "lang"),
}
_HTML_KINDS: dict[str, BlockKind] = {
    "blockquote": "blockquote",
    "figcaption": "caption",
    "caption": "caption",
    "li": "item",
    "dd": "item",
    "dt": "item",
    "td": "cell",
    "th": "cell",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
}
_HTML_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "details", "div", "dl", "fieldset", "figure", "footer"),
        *("form", "header", "hr", "iframe", "main", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "tfoot", "thead", "tr", "ul", "video", "audio", "center"),
    ]
)
_UNSEEN = frozenset({"script", "style", "template", "noscript"})
_OPENING: dict[str, BlockKind] = {
    "heading_open": "heading",
    "blockquote_open": "blockquote",
    "list_item_open": "item",
    "th_open": "cell",
    "td_open": "cell",
}
_CLOSING = frozenset(name.replace("_open", "_close") for name in _OPENING)
_BYLINES = 3  # blocks after the title in which a byline may stand


@dataclass(frozen=True, slots=True)
class _Matter:
    """Front matter: its values by key, the text it is, and the lines it fills."""

    values: dict[str, tuple[str, int]] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    text: str = ""
    lines: int = 0


def read(resource: Resource) -> Document:
    """The article in a Markdown file."""
    text, caveats = decode(resource.content, resource.declared)
    rows = re.split("\r\n|[\r\n]", text)
    matter = _matter(rows)
    source = "\n".join(
        ["", *[""] * (matter.lines - 1), *rows[matter.lines :]] if matter.lines else rows
    )
    crowded = any(part.count("[") > _BRACKETS for part in source.split("\n\n"))
    tokens = _parser(links=not crowded).parse(source)
    pieces, furniture = _pieces(tokens)
    furniture += _unread(source.split("\n"), tokens)
    title, pieces, repeated = _titled(matter, pieces)
    particulars, pieces, signed = _signed(_particulars(matter), pieces)
    if title is not None:
        particulars = replace(particulars, found=replace(particulars.found, title=title.place))
    if matter.lines:
        furniture.append(Furniture("header", _place(0, matter.lines), collapse(matter.text)))
    return assemble(
        resource,
        media_type=_MEDIA_TYPE,
        reader=READER,
        title=title,
        pieces=pieces,
        particulars=particulars,
        furniture=sorted([*furniture, *repeated, *signed], key=_first_line),
        caveats=caveats,
    )


@cache
def _parser(*, links: bool) -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _NESTED}).enable(["table", "strikethrough"])
    if not links:
        parser.disable(["link", "image"])
    return parser


def _matter(rows: Sequence[str]) -> _Matter:
    ends = _FENCES.get(rows[0].strip()) if rows else None
    if ends is None:
        return _Matter()
    end = next((at for at, row in enumerate(rows[1:_MATTER], 1) if row.rstrip() in ends), None)
    if end is None or not any(_PAIR.match(row) for row in rows[1:end]):
        return _Matter()
    values: dict[str, tuple[str, int]] = {}
    lists: dict[str, tuple[str, ...]] = {}
    key = ""
    for number, row in enumerate(rows[1:end], 2):
        if pair := _PAIR.match(row):
            key = pair[1].lower().replace("-", "_")
            value = pair[2].strip()
            if value[:1] == "[" and value[-1:] == "]":
                lists[key] = tuple(filter(None, map(_bare, value[1:-1].split(","))))
            values.setdefault(key, (_bare(value), number))
        elif key and (item := re.match(r"\s*-\s+(?:name:\s*)?(.+)|\s+name:\s*(.+)", row)):
            lists[key] = (*lists.get(key, ()), _bare(item[1] or item[2]))
        elif key and row[:1].isspace() and row.strip():
            value, place = values.get(key, ("", number))
            values[key] = (
                f"{value.removeprefix('>').removeprefix('|')} {row.strip()}".strip(),
                place,
            )
    return _Matter(values, lists, "\n".join(rows[: end + 1]), end + 1)


def _bare(value: str) -> str:
    value = value.strip()
    if value[:1] in {'"', "'"} and value[-1:] == value[:1] and len(value) > 1:
        return value[1:-1].replace('\\"', '"').replace("''", "'").strip()
    return re.sub(r"\s#.*$", "", value).strip() if not value.startswith("#") else ""


def _pieces(tokens: "Sequence[Token]") -> tuple[list[Piece], list[Furniture]]:
    pieces: list[Piece] = []
    furniture: list[Furniture] = []
    kinds: list[BlockKind] = []
    for token in tokens:
        if token.type in _OPENING:
            kinds.append(_OPENING[token.type])
        elif token.type in _CLOSING:
            kinds.pop()
        elif token.map is None:
            continue
        elif token.type == "inline":
            place = _place(*token.map)
            text, captions, unseen = _inline(token)
            furniture += [Furniture("hidden", place, words) for words in unseen]
            if words := collapse(text):
                pieces.append(Piece(kinds[-1] if kinds else "paragraph", place, words))
            pieces += [Piece("caption", place, caption) for caption in captions]
        elif token.type in {"fence", "code_block"} and (words := collapse(token.content)):
            pieces.append(Piece("paragraph", _place(*token.map), words))
        elif token.type == "html_block":
            _markup(token, pieces, furniture)
    return pieces, furniture


def _place(start: int, end: int) -> str:
    return f"line {start + 1}" if end - start <= 1 else f"lines {start + 1}-{end}"


def _inline(token: "Token") -> tuple[str, list[str], list[str]]:
    """The text of a run, the descriptions of its pictures, and what its markup hides."""
    parts: list[str] = []
    captions: list[str] = []
    unseen: list[str] = []
    for child in token.children or ():
        if child.type == "image":
            titled = str(child.attrs.get("title", ""))
            described = collapse(_described(child))
            captions += [words for words in dict.fromkeys((described, collapse(titled))) if words]
            parts.append(" ")
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type == "html_inline":
            if child.content.startswith("<!--"):
                unseen += [words for words in (collapse(child.content[4:-3]),) if words]
            elif re.match(r"</?(?:br|img|p|div|td|li)\b", child.content, re.IGNORECASE):
                parts.append(" ")
        else:
            parts.append(child.content)
    return "".join(parts), captions, unseen


def _described(image: "Token") -> str:
    return "".join(
        _described(child) if child.type == "image" else child.content or " "
        for child in image.children or ()
        if child.type in {"image", "text", "code_inline", "softbreak", "hardbreak", "text_special"}
    )


def _markup(token: "Token", pieces: list[Piece], furniture: list[Furniture]) -> None:
    """Add the text of raw HTML: paragraphs of what it shows, furniture of what it hides."""
    start, end = token.map or [0, 1]
    gatherer = _Gatherer()
    gatherer.feed(token.content)
    gatherer.close()
    gatherer.cut()
    for kind, text in gatherer.shown:
        pieces.append(Piece(kind, _place(start, end), text))
    furniture += [Furniture("hidden", _place(start, end), text) for text in gatherer.unseen]


class _Gatherer(HTMLParser):
    """Gathers the text of a piece of HTML, block by block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[tuple[BlockKind, str]] = []
        self.unseen: list[str] = []
        self._parts: list[str] = []
        self._kind: BlockKind = "paragraph"
        self._silent = ""

    def cut(self) -> None:
        """End the block that is open."""
        if text := collapse("".join(self._parts)):
            self.shown.append((self._kind, text))
        self._parts.clear()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._silent = tag
        elif tag in _HTML_KINDS:
            self.cut()
            classes = dict(attrs).get("class") or ""
            self._kind = (
                "post" if re.search(r"twitter|instagram|tiktok", classes) else _HTML_KINDS[tag]
            )
        elif tag in _HTML_BLOCKS:
            self.cut()
        elif tag == "br":
            self._parts.append(" ")
        elif tag == "img" and (described := collapse(dict(attrs).get("alt") or "")):
            self.shown.append(("caption", described))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag in _HTML_KINDS:
            self.cut()
            self._kind = "paragraph"
        elif tag in _HTML_BLOCKS:
            self.cut()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(data)
        elif text := collapse(data):
            self.unseen.append(text)

    def handle_comment(self, data: str) -> None:
        if text := collapse(data):
            self.unseen.append(text)

    def unknown_decl(self, data: str) -> None:
        if text := collapse(data):
            self.unseen.append(text)


def _unread(rows: Sequence[str], tokens: "Sequence[Token]") -> list[Furniture]:
    """The lines no block holds: definitions of links, and what is nested beyond reading."""
    held = [False] * (len(rows) + 1)
    for token in tokens:
        if token.map and token.type in {"inline", "fence", "code_block", "html_block"}:
            held[token.map[0] : token.map[1]] = [True] * (token.map[1] - token.map[0])
    found = []
    for at, row in enumerate(rows):
        words = collapse(row)
        if held[at] or not re.search(r"[^\W_]", words) or re.fullmatch(r"(?:>\s*)*\d+[.)]", words):
            continue
        kind: FurnitureKind = "hidden" if re.match(r"\[|\S+$|[\"'(]", words) else "lost"
        found.append(Furniture(kind, f"line {at + 1}", words))
    return found


def _titled(
    matter: _Matter, pieces: Sequence[Piece]
) -> tuple[Piece | None, list[Piece], list[Furniture]]:
    """The title, the other pieces, and the headings that only repeat it."""
    named = next((matter.values[key] for key in _KEYS["title"] if key in matter.values), None)
    if named is not None and named[0]:
        title = Piece("heading", f"line {named[1]}", collapse(named[0]))
        again = [
            piece
            for piece in pieces[:_BYLINES]
            if piece.kind == "heading" and piece.text == title.text
        ]
        kept = [piece for piece in pieces if piece not in again]
        if kept:
            return title, kept, [Furniture("repeat", piece.place, piece.text) for piece in again]
        return None, list(pieces), []
    first = next(
        (at for at, piece in enumerate(pieces[: 2 * _BYLINES]) if piece.kind == "heading"), None
    )
    if first is None or len(pieces) == 1 or any(_is_prose(piece) for piece in pieces[:first]):
        return None, list(pieces), []
    return pieces[first], [*pieces[:first], *pieces[first + 1 :]], []


def _is_prose(piece: Piece) -> bool:
    return piece.kind == "paragraph" and len(piece.text) > 100  # noqa: PLR2004 - more than a kicker


def _particulars(matter: _Matter) -> Particulars:
    def of(name: str) -> tuple[str, str] | None:
        for key in _KEYS[name]:
            value, number = matter.values.get(key, ("", 0))
            if value and not value.startswith("["):
                return value, f"line {number}"
        return None

    def moment(name: str) -> tuple[date, str] | None:
        written = of(name)
        parsed = moments.parse(written[0]) if written else None
        return (parsed, written[1]) if written and parsed else None

    listed = next(
        ((matter.lists[key], key) for key in _KEYS["authors"] if key in matter.lists), None
    )
    signed = of("authors")
    authors = listed[0] if listed else ()
    if not authors and signed:
        authors = bylines.parse(signed[0]) or bylines.people(signed[0]) or (signed[0],)
    published, modified, outlet, section = (
        moment("published"),
        moment("modified"),
        of("outlet"),
        of("section"),
    )
    language, canonical = of("language"), of("canonical")
    if canonical and not re.match(r"https?://\S+$", canonical[0]):
        canonical = None
    place = f"line {matter.values[listed[1]][1]}" if listed and listed[1] in matter.values else None
    return Particulars(
        authors=authors,
        outlet=outlet[0] if outlet else None,
        published=published[0] if published else None,
        modified=modified[0] if modified else None,
        section=section[0] if section else None,
        language=language[0][:2].lower() if language else None,
        canonical=canonical[0] if canonical else None,
        found=Found(
            authors=place or (signed[1] if authors and signed else None),
            outlet=outlet[1] if outlet else None,
            published=published[1] if published else None,
            modified=modified[1] if modified else None,
            section=section[1] if section else None,
            language=language[1] if language else None,
            canonical=canonical[1] if canonical else None,
        ),
    )


def _signed(
    known: Particulars, pieces: Sequence[Piece]
) -> tuple[Particulars, list[Piece], list[Furniture]]:
    """What bylines and dates among the first pieces say, and the pieces without them."""
    kept: list[Piece] = []
    signed: list[Furniture] = []
    for at, piece in enumerate(pieces):
        if at >= _BYLINES or len(pieces) - len(signed) == 1 or piece.kind != "paragraph":
            kept.append(piece)
            continue
        names = bylines.parse(piece.text)
        moment = moments.parse(piece.text) or bylines.day(piece.text)
        if not names and not moment:
            kept.append(piece)
            continue
        signed.append(Furniture("byline", piece.place, piece.text))
        if names and not known.authors:
            known = replace(known, authors=names, found=replace(known.found, authors=piece.place))
        if moment and known.published is None:
            known = replace(
                known, published=moment, found=replace(known.found, published=piece.place)
            )
    return known, kept, signed


def _first_line(furniture: Furniture) -> int:
    number = re.search(r"\d+", furniture.place)
    return int(number[0]) if number else 0
