"""JSON in, documents out: articles as records, and documents unspin wrote itself.

In: JSON lines, a JSON array, or one object over several lines. A record is `{"text", "title"?,
"outlet"?, "published"?, "language"?, "url"?}` and more of the same kind (`authors`, `modified`,
`section`, `canonical`, `id` as a mere name), or a `document` object of `unspin read --json`, or the
object of `unspin mark --json` around one. Out: for each, in order, a Document, or the SourceError
that says what is wrong with that one; the others are read all the same.

The text of a record is taken as it is, code point for code point; only a lone surrogate, which no
file could hold, becomes U+FFFD. Its paragraphs are the blocks; their places are lines of the text.
"""

import json
import operator
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from unspin import sound, wire
from unspin.errors import EmptyError, FormatError, RefusedError, SourceError, unexpected
from unspin.reading import assembly, moments
from unspin.reading.assembly import Particulars
from unspin.reading.decoding import decode
from unspin.reading.resources import Resource
from unspin.text import encodable
from unspin.types import Block, Caveat, Document, Found, Marks, Span

READER = "records/1"
_MEDIA_TYPE = "application/json"
_CAP = 50_000_000  # bytes of one record
_DIGITS = 400  # of a number; more are no measurement
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?![^\S\n]*(?:\n|\Z))[^\n]*)*")
_STEP = 'Give each line as {"text": "…", "title": "…", "outlet": "…", "published": "2025-03-04"}'


def read(resource: Resource) -> Iterator[Document | SourceError]:
    """Each record of the file as a Document, or as the error that names its line."""
    for found in given(resource):
        yield found.document if isinstance(found, Marks) else found


def given(resource: Resource) -> Iterator[Document | Marks | SourceError]:
    """As `read`, but Marks where the record holds them."""
    content = resource.content.removeprefix(b"\xef\xbb\xbf")
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in content[:4]:
        content = decode(content, None)[0].encode("utf-8", "replace")
    if not content.strip():
        yield EmptyError(
            resource.location,
            "empty",
            "no record in it",
            "Check that the file was written to its end",
        )
        return
    for place, chunk in _records(content):
        location = f"{resource.location}#{place}"
        part = Resource(location, chunk, _MEDIA_TYPE, resource.fetched)
        try:
            yield _value(part)
        except SourceError as error:
            yield error
        except FormatError as error:
            yield SourceError(location, "bad-record", str(error), _STEP)
        except Exception as error:  # noqa: BLE001 - a bug met in one record must not stop the others
            yield unexpected(location, error)


def _records(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Each record's bytes and its name: `line N`, or `item N` of an array."""
    lines = content.split(b"\n")
    filled = [number for number, line in enumerate(lines, 1) if line.strip()]
    if len(filled) == 1 or not _stands_alone(lines[filled[0] - 1]):
        whole = content.strip()
        items = _items(whole) if len(whole) <= _CAP else None
        if items is not None:
            yield from items
            return
    for number in filled:
        yield f"line {number}", lines[number - 1].strip()


def _stands_alone(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line[:_CAP]), dict)
    except (ValueError, RecursionError):
        # a broken record still ends as one; a piece of a larger value does not
        return line.strip().startswith(b"{") and line.strip().endswith(b"}")


def _items(whole: bytes) -> list[tuple[str, bytes]] | None:
    """The elements of a JSON array, or the one object that `whole` is; None for JSON lines."""
    text = whole.decode("utf-8", "replace")
    decoder = json.JSONDecoder(parse_int=float, parse_float=float)
    if not text.startswith("["):
        first = text.lstrip()[:1]
        return [("line 1", whole)] if first == "{" and _is_one(text, decoder) else None
    found: list[tuple[str, bytes]] = []
    position = _past_space(text, 1)
    while position < len(text) and text[position] != "]":
        try:
            _, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            rest = text[position:].removesuffix("]").encode()
            return [*found, (f"item {len(found) + 1}", rest)]
        found.append((f"item {len(found) + 1}", text[position:end].encode()))
        position = _past_space(text, end)
        if text[position : position + 1] == ",":
            position = _past_space(text, position + 1)
    return found or [("item 1", whole)]


def _is_one(text: str, decoder: json.JSONDecoder) -> bool:
    try:
        return not text[decoder.raw_decode(text)[1] :].strip()
    except (ValueError, RecursionError):
        return False


