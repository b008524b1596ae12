"""Train the network that tells an article's lines from the others of a pasted page.

In: pages with their article text; each is pasted (`bench.pasting`) and its lines are labelled by
the gold text. Out: the weights as plain values, read by `reading.pasted`. Deterministic on one
machine: same data, same weights.
"""

import bisect
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np
from numpy.typing import NDArray

from unspin.bench.gold import GoldPage
from unspin.bench.pasting import paste
from unspin.errors import MissingError
from unspin.reading import lines
from unspin.reading.lines import Line

_GRAM = 4  # words that tell a place in the gold text
_HELD = 0.6  # share of a line's word runs in the gold text that makes it part of it
_NEAR = 60  # lines between long ones of the article in which a short one can belong to it
_EDGE = 12  # the same before the first and after the last
_BACK = 200  # long lines looked back on when the best order of copies is sought
_NETWORKS = 3  # averaged into one
_HIDDEN = 24  # units of each
_CLIP = 6.0  # standard deviations
_HEAVY = 60  # words above which a line weighs no more
_SETTINGS = {
    "alpha": 1.0,
    "max_iter": 25,
    "batch_size": 256,
    "learning_rate_init": 2e-3,
    "tol": 0.0,
}


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One pasted page ready to train on."""

    rows: NDArray[np.float64]  # (lines, features)
    labels: NDArray[np.bool_]  # (lines,)
    weights: NDArray[np.float64]  # (lines,); a long page weighs more, but less than its length


def examples(pages: Iterable[GoldPage]) -> list[Example]:
    """The pages that have lines, as examples."""
    pasted = ((lines.find(paste(page.markup)), page.body) for page in pages)
    return [_example(found, body) for found, body in pasted if found]


def train(made: Sequence[Example], *, data: Sequence[str], digest: str) -> dict[str, Any]:
    """The weights as plain values; `data` names the sets they were learned from."""
    try:
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.neural_network import MLPClassifier
    except ImportError as error:
        msg = "training needs scikit-learn: install unspin[train]"
        raise MissingError(msg) from error
    rows = np.vstack([example.rows for example in made])
    labels = np.hstack([example.labels for example in made])
    weights = np.hstack([example.weights for example in made])
    mean, scale = rows.mean(0), rows.std(0)
    scale[scale == 0] = 1.0
    scaled = np.clip((rows - mean) / scale, -_CLIP, _CLIP)
    with catch_warnings():
        simplefilter("ignore", ConvergenceWarning)  # stopping early is what keeps it general
        networks = [
            MLPClassifier((_HIDDEN,), random_state=seed, **_SETTINGS).fit(
                scaled, labels, sample_weight=weights / weights.mean()
            )
            for seed in range(_NETWORKS)
        ]
    return {
        "data": list(data),
        "digest": digest,
        "settings": {"networks": _NETWORKS, "hidden": _HIDDEN, **_SETTINGS},
        "mean": _rounded(mean),
        "scale": _rounded(scale),
        "inner": _rounded(np.hstack([network.coefs_[0] for network in networks])),
        "inner_bias": _rounded(np.hstack([network.intercepts_[0] for network in networks])),
        "outer": _rounded(np.hstack([network.coefs_[1][:, 0] for network in networks]) / _NETWORKS),
        "outer_bias": float(np.mean([network.intercepts_[1][0] for network in networks])),
    }


def write(weights: dict[str, Any], path: Path) -> None:
    """Put the weights where `reading.pasted` finds them."""
    path.write_text(json.dumps(weights, separators=(",", ":")) + "\n", "utf-8")


def label(found: Sequence[Line], gold: str) -> list[bool]:
    """Which of the lines are part of the text `gold`.

    A line shown twice is part of it where it stands in the order of the text.
    """
    words = _words(gold)
    own = [_words(line.text) for line in found]
    grams = _places(words)
    long = [(at, spot) for at, line in enumerate(own) if (spot := _spot(line, grams)) is not None]
    chain = _in_order([(spot, len(own[at])) for at, spot in long])
    left = Counter({gram: len(places) for gram, places in grams.items()})
    labels = [False] * len(found)
    for index in chain:
        at = long[index][0]
        labels[at] = True
        left.subtract(_grams(own[at]))
    for index, (at, _) in enumerate(long):
        runs = _grams(own[at])
        if index not in chain and sum(left[run] > 0 for run in runs) >= _HELD * len(runs):
            labels[at] = True
            left.subtract(runs)
    anchors = [long[index] for index in sorted(chain)]
    for at in _short(own, words, anchors):
        labels[at] = True
    return labels


def _example(found: Sequence[Line], gold: str) -> Example:
    sizes = np.minimum([len(line.text.split()) for line in found], _HEAVY).astype(float)
    weights = sizes**0.7 / max(1.0, sizes.sum()) ** 0.7
    return Example(lines.features(found), np.array(label(found, gold), dtype=np.bool_), weights)


def _rounded(values: NDArray[np.float64]) -> Any:  # noqa: ANN401 - nested lists of float
    return [
        _rounded(value) if isinstance(value, np.ndarray) else float(f"{value:.5g}")
        for value in values
    ]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _grams(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + _GRAM]) for at in range(len(words) - _GRAM + 1)]


def _places(words: Sequence[str]) -> dict[tuple[str, ...], list[int]]:
    places = defaultdict(list)
    for at, gram in enumerate(_grams(words)):
        places[gram].append(at)
    return dict(places)


def _spot(line: Sequence[str], grams: dict[tuple[str, ...], list[int]]) -> int | None:
    """Where in the gold text a long line stands; None for a short one and for one that doesn't."""
    runs = _grams(line)
    if len(line) < _GRAM + 2 or sum(run in grams for run in runs) < _HELD * len(runs):
        return None
    return next(grams[run][0] for run in runs if run in grams)


def _in_order(spots: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The heaviest chain of (place, weight) whose places rise."""
    best: list[int] = []
    before: list[int] = []
    for at, (spot, weight) in enumerate(spots):
        best.append(weight)
        before.append(-1)
        for other in range(max(0, at - _BACK), at):
            if spots[other][0] < spot and best[other] + weight > best[at]:
                best[at], before[at] = best[other] + weight, other
    chain = set()
    at = max(range(len(best)), key=best.__getitem__, default=-1)
    while at >= 0:
        chain.add(at)
        at = before[at]
    return frozenset(chain)


def _short(
    own: Sequence[Sequence[str]], words: Sequence[str], anchors: Sequence[tuple[int, int]]
) -> list[int]:
    """The short lines that the gold text holds between the long ones around them."""
    if not anchors:
        return []
    text = f" {' '.join(words)} "
    offsets = [1]
    for word in words:
        offsets.append(offsets[-1] + len(word) + 1)
    places = [at for at, _ in anchors]
    found = []
    for at, line in enumerate(own):
        if not line or len(line) >= _GRAM + 2:
            continue
        after = bisect.bisect(places, at)
        low, high = 0, len(words)
        if after > 0:
            before, spot = anchors[after - 1]
            if at - before > (_NEAR if after < len(places) else _EDGE):
                continue
            low = min(spot + max(0, len(own[before]) - 8), high)
            if after == len(places):
                high = min(high, spot + len(own[before]) + _NEAR)
        if after < len(places):
            behind, spot = anchors[after]
            if behind - at > (_NEAR if after > 0 else _EDGE):
                continue
            high = spot
        if text.find(f" {' '.join(line)} ", max(0, offsets[low] - 1), offsets[high] + 1) >= 0:
            found.append(at)
    return found
