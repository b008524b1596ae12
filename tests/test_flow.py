"""Sources of every kind to documents and marks; what fails is a value in its place."""

import gzip
import hashlib
import json
import logging
import os
from pathlib import Path

import pytest

import unspin
from conftest import Site
from unspin import flow, wire
from unspin.errors import EmptyError, LibraryError, RefusedError, SourceError, UsageError
from unspin.flow import Access
from unspin.library import Library
from unspin.types import LAYERS, Document, Layer, Marks

LOCAL = Access(local=True)
TEXT = (
    "The ferry council of Tarn Harbour met on Monday.\n\n"
    "“We will keep the night boat,” said Ilo Renn, who chairs it.\n\n"
    "About 400 people use it every week, according to the council.\n"
)
STATEMENT = {
    "words": [[0, 3]],
    "speech": "indirect",
    "cue": [],
    "cue_kind": None,
    "speakers": [],
    "within": None,
    "score": 1.0,
    "factuality": "said",
}
DATE = {
    "span": [0, 3],
    "earliest": "2031-03-04",
    "latest": "2031-03-04",
    "resolved": True,
    "anchor": None,
    "voice": "report",
}


def record(text: str = TEXT, **more: str) -> str:
    return json.dumps({"text": text, **more})


def paths(results: list[Document | SourceError], root: Path) -> list[str]:
    return [
        str(Path(r.origin.location.split("#")[0]).relative_to(root))
        for r in results
        if isinstance(r, Document)
    ]


def failure(source: str | Path, access: Access = LOCAL) -> SourceError:
    [result] = flow.read([source], access)
    assert isinstance(result, SourceError)
    return result


def test_a_folder_is_read_in_order_of_its_paths(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a/z.jsonl", "a/b/c.jsonl", "C.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(record())
    found = list(flow.read([tmp_path]))
    assert paths(found, tmp_path) == ["C.jsonl", "a/b/c.jsonl", "a/z.jsonl", "b.jsonl"]


def test_what_is_no_article_is_passed_over_and_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in (".hidden", "logo.PNG", "site.css", "README.md", "page_files/advert.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "page.jsonl").write_text(record())
    os.mkfifo(tmp_path / "pipe")  # opening it would wait for ever
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    with caplog.at_level(logging.INFO, "unspin"):
        found = list(flow.read([tmp_path]))
    assert paths(found, tmp_path) == ["page.jsonl"]
    assert "7 passed over" in caplog.text
    assert "picture: 1" in caplog.text


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    assert isinstance(failure(tmp_path), EmptyError)


def test_one_failure_stands_in_its_place_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text(record())
    sources = [tmp_path / "missing.html", tmp_path / "good.jsonl", tmp_path / "also-missing"]
    codes = [r.code if isinstance(r, SourceError) else "ok" for r in flow.read(sources)]
    assert codes == ["not-found", "ok", "not-found"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (
            "a.docx",
            b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml<Types/>",
            "an office document",
        ),
        (
            "a.odt",
            b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis",
            "an office document",
        ),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an office document"),
        (
            "a.rtf",
            b"{\\rtf1\\ansi\\pard Ana Rell said that it would rain.\\par }",
            "an office document",
        ),
        ("a.csv", b"id,text\n1,Ana Rell said that it would rain.\n", "a table"),
        ("a.zip", b"PK\x03\x04" + bytes(26) + b"articles/a.html", "application/zip"),
    ],
)
def test_what_is_not_read_is_named(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    error = failure(tmp_path / name)
    assert error.code == "media-type"
    assert error.reason.startswith(reason)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 10, "media-type"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "media-type"),
        (b"PK\x03\x04" + bytes(100), "media-type"),
        (b"\x7fELF" + bytes(100), "media-type"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "media-type"),
        (b"SQLite format 3\x00" + bytes(100), "media-type"),
        (bytes(range(256)) * 20, "media-type"),
        (gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"), "media-type"),
        (gzip.compress(b"words " * 1000)[:-20], "not-readable"),
        (b"\x1f\x8bnothing that was ever packed", "not-readable"),
        (gzip.compress(bytes(50_000_001)), "too-large"),
    ],
    ids=[
        "empty", "blank", "jpeg", "png", "zip", "program", "warc", "sqlite", "rubbish", "warc.gz",
        "cut gzip", "false gzip", "gzip bomb",
    ],
)  # fmt: skip
def test_bad_bytes_are_a_typed_error_with_a_next_step(
    tmp_path: Path, content: bytes, code: str
) -> None:
    source = tmp_path / "source"
    source.write_bytes(content)
    error = failure(source)
    assert error.code == code
    assert str(error).startswith(f"{source}: ")
    assert error.step
    assert "\n" not in str(error)


