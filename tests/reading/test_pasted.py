import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unspin.errors import EmptyError
from unspin.reading import bylines, lines, pasted
from unspin.reading.assembly import Particulars
from unspin.reading.resources import Resource
from unspin.types import Document

DATA = Path(__file__).parent.parent / "data" / "pasted"
PARAGRAPHS = [
    "Negotiators from Orlan and Veshta left the table on Tuesday after two days of talks.",
    "“We came with an offer and we leave with the same,” said Mira Sol, who speaks for Orlan.",
    "Veshta's transport ministry said that 340 ferries a month were at stake, not a few boats.",
    "The two sides agreed to meet again on 18 March, according to a joint statement.",
]


def read(text: str) -> Document:
    return pasted.read(Resource("pasted.txt", text.encode()))


def body(document: Document) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks][document.title is not None :]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\S+", text))


def told(document: Document, text: str) -> str | None:
    return next((item.kind for item in document.furniture if item.text == text), None)


def test_a_page_gives_its_article() -> None:
    text = (DATA / "harbour_page.txt").read_text("utf-8")
    document = read(text)
    assert document.title == "Ferry talks stall as Orlan rejects harbour plan"
    assert document.authors == ("Ana Rell", "Tomas Vek")
    assert document.published == date(2025, 3, 4)
    kept = body(document)
    assert kept[0].startswith("PORT VARR")
    assert kept[-1].endswith("who owns two boats.")
    assert "What happens next" in kept
    assert len(kept) == 6


def test_what_is_left_out_is_named() -> None:
    document = read((DATA / "harbour_page.txt").read_text("utf-8"))
    assert told(document, "Share this") == "share"
    assert told(document, "Accept all") == "cookie"
    assert told(document, "Advertisement") == "advert"
    assert told(document, "Orlan's budget in five charts") == "related"
    assert told(document, "Leave a reply") == "comments"
    assert told(document, "By Ana Rell and Tomas Vek") == "byline"
    assert told(document, "© 2025 The Harbour Tribune. All rights reserved.") == "footer"


@pytest.mark.parametrize(
    "between", ["\n\n", "\n", "\r\n", "\r\n\r\n", "\f", "\u2028", "\u2029", "\r"]
)
def test_a_clean_article_is_kept_whole(between: str) -> None:
    document = read(between.join(["Harbour talks end without a deal", *PARAGRAPHS]))
    assert document.title == "Harbour talks end without a deal"
    assert body(document) == PARAGRAPHS
    assert document.furniture == ()


def test_wrapped_paragraphs_are_joined() -> None:
    document = read((DATA / "wrapped_article.txt").read_text("utf-8"))
    assert [block.place for block in document.blocks] == [
        "line 1",
        "lines 3-5",
        "lines 7-9",
        "lines 11-12",
    ]
    assert body(document)[2].endswith("It is the fourth round since the autumn.")


def test_short_lines_are_not_joined() -> None:
    document = read(
        "One short sentence stands here.\nAnother one stands here.\nA third one ends it.\n"
    )
    assert len(document.blocks) == 3


@pytest.mark.parametrize(
    ("line", "authors", "published", "modified"),
    [
        ("By Ana Rell", ("Ana Rell",), None, None),
        ("By ANA RELL, political editor", ("Ana Rell",), None, None),
        ("Ana Rell | 4 March 2025", ("Ana Rell",), date(2025, 3, 4), None),
        ("By Ana Rell, Ivo Vek and Mira Sol", ("Ana Rell", "Ivo Vek", "Mira Sol"), None, None),
        ("Published March 4, 2025", (), date(2025, 3, 4), None),
        ("4 March 2025 | Updated 5 March 2025", (), date(2025, 3, 4), date(2025, 3, 5)),
        ("Par Ana Rell", ("Ana Rell",), None, None),
        ("By Monday it was over", (), None, None),
    ],
)
def test_bylines(
    line: str, authors: tuple[str, ...], published: date | None, modified: date | None
) -> None:
    document = read("\n".join(["Harbour talks end without a deal", line, *PARAGRAPHS]))
    assert document.title == "Harbour talks end without a deal"
    assert (document.authors, document.published, document.modified) == (
        authors,
        published,
        modified,
    )


def test_no_date_is_invented() -> None:
    document = read(
        "\n".join(["Harbour talks end without a deal", "03/04/2025", "2 hours ago", *PARAGRAPHS])
    )
    assert document.published is None
    assert "undated" in [caveat.code for caveat in document.warnings]


