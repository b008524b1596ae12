"""Sources to documents: what a source is decides who reads it.

In: an address, a file, a folder, or `-` for standard input. Out: documents, in order; a source or
part of one that could not be read is a SourceError in its place, and the others go on.
"""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Protocol

from unspin.errors import (
    EmptyError,
    FormatError,
    RefusedError,
    SourceError,
    UsageError,
    unexpected,
)
from unspin.reading import files
from unspin.reading.resources import Resource, media_type
from unspin.types import Document, Marks

LIMIT = 50  # entries of a feed or sitemap
_PAGE = "text/html; charset=utf-8"
_DEPTH = 3  # a sitemap index names sitemaps that name articles
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # two letters at least: C:\ is a disk
_NAMES = {
    "application/octet-stream": "data of no known kind",
    "application/x-office": "an office document or e-book",
    "text/csv": "a table",
}
_NEXT_STEP = {  # media types that unspin knows and does not read
    "application/octet-stream": "Give text, HTML, MHTML, Markdown, PDF, EML, JSON lines or a feed",
    "application/vnd.sqlite3": "Export the articles as JSON lines with a text field",
    "application/warc": "Save the page as HTML or MHTML and give that file",
    "application/x-executable": "Give the article itself",
    "application/x-office": "Save it as PDF, web page or plain text and give that",
    "application/zip": "Unpack it and give the folder",
    "image/gif": "Give the article as text; unspin does not read words in pictures",
    "image/jpeg": "Give the article as text; unspin does not read words in pictures",
    "image/png": "Give the article as text; unspin does not read words in pictures",
    "text/csv": "Give its rows as JSON lines with a text field",
}
_log = logging.getLogger(__name__)


class Fetcher(Protocol):
    """Whatever turns an address into its bytes."""

    def fetch(self, address: str) -> Resource:
        """The bytes at `address`; SourceError when they cannot be had."""


@dataclass(frozen=True, slots=True)
class _Way:
    web: Fetcher | None
    keep: Path | None
    limit: int
    depth: int = 0


def read(
    source: str | Path,
    *,
    web: Fetcher | None = None,
    keep: Path | None = None,
    limit: int = LIMIT,
) -> Iterator[Document | SourceError]:
    """The documents of `source`, each failure a SourceError in the place of what failed.

    Addresses, and feeds without text of their own, are fetched through `web`, at most `limit`
    entries of a feed or sitemap. The original bytes are stored in `keep` under their sha256.
    """
    for found in given(source, web=web, keep=keep, limit=limit):
        yield found.document if isinstance(found, Marks) else found


def given(
    source: str | Path,
    *,
    web: Fetcher | None = None,
    keep: Path | None = None,
    limit: int = LIMIT,
) -> Iterator[Document | Marks | SourceError]:
    """As `read`, but where the source is what `unspin mark --json` printed, its marks."""
    way = _Way(web, keep, limit)
    if not str(source).strip():  # as a path it would be the folder we are in
        step = "Give a file, a folder or an address; a variable may be empty"
        yield SourceError(repr(str(source)), "not-found", "a source without a name", step)
        return
    if not _is_folder(source):
        yield from _given(str(source), way)
        return
    empty = True
    for path in files.walk(Path(source)):
        empty = False
        yield from _given(str(path), way)
    if empty:
        yield EmptyError(str(source), "empty", "no file to read in it", "Give another folder")


def _is_folder(source: str | Path) -> bool:
    return source != files.STANDARD_INPUT and _holds(Path.is_dir, source)


def _holds(asked: Callable[[Path], bool], source: str | Path) -> bool:
    try:
        return asked(Path(source))
    except (OSError, ValueError):  # too long, out of bounds, or with a NUL in it
        return False


def _given(location: str, way: _Way) -> Iterator[Document | Marks | SourceError]:
    try:
        resource = files.unpack(_obtain(location, way))
        if way.keep is not None:
            files.keep(resource, way.keep)
        yield from _contents(resource, way)
    except SourceError as error:
        yield error
    except FormatError as error:
        yield SourceError(location, "format", str(error), "Mend the source, or give another")
    except UsageError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug met in one source must not stop the others
        yield unexpected(location, error)


def _obtain(location: str, way: _Way) -> Resource:
    if not _SCHEME.match(location) or _holds(Path.exists, location):
        return files.load(location)
    if way.web is None:
        raise SourceError(
            location, "needs-network", "an address, and no network is given", "Pass web=Web()"
        )
    return way.web.fetch(location)


def _contents(resource: Resource, way: _Way) -> Iterator[Document | Marks | SourceError]:
    if not resource.content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise EmptyError(resource.location, "empty", "the source is empty", "Check how it was made")
    if files.is_ours(resource.content):
        raise RefusedError(
            resource.location,
            "own-page",
            "a page that unspin wrote, and no article",
            "Give the articles it was made of",
        )
    match media_type(resource):
        case "text/html":
            from unspin.reading import html

            yield html.read(resource)
        case "text/plain":
            from unspin.reading import pasted

            yield pasted.read(resource)
        case "text/markdown":
            from unspin.reading import markdown

            yield markdown.read(resource)
        case "application/jsonl":
            from unspin.reading import records

            yield from records.given(resource)
        case "application/pdf":
            from unspin.reading import pdf

            yield pdf.read(resource)
        case "message/rfc822" | "multipart/related":
            from unspin.reading import mail

            yield mail.read(resource)
        case "application/xml+feed" | "application/xml+sitemap":
            yield from islice(_entries(resource, way), way.limit)
        case kind:
            raise SourceError(
                resource.location,
                "media-type",
                f"{_NAMES.get(kind, kind)} is not something unspin reads",
                _NEXT_STEP.get(kind, _NEXT_STEP["application/octet-stream"]),
            )


def _entries(resource: Resource, way: _Way) -> Iterator[Document | Marks | SourceError]:
    from unspin.reading import feeds

    if way.depth == _DEPTH:
        raise RefusedError(
            resource.location,
            "too-deep",
            f"feeds within feeds, {_DEPTH} deep",
            "Give the innermost address",
        )
    entries = feeds.entries(resource)
    if not entries:
        raise EmptyError(resource.location, "empty", "no entry in it", "Give the article's address")
    if len(entries) > way.limit:
        _log.info(
            "%s: the first %d of %d entries; a higher limit reads more",
            resource.location,
            way.limit,
            len(entries),
        )
    deeper = replace(way, depth=way.depth + 1)
    for place, entry in enumerate(entries, 1):
        location = f"{resource.location}#{place}"
        if entry.content and (resource.fetched is None or not entry.address):
            page = Resource(location, feeds.page(entry).encode(), _PAGE, resource.fetched)
            yield _own_content(page, entry.address)
        elif way.web is None:
            yield SourceError(
                location,
                "needs-network",
                f"the feed holds only the address {entry.address}",
                "Give the address itself, or save the article",
            )
        else:
            yield from _given(entry.address, deeper)


def _own_content(page: Resource, address: str) -> Document | SourceError:
    from unspin.reading import html

    try:
        return html.read(page, address=address or None)
    except SourceError as error:
        return error
    except Exception as error:  # noqa: BLE001 - as in _given
        return unexpected(page.location, error)
