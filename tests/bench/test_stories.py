"""Groups of documents: the scores, and the sets as they are published."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from covered import vectors
from unspin.bench import corpora, events, stories
from unspin.bench.gold import GoldTold

WIKINEWS = {
    "event_id": "w1", "title": "Dam bursts", "set": "10E",
    "articles": [
        {"url": "a", "title": "Dam bursts", "published": 1422230400.0, "body": "A dam burst."},
        {"url": "b", "title": "", "published": 1422230400.0, "body": "The dam has burst."},
    ],
}  # fmt: skip
ALLSIDES = {
    "story_id": "s1", "date": "2024-03-04", "topic": "dams",
    "articles": [{"id": "x", "date": "2024-03-04", "title": "Dam", "text": "A dam burst."}],
}  # fmt: skip
ACTORS = {
    "doc_id": "1_L", "event_id": 1, "event": "1_Dam", "outlet_code": "L", "text": "", "url": "",
    "sentences": [["The", "dam", "burst", ".", "\\n"]], "coref_tokens": [],
}  # fmt: skip
TOPICAL = {
    "doc_id": "1_1ecb", "topic": 1, "subtopic": "1_ecb",
    "sentences": [
        {"sent": 0, "tokens": ["``", "Run", ",", "''", "he", "did", "n't", "say", "(", "yet", ")"]},
        {"sent": 2, "tokens": ['"', "Why", "?", '"', "asked", "Rell", "'s", "aide", "."]},
    ],
}  # fmt: skip


def read(folder: Path, *rows: Mapping[str, object]) -> list[tuple[GoldTold, ...]]:
    path = folder / "any.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return list(corpora.read([path], events.STORIES))


def test_every_set_as_it_is_published(tmp_path: Path) -> None:
    ((one, other),) = read(tmp_path, WIKINEWS)
    assert one == GoldTold("wikinews-events", "Dam bursts", "A dam burst.", None, "w1", "w1")
    assert other.title is None
    ((one,),) = read(tmp_path, ALLSIDES)
    assert one == GoldTold("allsides-stories", "Dam", "A dam burst.", "2024-03-04", "s1", "s1")
    ((one,),) = read(tmp_path, ACTORS)
    assert one == GoldTold("newswcl50", None, "The dam burst.", None, "1_Dam", "1_Dam")
    ((one,),) = read(tmp_path, TOPICAL)
    assert one.text == '"Run," he didn\'t say (yet)\n"Why?" asked Rell\'s aide.'
    assert (one.story, one.part) == ("1", "1_ecb")


def test_b_cubed_of_an_example() -> None:
    # Two of three documents of a story together, the third with one of another story.
    tally = stories.b_cubed(["a", "a", "a", "b"], [1, 1, 2, 2])
    assert tally.precision == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert tally.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2))
def test_the_rand_index_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    wanted, given_ = zip(*pairs, strict=True)
    assert stories.adjusted_rand(wanted, given_) == pytest.approx(
        adjusted_rand_score(wanted, given_)
    )


@pytest.mark.parametrize("documents", [[], ["a"], ["a", "b"]])
def test_right_groups_score_one(documents: Sequence[str]) -> None:
    assert stories.adjusted_rand(documents, documents) == 1.0


def test_a_run_by_set_and_over_all(tmp_path: Path) -> None:
    gold = [*read(tmp_path, WIKINEWS), *read(tmp_path, TOPICAL)]
    told: list[int] = []
    scores, by = stories.score(gold, vectors, told.append)
    assert set(by) == {"wikinews-events", "ecbplus", "ecbplus/subtopics", "pooled"}
    assert scores == by["pooled"]
    assert scores["documents"] == 3
    alone, by = stories.score(gold[:1], vectors, told.append)
    assert alone == by["wikinews-events"]
