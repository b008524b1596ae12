"""The buckets of a token's distance to its cue."""

from hypothesis import given
from hypothesis import strategies as st

from unspin.model import tasks

OFFSETS = st.integers(-2000, 2000)


@given(OFFSETS)
def test_buckets_are_in_range(offset: int) -> None:
    assert 0 <= tasks.distance(offset) < tasks.DISTANCES
    assert (tasks.distance(offset) == 0) == (offset == 0)


@given(st.integers(1, 2000))
def test_before_and_behind_are_alike_and_apart(size: int) -> None:
    before, behind = tasks.distance(-size), tasks.distance(size)
    assert behind == before + 31
    assert before <= 31 < behind


@given(st.integers(1, 2000), st.integers(1, 2000))
def test_what_is_farther_is_in_no_nearer_bucket(one: int, other: int) -> None:
    near, far = sorted((one, other))
    assert tasks.distance(near) <= tasks.distance(far)
    assert tasks.distance(-near) <= tasks.distance(-far)


def test_short_distances_have_a_bucket_each() -> None:
    near = range(-15, 16)
    assert len({tasks.distance(offset) for offset in near}) == len(near)


def test_no_label_stands_twice() -> None:
    for labels in (
        tasks.CUE_TAGS,
        tasks.PART_TAGS,
        tasks.CUE_KINDS,
        tasks.TECHNIQUES,
        tasks.TOKEN_LABELS,
        tasks.SENTENCE_LABELS,
    ):
        assert len(set(labels)) == len(labels)
