import gzip
import socket
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unspin.errors import SourceError
from unspin.reading.feeds import ADDRESSES, ITEMS, Entry, entries, page
from unspin.reading.resources import Resource

HOME = "http://desk.example/feeds/all.xml"


def read(content: str | bytes, location: str = HOME) -> tuple[Entry, ...]:
    return entries(Resource(location, content.encode() if isinstance(content, str) else content))


def item(number: int) -> str:
    return f"<item><title>T{number}</title><link>http://desk.example/{number}</link></item>"


def rss(body: str, before: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{before}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title>'
        f"{body}</channel></rss>"
    )


def atom(body: str) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{body}</feed>'


def test_rss() -> None:
    body = """
      <link>http://desk.example/</link><image><url>http://desk.example/logo.png</url></image>
      <item><title>Ferry &amp;amp; port: &lt;b&gt;talks&lt;/b&gt; resume</title>
        <link> http://desk.example/ferry?a=1&amp;b=2 </link><guid isPermaLink="false">17</guid>
        <pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate>
        <description>Short.</description>
        <content:encoded><![CDATA[<p>Talks&nbsp;resumed.</p><p>“Soon”</p>]]></content:encoded>
      </item>
      <item><guid>http://desk.example/tide</guid><dc:date>2026-03-01</dc:date></item>
      <item><title>No address</title></item>"""
    assert read(rss(body)) == (
        Entry(
            "http://desk.example/ferry?a=1&b=2",
            "Ferry & port: talks resume",
            datetime(2026, 3, 2, 10, tzinfo=timezone(timedelta(hours=1))),
            content="<p>Talks\xa0resumed.</p><p>“Soon”</p>",
        ),
        Entry("http://desk.example/tide", published=date(2026, 3, 1)),
    )


def test_atom() -> None:
    body = """
      <link rel="self" href="http://desk.example/feed"/>
      <entry xml:base="/2026/"><title type="html">A &amp;lt; B &lt;i&gt;now&lt;/i&gt;</title>
        <link rel="enclosure" href="a.mp3"/>
        <link rel="alternate" href="a.pdf" type="application/pdf"/>
        <link href="a.html"/><id>tag:desk.example,2026:1</id>
        <published>2026-03-02T10:00:00Z</published><updated>2026-03-03T11:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One<br/>two</p></div>
        </content></entry>
      <entry><title type="text">1 &lt;b 2</title><id>http://desk.example/b</id>
        <content>First.

          Second &lt;part.</content></entry>
      <entry><link href="c"/><content type="html">&lt;p&gt;Yes&lt;/p&gt;</content></entry>
      <entry><link href="d"/><content src="http://desk.example/d.mp4"/></entry>"""
    assert read(atom(body)) == (
        Entry(
            "http://desk.example/2026/a.html",
            "A < B now",
            datetime(2026, 3, 2, 10, tzinfo=UTC),
            datetime(2026, 3, 3, 11, tzinfo=UTC),
            "<div><p>One<br>two</p></div>",
        ),
        Entry("http://desk.example/b", "1 <b 2", content="<p>First.</p><p>Second &lt;part.</p>"),
        Entry("http://desk.example/feeds/c", content="<p>Yes</p>"),
        Entry("http://desk.example/feeds/d"),
    )


