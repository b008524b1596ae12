"""Training how alike documents of one story are, on a few made-up documents."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from covered import vectors
from unspin import train
from unspin.bench.gold import GoldTold
from unspin.comparing import likeness
from unspin.errors import UsageError
from unspin.train import stories
from unspin.train.stories import Example

EVENTS = (
    ("The Karsin dam burst in the Odden valley.", "In the Odden valley the dam of Karsin burst."),
    ("Mira Tolk leads Galdovia's parliament.", "Galdovia's parliament is led by Mira Tolk."),
    ("A loaf of rye fed the fair at Tarn.", "At the fair of Tarn a loaf of rye fed all."),
)


def told(corpus: str = "ecbplus", days: Sequence[str | None] = (None,) * 3) -> list[GoldTold]:
    return [
        GoldTold(corpus, None, text, day, str(event), str(event))
        for event, (texts, day) in enumerate(zip(EVENTS, days, strict=True))
        for text in texts
    ]


def test_a_word_that_many_texts_have_weighs_less() -> None:
    digits = stories.rarity(["the dam", "the fair", "the vote"])
    weigh = likeness.weighed(digits)
    assert len(digits) == likeness.BUCKETS
    assert weigh[likeness.bucket("the")] < weigh[likeness.bucket("dam")]
    assert weigh[likeness.bucket("The")] == weigh[likeness.bucket("the")]


def test_pairs_of_one_story_are_found_alike_by_what_was_learned() -> None:
    weigh = likeness.weighed(stories.rarity([text for texts in EVENTS for text in texts]))
    (found,) = stories.examples(told(), weigh, vectors)
    odds = found.rows @ stories.fit([found])
    assert found.same.sum() == 3
    assert odds[found.same].min() > odds[~found.same].max()


def test_stories_left_out_are_not_learned_from() -> None:
    rows = np.column_stack([np.ones(4), [1.0, 0.9, 0.1, 0.0]])
    same = np.array([True, True, False, False])
    found = Example(rows, same, np.ones(4), (("a", "a"), ("b", "b"), ("a", "b"), ("c", "d")))
    every = stories.fit([found])
    assert every[1] > 0
    assert not np.allclose(every, stories.fit([found], frozenset({"c"})))


def test_silver_stories_of_nearly_one_day_are_not_held_to_be_two() -> None:
    days = ("2024-03-04", "2024-03-05", "2024-06-01")
    weigh = np.ones(likeness.BUCKETS)
    (found,) = stories.examples(told("allsides-stories", days), weigh, vectors)
    assert ("0", "1") not in found.stories


def test_what_ships_is_whole() -> None:
    path = Path(likeness.__file__).with_name("likeness.json")
    kept = json.loads(path.read_text("utf-8"))
    assert tuple(kept["weights"]) == likeness.MEASURES
    assert len(kept["rarity"]) == likeness.BUCKETS
    assert kept["data"] == [*stories.BACKGROUND, *stories.STORIES]


def test_data_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="polnear"):
        train.run("stories", [tmp_path], tmp_path, lambda _: None)
    with pytest.raises(UsageError, match="one folder"):
        train.run("stories", [tmp_path, tmp_path], tmp_path, lambda _: None)
