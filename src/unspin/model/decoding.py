"""From the numbers of the networks to spans and probabilities; numpy only."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from unspin.model import tasks
from unspin.model.windows import Window
from unspin.types import Span

Numbers = NDArray[np.float32]
Run = tuple[int, int]  # tokens from, to
_CONTENT = tasks.PART_TAGS.index("B-content")  # from here on a tag is of the content
_BARRED = -1e4  # log chance of what the grammar of `tasks.PART_TAGS` forbids


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


def weighed(evidence: Sequence[float], weights: Sequence[float], shift: float) -> float:
    """The probability that the weights of some numbers make of them (logistic regression)."""
    total = sum(weight * number for weight, number in zip(weights, evidence, strict=False))
    return float(1 / (1 + np.exp(-(total + shift))))


def evidence(
    cue: Run, told: Numbers, begins: Numbers, tags: NDArray[np.int64], likely: Numbers
) -> tuple[float, ...]:
    """What speaks for a statement, as log odds: all in all first, then one thing each.

    `told` is how likely each token is of a cue, `begins` how likely one begins there, `tags` the
    parts of the cue's statement and `likely` how likely each of those tags is, all (tokens,).
    """
    start, end = cue
    held = tags > 0
    content = likely[tags >= _CONTENT]
    source = likely[held & (tags < _CONTENT)]
    around = told[start - 1 : start], told[end : end + 1]
    whole = float(np.log(np.maximum(likely, 1e-6)).sum())
    mean = float(told[start:end].mean())
    parts = float(likely[held].mean())
    return (
        odds(mean * parts),
        odds(mean),
        odds(parts),
        odds(float(begins[start])),
        float(len(source) > 0),
        odds(float(source.mean())) if len(source) else 0.0,
        odds(float(content.mean())),
        *(odds(1 - float(one[0])) if len(one) else odds(1.0) for one in around),
        odds(float(np.exp(whole))),
    )


def tagged(tags: Sequence[int], first: int) -> list[Run]:
    """The runs of a tag pair: each begins at `first` (or at a stray inside) and goes on inside."""
    runs: list[Run] = []
    for place, tag in enumerate(tags):
        if tag == first + 1 and runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        elif tag in {first, first + 1}:
            runs.append((place, place + 1))
    return runs


def cues(chances: Numbers, threshold: float) -> list[Run]:
    """The cues among tokens by the chances of CUE_TAGS: what is likelier than `threshold` one."""
    tags = np.where(1 - chances[:, 0] >= threshold, 1 + chances[:, 1:].argmax(-1), 0)
    return tagged(tags.tolist(), 1)


def related(cues: Sequence[Run], size: int) -> tuple[Numbers, NDArray[np.int64]]:
    """What the network of parts reads of each cue, (cues, size): its tokens, every distance."""
    marked = np.zeros((len(cues), size), np.float32)
    for row, (start, end) in enumerate(cues):
        marked[row, start:end] = 1
    return marked, np.stack([distances(start, end, size) for start, end in cues])


def pooled(hidden: Numbers, run: Run, features: Sequence[float]) -> Numbers:
    """What the classifier of spans reads of a run of tokens, (3 * width + SPAN_FEATURES,).

    The mean of the run, its first token, the mean of the window, and `spans.features`.
    """
    inside = hidden[run[0] : run[1]]
    extra = np.array(features, np.float32)
    return np.concatenate([inside.mean(0), inside[0], hidden.mean(0), extra])


def bracketed(hidden: Numbers, inner: Run, outer: Run) -> Numbers:
    """What tells of words in quotation marks whether somebody said them, (IN_MARKS * width,).

    The mean of the words (`inner`), the mark before and behind them (the ends of `outer`), and the
    tokens next to the marks.
    """
    start, end = outer
    beside = hidden[[start, end - 1, max(0, start - 1), min(end, len(hidden) - 1)]]
    return np.concatenate([hidden[inner[0] : inner[1]].mean(0), beside.ravel()])


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
        chances = np.log(softmax(logits[astray]) + 1e-9)
        found[astray] = [_searched(row) for row in chances.tolist()]
    return found


def _searched(chances: Sequence[Sequence[float]]) -> list[int]:
    """The best tags of one row of log chances (tokens, PART_TAGS), by Viterbi's method.

    Only the way into an inside tag is barred, so of the paths before a token three matter: the best
    of all, and the better of the beginning and the inside of either part. Plain numbers: on rows
    this short numpy is slower.
    """
    outside, source, in_source, content, in_content = chances[0]
    in_source, in_content = in_source + _BARRED, in_content + _BARRED
    back: list[tuple[int, int, int]] = []  # the tag before: for any tag, for either inside
    for none, begins, goes_on, begins_content, content_on in chances[1:]:
        best, tag = outside, 0
        from_source, of_source = (in_source, 2) if in_source >= source else (source, 1)
        from_content, of_content = (in_content, 4) if in_content >= content else (content, 3)
        if from_source > best:
            best, tag = from_source, of_source
        if from_content > best:
            best, tag = from_content, of_content
        back.append((tag, of_source, of_content))
        outside, source, content = best + none, best + begins, best + begins_content
        in_source, in_content = from_source + goes_on, from_content + content_on
    last = (outside, source, in_source, content, in_content)
    found = [last.index(max(last))]
    for tag, of_source, of_content in reversed(back):
        after = found[-1]
        found.append(of_source if after == 2 else of_content if after == 4 else tag)  # noqa: PLR2004 - the inside tags
    return found[::-1]


def distances(start: int, end: int, size: int) -> NDArray[np.int64]:
    """The bucket of each token's distance to the cue at `start` to `end`, (tokens,)."""
    places = np.arange(size)
    offsets = np.minimum(places - start, 0) + np.maximum(places - end + 1, 0)
    found: NDArray[np.int64] = _buckets(size)[offsets + size]
    return found


@cache
def _buckets(size: int) -> NDArray[np.int64]:
    return np.array([tasks.distance(offset) for offset in range(-size, size + 1)], np.int64)


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
