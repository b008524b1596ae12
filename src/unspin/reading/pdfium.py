"""The door to PDFium: the bytes of a PDF in, its pages as words with their boxes out.

To be called in a confined process only: PDFium can hang or abort on hostile bytes.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

MOST_PAGES = 2000
Box = tuple[float, float, float, float]  # left, bottom, right, top
_MOST_CHARACTERS = 60_000  # on a page; one with more is read as plain text, without boxes
_INVISIBLE = 3  # text rendering mode
_CLIPPED = 7  # adds to the clipping path, paints nothing
_BOLD = 600  # font weight
_HYPHEN = "\x02"  # PDFium's sign for a hyphen at the end of a line
_SOFT_HYPHEN = "\xad"
_SPACES = frozenset(" \t\r\n\f\v\xa0\u2002\u2003\u2009\u200a\u202f\u3000")
_DROPPED = frozenset("\u200b\u200c\ufeff")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_CATALOG = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+obj\b[^\0]{0,200}?/Type\s*/Catalog\b")
_SURROGATE = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_STRAY = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class PdfError(Exception):
    """The bytes cannot be read; `code` is "encrypted" or "damaged"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Word:
    """A run of characters without white space, as PDFium gives them one after the other."""

    text: str
    left: float  # points from the page's lower left corner
    bottom: float
    right: float
    top: float
    turned: int  # quarter turns of the writing, clockwise
    size: float  # height of the line of type
    bold: bool
    hidden: bool  # painted in a way that nobody can see
    starts: bool  # PDFium starts a new line with it
    tight: bool = False  # no space stands between it and the word after it


@dataclass(slots=True)
class Page:
    """One page. `plain` is its text where it is too crowded for words with boxes."""

    left: float
    bottom: float
    right: float
    top: float
    words: list[Word]
    plain: str | None
    unread: bool = False  # PDFium could not open it
    pictured: bool = False  # it has no text, but a picture over most of it


@dataclass(slots=True)
class Pdf:
    """A whole document; `pages` holds at most MOST_PAGES of `count`."""

    title: str | None
    author: str | None
    count: int
    pages: list[Page]
    repaired: bool


def load(content: bytes) -> Pdf:
    """The pages of `content`. PdfError when there is no way in."""
    opened, repaired = _open(content)
    with closing(opened) as pdf:
        count = len(pdf)
        metadata = pdf.get_metadata_dict()
        return Pdf(
            title=" ".join(_clean(metadata.get("Title") or "").split()) or None,
            author=" ".join(_clean(metadata.get("Author") or "").split()) or None,
            count=count,
            pages=list(_pages(pdf, min(count, MOST_PAGES))),
            repaired=repaired or b"%%EOF" not in content[-2048:],
        )


def _open(content: bytes) -> tuple[Any, bool]:
    try:
        return pypdfium2.PdfDocument(content), False
    except pypdfium2.PdfiumError as error:
        # PDFium can tell the error of the file before: one that is locked says so in clear.
        locked = b"/Encrypt" in content
        if locked and ("password" in str(error) or "security" in str(error)):
            code = "encrypted"
            raise PdfError(code) from error
    code = "damaged"
    catalogs = _CATALOG.findall(content)
    if catalogs:  # without its trailer a PDF has all but the name of its first object
        trailer = b"\ntrailer\n<< /Root %s 0 R >>\nstartxref\n0\n%%%%EOF\n" % catalogs[-1]
        with suppress(pypdfium2.PdfiumError):
            return pypdfium2.PdfDocument(content + trailer), True
    raise PdfError(code)


def _pages(pdf: Any, count: int) -> Iterator[Page]:  # noqa: ANN401 - the library ships no types
    for number in range(count):
        try:
            page = pdf[number]
        except pypdfium2.PdfiumError:
            yield Page(0, 0, 0, 0, [], None, unread=True)
            continue
        with closing(page):
            try:
                text = page.get_textpage()
            except pypdfium2.PdfiumError:
                yield Page(0, 0, 0, 0, [], None, unread=True)
                continue
            with closing(text):
                yield _page(page, text)


def _page(page: Any, text: Any) -> Page:  # noqa: ANN401 - the library ships no types
    left, bottom, right, top = page.get_bbox()
    if text.count_chars() > _MOST_CHARACTERS:
        plain = _clean(text.get_text_range())
        return Page(left, bottom, right, top, [], plain)
    words = list(_words(text, (left, bottom, right, top)))
    hidden = [word for word in words if word.hidden]
    area = (right - left) * (top - bottom)
    if 2 * len(hidden) > len(words) and _pictured(page, area):
        for word in hidden:  # the text layer of a scan, which lies unseen on its picture
            word.hidden = False
    return Page(left, bottom, right, top, words, None, pictured=not words and _pictured(page, area))


