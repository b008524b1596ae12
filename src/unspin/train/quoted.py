"""The head that tells speech from what else stands between quotation marks.

In: an encoder that is trained, and labels of marks in public articles. Out: `quoted.onnx`. It is a
logistic regression over what the encoder says at the marks and in them, `decoding.bracketed`: the
encoder stays as it is, and sixteen hundred labels do.

The labels were set by hand from a line or two of context: a stretch is spoken where the text gives
it as the words of somebody, be it one word; titles, names, slogans, terms and words that the author
keeps at a distance are not. What could be either is left out. `words/quoted.jsonl` has them by the
digest of an article: no text.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from unspin.model.bundle import Task
from unspin.model.decoding import Numbers
from unspin.model.encoder import Encoder
from unspin.train import calibration, data, export
from unspin.types import Span

_HOLD = 0.003  # inverse strength of the hold on the weights, chosen by cross-validation
_FOLDS = 10  # by article
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Stretches between quotation marks, what the encoder says of each, and who spoke."""

    vectors: Numbers  # (stretches, IN_MARKS * width)
    spoken: NDArray[np.bool_]
    article: NDArray[np.int64]  # a number each


def train(folder: Path, encoder: Encoder, to: Path) -> Task:
    """Write the head to `to`, learned from the articles in `folder`; its task, calibrated.

    The calibration is of articles that the weights it is measured with were not fitted to.
    """
    known = read(folder, encoder)
    weights, shift = _fitted(known.vectors, known.spoken)
    head = nn.Linear(len(weights), 1)
    with torch.no_grad():
        head.weight.copy_(torch.from_numpy(weights)[None])
        head.bias.fill_(shift)
    export.write_quoted(to, head)
    logits = unseen(known)
    return Task("quoted", (), *calibration.platt(1 / (1 + np.exp(-logits)), known.spoken))


def read(folder: Path, encoder: Encoder) -> Labelled:
    """The labelled stretches, in the order of the labels; `encoder` needs no head for them."""
    texts = {
        hashlib.sha256(text.encode()).hexdigest(): text
        for source in data.QUOTED
        for text in data.texts(folder, source.name)
    }
    vectors, spoken, article = [], [], []
    for number, (digest, stretches) in enumerate(_labels()):
        for span, vector in encoder.bracketed(texts[digest]):
            if span in stretches:
                vectors.append(vector)
                spoken.append(stretches[span])
                article.append(number)
    return Labelled(np.stack(vectors), np.array(spoken), np.array(article))


def unseen(known: Labelled) -> Floats:
    """The log odds of each stretch by weights that its article had no part in."""
    logits = np.zeros(len(known.spoken))
    for fold in range(_FOLDS):
        held = known.article % _FOLDS == fold
        weights, shift = _fitted(known.vectors[~held], known.spoken[~held])
        logits[held] = known.vectors[held] @ weights + shift
    return logits


def _fitted(vectors: Numbers, spoken: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Weights and shift of a logistic regression over numbers of one scale."""
    from sklearn.linear_model import LogisticRegression

    middle, scale = vectors.mean(0), vectors.std(0) + 1e-6
    fitted = LogisticRegression(C=_HOLD, max_iter=1000).fit((vectors - middle) / scale, spoken)
    weights: Floats = fitted.coef_[0] / scale
    return weights, float(fitted.intercept_[0] - weights @ middle)


def _labels() -> Iterator[tuple[str, Mapping[Span, bool]]]:
    lines = files("unspin.train").joinpath("words/quoted.jsonl").read_text("utf-8").splitlines()
    for row in map(json.loads, lines):
        yield (
            row["article"],
            {
                Span(*stretch): name == "spoken"
                for name in ("spoken", "other")
                for stretch in row[name]
            },
        )