def test_more_than_the_cap_is_refused_without_reading_it(tmp_path: Path) -> None:
    source = tmp_path / "huge.txt"
    with source.open("wb") as file:
        file.truncate(10**12)  # holes: nothing lies on the disk
    assert isinstance(failure(source), RefusedError)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "a\x00b",
        "http://[::1",
        "javascript:alert(1)",
        "http:///x",
        "file:///etc/hosts",
        "x" * 9999,
        f"http://{'x' * 9999}",
    ],
)
def test_impossible_sources_are_typed_errors(source: str) -> None:
    assert failure(source).code != "internal"


def test_addresses_on_this_machine_are_refused_unless_asked_for(site: Site) -> None:
    address = site.add("/story", TEXT, "text/plain")
    assert isinstance(failure(address, Access()), RefusedError)
    assert site.asked == []
    [found] = flow.read([address], LOCAL)
    assert isinstance(found, Document)
    assert found.origin.location == address
    assert found.origin.fetched is not None


def test_reading_needs_a_web_to_fetch_with() -> None:
    [error] = unspin.read("https://outlet.example/")
    assert isinstance(error, SourceError)
    assert error.code == "needs-network"


def feed(*items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{"".join(items)}</channel></rss>'


def test_a_feed_from_the_network_is_followed_to_its_articles(site: Site) -> None:
    links = [site.add(f"/{number}", TEXT, "text/plain") for number in range(3)]
    items = [f"<item><link>{link}</link></item>" for link in (*links, f"{site.address}/gone")]
    address = site.add("/feed", feed(*items), "application/rss+xml")
    found = list(flow.read([address], LOCAL))
    assert [r.origin.location for r in found if isinstance(r, Document)] == links
    assert isinstance(found[-1], SourceError)
    assert found[-1].location.endswith("/gone")


def test_a_limit_bounds_the_entries_of_a_feed(site: Site) -> None:
    links = [site.add(f"/{number}", TEXT, "text/plain") for number in range(3)]
    address = site.add("/feed", feed(*(f"<item><link>{link}</link></item>" for link in links)))
    assert len(list(flow.read([address], Access(local=True, limit=2)))) == 2
    assert "/2" not in site.asked


def test_a_sitemap_index_is_followed_through_its_sitemaps(site: Site) -> None:
    story = site.add("/story", TEXT, "text/plain")
    maps = "http://www.sitemaps.org/schemas/sitemap/0.9"
    inner = site.add("/a.xml", f'<urlset xmlns="{maps}"><url><loc>{story}</loc></url></urlset>')
    index = site.add(
        "/i.xml",
        f'<sitemapindex xmlns="{maps}"><sitemap><loc>{inner}</loc></sitemap></sitemapindex>',
    )
    [found] = flow.read([index], LOCAL)
    assert isinstance(found, Document)
    assert found.origin.location == story


def test_a_sitemap_index_that_names_itself_ends(site: Site) -> None:
    maps = "http://www.sitemaps.org/schemas/sitemap/0.9"
    address = f"{site.address}/i.xml"
    site.add(
        "/i.xml",
        f'<sitemapindex xmlns="{maps}"><sitemap><loc>{address}</loc></sitemap></sitemapindex>',
    )
    assert failure(address).code == "too-deep"


def test_a_feed_on_disk_needs_the_network_only_where_it_has_no_text(tmp_path: Path) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.strip().split("\n\n") * 3)
    source = tmp_path / "feed.xml"
    source.write_text(
        feed(
            "<item><title>Boats</title><link>https://a.example/1</link>"
            f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">'
            f"<![CDATA[{body}]]></content:encoded></item>",
            "<item><title>More boats</title><link>https://a.example/2</link></item>",
        )
    )
    first, second = unspin.read(source)
    assert isinstance(first, Document)
    assert "We will keep the night boat" in first.text
    assert first.origin.location == f"{source}#1"
    assert isinstance(second, SourceError)
    assert second.code == "needs-network"


