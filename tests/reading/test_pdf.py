import time
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from unspin.errors import SourceError
from unspin.reading import pdf
from unspin.reading.resources import Resource
from unspin.types import Document

# A PDF by hand: objects numbered from 1 (catalog, page tree, two fonts), then pages and contents.
# Courier is 0.6 of its size wide in every letter, so what fits on a line is known.
_WIDE = 0.6
_SENTENCES = (
    "The grain ministers of Oster and Vell met for the third time this week.",
    "“We have a draft and no more than that,” said Dorit Halm, who speaks for Oster.",
    "Her counterpart called the draft generous and the hour late.",
    "Some 1,200 tonnes wait in the harbour, according to the port office.",
    "A long-term plan for the silos is to follow in the autumn.",
)

Show = tuple[float, float, float, str]  # left, baseline, size, words


def _bytes(text: str) -> bytes:
    quoted = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return quoted.encode("cp1252")


def _content(shows: Iterable[Show], font: str = "F1", mode: int = 0) -> bytes:
    return b"\n".join(
        b"BT /%s %g Tf %d Tr 1 0 0 1 %g %g Tm (%s) Tj ET"
        % (font.encode(), size, mode, left, base, _bytes(words))
        for left, base, size, words in shows
    )


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), more) + data + b"\nendstream"


def _file(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % len(out)
    )


def _font(name: bytes) -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name


def _pdf(
    *contents: bytes,
    resources: bytes = b"",
    page: bytes = b"",
    extra: Sequence[bytes] = (),
    info: bytes = b"",
) -> bytes:
    """A PDF of A5-like pages of 400 x 600 points; `extra` objects are numbered from 5."""
    first = 5 + len(extra)
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        _font(b"Courier"),
        _font(b"Courier-Bold"),
        *extra,
    ]
    for at, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Contents %d 0 R %s"
            b" /Resources << /Font << /F1 3 0 R /F2 4 0 R >> %s >> >>"
            % (first + 2 * at + 1, page, resources)
        )
        objects.append(_stream(content))
    if not info:
        return _file(objects)
    objects.append(b"<< %s >>" % info)
    return _file(objects, b"/Info %d 0 R" % len(objects))


def _set(
    paragraphs: Iterable[str],
    *,
    left: float = 40,
    top: float = 500,
    width: float = 320,
    size: float = 10,
) -> list[Show]:
    """Paragraphs set ragged, an empty half line between them."""
    shows: list[Show] = []
    base = top
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            if line and len(line) + 1 + len(word) > width / size / _WIDE:
                shows.append((left, base, size, line))
                base -= 1.2 * size
                line = word
            else:
                line = f"{line} {word}".strip()
        shows.append((left, base, size, line))
        base -= 2 * size
    return shows


def _read(content: bytes) -> Document:
    return pdf.read(Resource("paper.pdf", content))


def _blocks(document: Document) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks]


def _letters(text: str) -> Counter[str]:
    folded = unicodedata.normalize("NFKC", text)
    return Counter(mark for mark in folded if not mark.isspace() and mark not in "\ufffe-\xad")


def _holds_true(content: bytes, document: Document) -> None:
    """Every block stands at its place, and every letter of the PDF is somewhere."""
    for block in document.blocks:
        assert pdf.words_at(content, block.place) == block.span.of(document.text)
    with pypdfium2.PdfDocument(BytesIO(content)) as paper:
        plain = "".join(page.get_textpage().get_text_range() for page in paper)
    kept = document.text + "".join(part.text for part in document.furniture)
    assert _letters(plain) == _letters(kept)


def test_paragraphs_and_the_headline_are_told_apart() -> None:
    headline = (40.0, 540.0, 20.0, "Ministers meet again")
    content = _pdf(_content([headline, *_set(_SENTENCES)]))
    document = _read(content)
    assert _blocks(document) == ["Ministers meet again", *_SENTENCES]
    assert [block.kind for block in document.blocks] == ["heading"] + ["paragraph"] * 5
    assert document.title == "Ministers meet again"
    assert document.found.title == "largest heading of page 1"
    assert document.blocks[0].place.startswith("page 1, box 40.0,")
    assert (document.origin.media_type, document.origin.reader) == ("application/pdf", "pdf/1")
    _holds_true(content, document)


