"""Every metric against cases worked by hand."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.bench import scores
from unspin.bench.scores import Tally
from unspin.text import merged
from unspin.types import Span


def spans(*ends: tuple[int, int]) -> list[Span]:
    return [Span(*pair) for pair in ends]


def test_a_tally_of_nothing_is_0() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (0.0, 0.0, 0.0)


def test_tallies_add_up() -> None:
    both = Tally(1, 2, 1, 1) + Tally(0, 0, 0, 3)
    assert (both.precision, both.recall) == (0.5, 0.25)
    assert both.f1 == pytest.approx(2 * 0.5 * 0.25 / 0.75)


def test_alike_pairs_each_member_off_once() -> None:
    assert scores.alike("aab", "abbc") == Tally(2, 4, 2, 3)


def test_tokens_count_words_that_are_touched() -> None:
    text = "The bridge, he said, was safe."
    # wanted: The bridge … was safe; given: bridge, he said
    tally = scores.tokens(text, spans((0, 10), (21, 30)), spans((6, 19)))
    assert tally == Tally(1, 3, 1, 4)
    assert scores.tokens(text, spans((3, 4), (5, 5)), spans((9, 10))) == Tally(0, 1, 0, 0)


def test_merging_joins_what_overlaps_and_not_what_touches() -> None:
    assert merged(spans((5, 9), (0, 3), (3, 5), (8, 12), (20, 20))) == (
        *(Span(0, 3), Span(3, 5)),
        Span(5, 12),
    )


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        ([(0, 10)], [(0, 10)], (1.0, 1.0)),
        ([(0, 10)], [(5, 15)], (0.5, 0.5)),
        ([(0, 10)], [(0, 20)], (0.5, 1.0)),
        ([(0, 10)], [(0, 2), (4, 6)], (1.0, 0.4)),  # two pieces, each right, cover four of ten
        ([(0, 10), (10, 20)], [(0, 20)], (1.0, 1.0)),  # halves add up
        ([(0, 10), (5, 20)], [(0, 10), (0, 5)], (1.0, 0.5)),  # both sides merged first
        ([(0, 10)], [(20, 30)], (0.0, 0.0)),
        ([(0, 10)], [], (0.0, 0.0)),
        ([], [(0, 10)], (0.0, 0.0)),
    ],
)
def test_span_identification(
    wanted: list[tuple[int, int]], given: list[tuple[int, int]], expected: tuple[float, float]
) -> None:
    tally = scores.identified(spans(*wanted), spans(*given))
    assert (tally.precision, tally.recall) == pytest.approx(expected)


def test_span_identification_pools_over_articles() -> None:
    first = scores.identified(spans((0, 10)), spans((0, 10)))
    second = scores.identified(spans((0, 10), (20, 30), (40, 50)), spans((0, 5), (60, 70)))
    tally = first + second
    assert tally.precision == pytest.approx((1 + 1 + 0) / 3)
    assert tally.recall == pytest.approx((1 + 0.5) / 4)


def test_technique_classification_orders_labels_for_the_best_match() -> None:
    total, by = scores.classified(
        [
            (["Doubt"], ["Doubt"]),
            (["Doubt", "Slogans"], ["Slogans", "Flag-Waving"]),  # one span with two labels
            (["Slogans", "Slogans"], ["Slogans", "Doubt"]),
        ]
    )
    assert total.f1 == pytest.approx(3 / 5)  # micro
    assert by["Doubt"] == Tally(1, 2, 1, 2)
    assert by["Slogans"] == Tally(2, 2, 2, 3)
    assert by["Flag-Waving"] == Tally(0, 1, 0, 0)
    assert scores.macro_f1(by) == pytest.approx((0.5 + 0.8 + 0.0) / 3)


def test_one_label_each() -> None:
    total, by = scores.labelled(["a", "a", "b", "c"], ["a", "b", "b", "a"])
    assert total.f1 == 0.5  # accuracy
    assert scores.macro_f1(by) == pytest.approx((0.5 + 2 / 3 + 0.0) / 3)
    assert scores.macro_f1({}) == 0.0


def test_binary() -> None:
    tally = scores.binary([True, True, False, False], [True, False, True, True])
    assert tally == Tally(1, 3, 1, 2)
    assert tally.f1 == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        ([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], (1 + 2 / 3) / 2),
        ([0, 0, 1], [0.9, 0.8, 0.1], 1 / 3),
        ([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5], 0.5),  # one step takes in all
        ([1, 0, 1], [0.9, 0.5, 0.5], 0.5 + 0.5 * 2 / 3),
        ([0, 0], [0.9, 0.8], 0.0),
    ],
)
def test_average_precision(wanted: list[int], given: list[float], expected: float) -> None:
    assert scores.average_precision([bool(one) for one in wanted], given) == pytest.approx(expected)


def test_calibration_error_by_hand() -> None:
    # two bins of two: means 0.15 and 0.85, right 0 and 0.5
    error = scores.calibration_error([0.9, 0.1, 0.8, 0.2], [True, False, False, False], bins=2)
    assert error == pytest.approx(0.5 * 0.15 + 0.5 * 0.35)


def test_calibration_keeps_equal_probabilities_together() -> None:
    right = [True] * 15 + [False] * 15
    assert scores.calibration_error([0.5] * 30, right) == 0.0
    assert scores.calibration_error([], []) == 0.0


def test_scores_that_mean_what_they_say_are_off_by_chance_alone() -> None:
    chance = np.random.default_rng(7)
    sure = chance.random(300)
    found = scores.calibration(sure.tolist(), (chance.random(300) < sure).tolist())
    assert 0.03 < found["ece_by_chance"] < 0.09
    assert abs(found["ece"] - found["ece_by_chance"]) < 0.03
    many = scores.calibration(np.tile(sure, 100).tolist(), [False] * 30_000)
    assert many["ece_by_chance"] < 0.01
    assert many["ece"] > 0.4
    assert scores.calibration([], []) == {"ece": 0.0, "ece_by_chance": 0.0}


JUDGED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


@given(JUDGED, st.randoms(use_true_random=False))
def test_the_order_of_items_does_not_count(items: list[tuple[float, bool]], random: Random) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)
    for metric in (calibration, precision):
        one, other = metric(items), metric(shuffled)
        assert one == pytest.approx(other)
        assert 0 <= one <= 1 + 1e-9


def calibration(items: list[tuple[float, bool]]) -> float:
    return scores.calibration_error([score for score, _ in items], [right for _, right in items])


def precision(items: list[tuple[float, bool]]) -> float:
    return scores.average_precision([right for _, right in items], [score for score, _ in items])
