"""Opinion and slant: a whole run against probabilities made up."""

from collections.abc import Sequence

import pytest

from unspin.bench import voices
from unspin.bench.gold import GoldVoice
from unspin.model.signals import Sentence, Signals
from unspin.types import Span

PROBABILITIES = {"a": (0.9, 0.2), "b": (0.6, 0.8), "c": (0.3, 0.1)}
SUBJECTIVITY = [
    GoldVoice("subjectivity-ct25", "dev.tsv", "a", True, None),
    GoldVoice("subjectivity-ct25", "dev.tsv", "b", False, None),
    GoldVoice("subjectivity-ct25", "train.tsv", "c", False, None),
]
BABE = [
    GoldVoice("babe", "train.jsonl", "a", None, True),
    GoldVoice("babe", "train.jsonl", "b", True, True),
    GoldVoice("babe", "train.jsonl", "c", None, None),
]


def see(texts: Sequence[str], sentences: Sequence[Sequence[Span]] | None) -> list[Signals]:
    assert sentences == [[Span(0, len(text))] for text in texts]
    return [
        Signals((), (), (), (Sentence(Span(0, len(text)), *PROBABILITIES[text], 0.0, 0.0),))
        for text in texts
    ]


def test_a_run() -> None:
    scores, by = voices.score([*SUBJECTIVITY, *BABE], see, (0.5, 0.5), lambda _: None)
    del by["subjectivity-ct25"]["ece_by_chance"]
    assert by["subjectivity-ct25"] == pytest.approx(
        {"macro_f1": 2 / 3, "accuracy": 2 / 3, "ece": (0.1 + 0.6 + 0.3) / 3}
    )
    del by["subjectivity-ct25/train.tsv"]["ece_by_chance"]
    assert by["subjectivity-ct25/train.tsv"] == pytest.approx(
        {"macro_f1": 1.0, "accuracy": 1.0, "ece": 0.3}
    )
    assert by["babe"]["accuracy"] == 1.0
    assert by["babe"]["slant_accuracy"] == 0.5
    assert by["babe"]["slant_macro_f1"] == pytest.approx(2 / 3 / 2)
    assert scores["accuracy"] == pytest.approx(3 / 4)
    assert scores["slant_ece"] == pytest.approx((0.8 + 0.2) / 2)


def test_the_thresholds_are_the_bundles() -> None:
    scores, _ = voices.score(SUBJECTIVITY, see, (0.7, 0.5), lambda _: None)
    assert scores["accuracy"] == 1.0
