"""MHTML, a page as a browser saves it: a parsed message in, the document of its root page out.

The address it was saved from becomes its own; the date it was saved on is never when it appeared.
"""

import re
from dataclasses import replace
from email.message import Message
from urllib.parse import urlsplit

from unspin.errors import EmptyError
from unspin.reading import decoding, html
from unspin.reading.assembly import Particulars
from unspin.reading.resources import Resource
from unspin.types import Document, Found

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_SAVED = re.compile(r"\s*\"?<?Saved by\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def is_page(message: Message) -> bool:
    """Whether it is a saved page: a browser says so, or parts have places and nobody sent it."""
    if message.get("Snapshot-Content-Location"):
        return True
    if _SAVED.match(str(message.get("From") or "")):
        return True
    sent = any(message.get(name) for name in ("To", "Received", "List-Id", "Return-Path"))
    located = any(part.get("Content-Location") for part in _parts(message))
    return message.get_content_type() == "multipart/related" and located and not sent


def read(resource: Resource, message: Message, *, title: str | None) -> Document:
    """The document of the root page, `title` where it has none; EmptyError where no part is one."""
    root = _root(message)
    if root is None:
        raise EmptyError(
            resource.location,
            "empty",
            "no page among its parts",
            "Save the page again, as HTML or as a single file",
        )
    address, address_at = _address(message, root)
    payload = root.get_payload(decode=True)
    declared = root.get("Content-Type")
    markup, caveats = decoding.decode(
        payload if isinstance(payload, bytes) else b"",
        str(declared) if declared is not None else None,
    )
    located = replace(resource, location=f"{resource.location}#{address}") if address else resource
    document = html.read(
        located,
        markup=markup,
        address=address,
        title=title,
        particulars=Particulars(canonical=address, found=Found(canonical=address_at)),
        media_type="multipart/related",
        reader="mhtml/1",
    )
    return replace(document, warnings=(*caveats, *document.warnings)) if caveats else document


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    parts = payload if isinstance(payload, list) else []
    return [part for part in parts if isinstance(part, Message)]


def _root(message: Message) -> Message | None:
    """The part the message names as its start or was saved from; else its first page."""
    pages = [part for part in (_flat(message) or [message]) if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    saved = message.get("Snapshot-Content-Location")
    for name, wanted in (("Content-ID", start), ("Content-Location", saved)):
        if wanted:
            for part in pages:
                if _bare(part.get(name)) == _bare(wanted):
                    return part
    return pages[0] if pages else None


def _flat(message: Message) -> list[Message]:
    """Parts, and those of an alternative among them."""
    return [
        inner
        for part in _parts(message)
        for inner in (_parts(part) if part.get_content_maintype() == "multipart" else [part])
    ]


def _bare(value: object) -> str:
    return _SPACE.sub("", str(value or "")).strip("<>")


def _address(message: Message, root: Message) -> tuple[str | None, str | None]:
    """The address of the web it was saved from and the header that says so; None twice if none."""
    for part, name in ((root, "Content-Location"), (message, "Snapshot-Content-Location")):
        address = _SPACE.sub("", str(part.get(name) or ""))
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname:
            return address, f"header {name}"
    return None, None
