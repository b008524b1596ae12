"""What makes a score mean what it says: calibration and thresholds, on documents held out.

Everything is measured with the graphs as they ship. Calibration after Platt, "Probabilistic Outputs
for Support Vector Machines" (1999), of the log odds; of classes by one temperature (Guo et al., "On
Calibration of Modern Neural Networks", 2017).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from unspin import text as lined
from unspin.bench import attribution, scores
from unspin.bench.gold import GoldStatement
from unspin.bench.scores import Tally
from unspin.model import decoding, pairing, tasks
from unspin.model.bundle import Task
from unspin.model.encoder import Encoder
from unspin.model.pairs import Pairs
from unspin.model.signals import Relation, Sentence
from unspin.train import data
from unspin.train.altered import Related
from unspin.train.data import Judged, Row
from unspin.types import Span

_LOWEST = 0.3  # of a cue token; statements that hang on less are not looked at
_GRID = np.round(np.arange(0.04, 0.97, 0.02), 2)
_HALF = 0.5
_PARTS = ("source", "cue", "content")
_AIMS = (  # what the threshold of statements is chosen for: the sum of these F1
    "content_exact",
    "content_token",
    "cue_exact",
    "source_exact",
    "whole_exact",
    "whole_overlap",
)


def marks(folder: Path, encoder: Callable[[Sequence[Task]], Encoder]) -> list[Task]:
    """The tasks of the marks, each with its labels, calibration and threshold.

    `encoder` gives the encoder under given tasks.
    """
    plain = encoder([])
    found = [
        Task("cue", tasks.CUE_TAGS, threshold=_LOWEST),
        Task("parts", tasks.PART_TAGS),
        Task("cue_kind", tasks.CUE_KINDS),
        _statement(data.attribution(folder, "calibrate"), encoder),
        *_rhetoric(data.rhetoric(folder, "calibrate"), encoder),
        _technique(data.rhetoric(folder, "calibrate"), plain),
        *_loaded(data.slanted(folder, "calibrate"), encoder),
        _sentence("opinion", "subjective", data.subjective(folder, "calibrate"), plain),
        _sentence("slant", "slant", data.slanted(folder, "calibrate"), plain),
        _sentence("checkworthy", "checkworthy", data.checkworthy(folder, "calibrate"), plain),
        _lines(data.rhetoric(folder, "calibrate"), plain),
    ]
    return [replace(task, threshold=round(task.threshold, 4)) for task in found]


def platt(chances: Iterable[float], right: Iterable[bool]) -> tuple[float, float]:
    """The scale and shift of log odds that make `chances` fit how often they were right."""
    from sklearn.linear_model import LogisticRegression

    odds = np.array([decoding.odds(chance) for chance in chances])[:, None]
    fitted = LogisticRegression(C=100.0).fit(odds, np.array(list(right), int))
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _statement(rows: Sequence[Row], encoder: Callable[[Sequence[Task]], Encoder]) -> Task:
    """A statement's score: how likely its source, cue and content meet those of a true one."""
    from sklearn.linear_model import LogisticRegression

    loose = encoder([Task("cue", threshold=_LOWEST), Task("statement", threshold=0.0)])
    texts = [row["text"] for row in rows]
    wanted = [_gold(row) for row in rows]
    held = [
        [
            (attribution.alike(text, GoldStatement(one.source, one.cue, one.content)), evidence)
            for one, evidence in loose.candidates(text)
        ]
        for text in texts
    ]
    met = []
    for gold, given in zip(wanted, held, strict=True):
        places = {place for _, place in attribution.paired(gold, [one for one, _ in given])}
        met += [place in places for place in range(len(given))]
    numbers = np.array([evidence for given in held for _, evidence in given])
    fitted = LogisticRegression(C=1.0, max_iter=10_000).fit(numbers, np.array(met, int))
    weights = tuple(round(float(weight), 4) for weight in fitted.coef_[0])
    shift = round(float(fitted.intercept_[0]), 4)

    def exact(threshold: float) -> float:
        total: dict[str, Tally] = {}
        for text, gold, given in zip(texts, wanted, held, strict=True):
            kept = [
                one
                for one, evidence in given
                if decoding.weighed(evidence, weights, shift) >= threshold
            ]
            for name, tally in attribution.tallies(text, gold, kept).items():
                total[name] = total.get(name, Tally()) + tally
        return sum(total[part].f1 for part in _AIMS)

    best = max(_GRID.tolist(), key=exact)
    return Task("statement", shift=shift, threshold=best, weights=weights)


def _gold(row: Row) -> list[GoldStatement]:
    stated = next(iter(row["annotations"].values()))
    found = [
        GoldStatement(*(tuple(Span(*it) for it in one[part]) for part in _PARTS)) for one in stated
    ]
    return [attribution.alike(row["text"], one) for one in found if one.content]


def _rhetoric(rows: Sequence[Row], encoder: Callable[[Sequence[Task]], Encoder]) -> list[Task]:
    gold = [[Span(*span) for span in row["si_spans"]] for row in rows]
    thresholds = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
    return _tokens("rhetoric", [row["text"] for row in rows], gold, thresholds, encoder)


