"""Pairs: each kind of choice by hand, and a whole run against relations made up."""

from collections.abc import Sequence

import pytest

from unspin.bench import pairs
from unspin.bench.gold import GoldPair
from unspin.bench.judged import ENTAILED, OWN, THREE, TWO
from unspin.model.signals import Relation

YES, NO, NEITHER = Relation(0.8, 0.1, 0.1), Relation(0.1, 0.7, 0.2), Relation(0.1, 0.3, 0.6)


@pytest.mark.parametrize(
    ("forward", "backward", "choices", "expected"),
    [
        (YES, NO, THREE, {"entails": 0.8, "contradicts": 0.1, "neutral": 0.1}),
        (NEITHER, NO, TWO, {"entails": 0.25, "contradicts": 0.75}),
        (Relation(0, 0, 1), NO, TWO, {"entails": 0.5, "contradicts": 0.5}),
        (NEITHER, NO, ENTAILED, {"entails": 0.1, "other": 0.9}),
        (YES, YES, OWN, {"same": 0.64, "entails": 0.16, "contradicts": 0.1, "unrelated": 0.1}),
        (
            NO,
            NO,
            OWN,
            {"same": 0.01, "entails": 0.09, "contradicts": 0.7, "unrelated": 0.2},
        ),
        (
            Relation(0.8, 0.2, 0.0),
            Relation(0.1, 0.6, 0.3),  # weights 0.08, 0.72, 0.4 and none
            OWN,
            {"same": 1 / 15, "entails": 0.6, "contradicts": 1 / 3, "unrelated": 0.0},
        ),
    ],
)
def test_choices(
    forward: Relation, backward: Relation, choices: tuple[str, ...], expected: dict[str, float]
) -> None:
    assert pairs.choose(forward, backward, choices) == pytest.approx(expected)


def relate(texts: Sequence[tuple[str, str]]) -> list[Relation]:
    known = {"yes": YES, "no": NO}
    return [known.get(second, NEITHER) for _, second in texts]


def test_a_run() -> None:
    told: list[int] = []
    gold = [
        GoldPair("own", "yes", "yes", "same", OWN),
        GoldPair("nli", "x", "yes", "entails", THREE),
        GoldPair("own", "x", "yes", "entails", OWN),
        GoldPair("nli", "x", "no", "neutral", THREE),
        GoldPair("own", "x", "x", "unrelated", OWN),
        GoldPair("fever-symmetric", "x", "x", "contradicts", TWO),
    ]
    scores, by = pairs.score(gold, relate, told.append)
    assert told == [6]
    assert by["own"]["accuracy"] == 1.0
    del by["fever-symmetric"]["ece_by_chance"]
    assert by["fever-symmetric"] == pytest.approx({"accuracy": 1.0, "macro_f1": 1.0, "ece": 0.25})
    assert by["nli"]["macro_f1"] == pytest.approx(1 / 3)
    assert by["nli"]["ece"] == pytest.approx((0.2 + 0.7) / 2)
    assert scores["accuracy"] == pytest.approx(5 / 6)
    assert scores["macro_f1"] == pytest.approx((3 + 2 / 3 + 1) / 6)