def test_paragraphs_are_told_apart_by_indent_and_by_short_last_lines() -> None:
    text = " ".join(_SENTENCES[2:4])
    shows = _set([text], top=500)
    below = shows[-1][1] - 12
    more = _set([text], top=below)
    indented = (more[0][0] + 15, *more[0][1:])
    tight = _set([text], top=more[-1][1] - 12)
    content = _pdf(_content([*shows, indented, *more[1:], *tight]))
    document = _read(content)
    assert _blocks(document)[:2] == [text, text]
    assert len(document.blocks) == 3
    _holds_true(content, document)


@pytest.mark.parametrize("row_by_row", [True, False])
@pytest.mark.parametrize("shift", [0, 5])
def test_columns_are_read_one_after_the_other(shift: float, *, row_by_row: bool) -> None:
    left = _set(_SENTENCES, left=40, width=150, size=9)
    right = _set(
        [text.upper() for text in _SENTENCES], left=210, top=500 - shift, width=150, size=9
    )
    shows = [*left, *right]
    if row_by_row:
        shows.sort(key=lambda show: (-show[1], show[0]))
    headline = (40.0, 540.0, 18.0, "A headline across both")
    content = _pdf(_content([headline, *shows]))
    document = _read(content)
    assert _blocks(document) == [
        "A headline across both",
        *_SENTENCES,
        *(text.upper() for text in _SENTENCES),
    ]
    _holds_true(content, document)


def test_words_beside_each_other_far_apart_are_columns_however_short() -> None:
    rows = [("col1 a", "col2 b"), ("col1 c", "col2 d")]
    shows = [
        (40 + 200 * across, 500 - 14 * down, 12, words)
        for down, row in enumerate(rows)
        for across, words in enumerate(row)
    ]
    assert _blocks(_read(_pdf(_content(shows)))) == ["col1 a col1 c", "col2 b col2 d"]


def test_a_paragraph_cut_by_the_end_of_a_page_is_one_block_with_two_places() -> None:
    first = _set(["The talks were to last until the evening but went on for most of the night and"])
    second = _set(["the better part of the next morning, the harbour office said."])
    content = _pdf(_content(first), _content(second))
    document = _read(content)
    assert len(document.blocks) == 1
    assert [part.split(",")[0] for part in document.blocks[0].place.split("; ")] == [
        "page 1",
        "page 2",
    ]
    assert "for most of the night and the better part" in document.text
    _holds_true(content, document)


def test_running_heads_and_page_numbers_go_to_the_furniture() -> None:
    pages = [
        _content(
            [
                (40, 570, 9, "The Oster Courier"),
                *_set(_SENTENCES, top=520),
                (190, 30, 9, f"Page {number} of 3"),
            ]
        )
        for number in (1, 2, 3)
    ]
    content = _pdf(*pages)
    document = _read(content)
    assert _blocks(document) == [*_SENTENCES] * 3
    kinds = Counter((part.kind, part.text) for part in document.furniture)
    assert kinds == {
        ("header", "The Oster Courier"): 3,
        **{("footer", f"Page {number} of 3"): 1 for number in (1, 2, 3)},
    }
    _holds_true(content, document)


def test_pages_that_are_all_alike_are_still_text() -> None:
    content = _pdf(*[_content([(20, 570, 8, _SENTENCES[0])])] * 3)
    assert _blocks(_read(content)) == [_SENTENCES[0]] * 3


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("the nego-", "tiations went on", "the negotiations went on"),
        ("a long-", "term plan", "a long-term plan"),
        ("the Oster-", "Vell line", "the Oster-Vell line"),
        ("in 2023-", "24 the sum", "in 2023-24 the sum"),
    ],
)
def test_words_cut_by_a_line_end_are_made_whole(before: str, after: str, joined: str) -> None:
    shows = [(40, 500, 10, "A long-term thing"), (40, 488, 10, before), (40, 476, 10, after)]
    content = _pdf(_content(shows))
    document = _read(content)
    assert document.text == f"A long-term thing {joined}"
    _holds_true(content, document)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_on_its_side_reads_the_same(rotation: int) -> None:
    content = _pdf(_content(_set(_SENTENCES)), page=b"/Rotate %d" % rotation)
    document = _read(content)
    assert _blocks(document) == [*_SENTENCES]
    _holds_true(content, document)