def _tokens(
    label: Literal["rhetoric", "loaded"],
    texts: Sequence[str],
    gold: Sequence[Sequence[Span]],
    thresholds: Sequence[float],
    encoder: Callable[[Sequence[Task]], Encoder],
) -> list[Task]:
    """The token threshold of `label` with the best span F1, and the score of a span."""

    def found(threshold: float) -> list[list[tuple[Span, float]]]:
        judge = encoder([Task(f"{label}_token", threshold=threshold)])
        return [
            [(one.span, one.score) for one in getattr(signals, label)]
            for signals in judge.signals(texts, [[] for _ in texts])
        ]

    def f1(given: Sequence[Sequence[tuple[Span, float]]]) -> float:
        tallies = (
            scores.identified(spans, [span for span, _ in here])
            for spans, here in zip(gold, given, strict=True)
        )
        return sum(tallies, Tally()).f1

    best, given = max(
        ((threshold, found(threshold)) for threshold in thresholds), key=lambda pair: f1(pair[1])
    )
    return [Task(f"{label}_token", threshold=best), _span(f"{label}_span", gold, given)]


def _span(
    name: str, gold: Sequence[Sequence[Span]], given: Sequence[Sequence[tuple[Span, float]]]
) -> Task:
    """The score of a span: how likely gold covers at least half of it."""
    judged = [
        (score, scores.identified(spans, [span]).precision >= _HALF)
        for spans, here in zip(gold, given, strict=True)
        for span, score in here
    ]
    return Task(name, (), *platt([score for score, _ in judged], [right for _, right in judged]))


def _technique(rows: Sequence[Row], encoder: Encoder) -> Task:
    """One temperature for the classes of a span."""
    wanted = [
        {(Span(one["start"], one["end"]), one["technique"]) for one in row["spans"]} for row in rows
    ]
    spans = [sorted({span for span, _ in here}) for here in wanted]
    given = encoder.classify([row["text"] for row in rows], spans)
    logits, right = [], []
    for here, places, named in zip(wanted, spans, given, strict=True):
        for place, chances in zip(places, named, strict=True):
            label = min(name for span, name in here if span == place)
            logits.append([np.log(chances[name] + 1e-9) for name in tasks.TECHNIQUES])
            right.append(tasks.TECHNIQUES.index(label))
    return Task("technique", tasks.TECHNIQUES, _temperature(np.array(logits), right))


def _loaded(rows: Sequence[Judged], encoder: Callable[[Sequence[Task]], Encoder]) -> list[Task]:
    gold = [
        [
            Span(start, start + len(word))
            for word in row.loaded or ()
            if (start := row.text.lower().find(word.lower())) >= 0
        ]
        for row in rows
    ]
    texts = [row.text for row in rows]
    return _tokens("loaded", texts, gold, (0.2, 0.3, 0.4, 0.5, 0.6), encoder)


def _sentence(name: str, target: str, rows: Sequence[Judged], encoder: Encoder) -> Task:
    """The score of a sentence, and the threshold with the best macro-F1."""
    known = [row for row in rows if row.targets.get(target, _HALF) != _HALF]
    chances = [getattr(one, name) for one in _wholes([row.text for row in known], encoder)]
    right = [row.targets[target] > _HALF for row in known]
    return _settled(name, chances, right)


def _lines(rows: Sequence[Row], encoder: Encoder) -> Task:
    """The score of a line of PTC: how likely it holds a technique."""
    chances, right = [], []
    for row in rows:
        lines = [
            Span(line.start, line.start + len(words))
            for line in lined.lines(row["text"])
            if (words := line.of(row["text"]).rstrip())
        ]
        (signals,) = encoder.signals([row["text"]], [lines])
        gold = [Span(*span) for span in row["si_spans"]]
        for sentence in signals.sentences:
            chances.append(sentence.rhetoric)
            right.append(any(map(sentence.span.overlaps, gold)))
    return _settled("rhetoric", chances, right)


def _wholes(texts: Sequence[str], encoder: Encoder) -> list[Sentence]:
    seen = encoder.signals(texts, [[Span(0, len(text))] for text in texts])
    return [signals.sentences[0] for signals in seen]


def _settled(name: str, chances: Sequence[float], right: Sequence[bool]) -> Task:
    fit = platt(chances, right)
    sure = np.array([decoding.calibrated(chance, *fit) for chance in chances])
    gold = np.array(right)

    def macro(threshold: float) -> float:
        said = sure >= threshold
        return sum(
            2
            * (said == gold)[gold == side].sum()
            / max(1, (gold == side).sum() + (said == side).sum())
            for side in (True, False)
        )

    return Task(name, (), *fit, threshold=max(_GRID.tolist(), key=macro))


def pairs(rows: Sequence[Related], related: Pairs) -> Task:
    """The task of the pairs, with one temperature for their relations."""
    single = [row for row in rows if len(row[2]) == 1]
    found: list[Relation] = related.relations([(first, second) for first, second, _ in single])
    logits = np.log([[one.entails, one.contradicts, one.neutral] for one in found])
    scale = _temperature(logits, [row[2][0] for row in single])
    return Task("pairs", pairing.RELATIONS, scale)


def _temperature(logits: NDArray[np.float64], right: Sequence[int]) -> float:
    """The factor on `logits` (rows, classes) under which the right classes are likeliest."""

    def loss(scale: float) -> float:
        scaled = logits * scale
        total = np.log(np.exp(scaled - scaled.max(1, keepdims=True)).sum(1)) + scaled.max(1)
        return float((total - scaled[np.arange(len(right)), right]).mean())

    return min(np.round(np.arange(0.1, 2.01, 0.02), 2).tolist(), key=loss)
