"""Reading a page: the article, the map back, the ledger, what is known of it, and hostile pages."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from unspin.bench.reading import refound, unaccounted
from unspin.errors import EmptyError, RefusedError
from unspin.reading import decoding, html, second_opinion, stretches
from unspin.reading.resources import Resource
from unspin.types import Document

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.html"))
EXPECTED = json.loads((ROOT / "tests/data/examples_expected.json").read_text("utf-8"))["pages"]
SENTENCE = (
    "The minister said on Monday that the bridge at Ostrel was safe, and that work would end. "
)


def page(body: str = "", head: str = "<title>The bridge is safe, minister says</title>") -> str:
    paragraphs = "".join(f"<p>{SENTENCE * 2}</p>" for _ in range(8))
    return (
        f"<!doctype html><html lang=en><head>{head}</head><body><article>"
        f"<h1>The bridge is safe, minister says</h1>{paragraphs}{body}"
        "<p>LASTWORD stands at the end of it all, said Jana Rohe of the bridge office.</p>"
        "</article></body></html>"
    )


def read(markup: str, location: str = "page.html") -> Document:
    return html.read(Resource(location, markup.encode("utf-8", "replace")), markup=markup)


def codes(document: Document) -> set[str]:
    return {caveat.code for caveat in document.warnings}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_read_whole(path: Path) -> None:
    document = html.read(Resource(str(path), path.read_bytes()))
    wanted = (ROOT / "tests/data/examples" / f"{path.stem}.txt").read_text("utf-8").split("\n\n")
    given = document.text.split("\n\n")
    body = [block for block in wanted if len(block.split()) > 25]
    assert not [block for block in body if block.strip() not in given]
    extra = [block for block in given if block not in {block.strip() for block in wanted}]
    assert sum(len(block.split()) for block in extra) <= 0.1 * len(document.text.split())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_map_back_and_balance(path: Path) -> None:
    markup, _ = decoding.decode(path.read_bytes(), None)
    document = html.read(Resource(str(path), path.read_bytes()))
    assert all(refound(markup, document))
    assert not unaccounted(markup, document)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_described(path: Path) -> None:
    document = html.read(Resource(str(path), path.read_bytes()))
    expected = EXPECTED[path.stem]
    assert document.title == expected["title"]
    assert list(document.authors) == expected["authors"]
    assert document.published is not None
    assert document.published.isoformat()[:10] == expected["published"]
    assert document.canonical == expected["canonical"]


def test_title_is_the_first_block() -> None:
    document = read(page())
    assert document.title == "The bridge is safe, minister says"
    assert document.blocks[0].kind == "heading"
    assert document.blocks[0].span.of(document.text) == document.title


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (
            "<blockquote><p>We will keep the bridge open for all, always.</p></blockquote>",
            "blockquote",
        ),
        (
            '<blockquote class="embed-post"><p>The bridge stays ours, all of it.</p></blockquote>',
            "post",
        ),
        (
            "<figure><figcaption>The bridge at Ostrel seen from the bank.</figcaption></figure>",
            "caption",
        ),
    ],
)
def test_quoted_material_and_captions_are_kept(body: str, kind: str) -> None:
    document = read(page(body))
    assert kind in {block.kind for block in document.blocks}


@pytest.mark.parametrize("name", ["pull", "pullquote", "story-pull-quote"])
def test_a_pull_quote_is_no_second_text(name: str) -> None:
    words = "Nobody who fishes in these waters will ever forget the winter of the locks"
    told = f"<p>{words}, and neither will the towns on either bank of the river.</p>"
    document = read(page(f'{told}<div class="{name}">“{words}”</div>'))
    assert document.text.count(words) == 1
    assert any(words in item.text for item in document.furniture)


@pytest.mark.parametrize(
    "box",
    [
        "<div><div>Advertisement</div><div>BOXWORD works for the widow of Tarn</div></div>",
        "<div><div>More like this</div><a href=/1>BOXWORD has a garden wall</a></div>",
        "<section><h3>Most read</h3><a href=/1>BOXWORD sings in the rain again.</a></section>",
    ],
)
def test_a_small_box_that_its_label_names_is_furniture(box: str) -> None:
    document = read(page(f"{box}<p>{SENTENCE}</p>"))
    assert "BOXWORD" not in document.text
    assert any("BOXWORD" in item.text for item in document.furniture)


@pytest.mark.parametrize(
    "label", ["Latest toll", "Comment", "Member states split", "Print workers walk out", "Poll"]
)
def test_a_short_part_under_a_heading_of_its_own_is_text(label: str) -> None:
    words = "BOXWORD says that 54% of the towns on the river back the deal."
    for box in (
        f"<section><h2>{label}</h2><p>{words}</p></section>",
        f"<div><p>{label}</p><p>{words}</p><button>Share</button></div>",
        f"<div><p>Advertisement</p><p>{words}</p></div>",
    ):
        assert words in read(page(f"{box}<p>{SENTENCE}</p>")).text


def test_the_second_opinion_leaves_the_tree_as_it_was() -> None:
    root, _ = html.parse(page("<aside>Share this</aside><footer>Legal notice</footer>"))
    before = etree.tostring(root)
    assert "LASTWORD" in second_opinion.text(root, stretches.find(root))
    assert etree.tostring(root) == before


@pytest.mark.parametrize("hidden", ['style="display:none"', 'class="off-screen"'])
def test_hidden_text_is_never_in_the_document(hidden: str) -> None:
    document = read(page(f"<p {hidden}>Senator Rohe said: “I resign.” HIDDENWORD</p>"))
    assert "HIDDENWORD" not in document.text
    assert any(item.kind == "hidden" and "HIDDENWORD" in item.text for item in document.furniture)


@pytest.mark.parametrize(
    ("name", "markup", "words"),
    [
        (
            "deep",
            page("<div>" * 30_000 + "<p>DEEPWORD stands in the deep of it.</p>"),
            ["DEEPWORD", "LASTWORD"],
        ),
        (
            "token",
            page("<p>" + "word " * 2_200_000 + "</p><p>AFTERBIG stands after it.</p>"),
            ["AFTERBIG", "LASTWORD"],
        ),
        ("tables", page("<table><tr><td>" * 2000 + "NESTEDWORD"), ["NESTEDWORD", "LASTWORD"]),
        ("after", page() + f"<p>TAILWORD {SENTENCE * 8}</p>", ["TAILWORD", "LASTWORD"]),
        ("quotes", page("<blockquote>" * 5000 + "<p>QUOTEWORD</p>"), ["QUOTEWORD", "LASTWORD"]),
    ],
    ids=["deep", "token", "tables", "after-the-end", "quotes"],
)
def test_what_the_parser_drops_is_recovered(name: str, markup: str, words: list[str]) -> None:
    document = read(markup)
    everything = document.text + " ".join(item.text for item in document.furniture)
    assert "text-recovered" in codes(document), name
    assert not [word for word in words if word not in everything]


@pytest.mark.parametrize(
    "markup",
    [
        page("<b><p>x" * 5_000),
        page("<br>" * 100_000),
        page('<a href="/x">y</a> ' * 50_000),
        page("<select>" + "<option>x" * 20_000 + "</select>"),
        page("<p>" + "“he said " * 50_000 + "</p>"),
        page("<p " + " ".join(f"a{at}=1" for at in range(20_000)) + ">ATTRWORD</p>"),
        page("<ul><li>x" * 3000 + "<p>LIWORD</p>"),
    ],
    ids=["formatting", "breaks", "links", "options", "quotes", "attributes", "lists"],
)
def test_hostile_pages_come_to_an_end(markup: str) -> None:
    document = read(markup)
    everything = document.text + " ".join(item.text for item in document.furniture)
    assert "LASTWORD" in everything


def test_a_page_above_the_limit_is_refused() -> None:
    with pytest.raises(RefusedError, match="above the limit"):
        read("x" * (html.LIMIT + 1))


def test_a_page_without_text_is_empty() -> None:
    with pytest.raises(EmptyError, match="no text"):
        read("<html><body><script>draw()</script></body></html>")


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("March 11, 2025 | Updated March 12, 2025", date(2025, 3, 11), date(2025, 3, 12)),
        ("Updated 12 March 2025", None, date(2025, 3, 12)),
        (
            '<time class="published updated" datetime="2025-03-11">Tuesday</time>',
            date(2025, 3, 11),
            None,
        ),
        (
            "<time class=published>2025-03-11</time> <time class=updated>2025-03-12</time>",
            date(2025, 3, 11),
            date(2025, 3, 12),
        ),
    ],
)
def test_a_line_under_the_title_dates_the_article_and_its_update(
    line: str, published: date | None, modified: date | None
) -> None:
    document = read(page().replace("</h1>", f"</h1><div class=meta>{line}</div>"))
    assert document.published == published
    assert document.modified == modified


def dated(published: str, modified: str) -> str:
    data = {"@type": "Article", "datePublished": published, "dateModified": modified}
    return f'<script type="application/ld+json">{json.dumps(data)}</script><title>x</title>'


@pytest.mark.parametrize(
    ("published", "modified", "line", "day"),
    [
        ("2025-06-24", "2025-06-24", "<p>August 25, 2024</p>", date(2024, 8, 25)),
        ("2025-06-24", "2025-06-24", "<p>Updated August 25, 2024</p>", date(2025, 6, 24)),
        ("2025-06-24", "2025-06-24", "<p>June 1, 2024</p><p>May 1, 2024</p>", date(2025, 6, 24)),
        ("2025-06-24", "2025-06-28", "<p>August 25, 2024</p>", date(2025, 6, 24)),
        (
            "2025-12-19T03:05:00+00:00",
            "2025-12-20",
            '<time datetime="2025-12-18T19:05:00-08:00">6 pm</time>',
            date(2025, 12, 18),
        ),
    ],
    ids=["stamped-anew", "an-update", "two-days", "changed-later", "the-place's-clock"],
)
def test_a_day_shown_under_the_title_mends_a_declared_one(
    published: str, modified: str, line: str, day: date
) -> None:
    markup = page(head=dated(published, modified)).replace("</h1>", f"</h1><div>{line}</div>")
    found = read(markup).published
    assert (found.date() if isinstance(found, datetime) else found) == day


@pytest.mark.parametrize(
    ("before", "behind", "day"),
    [
        ("<ul><li>The port reopens<li>2025-03-10</ul>", "", None),
        ("<div>World</div>", "<div>Posted on the 15/12/2025 at 19:00 by Ana Rell</div>", 15),
        ("<div>World</div>", "<p class=date>December 3, 2025. Updated: December 7, 2025</p>", 3),
        ("<div>World</div>", "<p>The port reopens, December 3, 2025</p>", None),
    ],
    ids=["above-loses", "labelled", "in-a-date-box", "another-article"],
)
def test_the_line_at_the_foot_dates_the_article(before: str, behind: str, day: int | None) -> None:
    line = "" if behind else "<div>By Ana Rell, December 9, 2025</div>"
    markup = page().replace("<article>", f"{before}<article>").replace("</h1>", f"</h1>{line}")
    document = read(markup.replace("</article>", f"{behind}</article>"))
    wanted = date(2025, 12, day) if day else date(2025, 12, 9) if line else None
    assert document.published == wanted


def test_structured_data_comes_first() -> None:
    data = {
        "@type": "NewsArticle",
        "headline": "The bridge is safe, minister says",
        "author": [{"name": "Ana Rell"}, {"name": "Tomas Vey"}],
        "datePublished": "2025-03-11T14:20:00Z",
        "dateModified": "2025-03-12",
        "articleSection": "World",
        "publisher": {"name": "The Ostrel Gazette"},
    }
    head = (
        f'<script type="application/ld+json">{json.dumps(data)}</script><title>x</title>'
        '<meta property="article:published_time" content="2025-03-10T01:00:00Z">'
        '<link rel=canonical href="https://elsewhere.example/a">'
    )
    document = read(page(head=head), "https://gazette.example/2025/03/11/bridge")
    assert document.authors == ("Ana Rell", "Tomas Vey")
    assert document.published == datetime(2025, 3, 11, 14, 20, tzinfo=UTC)
    assert document.found.published == "JSON-LD datePublished"
    assert document.modified == date(2025, 3, 12)
    assert document.outlet == "The Ostrel Gazette"
    assert document.section == "World"
    assert "canonical-foreign" in codes(document)


@pytest.mark.parametrize(
    ("site", "outlet"),
    [("The Ostrel Gazette", "The Ostrel Gazette"), ("U.S.", "gazette.example"), ("Home", None)],
)
def test_a_part_of_a_site_is_no_outlet(site: str, outlet: str | None) -> None:
    head = (
        f'<title>x</title><meta property="og:site_name" content="{site}">'
        '<meta name="analytics.edition" content="U.S.">'
    )
    address = "https://gazette.example/bridge" if outlet else "page.html"
    assert read(page(head=head), address).outlet == outlet


@pytest.mark.parametrize("value", ["9999-99-99", "yesterday", "03/04/2025", "March 2025", ""])
def test_no_day_is_invented(value: str) -> None:
    head = f'<title>x</title><meta property="article:published_time" content="{value}">'
    document = read(page(head=head))
    assert document.published is None
    assert "undated" in codes(document)


def test_deep_structured_data_does_no_harm() -> None:
    head = (
        f'<title>x</title><script type="application/ld+json">{"[" * 50_000}{"]" * 50_000}</script>'
    )
    assert "LASTWORD" in read(page(head=head)).text


def test_a_page_cut_short_says_so() -> None:
    markup = page()
    assert "truncated-page" in codes(read(markup[: len(markup) - 400]))
    assert "truncated-page" not in codes(read(markup))


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "span",
        "b",
        "a",
        "li",
        "ul",
        "td",
        "table",
        "blockquote",
        "h2",
        "nav",
        "aside",
        "figure",
    ]
)
FRAGMENTS = st.recursive(
    st.text("abc DEF.,“”é漢\n\t&", max_size=30),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]} class=x>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=20,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, max_size=5))
def test_every_block_is_refound_and_no_word_is_lost(fragments: list[str]) -> None:
    markup = page("".join(fragments))
    document = read(markup)
    assert all(refound(markup, document))
    assert not unaccounted(markup, document)


@pytest.mark.parametrize("end", ["</p>", "</P >", "</div>", "</li>", "</h2>"])
def test_an_end_tag_without_a_start_parts_words(end: str) -> None:
    markup = page(f"one{end}two")
    assert not unaccounted(markup, read(markup))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2000))
def test_a_page_cut_anywhere_is_read_or_told(cut: int) -> None:
    markup = page()[:cut]
    try:
        document = read(markup)
    except EmptyError:
        return
    assert all(refound(markup, document))
