"""Train how alike two documents of one story are, on sets of stories; see `comparing.likeness`.

In: news texts for the background, of which nothing is kept but how rare the hash of a word is, and
sets of documents grouped by event. Out: the weights and the background in one file. Deterministic:
same data, same weights.

All pairs within a set are examples, those of one story for it and the others against it: the ones
that look alike all, one in so many of the rest for all of them. No day is told. Two documents of
different silver stories of nearly one day may be of one event, and are left out. Sets weigh alike
for it; against it, sets of whole articles weigh more than one of single sentences, so that texts
that tell much are taken at their word.
"""

import json
import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from unspin.bench import corpora, events, judged, passes
from unspin.bench.gold import GoldTold
from unspin.comparing import likeness
from unspin.errors import UsageError
from unspin.model.signals import Vectors

BACKGROUND = (
    "polnear/train.jsonl.gz",
    "ptc/train.jsonl.gz",
    "fnc1-test/bodies.jsonl.gz",
    "allsides-ukraine/articles.jsonl.gz",
    "climate-narrative-framing/train.jsonl.gz",
)
STORIES = (
    "ecbplus/train.jsonl.gz",
    "ecbplus/dev.jsonl.gz",
    "wikinews-events/train.jsonl.gz",
    "newswcl50/articles.jsonl.gz",
    "allsides-stories/silver-stories.jsonl.gz",
)
_WEIGHTS = {  # for and against, by set
    "ecbplus": (1.0, 2.0),
    "wikinews-events": (1.0, 12.0),
    "newswcl50": (0.5, 6.0),
    "allsides-stories": (1.0, 12.0),
}
_MASS = 20_000.0  # what a weight of 1 adds up to over a set
_RIDGE = 1.0
_DAYS = 10  # between silver stories that are surely two
_ALIKE = (0.28, 0.45)  # of the opening's words and its meaning: pairs that are all taken
_EASY = 33  # of the others one in so many is
_SEED = 5
_STEPS = 30


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """Pairs of documents of one set, measured."""

    rows: NDArray[np.float64]
    same: NDArray[np.bool_]
    weights: NDArray[np.float64]
    stories: tuple[tuple[str, str], ...]  # of either document


def run(folder: Path, to: Path, vectors: Vectors, progress: Callable[[int], None]) -> Path:
    """Train on the data sets in `folder` and return the file written to the folder `to`.

    `progress` is told how many documents were read. UsageError where a data set is not there.
    """
    if missing := [name for name in (*BACKGROUND, *STORIES) if not (folder / name).is_file()]:
        msg = f"{folder / missing[0]}: no such file. Point --data at the folder of all data sets."
        raise UsageError(msg)
    texts = list(corpora.read([folder / name for name in BACKGROUND], judged.SPEED))
    digits = rarity(texts)
    progress(len(texts))
    paths = [folder / name for name in STORIES]
    told = [one for some in corpora.read(paths, events.STORIES) for one in some]
    found = examples(told, likeness.weighed(digits), vectors)
    progress(len(texts) + len(told))
    kept = {
        "data": [*BACKGROUND, *STORIES],
        "digest": corpora.digest([*(folder / name for name in BACKGROUND), *paths]),
        "weights": dict(zip(likeness.MEASURES, map(float, fit(found).round(4)), strict=True)),
        "rarity": digits,
    }
    path = to / "likeness.json"
    path.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    return path


def rarity(texts: Sequence[str]) -> str:
    """One digit for each bucket: how rare its most frequent word is in the texts."""
    having: Counter[str] = Counter()
    for text in texts:
        having.update(set(likeness.words(text)))
    most: Counter[int] = Counter()
    for word, count in having.items():
        most[likeness.bucket(word)] = max(most[likeness.bucket(word)], count)
    return "".join(likeness.digit(most[at], len(texts)) for at in range(likeness.BUCKETS))


def examples(
    told: Sequence[GoldTold], weigh: NDArray[np.float64], vectors: Vectors
) -> list[Example]:
    """The pairs of each set."""
    chance = random.Random(_SEED)  # noqa: S311 - not a secret
    return [
        _measured([one for one in told if one.corpus == corpus], weigh, vectors, chance)
        for corpus in sorted({one.corpus for one in told})
    ]


def fit(found: Iterable[Example], but: frozenset[str] = frozenset()) -> NDArray[np.float64]:
    """The weights of the measures by logistic regression, stories in `but` left out.

    Newton's steps on measures of mean 0 and deviation 1, with a ridge on all but the constant.
    """
    parts = []
    for one in found:
        kept = np.array([but.isdisjoint(pair) for pair in one.stories])
        parts.append((one.rows[kept], one.same[kept], one.weights[kept]))
    rows, same, weights = (np.concatenate(part) for part in zip(*parts, strict=True))
    mean, deviation = rows.mean(axis=0), rows.std(axis=0)
    deviation = np.where(deviation > 0, deviation, 1.0)
    mean[0] = 0.0
    scaled = (rows - mean) / deviation
    ridge = np.diag([1e-9, *[_RIDGE] * (rows.shape[1] - 1)])
    found_weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        odds = 1 / (1 + np.exp(-np.clip(scaled @ found_weights, -30, 30)))
        slope = scaled.T @ (weights * (odds - same)) + ridge @ found_weights
        bend = (scaled * (weights * odds * (1 - odds))[:, None]).T @ scaled + ridge
        found_weights -= np.linalg.solve(bend, slope)
    unscaled = found_weights / deviation
    unscaled[0] -= (unscaled * mean)[1:].sum()
    return unscaled


def _measured(
    told: Sequence[GoldTold],
    weigh: NDArray[np.float64],
    vectors: Vectors,
    chance: random.Random,
) -> Example:
    profiles = [likeness.profile(passes.document(one.text, title=one.title), weigh) for one in told]
    meanings = vectors([one.text for one in profiles])
    pairs = [
        (one, other)
        for one, other in combinations(range(len(told)), 2)
        if told[one].story == told[other].story or _surely_two(told[one], told[other])
    ]
    rows = likeness.measures(profiles, meanings, pairs)
    same = np.array([told[one].story == told[other].story for one, other in pairs])
    opening, meaning = (rows[:, likeness.MEASURES.index(name)] for name in ("opening", "meaning"))
    alike = (opening > _ALIKE[0]) | (meaning > _ALIKE[1])
    taken = same | alike | np.array([chance.random() < 1 / _EASY for _ in pairs])
    weights = np.where(same | alike, 1.0, _EASY)[taken]
    for share, part in zip(_WEIGHTS[told[0].corpus], (same[taken], ~same[taken]), strict=True):
        weights[part] *= _MASS * share / math.fsum(weights[part])
    kept = [pairs[at] for at in taken.nonzero()[0]]
    stories = tuple((told[one].story, told[other].story) for one, other in kept)
    return Example(rows[taken], same[taken], weights, stories)


def _surely_two(one: GoldTold, other: GoldTold) -> bool:
    if one.published and other.published:
        days = date.fromisoformat(one.published) - date.fromisoformat(other.published)
        return abs(days.days) > _DAYS
    return one.corpus != "allsides-stories"
