"""What a reader is given: the bytes of one source, and what they are by their own look."""

import re
from dataclasses import dataclass
from datetime import datetime

MediaType = str

_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|article|main|div|p|h[1-6]|a|span|table)\b",
    re.IGNORECASE,
)
_FEED = re.compile(
    rb"^(?:<\?xml[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>|<\?xml-stylesheet[^>]*\?>|\s)*"
    rb"<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)\b",
    re.DOTALL,
)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?[^\r\n]*\r?\n")
_OFFICE = "application/x-office"
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"WARC/", "application/warc"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ", "application/x-executable"),
    (b"{\\rtf", _OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
)
_PACKED = re.compile(rb"\[Content_Types\]\.xml|_rels/\.rels|mimetypeapplication/")
_SUFFIXES = {
    ".csv": "text/csv",
    ".tsv": "text/csv",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".json": "application/jsonl",
    ".htm": "text/html",
    ".html": "text/html",
    ".xhtml": "text/html",
    ".txt": "text/plain",
}
_LOOK = 4096


@dataclass(frozen=True, slots=True)
class Resource:
    """The bytes of one source. `declared` is the media type it came with, parameters and all."""

    location: str
    content: bytes
    declared: str | None = None
    fetched: datetime | None = None


def media_type(resource: Resource) -> MediaType:
    """The media type of the bytes by their own look; name and declaration only break ties.

    `application/octet-stream` is what cannot be text; RSS, Atom and sitemaps are
    `application/xml+feed`, `application/xml+sitemap`; JSON lines `application/jsonl`; what word
    processors write and e-books `application/x-office`.
    """
    content = resource.content
    head = content[:_LOOK].lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, kind in _SIGNATURES:
        if head.startswith(signature) and not (signature == b"MZ" and _is_text(content)):
            return _OFFICE if kind == "application/zip" and _PACKED.search(head) else kind
    if b"%PDF-" in content[:1024]:
        return "application/pdf"
    if not _is_text(content):
        return "application/octet-stream"
    if head[:1] in {b"{", b"["}:
        return "application/jsonl"
    if feed := _FEED.match(head):
        name = feed.group(1)
        return (
            "application/xml+sitemap"
            if name in {b"urlset", b"sitemapindex"}
            else "application/xml+feed"
        )
    if _is_mail(head):
        lowered = content[:_LOOK].lower()
        return "multipart/related" if b"multipart/related" in lowered else "message/rfc822"
    suffix = re.search(r"\.\w+$", resource.location.split("?")[0].lower())
    named = _SUFFIXES.get(suffix.group()) if suffix else None
    if named in {"text/markdown", "text/html", "text/csv"}:
        return named
    if len(_MARKUP.findall(content[: 64 * _LOOK])) > 1 or (resource.declared or "").startswith(
        ("text/html", "application/xhtml")
    ):
        return "text/html"
    return "text/plain"


def _is_text(content: bytes) -> bool:
    look = content[:_LOOK]
    if look[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return True
    nuls = look.count(0)
    if nuls > len(look) // 4:  # UTF-16 without a mark has a NUL beside every Latin letter
        return max(look[::2].count(0), look[1::2].count(0)) >= nuls * 0.95
    controls = sum(look.count(code) for code in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return nuls + controls <= len(look) // 50


def _is_mail(head: bytes) -> bool:
    names = set()
    position = 0
    while header := _HEADER.match(head, position):
        names.add(header.group().split(b":")[0].lower())
        position = header.end()
        while head[position : position + 1] in {b" ", b"\t"}:
            position = head.find(b"\n", position) + 1 or len(head)
    wanted = {
        b"from",
        b"subject",
        b"date",
        b"mime-version",
        b"message-id",
        b"received",
        b"content-type",
    }
    return len(names & wanted) >= 3  # noqa: PLR2004 - fewer could open an ordinary text
