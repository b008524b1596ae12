"""Mail: a newsletter or a saved page (MHTML) in, its document out.

The message is taken apart here; the text goes through the reader of HTML, or that of plain text
where there is no other. Sender, subject and date of a newsletter say what its page does not.
"""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import replace
from email import errors, policy
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr
from html.parser import HTMLParser

from unspin.errors import EmptyError, SourceError
from unspin.reading import bylines, decoding, html, mhtml, moments, pasted
from unspin.reading.assembly import Particulars, collapse
from unspin.reading.resources import Resource
from unspin.types import Caveat, Document, Found, Furniture

READER = "mail/1"
_DEPTH = 8  # parts within parts that are looked into
_PARTS = 500
_BOUNDARIES = 200  # declared ones; a message with more is made to choke its reader
_LOOK = 50_000  # characters of markup looked through for the header of a message passed on
_NOTE = 50  # words of a covering note, at most
_LONGEST = 300  # characters of a header that is made use of
_FORWARDED = re.compile(r"^\s*(?:(?:fwd?|wg|tr|rv)\s*:\s*)+", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"^[\s>]*(?:-{2,}\s*)?(?:forwarded message|begin forwarded message|original message"
    r"|weitergeleitete nachricht|ursprüngliche nachricht|message transféré|mensaje reenviado"
    r"|messaggio inoltrato|doorgestuurd bericht)\s*:?(?:\s*-{2,})?\s*$",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^[\s>*]*(?P<name>[A-Za-zÀ-ÿ-]{2,14})\s?:\**\s*(?P<value>\S.*)$")
_FIELDS = {
    "from": "from",
    "von": "from",
    "de": "from",
    "da": "from",
    "van": "from",
    "date": "date",
    "datum": "date",
    "fecha": "date",
    "data": "date",
    "sent": "date",
    "gesendet": "date",
    "subject": "subject",
    "betreff": "subject",
    "objet": "subject",
    "asunto": "subject",
    "oggetto": "subject",
    "onderwerp": "subject",
}
_AT_OUTLET = re.compile(r"\s+(?:from|at|via|@|bei|chez)\s+|\s*[|•·]\s*", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"\b(?:the|news(?:letters?|room|desk|wire)?|letters?|notes?|post|times|daily|weekly|review"
    r"|herald|tribune|gazette|journal|observer|press|media|team|desk|briefing|editors?|updates?"
    r"|dispatch(?:es)?|views?|alerts?|headlines?|magazine|radio|tv|bulletin|mail)\b|\d",
    re.IGNORECASE,
)
_HARMLESS = (errors.HeaderDefect,)  # odd headers lose no text


def read(resource: Resource) -> Document:
    """The document of a newsletter (EML) or of a saved page (MHTML).

    SourceError with code damaged or too-deep, EmptyError where no part has text.
    """
    message = _parse(resource)
    if mhtml.is_page(message):
        title = _value(message, "Subject") or None
        document = mhtml.read(resource, message, title=title)
    else:
        document = _newsletter(resource, message)
    return _with_caveats(document, _defects(message))  # some show only when a part is decoded


def _parse(resource: Resource) -> Message:
    """The message with its parts; each boundary costs time on every line, so they are counted."""
    declared = len(re.findall(rb"(?i)\bboundary\s*=", resource.content))
    if declared <= _BOUNDARIES:
        try:
            return BytesParser(policy=policy.compat32).parsebytes(resource.content)
        except RecursionError:
            pass
    raise SourceError(
        resource.location,
        "too-deep",
        "messages within messages without end",
        "Save the one message that holds the article",
    )


def _newsletter(resource: Resource, message: Message) -> Document:
    message = _innermost(message)
    title, particulars = _header(message)
    part = _text_part(message)
    if part is None:
        raise EmptyError(
            resource.location,
            "empty",
            "no part of the message has text",
            "Save the message with its text, or give the page it links to",
        )
    text, caveats = _decoded(part)
    if quoted := _quoted_header(_text_of(part, text)):
        title, particulars = _forwarded(quoted, title, particulars)
    kind = part.get_content_type()
    if kind == "text/html":
        document = html.read(
            resource,
            markup=text,
            title=title,
            particulars=particulars,
            media_type="message/rfc822",
            reader=READER,
        )
    else:
        document = _plain(resource, text, title, particulars)
    return _with_caveats(document, caveats)


def _plain(resource: Resource, text: str, title: str | None, particulars: Particulars) -> Document:
    """The document of a plain message; the header lines of one passed on go to its furniture."""
    lines = text.splitlines()
    head = _head_lines(lines)
    taken = [Furniture("byline", f"line {at + 1}", collapse(lines[at])) for at in head]
    for at in head:
        lines[at] = ""
    document = pasted.read(
        resource,
        text="\n".join(lines),
        title=title,
        particulars=particulars,
        media_type="message/rfc822",
        reader=READER,
    )
    kept = [furniture for furniture in taken if furniture.text]
    return replace(document, furniture=(*kept, *document.furniture)) if kept else document


def _innermost(message: Message) -> Message:
    """The message itself, or the one it passes on as an attachment with hardly a word added."""
    for _ in range(_DEPTH):
        inner = next((part for part in _walk(message) if _is_message(part)), None)
        if inner is None:
            return message
        own = _text_part(message)
        words = len(_text_of(own, _decoded(own)[0]).split()) if own is not None else 0
        if own is not None and words > _NOTE and not _FORWARDED.match(_value(message, "Subject")):
            return message
        message = inner.get_payload(0)  # type: ignore[assignment] # a message part holds a message
    return message


def _is_message(part: Message) -> bool:
    if part.get_content_type() != "message/rfc822":
        return False
    payload = part.get_payload()
    return isinstance(payload, list) and len(payload) > 0 and isinstance(payload[0], Message)


def _walk(message: Message) -> Iterator[Message]:
    """The parts in order, not those of messages within, and none deeper than _DEPTH."""
    waiting = [(message, 0)]
    count = 0
    while waiting and count < _PARTS:
        part, depth = waiting.pop()
        count += 1
        yield part
        payload = part.get_payload() if part.is_multipart() else None
        if isinstance(payload, list) and depth < _DEPTH:
            if part is not message and part.get_content_maintype() == "message":
                continue
            waiting += [
                (inner, depth + 1) for inner in reversed(payload) if isinstance(inner, Message)
            ]


def _text_part(message: Message) -> Message | None:
    """The part that holds the text: HTML before plain, attachments never."""
    parts = [
        part
        for part in _walk(message)
        if not part.is_multipart() and part.get_content_disposition() != "attachment"
    ]
    for kind in ("text/html", "text/plain"):
        for part in parts:
            if part.get_content_type() == kind and _payload(part).strip():
                return part
    return None


def _payload(part: Message) -> bytes:
    """The bytes of a part; base64 or quoted-printable that is cut or wrong, as far as it goes."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _decoded(part: Message) -> tuple[str, tuple[Caveat, ...]]:
    return decoding.decode(_payload(part), _charset(part))


def _charset(part: Message) -> str | None:
    declared = part.get("Content-Type")
    return str(declared) if declared is not None else None


def _text_of(part: Message, text: str) -> str:
    """`text` as lines without markup."""
    if part.get_content_type() != "text/html":
        return text
    lines = _Lines()
    lines.feed(text[:_LOOK])
    return "".join(lines.pieces)


class _Lines(HTMLParser):
    """The text of markup, a line for each block; enough to find the header of a message in it."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.silent = tag in {"style", "script", "title"}
        if tag in {"br", "p", "div", "tr", "li", "h1", "h2", "h3"}:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        del tag
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data.replace("\n", " "))


