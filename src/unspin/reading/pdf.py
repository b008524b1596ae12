"""PDF: the bytes in, a document out, each block with its page and box.

The bytes may be hostile, so PDFium and the layout run in a confined process. Title and authors come
from the metadata only where page 1 shows the same words; the creation date is never a publication
date.
"""

import hashlib
import re
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

from unspin.errors import SourceError
from unspin.reading import bylines, confined, moments
from unspin.reading.assembly import Particulars, Piece, assemble, collapse
from unspin.reading.layout import Laid, lay_out, words_in
from unspin.reading.resources import Resource
from unspin.types import BlockKind, Caveat, Document, Found, Furniture, FurnitureKind

_SECONDS = 20.0
_FIRST_TRY = 13.0
_FORM = re.compile(rb"(/Subtype\s{0,9}/)Form\b")
_NEAR = 8  # blocks at the top of page 1, and below its headline, that may be byline or date
_BYLINE_WORDS = 16
_PARTS = re.compile(r"\s[|·•–—]\s|\s{2,}|\n|;")
_KINDS: dict[str, BlockKind] = {"heading": "heading", "paragraph": "paragraph", "item": "item"}
_SIDES: dict[str, FurnitureKind] = {"header": "header", "footer": "footer", "hidden": "hidden"}
_BREAKING: set[bytes] = set()  # digests of PDFs that broke PDFium before their forms were left out
_LAST: dict[bytes, Any] = {}  # in the confined process: the PDF read last, by its digest
_FAILURES = {
    "encrypted": ("it is locked with a password", "Save a copy without the password and read that"),
    "damaged": (
        "it is not a PDF that can be opened",
        "Download it again, or print it to a new PDF",
    ),
    "no-text-layer": (
        "its pages are pictures without text",
        "Run text recognition first, for example with ocrmypdf",
    ),
    "timeout": (
        f"it takes more than {_SECONDS:.0f} seconds to open",
        "Print it to a new PDF and read that",
    ),
    "crash": (
        "opening it takes too much memory, or it is made to break its reader",
        "Print it to a new PDF and read that",
    ),
}


def read(resource: Resource) -> Document:
    """The document of a PDF; running heads, page numbers and hidden text go to its furniture.

    SourceError with code encrypted, damaged, no-text-layer, timeout or crash where it cannot be.
    """
    pdf, tamed = _ask(resource.location, resource.content, "_laid", [])
    laid = [Laid(*part) for part in pdf["laid"]]
    blocks = [part for part in laid if part.kind in _KINDS]
    if not blocks:
        raise _failure(
            resource.location, "damaged" if pdf["damaged"] or pdf["repaired"] else "no-text-layer"
        )
    title, title_at, headline = _title(blocks, pdf["title"])
    shown = [part for part in laid if part.kind != "hidden"]
    authors, authors_at = _authors(_near(blocks, headline), blocks, pdf["author"])
    published, published_at = _published(_near(shown, headline))
    return assemble(
        resource,
        media_type="application/pdf",
        reader="pdf/1",
        title=title,
        pieces=[
            Piece(_KINDS[block.kind], block.place, block.text)
            for block in blocks
            if block not in headline
        ],
        particulars=Particulars(
            authors=authors,
            published=published,
            found=Found(title=title_at, authors=authors_at, published=published_at),
        ),
        furniture=[
            Furniture(_SIDES[part.kind], part.place, part.text)
            for part in laid
            if part.kind in _SIDES
        ],
        caveats=_caveats(pdf, tamed=tamed),
    )


def words_at(content: bytes, place: str) -> str:
    """The words that stand at `place` of the PDF, as a block of its document holds them.

    White space is one space, a word cut at a line's end is whole. SourceError where `read` has one.
    """
    words: str = _ask("PDF", content, "_words", [place])[0]["words"]
    return words


def _ask(location: str, content: bytes, task: str, arguments: list[Any]) -> tuple[Any, bool]:
    """What the confined process answers, and whether forms had to be left out of the PDF.

    Forms that hold each other without end are what breaks PDFium; without them the text can be had.
    """
    until = time.monotonic() + _SECONDS
    digest = hashlib.sha256(content).digest()
    if tame := digest in _BREAKING:
        content = _FORM.sub(rb"\1None", content)
    seconds = _SECONDS if tame else _FIRST_TRY
    while True:
        try:
            answer = confined.call(
                f"unspin.reading.pdf:{task}", content, arguments, seconds=seconds
            )
        except confined.ConfinedError as error:
            if error.reason == "fault":
                raise _failure(location, "damaged") from error
            tamed = _FORM.sub(rb"\1None", content)
            seconds = until - time.monotonic()
            if tamed == content or seconds < 1:
                raise _failure(location, error.reason) from error
            content, tame = tamed, True
            _BREAKING.add(digest)
        else:
            if "error" in answer:
                raise _failure(location, answer["error"])
            return answer, tame