@dataclass(slots=True)
class _Style:
    turned: int
    bold: bool
    unseen: bool


def _words(text: Any, box: Box) -> Iterator[Word]:  # noqa: ANN401 - the library ships no types
    styles: dict[int, _Style] = {}
    rectangle = raw.FS_RECTF()
    word: Word | None = None
    starts = True
    soft = False  # the last character was a soft hyphen, seen only where its line ends
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        mark = chr(code) if code <= 0x10FFFF else "\ufffd"  # noqa: PLR2004 - end of Unicode
        if mark in _SPACES:
            if word:
                yield _finished(word, box)
                word = None
            starts = starts or mark in "\r\n"
            continue
        if mark in _DROPPED:
            continue
        raw.FPDFText_GetLooseCharBox(text, index, rectangle)
        style = _style(text, index, styles)
        left, right = sorted((rectangle.left, rectangle.right))
        bottom, top = sorted((rectangle.bottom, rectangle.top))
        if soft and word and not starts and bottom < word.top and word.bottom < top:
            word.text = word.text[:-1]
        elif word and (soft or word.turned != style.turned or word.hidden != style.unseen):
            yield _finished(word, box)
            word, starts = None, starts or soft
        soft = mark == _SOFT_HYPHEN
        if word is None:
            size = (top - bottom) if style.turned % 2 == 0 else (right - left)
            look = (style.turned, size, style.bold, style.unseen, starts)
            word = Word("", left, bottom, right, top, *look)
            starts = False
        word.text += "-" if soft or mark == _HYPHEN else mark
        word.left, word.right = min(word.left, left), max(word.right, right)
        word.bottom, word.top = min(word.bottom, bottom), max(word.top, top)
        if mark == _HYPHEN:
            yield _finished(word, box)
            word, starts = None, True
    if word:
        yield _finished(word, box)


def _style(text: Any, index: int, styles: dict[int, _Style]) -> _Style:  # noqa: ANN401 - the library ships no types
    handle = raw.FPDFText_GetTextObject(text, index)
    key = ctypes.cast(handle, ctypes.c_void_p).value or 0
    if key not in styles:
        turned = round(raw.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) % 4
        styles[key] = _Style(turned, bool(key) and _bold(handle), bool(key) and _unseen(handle))
    return styles[key]


def _bold(handle: Any) -> bool:  # noqa: ANN401 - the library ships no types
    font = raw.FPDFTextObj_GetFont(handle)
    if not font:
        return False
    name = ctypes.create_string_buffer(128)
    raw.FPDFFont_GetBaseFontName(font, name, len(name))
    lowered = name.value.lower()
    return any(sign in lowered for sign in (b"bold", b"black", b"heavy")) or (
        raw.FPDFFont_GetWeight(font) >= _BOLD
    )


def _unseen(handle: Any) -> bool:  # noqa: ANN401 - the library ships no types
    mode = raw.FPDFTextObj_GetTextRenderMode(handle)
    if mode in {_INVISIBLE, _CLIPPED}:
        return True
    colour = [ctypes.c_uint() for _ in range(4)]
    given = raw.FPDFPageObj_GetFillColor(handle, *colour)
    return bool(mode == 0 and given and colour[3].value == 0)  # wholly transparent


def _finished(word: Word, box: Box) -> Word:
    word.text = _clean(word.text).translate(_LIGATURES)
    middle, centre = (word.left + word.right) / 2, (word.bottom + word.top) / 2
    inside = box[0] <= middle <= box[2] and box[1] <= centre <= box[3]
    word.hidden = word.hidden or not inside
    return word


def _clean(text: str) -> str:
    """`text` with surrogates paired, hyphens of line ends as such, and no control characters."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = text.replace(_HYPHEN, "-").replace("\ufffe", "-")
    return _STRAY.sub("\ufffd", text)


def _pictured(page: Any, area: float) -> bool:  # noqa: ANN401 - the library ships no types
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        with suppress(pypdfium2.PdfiumError):
            left, bottom, right, top = picture.get_bounds()
            if (right - left) * (top - bottom) >= area / 2:
                return True
    return False