def test_rdf() -> None:
    feed = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/"><channel rdf:about="http://desk.example/"><items/></channel>
      <item rdf:about="http://desk.example/1"><title>One</title></item></rdf:RDF>"""
    assert read(feed) == (Entry("http://desk.example/1", "One"),)


def test_sitemap_and_index() -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    sitemap = f"""<?xml version="1.0"?><urlset {space}
      xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
      xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url>
      <image:image><image:loc>http://desk.example/1.png</image:loc></image:image>
      <loc>http://desk.example/1</loc><lastmod>2026-03-02</lastmod>
      <n:news><n:title>One</n:title><n:publication_date>2026-03-01T08:00Z</n:publication_date>
      </n:news></url><url><loc>2</loc></url></urlset>"""
    assert read(sitemap) == (
        Entry(
            "http://desk.example/1",
            "One",
            datetime(2026, 3, 1, 8, tzinfo=UTC),
            date(2026, 3, 2),
        ),
        Entry("http://desk.example/feeds/2"),
    )
    index = f"<sitemapindex {space}><sitemap><loc>http://a.example/</loc></sitemap></sitemapindex>"
    assert read(index) == (Entry("http://a.example/", is_index=True),)
    assert read(gzip.compress(sitemap.encode())) == read(sitemap)


@pytest.mark.parametrize(
    "bad", [gzip.compress(bytes(60_000_000)), b"\x1f\x8bxx", gzip.compress(b"")], ids=len
)
def test_gzip_that_does_not_unpack(bad: bytes) -> None:
    with pytest.raises(SourceError) as raised:
        read(bad)
    assert raised.value.code == "bad-gzip"


@pytest.mark.parametrize(
    ("link", "location", "expected"),
    [
        ("/a", HOME, "http://desk.example/a"),
        ("b", HOME, "http://desk.example/feeds/b"),
        ("//port.example/c", HOME, "http://port.example/c"),
        ("HTTPS://desk.example/d", "feed.xml", "HTTPS://desk.example/d"),
        ("/etc/passwd", "feed.xml", None),
        ("/etc/passwd", "/srv/feed.xml", None),
        ("file:///etc/passwd", HOME, None),
        ("javascript:alert(1)", HOME, None),
        ("http://[::1", HOME, "http://[::1"),  # the door refuses it
        ("//[::1", HOME, None),
        ("http://", HOME, None),
        ("-", "-", None),
    ],
)
def test_only_addresses_of_the_web_are_given(
    link: str, location: str, expected: str | None
) -> None:
    for feed in (
        rss(f"<item><link>{link}</link></item>"),
        f"<urlset><url><loc>{link}</loc></url></urlset>",
    ):
        assert [entry.address for entry in read(feed, location)] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mon, 02 Mar 2026 10:00:00 GMT", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("2026-03-02T10:00:00.5Z", datetime(2026, 3, 2, 10, 0, 0, 500000, UTC)),
        ("2026-03-02", date(2026, 3, 2)),
        ("2026-03", None),
        ("Mon, 99 Foo 99999 99:99:99 +9999", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates(written: str, expected: date | None) -> None:
    (entry,) = read(rss(f"<item><link>http://a.example/</link><pubDate>{written}</pubDate></item>"))
    assert entry.published == expected
    assert isinstance(entry.published, datetime) == isinstance(expected, datetime)


@pytest.mark.parametrize("content", ["<!doctype html><title>503</title>", "", "hello", "\0"])
def test_what_is_not_a_feed_says_so(content: str) -> None:
    with pytest.raises(SourceError) as raised:
        read(content)
    assert raised.value.code == "not-a-feed"


def test_page_that_mentions_a_feed_is_not_one() -> None:
    with pytest.raises(SourceError):
        read(f"<html><body>{rss(item(1))}</body></html>")


LAUGHS = "".join(
    f'<!ENTITY l{level} "{f"&l{level - 1};" * 10 if level else "ha"}">' for level in range(10)
)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    start = time.process_time()
    for declared, used in (
        (LAUGHS, "&l9;"),
        (f'<!ENTITY a "{"A" * 50_000}">', "&a;" * 20_000),
        (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "&x;"),
        (f'<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;', "&p;"),
    ):
        feed = rss(f"<item><title>{used}</title></item>{item(1)}", f"<!DOCTYPE r [{declared}]>")
        assert read(feed) == (Entry("http://desk.example/1", "T1"),)
        attribute = rss(f'<item><link>http://a.example/</link><x y="{used}"/></item>{item(1)}')
        assert "SECRET" not in str(read(attribute))
    assert time.process_time() - start < 5


def test_no_document_type_is_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        port = listener.getsockname()[1]
        before = f'<!DOCTYPE rss SYSTEM "http://127.0.0.1:{port}/x.dtd">'
        assert len(read(rss(item(1), before))) == 1
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    "feed",
    [
        pytest.param(rss("<a>" * 100_000 + item(1)), id="depth"),
        pytest.param(
            rss("".join(f'<n{i}:x xmlns:n{i}="u{i}"/>' for i in range(50_000)) + item(1)),
            id="namespaces",
        ),
        pytest.param(
            rss("<item " + " ".join(f'a{i}="1"' for i in range(100_000)) + f"/>{item(1)}"),
            id="attributes",
        ),
        pytest.param(rss("&nbsp" * 100_000 + item(1)), id="references"),
        pytest.param(rss("<![CDATA[" * 100_000 + item(1)), id="sections"),
        pytest.param("<" * 1_000_000, id="brackets"),
        pytest.param("<rss" * 300_000, id="roots"),
        pytest.param("</item" + " " * 1_000_000 + "<rss>", id="spaces"),
        pytest.param("<rss>" + "</item " * 200_000, id="ends"),
        pytest.param(rss("<item/>" * 1_000_000), id="empty-items"),
        pytest.param(rss("<a/>" * 3_000_000), id="elements"),
        pytest.param(rss(f"<item><title>{'<b' * 200_000}</title></item>"), id="tags"),
    ],
)
def test_hostile_feed_is_read_quickly(feed: str) -> None:
    start = time.process_time()
    try:
        assert {entry.address for entry in read(feed)} <= {"http://desk.example/1"}
    except SourceError as error:
        assert error.code == "not-a-feed"  # noqa: PT017 - one of two good outcomes
    assert time.process_time() - start < 5


def test_damaged_feeds_keep_their_items() -> None:
    whole = rss("".join(item(number) for number in range(50)))
    every = read(whole)
    for length in range(len(whole) // 2, len(whole), 7):
        kept = read(whole[:length])
        assert kept == every[: whole[:length].count("</item>")]
    assert len(read(rss(item(1).replace("T1", "a\x0b\x00\x1fb & c &nbsp; &nope; <br>")))) == 1
    assert len(read(rss(f"{item(1)}<item><dc:x></item>{item(2)}"))) == 2
    unbound = "<rss><item><link>http://a.example/</link><dc:date>2026-03-02</dc:date></item></rss>"
    assert read(unbound) == (Entry("http://a.example/", published=date(2026, 3, 2)),)
    assert read("\n<!-- x -->" + rss(item(1)).split("?>")[1]) == read(rss(item(1)))


def test_feed_in_another_charset() -> None:
    told = '<?xml version="1.0" encoding="windows-1251"?>'
    feed = f"{told}<rss>{item(1).replace('T1', 'Порт')}</rss>"
    assert [entry.title for entry in read(feed.encode("cp1251"))] == ["Порт"]
    assert [entry.title for entry in read(feed.encode("utf-16"))] == ["Порт"]


def test_part_of_an_item_that_is_called_url_takes_nothing_away() -> None:
    feed = rss(
        "<item><title>T</title><link>http://a.example/</link><url>http://b.example/</url></item>"
    )
    assert read(feed) == (Entry("http://a.example/", "T"),)


def test_none_twice_but_one_identifier_may_serve_two() -> None:
    same = [item(number).replace("</item>", "<guid>same</guid></item>") for number in (1, 2, 1)]
    assert [entry.title for entry in read(rss("".join(same)))] == ["T1", "T2"]


def test_newest_items_of_an_endless_feed() -> None:
    first = date(2000, 1, 1)
    body = "".join(
        f"<item><link>http://a.example/{n}</link><pubDate>{first + timedelta(n)}</pubDate></item>"
        for n in range(ITEMS + 10)
    )
    found = read(rss(item(99_999) + body))
    assert [entry.address.rpartition("/")[2] for entry in found] == [
        str(n) for n in range(10, ITEMS + 10)
    ]


def test_first_addresses_of_an_endless_sitemap() -> None:
    body = "".join(f"<url><loc>http://a.example/{n}</loc></url>" for n in range(ADDRESSES + 10))
    found = read(f"<urlset>{body}</urlset>")
    assert len(found) == ADDRESSES
    assert found[-1].address == f"http://a.example/{ADDRESSES - 1}"


def test_page_of_an_entry() -> None:
    entry = Entry(
        'http://a.example/?a="&b',
        "A < B",
        datetime(2026, 3, 2, 10, tzinfo=UTC),
        content="<p>Yes.</p>",
    )
    shown = page(entry)
    assert "<h1>A &lt; B</h1><p>Yes.</p>" in shown
    assert 'property="article:published_time" content="2026-03-02T10:00:00+00:00"' in shown
    assert 'rel="canonical" href="http://a.example/?a=&quot;&amp;b"' in shown


FRAGMENTS = st.sampled_from(
    [
        *("<item>", "</item>", "<entry>", "</entry>", "<link>", "</link>", "<link href='a'/>"),
        *(
            "<content type='xhtml'>",
            "</content>",
            "<a:b>",
            "<a:b:c/>",
            "<a:1/>",
            "<br>",
            "<dc:date>",
            "<url><loc>",
        ),
        *("</loc></url>", "<![CDATA[", "]]>", "<!--", "<!DOCTYPE x [", "<?x", "&amp;", "&x;"),
        *("http://a.example/", "\0", "\x0b", "é", " "),
    ]
)


@settings(deadline=None)
@given(st.sampled_from(["rss", "feed", "urlset", "a:RDF"]), st.lists(FRAGMENTS, max_size=40))
def test_whatever_stands_in_a_feed_entries_have_an_address_or_content(
    root: str, fragments: list[str]
) -> None:
    for entry in read(f"<{root}>{''.join(fragments)}</{root}>"):
        assert entry.address.startswith("http://") or entry.content
        assert page(entry).endswith("</html>")


@given(st.binary())
def test_any_bytes_are_a_feed_or_an_error(content: bytes) -> None:
    for start in (b"", b"<rss>", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>"):
        try:
            assert isinstance(read(start + content), tuple)
        except SourceError as error:
            assert error.code in {"not-a-feed", "bad-gzip"}  # noqa: PT017 - one of two good outcomes
