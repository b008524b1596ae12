"""Decoding keeps to the grammar, and spans to the words of the text."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from unspin.model import decoding, tasks
from unspin.model.windows import Window
from unspin.types import Span

TAGS = len(tasks.PART_TAGS)
LOGITS = st.integers(1, 4).flatmap(
    lambda tokens: arrays(
        np.float32, (2, tokens, TAGS), elements=st.floats(-4, 4, width=16, allow_nan=False)
    )
)


def allowed(path: tuple[int, ...]) -> bool:
    """An inside tag follows its own beginning or inside, and never stands first."""
    return path[0] not in {2, 4} and all(
        after not in {2, 4} or before in {after, after - 1} for before, after in pairwise(path)
    )


@given(LOGITS)
def test_the_best_tags_are_the_likeliest_that_keep_the_grammar(
    logits: decoding.Numbers,
) -> None:
    chances = np.log(decoding.softmax(logits) + 1e-9)
    size = logits.shape[1]
    found = decoding.best_tags(logits)
    assert found.shape == logits.shape[:2]
    for row, tags in enumerate(found.tolist()):

        def likely(path: tuple[int, ...], row: int = row) -> float:
            return float(sum(chances[row, place, tag] for place, tag in enumerate(path)))

        assert allowed(tuple(tags))
        best = max(likely(path) for path in product(range(TAGS), repeat=size) if allowed(path))
        assert likely(tuple(tags)) == pytest.approx(best, abs=1e-3)


def test_no_tokens_have_no_tags() -> None:
    assert decoding.best_tags(np.zeros((2, 1, TAGS), np.float32)).shape == (2, 1)


@pytest.mark.parametrize(
    ("tags", "runs"),
    [
        ([], []),
        ([0, 0], []),
        ([1, 2, 2, 0, 1], [(0, 3), (4, 5)]),
        ([1, 1], [(0, 1), (1, 2)]),
        ([0, 2, 2], [(1, 3)]),  # a stray inside begins a run
        ([1, 3, 2], [(0, 1), (2, 3)]),  # another part divides
    ],
)
def test_tags_become_runs(tags: list[int], runs: list[decoding.Run]) -> None:
    assert decoding.tagged(tags, 1) == runs


@pytest.mark.parametrize(("gap", "runs"), [(0, [(0, 2), (4, 5)]), (1, [(0, 2), (4, 5)])])
def test_a_gap_too_long_divides(gap: int, runs: list[decoding.Run]) -> None:
    assert decoding.above(np.array([0.9, 0.5, 0, 0, 0.8], np.float32), 0.5, gap) == runs


def test_a_short_gap_is_closed() -> None:
    assert decoding.above(np.array([0.9, 0.5, 0, 0, 0.8], np.float32), 0.5, 2) == [(0, 5)]


@given(st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=6))
def test_chances_add_up_to_one_however_large_the_logits(row: list[float]) -> None:
    logits = np.array([row], np.float32)
    assert decoding.softmax(logits).sum() == pytest.approx(1, abs=1e-5)
    assert ((decoding.sigmoid(logits) >= 0) & (decoding.sigmoid(logits) <= 1)).all()


@given(st.integers(0, 20), st.integers(1, 5), st.integers(0, 200))
def test_the_cue_is_at_no_distance_of_itself(start: int, length: int, after: int) -> None:
    found = decoding.distances(start, start + length, start + length + after)
    assert (found[start : start + length] == 0).all()
    assert (np.delete(found, np.s_[start : start + length]) > 0).all()


TEXT = "The spokesman, said: “No”"
WINDOW = Window(
    (0, 1, 2, 3, 4, 5, 6, 7),
    (None, Span(0, 3), Span(4, 9), Span(9, 13), Span(13, 14), Span(15, 19), Span(21, 22), None),
)


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ((1, 2), "The"),
        ((2, 3), "spokesman"),  # its first piece alone
        ((3, 4), "spokesman"),
        ((3, 5), "spokesman,"),
        ((4, 5), ","),
        ((0, 2), "The"),
        ((1, 6), "The spokesman, said"),
    ],
)
def test_a_run_is_widened_to_whole_words(run: decoding.Run, words: str) -> None:
    found = decoding.span(WINDOW, run, TEXT)
    assert found is not None
    assert found.of(TEXT) == words


def test_marks_that_are_not_of_the_text_have_no_span() -> None:
    assert decoding.span(WINDOW, (0, 1), TEXT) is None
    assert decoding.span(WINDOW, (7, 8), TEXT) is None


@given(st.text(max_size=12))
def test_a_trimmed_span_begins_and_ends_with_a_letter_or_digit(text: str) -> None:
    found = decoding.trimmed(Span(0, len(text)), text)
    if found is None:
        assert not any(map(str.isalnum, text))
    else:
        assert text[found.start].isalnum()
        assert text[found.end - 1].isalnum()
        rest = text[: found.start] + text[found.end :]
        assert not any(map(str.isalnum, rest))