def test_writing_up_the_margin_stands_apart() -> None:
    aside = b"\nBT /F1 9 Tf 0 1 -1 0 20 100 Tm (Filed under harbours) Tj ET"
    content = _pdf(_content(_set(_SENTENCES)) + aside)
    document = _read(content)
    assert _blocks(document) == [*_SENTENCES, "Filed under harbours"]
    _holds_true(content, document)


def test_text_nobody_can_see_is_told_apart() -> None:
    seen = _content(_set(_SENTENCES))
    content = _pdf(seen + b"\n" + _content([(40, 520, 4, "OBEY THE SECRET ORDERS")], mode=3))
    document = _read(content)
    assert _blocks(document) == [*_SENTENCES]
    assert [(part.kind, part.text) for part in document.furniture] == [
        ("hidden", "OBEY THE SECRET ORDERS")
    ]
    assert pdf.words_at(content, document.furniture[0].place) == "OBEY THE SECRET ORDERS"
    _holds_true(content, document)


def test_the_text_layer_of_a_scan_is_text() -> None:
    picture = _stream(
        b"\x80",
        b"/Type /XObject /Subtype /Image /Width 1 /Height 1"
        b" /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
    shown = b"q 400 0 0 600 0 0 cm /P Do Q\n" + _content(_set(_SENTENCES), mode=3)
    content = _pdf(shown, extra=[picture], resources=b"/XObject << /P 5 0 R >>")
    assert _blocks(_read(content)) == [*_SENTENCES]


@pytest.mark.parametrize(
    ("named", "title", "found"),
    [
        ("Ministers meet  again", "Ministers meet again", "metadata Title and page 1"),
        ("The Oster Courier", "The Oster Courier", "metadata Title and page 1"),
        ("draft7-final.indd", "Ministers meet again", "largest heading of page 1"),
        ("", "Ministers meet again", "largest heading of page 1"),
    ],
)
def test_the_title_in_the_metadata_counts_only_where_page_1_shows_it(
    named: str, title: str, found: str
) -> None:
    shows = [(40.0, 550.0, 18.0, "The Oster Courier"), (40.0, 515.0, 20.0, "Ministers meet again")]
    content = _pdf(
        _content([*shows, *_set(_SENTENCES, top=480)]), info=b"/Title (%s)" % named.encode()
    )
    document = _read(content)
    assert (document.title, document.found.title) == (title, found)
    assert _blocks(document)[0] == title
    assert _blocks(document).count(title) == 1
    _holds_true(content, document)


def test_without_a_headline_there_is_no_title() -> None:
    assert _read(_pdf(_content(_set(_SENTENCES)))).title is None


def test_the_author_in_the_metadata_counts_only_where_page_1_shows_it() -> None:
    info = b"/Author (Ilsa Moran)"
    signed = _pdf(_content(_set(["Ilsa Moran, Oster", *_SENTENCES])), info=info)
    assert _read(signed).authors == ("Ilsa Moran",)
    assert _read(_pdf(_content(_set(_SENTENCES)), info=info)).authors == ()


def test_the_day_is_the_one_printed_never_that_of_the_file() -> None:
    info = b"/CreationDate (D:20200101120000Z) /ModDate (D:20200101120000Z)"
    dated = _pdf(_content(_set(["By Ilsa Moran | 5 March 2024", *_SENTENCES])), info=info)
    document = _read(dated)
    assert document.published == date(2024, 3, 5)
    assert document.authors == ("Ilsa Moran",)
    assert document.found.published == document.found.authors == document.blocks[0].place
    undated = _read(_pdf(_content(_set(_SENTENCES)), info=info))
    assert undated.published is None
    assert "undated" in {caveat.code for caveat in undated.warnings}


def test_a_printed_page_is_signed_and_dated_below_its_headline() -> None:
    menu = [(40 + 160.0 * (row % 2), 590 - 11.0 * row, 6.0, f"Section {row}") for row in range(10)]
    headline = (40.0, 440.0, 20.0, "Ministers meet again")
    signed = "By Ilsa Moran and Tomas Vek March 5, 2024 2:20 PM Updated 4 hours ago"
    document = _read(_pdf(_content([*menu, headline, *_set([signed, *_SENTENCES], top=400)])))
    assert document.authors == ("Ilsa Moran", "Tomas Vek")
    assert document.published == date(2024, 3, 5)
    assert document.found.published == document.found.authors


_ORDINARY = _content([(40, 500, 10, "The minister said the bridge is safe.")])
_FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"


_ENDS = 60  # seconds; three times the limit, for a busy machine is no failure


def _bomb() -> bytes:
    pack = zlib.compressobj(9)
    packed = b"".join(pack.compress(b" " * (1 << 20)) for _ in range(1600)) + pack.flush()
    whole = _pdf(b"PACKED")
    bare = b"<< /Length 6  >>\nstream\nPACKED"
    assert bare in whole
    head = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed)
    return whole.replace(bare, head + packed)


