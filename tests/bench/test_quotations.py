"""Utterances across documents, scored: pairs of variants and the words they share."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from covered import vectors
from unspin import bench, marking
from unspin.bench import corpora, coverage, quotations
from unspin.errors import FormatError, UsageError

TEXTS = (
    "“We will withdraw our guns if the dam is opened,” said Ana Rell of Velland.",
    "“We will withdraw our guns,” Ana Rell of Velland conceded.",
)
DIGESTS = [hashlib.sha256(text.encode()).hexdigest() for text in TEXTS]
LINKS = [[number, number] for number in range(5)]
ROW: dict[str, Any] = {
    "story": "1",
    "data": "basil",
    "half": "seen",
    "documents": [{"id": str(number), "sha256": one} for number, one in enumerate(DIGESTS)],
    "clusters": [
        [
            {"document": 0, "spans": [[1, 47]], "speech": "direct"},
            {"document": 1, "spans": [[1, 27]], "speech": "direct"},
        ]
    ],
    "alignments": [{"a": [0, 1], "b": [0, 0], "words": LINKS}],
}


def scored(*rows: dict[str, Any]) -> bench.Scores:
    texts = dict(zip(DIGESTS, TEXTS, strict=True))
    gold = [coverage.QUOTATIONS[0].build(corpora.Row(Path("x"), 1, row)) for row in rows]
    told = [one for one in gold if one is not None]
    return quotations.score(
        [*told, coverage.GoldArticles(texts)], marking.mark, vectors, lambda _: None
    )


def test_a_pair_that_is_found_and_aligned_scores_one() -> None:
    scores, by = scored(ROW)
    assert (scores["f1"], scores["direct_f1"], scores["alignment_exact"]) == (1.0, 1.0, 1.0)
    assert set(by) == {"data/basil", "half/seen"}


def test_a_pair_that_is_no_utterance_counts_against() -> None:
    scores, _ = scored(ROW | {"clusters": [], "alignments": []})
    assert (scores["precision"], scores["f1"]) == (0.0, 0.0)


def test_a_set_and_its_articles_are_read_from_files(tmp_path: Path) -> None:
    (tmp_path / "set.jsonl").write_text(json.dumps(ROW))
    articles = [{"uuid": "1", "triplet-uuid": "1", "body-paragraphs": [[text]]} for text in TEXTS]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, articles)))
    gold = list(corpora.read(corpora.files([tmp_path]), coverage.QUOTATIONS))
    texts = [one.texts for one in gold if isinstance(one, coverage.GoldArticles)]
    assert [dict.fromkeys(one) for one in texts] == [dict.fromkeys([one]) for one in DIGESTS]


def test_tokens_of_newswcl50_are_read_as_the_readme_says() -> None:
    row = {
        "doc_id": "1_L",
        "outlet_code": "L",
        "sentences": [],
        "text": 'It was " safe " , he said \\n \\n a well - known place ( nearly ) .',
    }
    one = coverage.QUOTATIONS[2].build(corpora.Row(Path("x"), 1, row))
    assert isinstance(one, coverage.GoldArticles)
    assert list(one.texts.values()) == ['It was "safe", he said\n\na well-known place (nearly).']


def test_articles_that_are_not_there_are_said_to_be_missing() -> None:
    with pytest.raises(UsageError, match="no article"):
        quotations.score([], marking.mark, vectors, lambda _: None)


@pytest.mark.parametrize(
    "cluster",
    [
        [{"document": "x", "spans": [[0, 1]], "speech": "direct"}],
        [{"document": 0, "spans": [[3, 1]], "speech": "direct"}],
        [{"document": 0, "spans": [[3]], "speech": "direct"}],
        ["x"],
        "x",
    ],
)
def test_what_is_no_cluster_of_variants_is_refused(cluster: object) -> None:
    with pytest.raises(FormatError, match="document"):
        scored(ROW | {"clusters": [cluster]})