def _header(message: Message) -> tuple[str | None, Particulars]:
    """Subject, and what sender, list and date say."""
    subject = _FORWARDED.sub("", _value(message, "Subject"))
    outlet, authors = _sender(_value(message, "From"), _list_name(message))
    day = _value(message, "Date")
    published = moments.parse(day)
    return subject or None, Particulars(
        authors=authors,
        outlet=outlet[0] if outlet else None,
        published=published,
        found=Found(
            title="header Subject" if subject else None,
            authors="header From" if authors else None,
            outlet=outlet[1] if outlet else None,
            published="header Date" if published else None,
        ),
    )


def _value(message: Message, name: str) -> str:
    """A header as text, encoded words decoded, white space collapsed; empty where there is none."""
    raw = next((raw for key, raw in message.raw_items() if key.lower() == name.lower()), "")
    content = str(raw)[: 10 * _LONGEST].encode("utf-8", "surrogateescape")
    text = collapse(decoding.decode(content, None)[0])
    with contextlib.suppress(Exception):  # the library fails in many ways on hostile headers
        text = str(policy.default.header_factory(name, text))
    return collapse(decoding.decode(text.encode("utf-8", "replace"), "charset=utf-8")[0])[:_LONGEST]


def _list_name(message: Message) -> str | None:
    """The phrase before the address in List-Id; most lists of one outlet have one."""
    phrase = _value(message, "List-Id").partition("<")[0].strip(' "')
    return phrase if re.search(r"[^\W\d_]{3}", phrase) and "." not in phrase else None


