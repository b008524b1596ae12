"""Check-worthiness: a whole run against probabilities made up."""

from collections.abc import Sequence

import pytest

from unspin.bench import claims
from unspin.bench.gold import GoldClaim
from unspin.model.signals import Sentence, Signals
from unspin.types import Span

PROBABILITIES = {"a": 0.9, "b": 0.6, "c": 0.4, "d": 0.1}
PLAIN = [
    GoldClaim("checkworthy-claimbuster", name, None, text, text in "ac")
    for name, text in zip(["x", "x", "y", "y"], "abcd", strict=True)
]
SAID = [
    GoldClaim("checkworthy-debates-ct20", "z", debate, text, worthy)
    for debate, text, worthy in [
        ("d1", "a", False), ("d1", "b", True), ("d2", "a", True), ("d3", "d", False),
    ]
]  # fmt: skip


def see(texts: Sequence[str], sentences: Sequence[Sequence[Span]] | None) -> list[Signals]:
    assert sentences == [[Span(0, len(text))] for text in texts]
    return [
        Signals((), (), (), (Sentence(Span(0, len(text)), 0.0, 0.0, PROBABILITIES[text], 0.0),))
        for text in texts
    ]


def test_a_run() -> None:
    told: list[int] = []
    scores, by = claims.score([*PLAIN, *SAID], see, 0.5, told.append)
    assert told == [8]
    del by["checkworthy-claimbuster"]["ece_by_chance"]
    assert by["checkworthy-claimbuster"] == pytest.approx(
        {
            "f1": 0.5,
            "precision": 0.5,
            "recall": 0.5,
            "average_precision": (1 + 2 / 3) / 2,
            "ece": (0.1 + 0.6 + 0.6 + 0.1) / 4,
        }
    )
    assert by["checkworthy-claimbuster/x"]["recall"] == 1.0
    assert by["checkworthy-claimbuster/y"]["recall"] == 0.0
    debates = by["checkworthy-debates-ct20"]
    assert debates["mean_average_precision"] == pytest.approx((0.5 + 1) / 2)
    assert "checkworthy-debates-ct20/z" not in by
    assert scores["recall"] == pytest.approx(3 / 4)
    assert "mean_average_precision" not in scores


def test_the_threshold_is_the_bundles() -> None:
    scores, _ = claims.score(PLAIN, see, 0.05, lambda _: None)
    assert (scores["precision"], scores["recall"]) == (0.5, 1.0)
