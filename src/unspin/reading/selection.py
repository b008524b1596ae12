"""Which stretches of a page are its article: boosted trees over the features of each stretch.

The trees are a JSON file made by `unspin train reading`; they are walked here with numpy, all at
once, so no training library is needed to read. Method: gradient-boosted decision trees on block
features, after Kohlschütter et al., "Boilerplate Detection using Shallow Text Features" (2010).
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from unspin.errors import FormatError

SCHEMA = 1
_SHALLOW = 5  # levels in which most rows have reached a leaf


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """A forest as flat arrays.

    Node `n` leads to `children[2 * n]` where its feature is at most `threshold[n]`, to the child
    after that one where it is above. A leaf is its own child and carries `value`; the values of
    the leaves a row reaches add up, with `base`, to the log odds.
    """

    roots: NDArray[np.intp]  # (trees,)
    feature: NDArray[np.intp]  # (nodes,)
    threshold: NDArray[np.float64]  # (nodes,)
    children: NDArray[np.intp]  # (2 * nodes,)
    value: NDArray[np.float64]  # (nodes,)
    base: float
    depth: int
    features: int
    cut: float  # from this probability on a stretch is taken


def probabilities(rows: NDArray[np.float32], trees: Trees) -> NDArray[np.float64]:
    """How likely each stretch belongs to the article, 0 to 1; rows are (stretches, features)."""
    if rows.shape[1] != trees.features:
        msg = f"the reading model knows {trees.features} features, the reader makes {rows.shape[1]}"
        raise FormatError(msg)
    count = len(rows)
    values = rows.astype(np.float64).ravel()
    starts = np.repeat(np.arange(count, dtype=np.intp) * trees.features, len(trees.roots))
    nodes = np.tile(trees.roots, count)  # (stretches * trees,)
    nodes = _down(trees, nodes, values, starts, _SHALLOW)
    deep = np.flatnonzero(trees.children.take(2 * nodes) != nodes)
    nodes[deep] = _down(trees, nodes[deep], values, starts[deep], trees.depth - _SHALLOW)
    odds = trees.base + trees.value.take(nodes.reshape(count, -1)).sum(axis=1)
    result: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return result


def _down(
    trees: Trees,
    nodes: NDArray[np.intp],
    values: NDArray[np.float64],
    starts: NDArray[np.intp],
    levels: int,
) -> NDArray[np.intp]:
    """The nodes that are reached from `nodes` in so many steps, a row's values from its start."""
    for _ in range(levels):
        high = values.take(starts + trees.feature.take(nodes)) > trees.threshold.take(nodes)
        nodes = trees.children.take(2 * nodes + high)
    return nodes


@cache
def load() -> Trees:
    """The trees that ship with unspin; FormatError for a damaged file."""
    content = files("unspin.reading").joinpath("model/article.json").read_bytes()
    digest = files("unspin.reading").joinpath("model/article.sha256").read_text("ascii").split()[0]
    if hashlib.sha256(content).hexdigest() != digest:
        msg = "the reading model is damaged: install unspin again"
        raise FormatError(msg)
    return parse(content)


def parse(content: bytes) -> Trees:
    """The trees of a model file's content; FormatError for another schema."""
    model = json.loads(content)
    if model["schema"] != SCHEMA:
        msg = f"the reading model has schema {model['schema']}, this unspin reads {SCHEMA}"
        raise FormatError(msg)
    return Trees(
        roots=np.array(model["roots"], np.intp),
        feature=np.array(model["feature"], np.intp),
        threshold=np.array(model["threshold"], np.float64),
        children=np.array([model["left"], model["right"]], np.intp).T.ravel(),
        value=np.array(model["value"], np.float64),
        base=model["base"],
        depth=model["depth"],
        features=model["features"],
        cut=model["cut"],
    )
