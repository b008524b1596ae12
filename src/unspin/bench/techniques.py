"""How well persuasion techniques are found and named, as SemEval-2020 task 11 scores it.

- `si_…`: span identification, where the encoder sees any technique
- `tc_…`: classification of the spans of the gold
- `false_alarms_per_1000_words`: spans that begin in a line without any gold span, over the words of
  such lines (PTC has a sentence a line)
- `ece`: the score of a span that was found against whether gold covers at least half of it
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from unspin.bench import Progress, Scores, passes, scores
from unspin.bench.gold import GoldRhetoric
from unspin.bench.passes import See
from unspin.bench.scores import Tally
from unspin.model.signals import Rhetoric
from unspin.text import merged
from unspin.types import Span

# `Encoder.classify`: the probability of each class for given spans of each text.
Classify = Callable[
    [Sequence[str], Sequence[Sequence[Span]]], Sequence[Sequence[Mapping[str, float]]]
]
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_WORD = re.compile(r"\w+")
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """A text of the gold and what the encoder makes of it."""

    gold: GoldRhetoric
    rhetoric: tuple[Rhetoric, ...]
    classes: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]  # of each gold span: gold, given


def score(
    articles: Sequence[GoldRhetoric], see: See, classify: Classify, progress: Progress
) -> Scores:
    """The scores over all texts, by data set, and by technique."""
    seen = passes.signals([article.text for article in articles], see, progress)
    classes = _classified(articles, classify, progress)
    found = [
        Found(article, signals.rhetoric, named)
        for article, signals, named in zip(articles, seen, classes, strict=True)
    ]
    by: dict[str, dict[str, float]] = {}
    for corpus in sorted({article.corpus for article in articles}):
        by[corpus] = _scores([one for one in found if one.gold.corpus == corpus])
    _, tallies = scores.classified(pair for one in found for pair in one.classes)
    for name, tally in tallies.items():
        spans = [span for one in found for span in _named(one.gold, name)]
        met = sum(_recall(one, name) for one in found)
        by[name] = {
            "tc_f1": tally.f1,
            "si_recall": met / len(spans) if spans else 0.0,
            "spans": float(len(spans)),
        }
    return _scores(found), by


def false_alarms(text: str, wanted: Sequence[Span], given: Sequence[Span]) -> tuple[int, int]:
    """How many given spans begin in lines without a wanted span, and the words of such lines."""
    alarms = words = 0
    for match in _LINE.finditer(text):
        line = Span(*match.span())
        if not any(line.overlaps(span) for span in wanted):
            alarms += sum(line.start <= span.start < line.end for span in given)
            words += len(_WORD.findall(match.group()))
    return alarms, words


def _classified(
    articles: Sequence[GoldRhetoric], classify: Classify, progress: Progress
) -> list[tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """The gold labels of each span beside as many given ones: the most probable."""
    found: list[tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = []
    for batch in passes.batches(articles):
        spans = [sorted({one.span for one in article.techniques}) for article in batch]
        classes = classify([article.text for article in batch], spans)
        for article, places, named in zip(batch, spans, classes, strict=True):
            pairs = []
            for place, probabilities in zip(places, named, strict=True):
                gold = tuple(one.name for one in article.techniques if one.span == place)
                ranked = sorted(probabilities, key=lambda name: (-probabilities[name], name))
                pairs.append((gold, tuple(ranked[: len(gold)])))
            found.append(tuple(pairs))
        progress(len(found))
    return found


def _scores(found: Sequence[Found]) -> dict[str, float]:
    spans = [scores.identified(one.gold.spans, [it.span for it in one.rhetoric]) for one in found]
    identified = sum(spans, Tally())
    total, by = scores.classified(pair for one in found for pair in one.classes)
    counts = [
        false_alarms(one.gold.text, one.gold.spans, merged(it.span for it in one.rhetoric))
        for one in found
    ]
    words = sum(count for _, count in counts)
    judged = [(it.score, _covered(it.span, one.gold)) for one in found for it in one.rhetoric]
    return {
        "si_f1": identified.f1,
        "si_precision": identified.precision,
        "si_recall": identified.recall,
        "tc_micro_f1": total.f1,
        "tc_macro_f1": scores.macro_f1(by),
        "false_alarms_per_1000_words": (
            1000 * sum(alarms for alarms, _ in counts) / words if words else 0.0
        ),
    } | scores.calibration(
        [probability for probability, _ in judged], [right for _, right in judged]
    )


def _named(gold: GoldRhetoric, name: str) -> list[Span]:
    return [one.span for one in gold.techniques if one.name == name]


def _recall(found: Found, name: str) -> float:
    """What the spans of a technique earn of recall, whatever the encoder calls them, each alone."""
    given = [one.span for one in found.rhetoric]
    return sum(scores.identified([span], given).right_wanted for span in _named(found.gold, name))


def _covered(span: Span, gold: GoldRhetoric) -> bool:
    """Whether gold covers at least half of the span."""
    return scores.identified(gold.spans, [span]).precision >= _HALF