def test_original_bytes_are_kept_under_their_hash(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(record())
    kept = tmp_path / "kept" / "here"
    for _ in range(2):
        list(flow.read([source], Access(keep=kept)))
    [file] = kept.iterdir()
    assert file.read_bytes() == source.read_bytes()
    assert file.name == hashlib.sha256(source.read_bytes()).hexdigest()


def test_the_kept_bytes_are_those_the_document_names(tmp_path: Path) -> None:
    source = tmp_path / "in.txt.gz"
    source.write_bytes(gzip.compress(TEXT.encode()))
    [document] = flow.read([source], Access(keep=tmp_path / "kept"))
    assert isinstance(document, Document)
    assert (tmp_path / "kept" / document.origin.digest).read_bytes() == TEXT.encode()


def test_a_folder_that_cannot_keep_ends_the_run_at_once(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(record())
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be kept"):
        list(flow.read([tmp_path / "in.jsonl"], Access(keep=tmp_path / "file" / "kept")))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEXT),
        ("a.md", f"# Boats\n\n{TEXT}"),
        ("a.jsonl", record()),
        ("a.html", f"<html><body><article><h1>Boats</h1><p>{TEXT}</p></article></body></html>"),
        (
            "a.eml",
            (
                "From: desk@a.example\nTo: you@b.example\nSubject: Boats\n"
                "Date: Mon, 2 Mar 2026 08:00:00 +0000\nMessage-ID: <1@a.example>\n"
                f"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}"
            ),
        ),
    ],
)
def test_every_kind_of_text_comes_to_marks(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    [found] = flow.mark([tmp_path / name])
    assert isinstance(found, Marks)
    [said] = [s for s in found.statements if s.speech == "direct"]
    assert [span.of(found.document.text) for span in said.words] == ["We will keep the night boat,"]
    assert said.speakers[0].who == "Ilo Renn"


def test_what_unspin_printed_is_a_source_again(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(record(outlet="The Tarn Bell", published="2026-03-02"))
    [first] = flow.mark([tmp_path / "in.jsonl"])
    assert isinstance(first, Marks)
    (tmp_path / "marked.jsonl").write_text(wire.dumps(first))
    [again] = flow.mark([tmp_path / "marked.jsonl"])
    assert again == first


@pytest.fixture
def marked_now(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are marked from here on, each time they are."""
    texts: list[str] = []
    really = flow.marked

    def marked(document: Document, layers: tuple[Layer, ...] = LAYERS) -> Marks:
        texts.append(document.text)
        return really(document, layers)

    monkeypatch.setattr(flow, "marked", marked)
    return texts


def articles(tmp_path: Path, *texts: str) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(record(text, outlet="The Tarn Bell") for text in texts))
    return path


def all_marks(
    *sources: Path, library: Library | None = None, layers: tuple[Layer, ...] = LAYERS
) -> list[Marks]:
    return [m for m in flow.mark(sources, layers=layers, library=library) if isinstance(m, Marks)]


def test_a_library_is_marked_into_once(tmp_path: Path, marked_now: list[str]) -> None:
    source = articles(tmp_path, "One came.", "Two came.")
    plain = all_marks(source)
    with Library.open(tmp_path / "kept.db") as library:
        assert all_marks(source, library=library) == plain
        assert len(marked_now) == 4
        assert all_marks(source, library=library) == plain
        assert len(marked_now) == 4
        source = articles(tmp_path, "Two came.", "Three came.")
        all_marks(source, library=library)
        assert marked_now[4:] == ["Three came."]
        all_marks(source, library=library, layers=("statements",))
        assert sorted(marked_now[5:]) == ["Three came.", "Two came."]


def test_a_library_is_a_source(tmp_path: Path, marked_now: list[str]) -> None:
    path = tmp_path / "kept.db"
    with Library.open(path) as library:
        marks = all_marks(articles(tmp_path, "One came.", "Two came."), library=library)
        del marked_now[:]
        assert all_marks(path) == marks
        assert all_marks(path, library=library) == marks  # one file, read and written
        assert list(flow.read([path])) == [one.document for one in marks]
        assert marked_now == []
        other = Library.open(tmp_path / "other.db")
        assert all_marks(path, library=other) == marks
        assert other.count() == 2
        other.close()
        assert marked_now == []


def test_a_library_marked_in_other_layers_is_marked_from_its_documents(
    tmp_path: Path, marked_now: list[str]
) -> None:
    path = tmp_path / "kept.db"
    source = articles(tmp_path, "One came.")
    whole = all_marks(source)
    with Library.open(path) as library:
        all_marks(source, library=library, layers=("statements",))
    source.unlink()
    del marked_now[:]
    assert all_marks(path) == whole
    assert marked_now == ["One came."]


def test_a_library_that_cannot_be_read_is_a_failure_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    Library.open(path).close()
    content = bytearray(path.read_bytes())
    content[60:64] = (99).to_bytes(4)  # the number of its schema
    path.write_bytes(content)
    error, *found = flow.mark([path, articles(tmp_path, "One came.")])
    assert isinstance(error, SourceError)
    assert error.code == "newer-library"
    assert len(found) == 1


def test_printed_marks_of_the_same_maker_are_taken_as_they_are(
    tmp_path: Path, marked_now: list[str]
) -> None:
    printed = tmp_path / "marked.jsonl"
    marks = all_marks(articles(tmp_path, TEXT, "Two came."))
    printed.write_text("\n".join(map(wire.dumps, marks)))
    del marked_now[:]
    assert all_marks(printed) == marks
    assert [one.document for one in marks] == list(flow.read([printed]))
    assert marked_now == []
    assert all_marks(printed, layers=("statements",)) != marks
    assert len(marked_now) == 2


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("made_by", {"unspin": "0.0.1", "bundle": "rules", "settings": {"layers": []}}),
        ("figures", [{"span": [0, 9]}]),
        ("voices", [{"span": [0, 10**6], "voice": "report", "score": 1.0}]),
        ("voices", [{"span": [0, 3], "voice": "report", "score": 1.0}]),
        ("voices", [{"span": [0, 10], "voice": 7, "score": 1.0}]),
        ("dates", [DATE | {"earliest": "2031-03-04T05:06:00"}]),
        ("voices", [{"span": [0, 10], "voice": -1, "score": 1.0}]),
        ("statements", [STATEMENT | {"within": 0}]),
        ("statements", [STATEMENT | {"within": 1}, STATEMENT | {"within": 0}]),
    ],
)
def test_printed_marks_that_do_not_hold_are_made_anew(
    tmp_path: Path, key: str, value: object
) -> None:
    [marks] = all_marks(articles(tmp_path, "Two came. "))
    printed = tmp_path / "marked.jsonl"
    printed.write_text(json.dumps(wire.plain(marks) | {key: value}))
    assert all_marks(printed) == [marks]


def test_what_is_compared_comes_once_and_without_furniture(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        f"<html><body><nav>Home</nav><article><h1>Boats</h1><p>{TEXT}</p></article></body></html>"
    )
    (tmp_path / "b.html").write_bytes(page.read_bytes())
    with caplog.at_level(logging.INFO, "unspin"):
        first, failed = flow.gather([tmp_path, page, tmp_path / "none"])
    assert isinstance(first, Marks)
    assert not first.document.furniture
    assert isinstance(failed, SourceError)
    assert "2 came again" in caplog.text


def test_a_disk_that_fills_up_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    error = LibraryError("kept.db", "disk-full", "the disk is full", "Make room")

    def full(*_: object) -> None:
        raise error

    monkeypatch.setattr(Library, "keep", full)
    with (
        Library.open(tmp_path / "kept.db") as library,
        pytest.raises(LibraryError, match="disk is full"),
    ):
        all_marks(articles(tmp_path, "One came."), library=library)


def test_failures_pass_through_marking() -> None:
    [result] = flow.mark(["/no/such/file"])
    assert isinstance(result, SourceError)
