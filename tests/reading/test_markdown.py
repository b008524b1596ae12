from collections import Counter
from datetime import date
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.errors import EmptyError
from unspin.reading import markdown
from unspin.reading.resources import Resource
from unspin.types import Document

ARTICLE = """\
    ---
    title: "Harbour talks: day two"
    authors: [Ana Rell, Tomas Vek]
    date: 2025-03-04
    url: https://tribune.example/talks
    lang: en
    ---

    # Harbour talks: day two

    The *minister* said that [the bridge](https://x.example "safe") was safe
    and closed.

    > “We came with an offer,”
    > said Mira Sol.

    ## What next

    1. A meeting
    2. A vote

    ![The harbour at dawn](dawn.jpg)

    | Port | Ferries |
    |------|---------|
    | Varr | 340     |

    <div><p>Raw <b>words</b></p><!-- unseen note --></div>

    [ref]: https://x.example
    """


def read(text: str) -> Document:
    return markdown.read(Resource("talks.md", dedent(text).encode()))


def blocks(document: Document) -> list[tuple[str, str, str]]:
    return [(block.kind, block.place, block.span.of(document.text)) for block in document.blocks]


def test_blocks_keep_their_kind_and_lines() -> None:
    assert blocks(read(ARTICLE)) == [
        ("heading", "line 2", "Harbour talks: day two"),
        ("paragraph", "lines 11-12", "The minister said that the bridge was safe and closed."),
        ("blockquote", "lines 14-15", "“We came with an offer,” said Mira Sol."),
        ("heading", "line 17", "What next"),
        ("item", "line 19", "A meeting"),
        ("item", "line 20", "A vote"),
        ("caption", "line 22", "The harbour at dawn"),
        ("cell", "line 24", "Port"),
        ("cell", "line 24", "Ferries"),
        ("cell", "line 26", "Varr"),
        ("cell", "line 26", "340"),
        ("paragraph", "line 28", "Raw words"),
    ]


def test_front_matter_is_read() -> None:
    document = read(ARTICLE)
    assert document.title == "Harbour talks: day two"
    assert document.authors == ("Ana Rell", "Tomas Vek")
    assert document.published == date(2025, 3, 4)
    assert document.canonical == "https://tribune.example/talks"
    assert document.found.published == "line 4"


def test_what_is_no_text_is_named() -> None:
    kinds = {(item.kind, item.place) for item in read(ARTICLE).furniture}
    assert kinds == {
        ("header", "lines 1-7"),
        ("repeat", "line 9"),
        ("hidden", "line 28"),
        ("hidden", "line 30"),
    }


def test_without_front_matter_the_first_heading_is_the_title() -> None:
    document = read("# Talks\n\nBy Ana Rell\n\nThe ministers met and parted again.\n")
    assert (document.title, document.authors) == ("Talks", ("Ana Rell",))
    assert [kind for kind, _, _ in blocks(document)] == ["heading", "paragraph"]


@pytest.mark.parametrize(
    "matter",
    [
        "authors:\n  - Ana Rell\n  - Tomas Vek",
        "author: Ana Rell and Tomas Vek",
        "authors:\n  - name: Ana Rell\n  - name: Tomas Vek",
    ],
)
def test_ways_to_write_authors(matter: str) -> None:
    assert read(f"---\n{matter}\n---\nThe ministers met.\n").authors == ("Ana Rell", "Tomas Vek")


@pytest.mark.parametrize(
    "signed",
    ["By Ana Rell, 4 March 2025", "*By Ana Rell, March 4, 2025*", "By Ana Rell | 2025-03-04"],
)
def test_a_byline_gives_its_day(signed: str) -> None:
    text = f"# Locks\n\n{signed}\n\nThe locks stay shut until May, the ministry said on Tuesday.\n"
    document = markdown.read(Resource("a.md", text.encode()))
    assert document.authors == ("Ana Rell",)
    assert document.published == date(2025, 3, 4)
    assert document.found.published == document.found.authors == "line 3"


def test_a_rule_is_no_front_matter() -> None:
    assert (
        read("---\n\nThe ministers met.\n\n---\n\nThey parted.\n").text
        == "The ministers met.\n\nThey parted."
    )


def test_a_date_in_doubt_is_none() -> None:
    assert read("---\ndate: 03/04/2025\n---\nThe ministers met.\n").published is None


@pytest.mark.parametrize("text", ["", "\n\n", "---\ntitle: x\n---\n", "[a]: https://x.example\n"])
def test_no_text_is_an_error(text: str) -> None:
    with pytest.raises(EmptyError):
        read(text)


@pytest.mark.parametrize(
    "source",
    ["> " * 3000 + "deep", "[" * 20_000 + "deep", "*a _b " * 5000 + "deep", "- " * 500 + "deep"],
)
def test_deep_nesting_loses_nothing(source: str) -> None:
    document = markdown.read(Resource("deep.md", f"Above.\n\n{source}\n\nBelow.\n".encode()))
    held = document.text + " ".join(item.text for item in document.furniture)
    assert all(word in held for word in ("Above.", "deep", "Below."))


@given(
    st.lists(
        st.lists(
            st.sampled_from(["talks", "**port**", "Varr,", "said", "`code`", "–", "“we”", "5"]),
            min_size=1,
            max_size=8,
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["", "# ", "> ", "- ", "* "]),
)
def test_every_word_is_accounted_for(rows: list[list[str]], prefix: str) -> None:
    source = "\n\n".join(prefix + " ".join(["x", *row]) for row in rows)
    document = markdown.read(Resource("x.md", source.encode()))
    held = Counter(document.text.split())
    for item in document.furniture:
        held.update(item.text.split())
    plain = [word.strip("*`") for row in rows for word in ["x", *row]]
    assert held == Counter(plain)