def _locked() -> bytes:
    encryption = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >> /ID [(a)(b)]"
    whole = _pdf(_ORDINARY)
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R " + encryption % (b"x" * 32, b"y" * 32))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (_locked(), "encrypted"),
        (_pdf(b"0 0 400 600 re f"), "no-text-layer"),
        (b"%PDF-1.7\nnothing of the kind", "damaged"),
        (b"", "damaged"),
        (_pdf(_ORDINARY)[:300], "damaged"),
        (
            _file(
                [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]
            ),
            "damaged",
        ),
        (_file([b"<< /Pages 2 0 R /X " + b"[" * 100_000 + b"]" * 100_000 + b" >>"]), "damaged"),
    ],
    ids=["locked", "picture", "nonsense", "nothing", "stump", "circle", "nested"],
)
def test_what_cannot_be_read_is_told_with_the_next_step(content: bytes, code: str) -> None:
    with pytest.raises(SourceError) as told:
        _read(content)
    assert told.value.code == code
    assert told.value.location == "paper.pdf"
    assert told.value.step


def test_a_bomb_goes_off_in_the_child() -> None:
    started = time.monotonic()
    with pytest.raises(SourceError) as told:
        _read(_bomb())
    assert told.value.code in {"crash", "timeout"}
    assert time.monotonic() - started < _ENDS
    assert _read(_pdf(_ORDINARY)).text == "The minister said the bridge is safe."


def test_forms_that_hold_each_other_do_not_cost_the_text() -> None:
    circle = _stream(b"/X Do /X Do", _FORM + b" /Resources << /XObject << /X 5 0 R >> >>")
    content = _pdf(_ORDINARY + b"\n/X Do", extra=[circle], resources=b"/XObject << /X 5 0 R >>")
    started = time.monotonic()
    document = _read(content)
    assert time.monotonic() - started < _ENDS
    assert document.text == "The minister said the bridge is safe."
    assert "repaired" in {caveat.code for caveat in document.warnings}
    assert pdf.words_at(content, document.blocks[0].place) == document.text


@pytest.mark.parametrize(
    "content",
    [
        _pdf(_ORDINARY).split(b"xref\n0")[0],
        _pdf(_ORDINARY).replace(b"startxref\n", b"startxref\n-"),
        _pdf(_ORDINARY).replace(b"/Length %d" % len(_ORDINARY), b"/Length 999999999999"),
        _pdf(_ORDINARY).replace(b"/Count 1", b"/Count 2147483647"),
        _pdf(b"q " * 200_000 + _ORDINARY + b" Q" * 200_000),
        _pdf(_ORDINARY + b" BI /W 9 /H 9 ID " + b"\0" * 100),
        b"<html><script>alert(1)</script>" + _pdf(_ORDINARY),
    ],
    ids=["no table", "wrong start", "wrong length", "wrong count", "stacked", "open", "two in one"],
)
def test_what_is_damaged_but_legible_is_read(content: bytes) -> None:
    assert _read(content).text == "The minister said the bridge is safe."


