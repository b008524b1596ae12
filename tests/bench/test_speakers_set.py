"""Speakers: the set of pairs by which it is measured who is recognised across documents."""

import hashlib
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

SET = Path(__file__).parents[1] / "data" / "bench" / "speakers.jsonl"
SORTS = {
    "same": {
        "full": 14,
        "spelling": 14,
        "short": 12,
        "initials": 10,
        "marks": 10,
        "apposition": 10,
        "title": 8,
        "middle": 8,
        "order": 8,
        "acronym": 8,
        "ministry": 6,
        "married": 6,
        "nickname": 6,
    },
    "different": {
        "family": 14,
        "surname": 14,
        "spelling": 12,
        "title": 10,
        "ministry": 10,
        "initial": 8,
        "founder": 8,
        "full": 8,
        "given": 8,
        "junior": 4,
        "place": 4,
    },
    "open": {"surname": 12, "body": 4, "given": 2, "initial": 2},
}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in SET.read_text("utf-8").splitlines()]


def test_the_set_is_the_one_the_notes_describe() -> None:
    digest = hashlib.sha256(SET.read_bytes()).hexdigest()
    assert f"`{digest}`" in SET.with_name("README.md").read_text("utf-8")


def test_labels_and_sorts_are_as_many_as_told(rows: list[dict[str, Any]]) -> None:
    assert [row["case"] for row in rows] == [f"s{number:03}" for number in range(1, 241)]
    assert {tuple(row) for row in rows} == {("case", "half", "label", "sort", "a", "b")}
    told = {(label, sort): n for label, sorts in SORTS.items() for sort, n in sorts.items()}
    assert Counter((row["label"], row["sort"]) for row in rows) == told


def test_halves_are_dealt_within_labels_and_sorts(rows: list[dict[str, Any]]) -> None:
    def rank(row: dict[str, Any]) -> tuple[str, str, str]:
        return row["label"], row["sort"], hashlib.sha256(row["case"].encode()).hexdigest()

    dealt = [row["half"] for row in sorted(rows, key=rank)]
    assert dealt == ["seen", "held"] * 120


def test_spans_cover_names_in_short_passages_of_two_days_or_outlets(
    rows: list[dict[str, Any]],
) -> None:
    for row in rows:
        for side in (row["a"], row["b"]):
            assert tuple(side) == ("text", "outlet", "published", "span")
            start, end = side["span"]
            name = side["text"][start:end]
            assert 0 <= start < end <= len(side["text"])
            assert name == name.strip(" ,")
            assert 25 <= len(side["text"].split()) <= 70
            date.fromisoformat(side["published"])
        a, b = row["a"], row["b"]
        assert (a["outlet"], a["published"]) != (b["outlet"], b["published"])
    texts = [row[side]["text"] for row in rows for side in "ab"]
    assert len(set(texts)) == len(texts)
