"""The set of figures and dates told in several documents: well-formed, as described, and frozen."""

import hashlib
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

SET = Path(__file__).parents[1] / "data" / "bench" / "conflicts.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in SET.read_text("utf-8").splitlines()]
KINDS = {"conflict": 80, "rounding": 20, "update": 20, "scope": 20, "agree": 10, "other": 10}


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_case_is_told_by_two_or_three_outlets_and_its_places_lie_in_their_texts(
    case: dict[str, Any],
) -> None:
    documents = case["documents"]
    assert case["half"] in {"seen", "held"}
    assert len(documents) in {2, 3}
    assert len({document["outlet"] for document in documents}) == len(documents)
    for document in documents:
        date.fromisoformat(document["published"])
        assert 50 <= len(document["text"].split()) <= 110
    for pair in case["pairs"]:
        assert pair["of"] in {"figure", "date"}
        (one, _, _), (two, _, _) = pair["places"]
        assert one < two
        for at, start, end in pair["places"]:
            text = documents[at]["text"]
            assert text[start:end]
            assert text[start:end] == text[start:end].strip()
            beside = text[max(start - 1, 0) : start] + text[end : end + 1]
            assert not any(letter.isalnum() for letter in beside)


def test_every_place_belongs_to_one_pair_and_every_text_stands_once() -> None:
    places = [
        (case["case"], *place)
        for case in CASES
        for pair in case["pairs"]
        for place in pair["places"]
    ]
    texts = [document["text"] for case in CASES for document in case["documents"]]
    assert len(set(places)) == len(places)
    assert len(set(texts)) == len(texts)
    assert len({case["case"] for case in CASES}) == len(CASES)


def test_the_halves_hold_as_many_planted_as_innocent_of_each_kind() -> None:
    def kinds(half: str) -> Counter[str]:
        return Counter(
            pair["kind"] for case in CASES if case["half"] == half for pair in case["pairs"]
        )

    assert kinds("seen") == kinds("held") == Counter({kind: n // 2 for kind, n in KINDS.items()})
    planted = Counter(
        pair["of"] for case in CASES for pair in case["pairs"] if pair["kind"] == "conflict"
    )
    assert planted == {"figure": 65, "date": 15}


def test_the_set_is_frozen_by_the_digest_in_its_description() -> None:
    described = (SET.parent / "README.md").read_text("utf-8")
    section = described.split("## `conflicts.jsonl`")[1].split("\n## ")[0]
    assert f"sha256 `{hashlib.sha256(SET.read_bytes()).hexdigest()}`" in section