def _failure(location: str, code: str) -> SourceError:
    return SourceError(location, code, *_FAILURES[code])


def _title(
    blocks: Sequence[Laid], named: str | None
) -> tuple[Piece | None, str | None, Sequence[Laid]]:
    """The title, where it was found, and the blocks it is made of."""
    first = [block for block in blocks if block.page == 1]
    if named and (wanted := _plain(named)):
        for start in range(len(first)):
            words = ""
            for end in range(start, min(start + 3, len(first))):
                words += _plain(first[end].text)
                if words == wanted:
                    return _headline(first[start : end + 1], "metadata Title and page 1")
    headings = [block for block in first if block.kind == "heading"]
    if not headings:
        return None, None, ()
    largest = max(headings, key=lambda block: block.size)
    if len(largest.text.split()) < 3 and largest is first[0]:  # noqa: PLR2004 - a masthead has one or two
        below = [block for block in headings if 2 * block.size > largest.size and block != largest]
        largest = max(below, key=lambda block: block.size, default=largest)
    return _headline([largest], "largest heading of page 1")


def _plain(text: str) -> str:
    return "".join(mark for mark in text.casefold() if mark.isalnum())


def _headline(blocks: Sequence[Laid], found: str) -> tuple[Piece, str, Sequence[Laid]]:
    place = "; ".join(block.place for block in blocks)
    text = collapse(" ".join(block.text for block in blocks))
    return Piece("heading", place, text), found, blocks


def _near(laid: Sequence[Laid], headline: Sequence[Laid]) -> list[Laid]:
    """The short blocks where byline and date stand: at the top, or below the headline of page 1."""
    first = [part for part in laid if part.page == 1]
    below = next((at for at, part in enumerate(first, 1) if part in headline[-1:]), 0)
    near = first[:_NEAR] + first[max(below, _NEAR) : below + _NEAR]
    return [part for part in near if len(part.text.split()) <= _BYLINE_WORDS]


def _authors(
    near: Sequence[Laid], blocks: Sequence[Laid], named: str | None
) -> tuple[tuple[str, ...], str | None]:
    """Who signs near the top of page 1; else the metadata's author if page 1 names the same.

    Often the metadata only names who typed it.
    """
    for block in near:
        if names := bylines.parse(block.text):
            return names, block.place
    wanted = _plain(named or "")
    if named and wanted and any(wanted in _plain(b.text) for b in blocks if b.page == 1):
        return (named,), "metadata Author and page 1"
    return (), None


def _published(near: Sequence[Laid]) -> tuple[date | None, str | None]:
    """A date that stands by itself near the top of page 1, or behind who signs there."""
    for part in near:
        for words in (part.text, *_PARTS.split(part.text)):
            if found := moments.parse(words) or bylines.day(words):
                return found, part.place
    return None, None


def _caveats(pdf: dict[str, Any], *, tamed: bool) -> list[Caveat]:
    caveats = []
    if pdf["count"] > pdf["read"]:
        message = f"the first {pdf['read']:,} of {pdf['count']:,} pages were read"
        caveats.append(Caveat("pages-capped", message))
    if pdf["unread"]:
        message = f"{pdf['unread']:,} pages are damaged, or pictures without text"
        caveats.append(Caveat("pages-unread", message))
    if pdf["repaired"] or tamed:
        caveats.append(Caveat("repaired", "the PDF is damaged and was read as far as it goes"))
    if pdf["replaced"]:
        caveats.append(Caveat("characters-replaced", "some letters have no meaning in the PDF"))
    return caveats


def _laid(content: bytes) -> dict[str, Any]:
    """Runs confined: what `read` needs of the PDF, as plain values."""
    from unspin.reading.pdfium import PdfError

    try:
        pdf = _loaded(content)
    except PdfError as error:
        return {"error": error.code}
    laid = lay_out(pdf.pages)
    return {
        "title": pdf.title,
        "author": pdf.author,
        "count": pdf.count,
        "read": len(pdf.pages),
        "unread": sum(page.unread or page.pictured for page in pdf.pages),
        "damaged": all(page.unread for page in pdf.pages),
        "repaired": pdf.repaired,
        "replaced": any("\ufffd" in part.text for part in laid),
        "laid": [
            (part.kind, part.place, part.text, part.size, part.page) for part in laid if part.text
        ],
    }


def _words(content: bytes, place: str) -> dict[str, Any]:
    """Runs confined: the words at one place."""
    from unspin.reading.pdfium import PdfError

    try:
        return {"words": words_in(_loaded(content).pages, place)}
    except PdfError as error:
        return {"error": error.code}


def _loaded(content: bytes) -> Any:  # noqa: ANN401 - the type is at home behind the door
    from unspin.reading.pdfium import load

    digest = hashlib.sha256(content).digest()
    if digest not in _LAST:
        loaded = load(content)
        _LAST.clear()
        _LAST[digest] = loaded
    return _LAST[digest]
