"""The metrics, each as its source defines it: counts in, numbers from 0 to 1 out.

Scores that pool over documents are made of tallies, which add up: the tally of a corpus is the sum
of the tallies of its documents. A score without anything to count is 0.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

from unspin.text import merged
from unspin.types import Span

BINS = 15  # of the calibration error
_DRAWS = 200  # of what calibrated scores would show
_WORD = re.compile(r"\w+")


def bare(text: str, span: Span, edges: frozenset[str]) -> Span:
    """The span without white space and the characters of `edges` at its ends."""
    start, end = span.start, span.end
    while start < end and is_edge(text[start], edges):
        start += 1
    while start < end and is_edge(text[end - 1], edges):
        end -= 1
    return Span(start, end)


def is_edge(character: str, edges: frozenset[str]) -> bool:
    """Whether a character is white space or one of `edges`."""
    return character in edges or character.isspace()


def shared(some: Iterable[Span], others: Sequence[Span]) -> int:
    """The code points that spans of one side share with those of the other."""
    return sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one in some
        for other in others
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """What was given and what was wanted, and how much of each is right."""

    right_given: float = 0.0
    given: int = 0
    right_wanted: float = 0.0
    wanted: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.right_given + other.right_given,
            self.given + other.given,
            self.right_wanted + other.right_wanted,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """The share of what was given that is right."""
        return self.right_given / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """The share of what was wanted that is right."""
        return self.right_wanted / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def alike(wanted: Iterable[Hashable], given: Iterable[Hashable]) -> Tally:
    """The tally of two collections whose members are the same or not; each pairs off once.

    Exact-match F1 of spans (CoNLL 2000, Tjong Kim Sang and Buchholz) is its F1.
    """
    sought, found = Counter(wanted), Counter(given)
    hits = (sought & found).total()
    return Tally(hits, found.total(), hits, sought.total())


def tokens(text: str, wanted: Iterable[Span], given: Iterable[Span]) -> Tally:
    r"""The tally of the words (`\w+`) of `text` that lie in any span, wholly or in part."""
    starts = np.array([word.start() for word in _WORD.finditer(text)], np.int64)
    ends = np.array([word.end() for word in _WORD.finditer(text)], np.int64)
    sought, found = (_within(starts, ends, spans) for spans in (wanted, given))
    hits = int((sought & found).sum())
    return Tally(hits, int(found.sum()), hits, int(sought.sum()))


def identified(wanted: Iterable[Span], given: Iterable[Span]) -> Tally:
    """The tally of span identification (SI) of one article, SemEval-2020 task 11.

    Da San Martino et al. 2020, equations 1-3: each given span s earns |s ∩ t| / |s| of precision
    for every wanted span t, each wanted span |s ∩ t| / |t| of recall. Overlapping spans of either
    side are merged first, as the official scorer does.
    """
    sought, found = merged(wanted), merged(given)
    precise = complete = 0.0
    for span in found:
        for other in sought:
            shared = max(0, min(span.end, other.end) - max(span.start, other.start))
            precise += shared / (span.end - span.start)
            complete += shared / (other.end - other.start)
    return Tally(precise, len(found), complete, len(sought))


def classified(
    spans: Iterable[tuple[Sequence[str], Sequence[str]]],
) -> tuple[Tally, dict[str, Tally]]:
    """The tallies of technique classification (TC), SemEval-2020 task 11: all, and by label.

    Each item is one span: the labels wanted for it and as many given. A span that was annotated
    with several labels stands several times in the official files, and the official scorer orders
    the labels given for the best match; so each label pairs off at most once.
    """
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for sought, found in spans:
        wanted.update(sought)
        given.update(found)
        hits.update(Counter(sought) & Counter(found))
    by = {
        label: Tally(hits[label], given[label], hits[label], wanted[label])
        for label in sorted(wanted | given)
    }
    return sum(by.values(), Tally()), by


def labelled(wanted: Sequence[str], given: Sequence[str]) -> tuple[Tally, dict[str, Tally]]:
    """The tallies of items with one label each: all (its F1 is the accuracy), and by label."""
    return classified(([one], [other]) for one, other in zip(wanted, given, strict=True))


def adjusted_rand(together: int, given: int, wanted: int, documents: int) -> float:
    """The adjusted Rand index (Hubert and Arabie 1985): 1 where all pairs agree, 0 by chance.

    Counts pairs of documents: in one group on both sides, in one as given, in one as wanted.
    """
    chance = given * wanted / max(1, comb(documents, 2))
    most = (given + wanted) / 2
    return (together - chance) / (most - chance) if most != chance else 1.0


def macro_f1(tallies: Mapping[str, Tally]) -> float:
    """The mean of the F1 of each label that was wanted or given (as scikit-learn's `macro`)."""
    counted = [tally.f1 for tally in tallies.values() if tally.wanted or tally.given]
    return sum(counted) / len(counted) if counted else 0.0


def binary(wanted: Iterable[bool], given: Iterable[bool]) -> Tally:
    """The tally of the positive class of a two-way decision."""
    pairs = Counter((bool(one), bool(other)) for one, other in zip(wanted, given, strict=True))
    hits = pairs[True, True]
    return Tally(hits, hits + pairs[False, True], hits, hits + pairs[True, False])


def average_precision(wanted: Sequence[bool], scores: Sequence[float]) -> float:
    """The sum over thresholds of precision times the recall gained (TREC, CheckThat!).

    Items with one score come in together, as in scikit-learn, so their order does not count.
    """
    positives = np.asarray(wanted, np.int64)
    if not positives.sum():
        return 0.0
    order = np.argsort(-np.asarray(scores, np.float64), kind="stable")
    ranked = np.asarray(scores, np.float64)[order]
    last = np.append(np.nonzero(np.diff(ranked))[0], len(ranked) - 1)  # of each run of one score
    hits = np.cumsum(positives[order])[last]
    gained = np.diff(hits, prepend=0) / positives.sum()
    return float((gained * hits / (last + 1)).sum())


def calibration(probabilities: Sequence[float], right: Sequence[bool]) -> dict[str, float]:
    """`ece`, and `ece_by_chance`: what scores that mean what they say would show on as many items.

    Of few items the error is never 0: each bin is off by chance. The mean of draws in which each
    item is right as often as its probability says (the consistency of Bröcker and Smith 2007).
    """
    given = np.asarray(probabilities, np.float64)
    chance = np.random.default_rng(0)
    drawn = [calibration_error(given, chance.random(len(given)) < given) for _ in range(_DRAWS)]
    return {
        "ece": calibration_error(given, right),
        "ece_by_chance": float(np.mean(drawn)),
    }


def calibration_error(probabilities: ArrayLike, right: ArrayLike, bins: int = BINS) -> float:
    """The expected calibration error (Naeini et al. 2015) over bins of equal mass.

    The mean, weighted by size, of the distance between the mean probability of a bin and the share
    that is right in it. Equal probabilities are never parted, so there may be fewer bins and the
    order of the items does not count. For more than two classes give the probability of the top
    one and whether it is right (Guo et al. 2017).
    """
    given = np.asarray(probabilities, np.float64)
    if not len(given):
        return 0.0
    edges = np.sort(given)[[len(given) * cut // bins for cut in range(1, bins)]]
    places = np.searchsorted(edges, given, side="right")
    off = np.bincount(places, given - np.asarray(right, np.float64))
    return float(np.abs(off).sum() / len(given))


def _within(starts: ArrayLike, ends: ArrayLike, spans: Iterable[Span]) -> NDArray[np.bool_]:
    """Whether each word overlaps any of the spans."""
    inside = np.zeros(len(np.asarray(starts)), np.bool_)
    for span in spans:
        if span.start < span.end:
            first = np.searchsorted(ends, span.start, side="right")
            inside[first : np.searchsorted(starts, span.end, side="left")] = True
    return inside
