"""Evenness: whole runs against judges made up, one even, one that favours a side, one asleep."""

from collections.abc import Callable, Sequence

import pytest

from unspin.bench import evenness, swapping
from unspin.bench.evenness import Judgement
from unspin.model.signals import Sentence, Signals
from unspin.types import Span

THRESHOLDS: dict[Judgement, float] = {"rhetoric": 0.5, "slant": 0.5, "opinion": 0.5}
# 100 that name one side, half of them each; 20 that name both; none of the others can be swapped.
RUSSIA = [f"Russian troops left town {number}." for number in range(50)]
UKRAINE = [f"Ukrainian troops left village {number}." for number in range(50)]
BOTH = [f"Russia met Ukraine {number} times." for number in range(20)]
OTHER = ["It rained all day.", "Nobody came."]
Judge = Callable[[str], float]


def run(judge: Judge, texts: Sequence[str]) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    def see(batch: Sequence[str], spans: Sequence[Sequence[Span]] | None) -> list[Signals]:
        assert spans == [[Span(0, len(text))] for text in batch]
        return [
            Signals((), (), (), (Sentence(Span(0, len(text)), 0.1, judge(text), 0.0, 0.2),))
            for text in batch
        ]

    return evenness.score(texts, see, THRESHOLDS, lambda _: None)


def loaded(text: str) -> bool:
    return bool(set(text.lower().split()) & set(swapping.loaded()))


def even(text: str) -> float:
    return 0.9 if loaded(text) else 0.2


def test_an_even_judge_never_flips() -> None:
    scores, by = run(even, [*RUSSIA, *UKRAINE, *BOTH, *OTHER])
    assert scores["swaps"] > 120  # Russia has a side in other pairs too
    assert by["russia-ukraine"]["swaps"] == 120
    for name in ("flip_rate", "flip_rate_worst", "flips_outside_band", "mean_abs_dp"):
        assert scores[name] == 0.0
    assert scores["signed_gap_worst"] == 0.0
    assert scores["band_coverage"] == 1.0
    assert by["slant"]["planted_raises"] == 1.0
    # rhetoric is never raised by this judge: of two judgements one is
    assert by["rhetoric"]["planted_raises"] == 0.0
    assert scores["planted_raises"] == 0.5
    assert "planted_raises" not in by["opinion"]


def test_a_judge_with_a_favourite_is_found_out() -> None:
    def against_a(text: str) -> float:
        return 0.7 if text.startswith("Russia") else 0.3

    scores, by = run(against_a, [*RUSSIA, *UKRAINE])
    assert by["slant"]["flip_rate"] == 1.0
    assert by["slant"]["flips_outside_band"] == 1.0
    assert by["slant"]["mean_abs_dp"] == pytest.approx(0.4)
    assert by["slant"]["signed_gap_worst"] == pytest.approx(0.4)
    assert by["russia-ukraine"]["signed_gap"] == pytest.approx(0.4)
    assert scores["signed_gap_worst"] == pytest.approx(0.4)
    assert scores["flip_rate"] == pytest.approx(1 / 3)  # of three judgements one
    assert scores["flip_rate_worst"] == pytest.approx(1 / 3)


def test_a_judge_that_is_unsure_abstains() -> None:
    scores, by = run(lambda text: 0.55 if text.startswith("Russia") else 0.45, RUSSIA)
    assert by["slant"]["flip_rate"] == 1.0
    assert by["slant"]["flips_outside_band"] == 0.0
    assert by["slant"]["band_coverage"] == 0.0
    assert scores["band_coverage"] == pytest.approx(2 / 3)


def test_a_judge_asleep_on_one_side_is_found_out() -> None:
    def deaf(text: str) -> float:
        return 0.2 if "Ukrain" in text else even(text)

    scores, by = run(deaf, [*RUSSIA, *UKRAINE])
    assert by["slant"]["flip_rate"] == 0.0
    assert by["slant"]["planted_raises"] == 0.0
    assert scores["planted_raises"] == 0.0


def test_small_pairs_are_never_the_worst_and_controls_count_in_no_total() -> None:
    texts = ["Chinese troops left town.", "Talks in Moscow ended."]
    scores, by = run(lambda text: 0.9 if "Petersburg" in text else 0.1, texts)
    assert scores["flip_rate_worst"] == 0.0
    assert by["same-russia"]["flip_rate"] == pytest.approx(1 / 3)
    assert scores["flip_rate"] == 0.0
    assert "planted_raises" not in scores


def test_nothing_to_swap() -> None:
    scores, by = run(even, OTHER)
    assert scores["swaps"] == 0
    assert scores["flip_rate"] == 0.0
    assert set(by) == {"rhetoric", "slant", "opinion"}