def test_an_address_line_is_the_canonical_address() -> None:
    document = read("\n".join(["https://tribune.example/talks", "Harbour talks end", *PARAGRAPHS]))
    assert document.canonical == "https://tribune.example/talks"
    assert document.found.canonical == "line 1"


def test_what_is_known_goes_before_what_is_read() -> None:
    document = pasted.read(
        Resource("letter.eml", b"raw"),
        text="\n".join(["By Ana Rell", *PARAGRAPHS]),
        title="A letter from the harbour",
        particulars=Particulars(authors=("Tomas Vek",), outlet="The Harbour Tribune"),
        media_type="message/rfc822",
        reader="mail/1",
    )
    assert document.title == "A letter from the harbour"
    assert document.text.startswith("A letter from the harbour\n\n")
    assert document.authors == ("Tomas Vek",)
    assert document.outlet == "The Harbour Tribune"
    assert document.origin.reader == "mail/1"


@pytest.mark.parametrize(
    "text",
    [
        "Министр сказал во вторник, что мост безопасен и что ремонт закончится в мае этого года.",
        "首相は火曜日の会見で、橋は安全であり、修理は五月に終わると述べた。野党は疑問を呈した。",
        "قال الوزير يوم الثلاثاء إن الجسر آمن وإن الإصلاحات ستنتهي في مايو من هذا العام كما وعد.",
    ],
)
def test_other_languages_are_kept(text: str) -> None:
    page = "\n".join(["Home", "World", "Login", *[text] * 3, "Share this", "Comments"])
    assert read(page).text.count(text) == 3


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\ufeff", "Home\nLogin\nShare this\n"])
def test_nothing_is_an_error(text: str) -> None:
    with pytest.raises(EmptyError):
        read(text)


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [*PARAGRAPHS, "Home", "Share this", "Comments", "By Ana Rell", "4 March 2025", ""]
        ),
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=60),
    ),
    max_size=30,
)


@settings(deadline=None)  # the first call loads the network
@given(_LINES, st.sampled_from(["\n", "\n\n", "\r\n", "\u2028", "\f"]))
def test_every_word_is_in_the_document_or_the_furniture(rows: list[str], between: str) -> None:
    text = between.join([*rows, PARAGRAPHS[0]])
    document = pasted.read(Resource("x.txt", b""), text=text)
    held = words(document.text)
    for item in document.furniture:
        held.update(words(item.text))
    assert held == words(text)


def test_a_text_of_which_only_the_byline_seems_likely_is_kept() -> None:
    row = PARAGRAPHS[0]
    rows = [row, row, row, "Share this", "By Ana Rell", row, row]
    document = pasted.read(Resource("x.txt", b""), text="\n".join(rows))
    assert body(document) == [row] * 5
    assert told(document, "Share this") == "share"
    assert document.authors == ("Ana Rell",)


@settings(deadline=None)  # the first call loads the network
@given(_LINES)
def test_each_block_is_found_at_its_lines(rows: list[str]) -> None:
    text = "\n".join([*rows, PARAGRAPHS[0]])
    document = pasted.read(Resource("x.txt", b""), text=text)
    numbered = lines.split(text)
    for block in document.blocks:
        first, _, last = block.place.split()[-1].partition("-")
        shown = " ".join(" ".join(numbered[int(first) - 1 : int(last or first)]).split())
        assert shown == block.span.of(document.text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ana Rell and Tomas Vek March 11, 2025 2:20 PM", ("Ana Rell", "Tomas Vek")),
        ("By Ana Rell Tuesday, March 11, 2025", ("Ana Rell",)),
        ("By Ana Rell, Tue Mar 11", ("Ana Rell",)),
        ("BY ANA MARSH 4 MARCH 2025", ("Ana Marsh",)),
        ("By Ana May and Tomas Vek, political editor", ("Ana May", "Tomas Vek")),
    ],
)
def test_a_date_behind_a_name_is_no_part_of_it(text: str, names: tuple[str, ...]) -> None:
    assert bylines.parse(text) == names


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ana Rell said it would rain.", "en"),
        ("“We will stay,” she said.", "en"),
        ("Die Ministerin sagte, die Brücke bleibe zu.", "de"),
        ("Stenhavn", None),
        ("40 000", None),
    ],
)
def test_a_sentence_tells_its_language(text: str, language: str | None) -> None:
    assert read(text).language == language
