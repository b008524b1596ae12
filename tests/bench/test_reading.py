"""The metrics against cases worked by hand, and the bench run on pages of our own."""

import gzip
import json
from pathlib import Path

import pytest

from unspin import bench
from unspin.bench import corpora, reading
from unspin.bench.pasting import paste
from unspin.errors import FormatError, UsageError

BODY = " ".join(f"The minister said on day {day} that the bridge was safe." for day in range(12))
PAGE = (
    "<!doctype html><html><head><title>Bridge safe</title>"
    '<meta property="article:published_time" content="2025-03-11"></head><body>'
    "<nav><a href=/>Home</a> <a href=/w>World</a></nav><h1>Bridge safe</h1>"
    f"<article><p>{BODY}</p><p>{BODY}</p></article><footer>© Gazette</footer></body></html>"
)


@pytest.mark.parametrize(
    ("gold", "read", "expected"),
    [
        ("a b c d e", "a b c d e", (1.0, 0.0, 0.0)),
        ("a b c d e", "a b c d", (0.5, 0.0, 0.5)),  # two runs wanted, one given
        ("a b c d", "x a b c d", (0.5, 0.5, 0.0)),
        ("a b", "a b", (1.0, 0.0, 0.0)),  # shorter than a run: one shorter run
        ("", "", (0.0, 0.0, 0.0)),
        ("a b c d", "", (0.0, 0.0, 1.0)),
    ],
)
def test_shingles(gold: str, read: str, expected: tuple[float, float, float]) -> None:
    assert reading.shingles(gold, read) == pytest.approx(expected)


def test_shingle_scores_are_means_over_pages_that_count() -> None:
    f1, precision, recall = reading.shingle_scores([(1, 0, 0), (0.5, 0.5, 0), (0, 0, 1), (0, 0, 0)])
    assert precision == pytest.approx(0.75)  # of the two pages that give anything
    assert recall == pytest.approx(2 / 3)  # of the three that want something
    assert f1 == pytest.approx(2 * 0.75 * (2 / 3) / (0.75 + 2 / 3))


@pytest.mark.parametrize(
    ("gold", "read", "expected"),
    [
        ("A b b", "b a", (0.8, 1.0, 2 / 3)),
        ("", "", (1.0, 1.0, 1.0)),
        ("a", "", (0.0, 0.0, 0.0)),
        ("", "a", (0.0, 0.0, 0.0)),
        ("a", "b", (0.0, 0.0, 0.0)),
    ],
)
def test_words(gold: str, read: str, expected: tuple[float, float, float]) -> None:
    assert reading.words(gold, read) == pytest.approx(expected)


def written(folder: Path, rows: list[dict[str, object]]) -> Path:
    path = folder / "pages.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return path


def scrapinghub() -> dict[str, object]:
    return {"id": "1", "url": "http://a.example/1", "articleBody": f"{BODY}\n{BODY}", "html": PAGE}


def wcxb(published: str | None) -> dict[str, object]:
    truth = {
        "title": "Bridge safe",
        "author": None,
        "publish_date": published,
        "main_content": f"{BODY}\n{BODY}",
        "with": ["the bridge was safe"],
        "without": ["Home"],
    }
    return {"id": "2", "url": "http://b.example/2", "ground_truth": truth, "html": PAGE}


def test_a_run_scores_each_set_by_its_own_metric(tmp_path: Path) -> None:
    told: list[int] = []
    path = written(tmp_path, [scrapinghub(), wcxb("2025-03-11")])
    report = bench.run("reading", [path], told.append)
    assert report.data == ("pages.jsonl.gz",)
    assert report.digest == corpora.digest([path])
    assert told == [1, 2]
    assert report.scores["f1"] == pytest.approx(1.0)
    assert report.scores["pasted_f1"] > 0.9
    assert report.scores["date_exact"] == 1.0
    assert report.scores["date_invented"] == 0.0
    assert report.scores["map_back"] == 1.0
    assert report.scores["ledger"] == 1.0
    assert "title_exact" not in report.by["scrapinghub"]
    assert "scrapinghub/a.example" in report.by


def test_unknown_tasks_and_data_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such task"):
        bench.run("writing", [tmp_path])
    with pytest.raises(UsageError, match=r"no \.jsonl"):
        bench.run("reading", [tmp_path])
    with pytest.raises(FormatError, match="line 1"):
        bench.run("reading", [written(tmp_path, [{"id": 1}])])


def test_a_page_is_pasted_as_a_browser_copies_it() -> None:
    lines = [line for line in paste(PAGE).splitlines() if line]
    assert lines == ["Home World", "Bridge safe", BODY, BODY, "© Gazette"]