def _past_space(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r\n":
        position += 1
    return position


def _value(part: Resource) -> Document | Marks:
    if len(part.content) > _CAP:
        reason = f"one record of more than {_CAP // 1_000_000} MB"
        raise RefusedError(part.location, "too-large", reason, "Split the record")
    value = _loads(part.content)
    if not isinstance(value, dict):
        msg = f"a record must be an object, not {type(value).__name__}"
        raise FormatError(msg)
    if "document" in value and "text" not in value:
        document = _document(part, value["document"])
        return _marks(document, value) or document
    if {"id", "blocks", "origin", "text"} <= value.keys():
        return _document(part, value)
    return _record(part, value)


def _loads(content: bytes) -> wire.Plain:
    try:
        return json.loads(
            content.decode("utf-8"),
            parse_constant=partial(_refuse, "{} is not JSON"),
            parse_int=_integer,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError as error:
        msg = f"not UTF-8 at byte {error.start}"
        raise FormatError(msg) from error
    except ValueError as error:
        msg = f"not valid JSON: {error}"
        raise FormatError(msg) from error
    except RecursionError as error:
        msg = "not valid JSON: nested too deep"
        raise FormatError(msg) from error


def _refuse(message: str, name: str) -> None:
    raise ValueError(message.format(name))


def _integer(digits: str) -> int:
    if len(digits) > _DIGITS:
        msg = f"a number of {len(digits)} digits"
        raise FormatError(msg)
    return int(digits)


def _object(pairs: list[tuple[str, wire.Plain]]) -> dict[str, wire.Plain]:
    value = dict(pairs)
    if len(value) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = counts.most_common(1)[0][0]
        msg = f"the key {twice!r:.60} stands there twice"
        raise FormatError(msg)
    return value


def _document(part: Resource, value: wire.Plain) -> Document:
    """A document unspin wrote, which other hands may have changed since: its id is made anew."""
    built = wire.build(Document, value)
    if built.text != encodable(built.text):
        msg = "Document.text: a lone surrogate"
        raise FormatError(msg)
    if not sound.document(built):
        msg = "Document.blocks: beyond the end of the text"
        raise FormatError(msg)
    _must_have_words(part, built.text)
    return replace(built, id=assembly.name(built.outlet, built.text))


def _marks(document: Document, value: wire.Plain) -> Marks | None:
    """The marks of it that `value` holds; None where there are none, or some that do not fit."""
    try:
        marks = replace(wire.build(Marks, value), document=document)
    except FormatError:
        return None
    return marks if sound.marks(marks) else None


def _must_have_words(part: Resource, text: str) -> None:
    if not text.strip():
        raise EmptyError(part.location, "empty", "its text is empty", "Leave the line out")


def _record(part: Resource, value: dict[str, wire.Plain]) -> Document:
    text = value.get("text")
    if not isinstance(text, str):
        msg = "text: missing" if "text" not in value else f"text: expected text, got {text!r:.60}"
        raise FormatError(msg)
    given, text = text, encodable(text)
    lone = sum(map(operator.ne, given, text))
    _must_have_words(part, text)
    caveats = [Caveat("characters-replaced", f"{lone} characters are U+FFFD")] if lone else []
    return assembly.document(
        part,
        media_type=_MEDIA_TYPE,
        reader=READER,
        text=text,
        blocks=_blocks(text),
        title=_name(value, "title"),
        particulars=_particulars(value),
        caveats=caveats,
    )


def _blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs of `text`: parted by empty lines, or each a line where there is no such."""
    blocks = []
    line = 1
    position = 0
    parted = bool(re.search(r"\n[^\S\n]*\n[^\S\n]*\S", text))
    for paragraph in (_PARAGRAPH if parted else re.compile(r"\S[^\n]*")).finditer(text):
        start = paragraph.start()
        end = start + len(paragraph[0].rstrip())
        line += text.count("\n", position, start)
        last = line + text.count("\n", start, end)
        place = f"line {line}" if line == last else f"lines {line}-{last}"
        blocks.append(Block(Span(start, end), "paragraph", place))
        position, line = end, last
    return tuple(blocks)


def _particulars(value: dict[str, wire.Plain]) -> Particulars:
    known = Particulars(
        authors=_authors(value),
        outlet=_name(value, "outlet"),
        published=_date(value, "published"),
        modified=_date(value, "modified"),
        section=_name(value, "section"),
        language=_name(value, "language"),
        canonical=_name(value, "canonical") or _name(value, "url"),
    )
    places = {
        field: "record"
        for field in ("authors", "outlet", "published", "modified", "section", "language")
        if getattr(known, field)
    }
    if known.canonical:
        places["canonical"] = "record"
    if _name(value, "title"):
        places["title"] = "record"
    return replace(known, found=Found(**places))


def _authors(value: dict[str, wire.Plain]) -> tuple[str, ...]:
    given = value.get("authors", value.get("author"))
    if given is None:
        return ()
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        msg = f"authors: expected a list of names, got {given!r:.60}"
        raise FormatError(msg)
    return tuple(encodable(name.strip()) for name in names if name.strip())


def _name(value: dict[str, wire.Plain], key: str) -> str | None:
    given = value.get(key)
    if given is None:
        return None
    if not isinstance(given, str):
        msg = f"{key}: expected text, got {given!r:.60}"
        raise FormatError(msg)
    return encodable(given.strip()) or None


def _date(value: dict[str, wire.Plain], key: str) -> date | None:
    given = _name(value, key)
    if given is None:
        return None
    found = moments.parse(given)
    if found is None:
        msg = f"{key}: expected a date such as 2025-03-04, got {given!r:.60}"
        raise FormatError(msg)
    return found
