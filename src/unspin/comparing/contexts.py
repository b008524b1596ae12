"""What documents have in common besides their speakers: names, words, and the days they are of.

Two documents of one story share names and uncommon words, and stand near each other in time. How
much speaks for one story is the ratio of two Poisson likelihoods: of as many shared words as two
accounts of one event share, and as two documents of the same lengths share by chance. The documents
near one are found over the terms that few documents have, so that none is set against all others.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache

from unspin.comparing import naming
from unspin.comparing.words import lines
from unspin.types import Marks

_STORY = 30  # documents: a term that more have tells less
_SHELF = 60  # documents of one term that are looked at
_TERMS = 60  # terms of a document that others are found over
_NEAR = 40  # documents that one is set against
_KINDS = (  # names and words: share of the smaller document's terms in two accounts; all terms
    (0.25, 1500.0),
    (0.12, 4000.0),
)
_LEAST, _MOST = -1.0, 2.5
_CLOSENESS = ((3, 0.5), (14, 0.25), (400, 0.0))  # days apart, at most, and their log-odds
_FAR = -0.5  # log-odds of more
_NAME = re.compile(  # not where a sentence may start, but for a genitive
    r"(?:(?<=[\w,’'] )|(?<=M[rs]\. )|(?<=Dr\. )|(?<=[A-Z]\. ))[^\W\d_a-z][^\W\d_]{2,}"
    r"|\b[^\W\d_a-z][^\W\d_]{2,}(?=[’']s\b)"
)
_WORD = re.compile(r"(?<![\w’'-])[^\W\d_]{4,}(?![\w’-])|(?<![\w.,])\d{2,}(?![\w]|[.,]\d)")
_ENDING = re.compile(r"(?<=\w{4})(?:ings?|ers?|ed|es|s|e)$")
_Terms = frozenset[str]


@dataclass(frozen=True, slots=True)
class Contexts:
    """The terms of each document, and the documents that share most of them, by place."""

    terms: Sequence[tuple[_Terms, _Terms]]  # names and words
    sizes: Sequence[tuple[float, float]]  # sums of their weights
    days: Sequence[int | None]
    weights: dict[str, float]
    near: Sequence[tuple[int, ...]]  # the likest documents of each
    shared: dict[tuple[int, int], tuple[float, ...]] = field(default_factory=dict)  # as it is asked

    def odds(self, one: int, other: int, own: Collection[str]) -> float:
        """How much two documents speak for one story, from -1 to 3, as log-odds.

        `own` are the words of the speaker's own names, which tell nothing.
        """
        pair = min(one, other), max(one, other)
        if pair not in self.shared:
            self.shared[pair] = tuple(
                math.fsum(self.weights[term] for term in here & there)
                for here, there in zip(self.terms[one], self.terms[other], strict=True)
            )
        found = 0.0
        for kind, (share, all_terms) in enumerate(_KINDS):
            shared = self.shared[pair][kind]
            mine, yours = self.sizes[one][kind], self.sizes[other][kind]
            for word in sorted(own):
                term = f"-{_ENDING.sub('', word)}" if kind else word
                weight = self.weights.get(term, 0.0)
                here, there = term in self.terms[one][kind], term in self.terms[other][kind]
                shared -= weight * (here and there)
                mine -= weight * here
                yours -= weight * there
            wanted, chance = share * min(mine, yours), mine * yours / all_terms
            if chance > 0:
                found += shared * math.log(max(1.0, wanted / chance)) - max(0.0, wanted - chance)
        closeness = self._closeness(one, other) if found > 0 else 0.0
        return min(_MOST, max(_LEAST, found)) + closeness

    def apart(self, one: int, other: int) -> int:
        """The days between two documents; 0 where one has none."""
        first, second = self.days[one], self.days[other]
        return 0 if first is None or second is None else abs(first - second)

    def _closeness(self, one: int, other: int) -> float:
        if None in (self.days[one], self.days[other]):
            return 0.0
        apart = self.apart(one, other)
        return next((odds for most, odds in _CLOSENESS if apart <= most), _FAR)


def of(marks: Sequence[Marks]) -> Contexts:
    """The contexts of the documents, by place; linear in their text."""
    found = [_terms(one.document.text) for one in marks]
    counts = Counter(term for both in found for terms in both for term in terms)
    weights = {term: min(1.0, math.sqrt(_STORY / count)) for term, count in counts.items()}
    rare = [
        sorted(
            (term for terms in both for term in terms if 1 < counts[term] <= _SHELF),
            key=lambda term: (counts[term], term),
        )[:_TERMS]
        for both in found
    ]
    shelves: dict[str, list[int]] = defaultdict(list)
    for place, terms in enumerate(rare):
        for term in terms:
            shelves[term].append(place)
    near = []
    for place, terms in enumerate(rare):
        shared: dict[int, float] = defaultdict(float)
        for term in terms:
            for other in shelves[term]:
                shared[other] += 1 / counts[term]
        shared.pop(place, None)
        near.append(tuple(sorted(shared, key=lambda one: (-shared[one], one))[:_NEAR]))
    days = [one.document.published.toordinal() if one.document.published else None for one in marks]
    sizes = [
        (math.fsum(weights[term] for term in named), math.fsum(weights[term] for term in words))
        for named, words in found
    ]
    return Contexts(found, sizes, days, weights, near)


def _terms(text: str) -> tuple[_Terms, _Terms]:
    """The words of the names in a text, folded, and its other uncommon words and numbers."""
    common = _common()
    named = {
        naming.fold(word)
        for word in set(_NAME.findall(text))
        if not naming.is_title(word) and _ENDING.sub("", word.lower()) not in common
    }
    words = {word.lower() for word in _WORD.findall(text)}
    stems = {_ENDING.sub("", word) for word in words if word not in named}
    return frozenset(named), frozenset(f"-{stem}" for stem in stems - common)


@cache
def _common() -> _Terms:
    words = (word for line in lines("common.txt") for word in line.split())
    return frozenset(_ENDING.sub("", word.lower()) for word in words)