def _sender(sender: str, list_name: str | None) -> tuple[tuple[str, str] | None, tuple[str, ...]]:
    """The outlet with where it is named, and the author where the sender names one beside it."""
    name = _display_name(sender)
    if not name:
        return ((list_name, "header List-Id") if list_name else None), ()
    parts = [part for part in _AT_OUTLET.split(name, maxsplit=1) if part]
    if len(parts) == 2 and _is_person(parts[0]):  # noqa: PLR2004 - the author and the outlet
        return (parts[1], "header From"), (parts[0],)
    if list_name and list_name.casefold() != name.casefold() and _is_person(name):
        return (list_name, "header List-Id"), (name,)
    return (name, "header From"), ()


def _is_person(name: str) -> bool:
    return bylines.people(name) == (name,) and not _NO_PERSON.search(name)


def _display_name(sender: str) -> str:
    name = parseaddr(sender)[0] or sender.partition("<")[0]
    name = collapse(name.strip(" \"'"))
    return "" if "@" in name else name


def _quoted_header(text: str) -> dict[str, str]:
    """The header fields a mail program writes above a message that it passes on."""
    lines = text.splitlines()
    fields: dict[str, str] = {}
    for at in _head_lines(lines):
        if field := _FIELD.match(lines[at][:_LONGEST]):
            name = _FIELDS.get(field["name"].lower())
            if name:
                fields.setdefault(name, collapse(field["value"]))
    return fields


def _head_lines(lines: list[str]) -> list[int]:
    """The numbers of the lines that introduce a message passed on, from 0; none where none do."""
    for at, line in enumerate(lines):
        if len(line) > _LONGEST or not _FOLLOWS.match(line):
            continue
        head = [at]
        for after in range(at + 1, min(at + 12, len(lines))):
            if _FIELD.match(lines[after][:_LONGEST]):
                head.append(after)
            elif lines[after].strip():
                break
        if len(head) > 2:  # noqa: PLR2004 - the line itself and two fields
            return head
    return []


def _forwarded(
    quoted: dict[str, str], title: str | None, own: Particulars
) -> tuple[str | None, Particulars]:
    """Title and particulars of the message passed on; who passed it on and when is not its own."""
    outlet, authors = _sender(quoted.get("from", ""), None)
    published = moments.parse(re.sub(r"\s(?:at|um|à)\s", " ", quoted.get("date", "")))
    found = replace(
        own.found,
        outlet="forwarded header From" if outlet else None,
        authors="forwarded header From" if authors else None,
        published="forwarded header Date" if published else None,
    )
    subject = _FORWARDED.sub("", quoted.get("subject", "")) or title
    return subject, replace(
        own,
        outlet=outlet[0] if outlet else None,
        authors=authors,
        published=published,
        found=found,
    )


def _defects(message: Message) -> tuple[Caveat, ...]:
    """A caveat where the message is cut or wrongly put together."""
    for part in _walk(message):
        if any(not isinstance(defect, _HARMLESS) for defect in part.defects):
            return (Caveat("repaired", "the message is cut off or wrongly put together"),)
    return ()


def _with_caveats(document: Document, caveats: tuple[Caveat, ...]) -> Document:
    return replace(document, warnings=(*caveats, *document.warnings)) if caveats else document
