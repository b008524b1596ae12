"""From the numbers of the networks to spans and probabilities; numpy only."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from unspin.model import tasks
from unspin.model.windows import Window
from unspin.types import Span

Numbers = NDArray[np.float32]
Run = tuple[int, int]  # tokens from, to


def softmax(logits: Numbers) -> Numbers:
    """Probabilities over the last axis."""
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    shares: Numbers = raised / raised.sum(-1, keepdims=True)
    return shares


def sigmoid(logits: Numbers) -> Numbers:
    """Probabilities, each by itself."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)


def odds(chance: float) -> float:
    """The log odds of a chance, kept off 0 and 1."""
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return float(np.log(chance / (1 - chance)))


def calibrated(chance: float, scale: float, shift: float) -> float:
    """The probability that `scale` and `shift` make of a chance (Platt)."""
    return float(1 / (1 + np.exp(-(scale * odds(chance) + shift))))


def tagged(tags: Sequence[int], first: int) -> list[Run]:
    """The runs of a tag pair: each begins at `first` (or at a stray inside) and goes on inside."""
    runs: list[Run] = []
    for place, tag in enumerate(tags):
        if tag == first + 1 and runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        elif tag in {first, first + 1}:
            runs.append((place, place + 1))
    return runs


def above(chances: Numbers, threshold: float, gap: int = 0) -> list[Run]:
    """The runs of tokens at or above `threshold`, joined over gaps of up to `gap` tokens."""
    runs: list[Run] = []
    for place in np.flatnonzero(chances >= threshold).tolist():
        if runs and place - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def best_tags(logits: Numbers) -> NDArray[np.int64]:
    """The likeliest part tags (cues, tokens) that keep to their grammar.

    `logits` is (cues, tokens, PART_TAGS). An inside tag follows only its own beginning or inside.
    Where the likeliest tag of each token keeps to that, no other sequence is likelier; only the
    other rows are searched.
    """
    found: NDArray[np.int64] = logits.argmax(-1).astype(np.int64)
    before = np.concatenate([np.zeros((len(found), 1), np.int64), found[:, :-1]], 1)
    inside = (found > 0) & (found % 2 == 0)
    astray = (inside & (before != found) & (before != found - 1)).any(1)
    if astray.any():
        found[astray] = _searched(logits[astray])
    return found


def _searched(logits: Numbers) -> NDArray[np.int64]:
    """The best sequences of tags by Viterbi's method."""
    size = len(tasks.PART_TAGS)
    allowed = np.zeros((size, size), np.float32)  # (before, after)
    for after in range(2, size, 2):
        allowed[:, after] = -1e4
        allowed[[after - 1, after], after] = 0
    chances = np.log(softmax(logits) + 1e-9)  # (cues, tokens, tags)
    count, tokens, _ = chances.shape
    best = chances[:, 0] + np.where(np.arange(size) % 2 == 0, -1e4, 0) * (np.arange(size) > 0)
    back = np.zeros((count, tokens, size), np.int64)
    for place in range(1, tokens):
        paths = best[:, :, None] + allowed  # (cues, before, after)
        back[:, place] = paths.argmax(1)
        best = paths.max(1) + chances[:, place]
    found = np.zeros((count, tokens), np.int64)
    if tokens:
        found[:, -1] = best.argmax(-1)
    for place in range(tokens - 1, 0, -1):
        found[:, place - 1] = back[np.arange(count), place, found[:, place]]
    return found


def distances(start: int, end: int, size: int) -> NDArray[np.int64]:
    """The bucket of each token's distance to the cue at `start` to `end`, (tokens,)."""
    offsets = [place - start if place < start else max(0, place - end + 1) for place in range(size)]
    return np.array([tasks.distance(offset) for offset in offsets], np.int64)


def trimmed(span: Span, text: str) -> Span | None:
    """The span from its first letter or digit to its last; None where it has none."""
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end) if start < end else None


def span(window: Window, run: Run, text: str) -> Span | None:
    """The code points of a run of tokens, widened to whole words; None where it has none."""
    known = [token for token in window.spans[run[0] : run[1]] if token is not None]
    if not known:
        return None
    start, end = known[0].start, known[-1].end
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)
