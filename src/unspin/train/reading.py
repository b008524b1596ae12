"""Train the trees that choose an article's text among the stretches of its page.

In: pages with their article text. Out: `article.json` and its sha256. A stretch is labelled by how
many of its words the best alignment of page and gold text covers. Deterministic: same data, same
bytes.
"""

import difflib
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unspin.bench.gold import GoldPage
from unspin.errors import EmptyError, MissingError
from unspin.reading import html, selection
from unspin.reading.stretches import Stretch

_WORD = re.compile(r"\w+")
_HELD = 0.5  # share of its words in the gold text that makes a stretch part of it
_PAGE_WEIGHT = 30.0
_SETTINGS = {
    "max_iter": 120,
    "max_leaf_nodes": 15,
    "learning_rate": 0.1,
    "min_samples_leaf": 40,
    "l2_regularization": 10.0,
    "random_state": 0,
}
_CUT = 0.55


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One page ready to train on."""

    rows: NDArray[np.float32]  # (stretches, features)
    labels: NDArray[np.bool_]  # (stretches,)
    weights: NDArray[np.float64]  # (stretches,); a page weighs the same however long it is


def examples(pages: Iterable[GoldPage]) -> list[Example]:
    """The pages that hold text, as examples."""
    made = []
    for page in pages:
        try:
            prepared = html.prepare(page.id, page.markup, page.address)
        except EmptyError:
            continue
        made.append(_example(prepared, page.body))
    return made


def train(made: Sequence[Example], *, data: Sequence[str], digest: str) -> dict[str, Any]:
    """The model as the plain values of `article.json`; `data` names the sets it learned from."""
    forest = fit(made)
    trees = [predictor.nodes for (predictor,) in forest._predictors]  # noqa: SLF001 - the library has no public way to its trees
    nodes = np.concatenate(trees)
    starts = np.cumsum([0, *map(len, trees)])[:-1]
    offsets = np.repeat(starts, [len(tree) for tree in trees])
    own = np.arange(len(nodes))
    leaf = nodes["is_leaf"].astype(bool)
    return {
        "schema": selection.SCHEMA,
        "data": list(data),
        "digest": digest,
        "settings": _SETTINGS,
        "cut": _CUT,
        "base": float(forest._baseline_prediction.ravel()[0]),  # noqa: SLF001 - as above
        "depth": int(nodes["depth"].max()),
        "features": made[0].rows.shape[1],
        "roots": starts.tolist(),
        "feature": np.where(leaf, 0, nodes["feature_idx"]).tolist(),
        "threshold": np.where(leaf, 0, nodes["num_threshold"]).tolist(),
        "left": np.where(leaf, own, nodes["left"] + offsets).tolist(),
        "right": np.where(leaf, own, nodes["right"] + offsets).tolist(),
        "value": [float(f"{value:.7g}") for value in np.where(leaf, nodes["value"], 0)],
    }


def fit(made: Sequence[Example]) -> Any:  # noqa: ANN401 - the library ships no types
    """The classifier of the training library."""
    try:
        from sklearn.ensemble import HistGradientBoostingClassifier
    except ImportError as error:
        msg = "training needs scikit-learn: install unspin[train]"
        raise MissingError(msg) from error
    forest = HistGradientBoostingClassifier(**_SETTINGS, early_stopping=False)
    return forest.fit(
        np.vstack([example.rows for example in made]),
        np.concatenate([example.labels for example in made]),
        sample_weight=np.concatenate([example.weights for example in made]),
    )


def write(model: dict[str, Any], folder: Path) -> None:
    """`model` as `article.json` in `folder`, with its sha256 beside it."""
    content = (json.dumps(model, separators=(",", ":")) + "\n").encode("ascii")
    (folder / "article.json").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    (folder / "article.sha256").write_text(f"{digest}  article.json\n", "ascii")


def _example(prepared: html.Prepared, body: str) -> Example:
    held, total = _aligned(prepared.found, body)
    weights = np.sqrt(total + 0.5) * _PAGE_WEIGHT / np.sqrt(total.sum() + 1)
    return Example(prepared.rows, held >= _HELD * np.maximum(total, 1), weights)


def _aligned(found: Sequence[Stretch], body: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many words of each stretch the gold text holds in the page's order, and all of them."""
    words: list[str] = []
    owners: list[int] = []
    for at, stretch in enumerate(found):
        mine = _WORD.findall(stretch.text.lower())
        words += mine
        owners += [at] * len(mine)
    total = np.bincount(owners, minlength=len(found))
    held = np.zeros(len(found), np.int64)
    matcher = difflib.SequenceMatcher(None, words, _WORD.findall(body.lower()), autojunk=False)
    for start, _, size in matcher.get_matching_blocks():
        np.add.at(held, owners[start : start + size], 1)
    return held, total