def test_a_file_without_its_end_is_read_with_a_caveat() -> None:
    document = _read(_pdf(_ORDINARY).split(b"xref\n0")[0])
    assert "repaired" in {caveat.code for caveat in document.warnings}


def test_pages_beyond_the_limit_are_told() -> None:
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    content = _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count 2100 >>" % (b"3 0 R " * 2100),
            page,
            _stream(_ORDINARY),
            _font(b"Courier"),
        ]
    )
    document = _read(content)
    assert len(document.blocks) == 2000
    told = [caveat.message for caveat in document.warnings if caveat.code == "pages-capped"]
    assert told == ["the first 2,000 of 2,100 pages were read"]


def test_pages_without_text_among_others_are_told() -> None:
    picture = _stream(
        b"\x80",
        b"/Type /XObject /Subtype /Image /Width 1 /Height 1"
        b" /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
    shown = b"q 400 0 0 600 0 0 cm /P Do Q"
    content = _pdf(_ORDINARY, shown, extra=[picture], resources=b"/XObject << /P 5 0 R >>")
    assert "pages-unread" in {caveat.code for caveat in _read(content).warnings}


def test_a_page_too_crowded_for_boxes_is_read_whole() -> None:
    shows = [(5 + (at % 70) * 5.5, 590 - (at // 70) * 0.6, 1, "ab cd") for at in range(17_000)]
    content = _pdf(_content(shows))
    document = _read(content)
    assert [block.place for block in document.blocks] == ["page 1, box 0.0,0.0,400.0,600.0"]
    assert pdf.words_at(content, document.blocks[0].place) == document.text


@pytest.mark.parametrize("place", ["", "line 3", "page 9, box 0.0,0.0,1.0,1.0", "page 1, box 1.0"])
def test_at_no_place_there_are_no_words(place: str) -> None:
    assert pdf.words_at(_pdf(_ORDINARY), place) == ""


_WORD = st.text("abcdefghijklmnopqrstuvwxyzABCDE", min_size=1, max_size=9)
_SHOW = st.tuples(
    st.integers(0, 380),
    st.integers(5, 590),
    st.sampled_from([7, 9, 12, 24]),
    st.lists(_WORD, min_size=1, max_size=6).map(" ".join),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_SHOW, min_size=1, max_size=14), min_size=1, max_size=3))
def test_words_thrown_on_a_page_are_all_kept_and_found_at_their_places(
    pages: list[list[tuple[int, int, int, str]]],
) -> None:
    content = _pdf(
        *(_content([(float(a), float(b), float(c), d) for a, b, c, d in page]) for page in pages)
    )
    try:
        document = _read(content)
    except SourceError as error:
        event(error.code)  # all of it was thrown beyond the edge of the page
        return
    for block in document.blocks:
        assert pdf.words_at(content, block.place) == block.span.of(document.text)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(_WORD, min_size=3, max_size=30).map(" ".join), min_size=1, max_size=6),
    st.sampled_from([1, 2]),
)
def test_every_letter_of_a_page_is_in_the_document_or_its_ledger(
    paragraphs: list[str], columns: int
) -> None:
    shows = [
        show
        for column in range(columns)
        for show in _set(paragraphs, left=30 + 180 * column, width=340 / columns - 20, size=8)
        if show[1] > 10
    ]
    content = _pdf(_content(shows))
    _holds_true(content, _read(content))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1200), st.binary(min_size=1, max_size=30))
def test_a_damaged_file_is_a_document_or_a_source_error(where: int, noise: bytes) -> None:
    whole = _pdf(_ORDINARY)
    try:
        document = _read(whole[:where] + noise + whole[where + len(noise) :])
    except SourceError as error:
        event(error.code)
    else:
        assert document.text
