"""Slips: what counts as found and as false, and the set itself."""

import hashlib
import json
import re
from collections import Counter
from datetime import date
from itertools import count
from pathlib import Path
from typing import get_args

import pytest

from inline import document
from unspin.bench import corpora, passages, slips
from unspin.bench.gold import GoldSlip, GoldSlips
from unspin.bench.scores import Tally
from unspin.marking import mark
from unspin.types import Document, Marks, Slip, SlipKind, Span

SET = Path(__file__).parents[1] / "data" / "bench" / "slips.jsonl"
PLANTED = (GoldSlip("total", (Span(7, 9),)), GoldSlip("name", (Span(20, 24), Span(40, 44))))


@pytest.mark.parametrize(
    ("found", "tally"),
    [
        ([], Tally(0, 0, 0, 2)),
        ([Slip(Span(0, 8), "total", "")], Tally(1, 1, 1, 2)),
        ([Slip(Span(7, 9), "percent", "")], Tally(0, 1, 0, 2)),
        ([Slip(Span(9, 12), "total", "")], Tally(0, 1, 0, 2)),
        ([Slip(Span(20, 24), "name", ""), Slip(Span(40, 44), "name", "")], Tally(1, 1, 1, 2)),
    ],
)
def test_a_query_is_right_by_its_kind_and_any_of_the_places(
    found: list[Slip], tally: Tally
) -> None:
    assert slips.alike(PLANTED, found) == tally


def test_a_run_tells_clean_articles_from_planted_and_news_from_ours() -> None:
    numbers = count()
    queries = [
        (Slip(Span(7, 9), "total", ""),),
        (),
        (Slip(Span(0, 3), "date", ""), Slip(Span(4, 6), "name", "")),
    ]

    def make(article: Document) -> Marks:
        marks = mark(document(article.text), layers=("figures",))
        return Marks(marks.document, (), (), (), (), (), (), queries[next(numbers)], marks.made_by)

    text = "Of all 48, 31 came and 7 stayed in the house of Ana Rell."
    gold = [
        GoldSlips("own/open", "2024-03-14", text, PLANTED),
        GoldSlips("own/held", "2024-03-14", text, ()),
        GoldSlips("polnear", None, text, None),
    ]
    scores, by = slips.score(gold, make, lambda _: None)
    assert (scores["precision"], scores["recall"], scores["planted"]) == (1.0, 0.5, 2.0)
    assert (scores["articles"], scores["clean"], scores["queries_per_10"]) == (3.0, 2.0, 10.0)
    assert by["own/held"] == {"articles": 1.0, "clean": 1.0, "queries_per_10": 0.0}
    assert by["polnear"] == {"articles": 1.0, "clean": 1.0, "queries_per_10": 20.0}
    assert by["kind/total"]["recall"] == 1.0
    assert by["kind/name"]["recall"] == 0.0
    assert "kind/date" not in by


def test_a_day_that_cannot_be_an_article_s_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    row = {"id": "a", "source": "b", "title": "c", "text": "d", "bias": "e"}
    lines = [json.dumps({**row, "date": day}) for day in ("0001-11-30", "2019-10-10", None)]
    path.write_text("\n".join(lines), encoding="utf-8")
    days = [one.published for one in corpora.read([path], passages.SLIPS)]
    assert days == [None, "2019-10-10", None]


def test_the_set_is_frozen_and_in_two_halves() -> None:
    readme = (SET.parent / "README.md").read_text(encoding="utf-8")
    section = readme[readme.index("## `slips.jsonl`") :]
    frozen = re.search(r"sha256 `([0-9a-f]{64})`", section)
    assert frozen
    assert hashlib.sha256(SET.read_bytes()).hexdigest() == frozen[1]
    gold = list(corpora.read([SET], passages.SLIPS))
    kinds = Counter(one.kind for article in gold for one in article.slips or ())
    assert sum(kinds.values()) == 60
    assert set(kinds) == set(get_args(SlipKind))
    assert min(kinds.values()) >= 8
    assert sum(not article.slips for article in gold) == 40
    assert Counter(article.group for article in gold) == {"own/open": 52, "own/held": 48}
    for article in gold:
        assert article.published
        assert date.fromisoformat(article.published)
        for one in article.slips or ():
            assert all(span.of(article.text).strip() for span in one.places)
