"""What documents have in common besides the speakers: the names in them, and their days.

Two documents of one story share many of the names in them, and stand near each other in time. The
documents nearest to one are found over the names that few documents have, so that no document is
set against all others.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from unspin.comparing import naming
from unspin.model import names
from unspin.types import Marks

_STORY = 30  # documents: a name that more have tells less
_SHELF = 200  # documents of one name that are looked at
_NEAR = 40  # documents that one is set against
_WORD = re.compile(r"[^\W\d_]{3,}")
_LEAST, _MOST = -1.0, 2.5


@dataclass(frozen=True, slots=True)
class Contexts:
    """The names of each document and the documents that share most of them."""

    names: Sequence[frozenset[str]]
    days: Sequence[int | None]
    weights: dict[str, float]
    near: Sequence[tuple[int, ...]]  # the likest documents of each, by place

    def odds(self, one: int, other: int, own: Collection[str]) -> float:
        """How much two documents speak for one speaker in both, from -1 to 3, as log-odds.

        `own` are the words of the speaker's own names, which tell nothing.
        """
        here, there = self.names[one], self.names[other]
        both = [name for name in here & there if name not in own]
        shared = math.fsum(self.weights[name] for name in both)
        sizes = [
            math.fsum(self.weights[name] for name in side if name not in own)
            for side in (here, there)
        ]
        likeness = shared / (1.0 + math.sqrt(sizes[0] * sizes[1]))
        found = min(_MOST, _LEAST + 6 * likeness + 0.15 * shared)
        return found + (self._closeness(one, other) if both else 0.0)

    def _closeness(self, one: int, other: int) -> float:
        first, second = self.days[one], self.days[other]
        if first is None or second is None:
            return 0.0
        apart = abs(first - second)
        return 0.5 if apart <= 3 else 0.25 if apart <= 14 else 0.0 if apart <= 400 else -0.5  # noqa: PLR2004 - days


def of(marks: Sequence[Marks]) -> Contexts:
    """The contexts of the documents, by place; linear in their text."""
    found = [_names(one.document.text) for one in marks]
    counts = Counter(name for some in found for name in some)
    weights = {name: min(1.0, math.sqrt(_STORY / count)) for name, count in counts.items()}
    shelves: dict[str, list[int]] = defaultdict(list)
    for place, some in enumerate(found):
        for name in some:
            if 1 < counts[name] <= _SHELF:
                shelves[name].append(place)
    days = [one.document.published.toordinal() if one.document.published else None for one in marks]
    near = []
    for place, some in enumerate(found):
        shared: dict[int, float] = defaultdict(float)
        for name in sorted(some):
            for other in shelves.get(name, ()):
                shared[other] += weights[name] / counts[name]
        shared.pop(place, None)
        near.append(tuple(sorted(shared, key=lambda one: (-shared[one], one))[:_NEAR]))
    return Contexts(found, days, weights, near)


def _names(text: str) -> frozenset[str]:
    """The words of the names in a text, folded."""
    return frozenset(
        naming.fold(word)
        for veiled in names.find(text)
        if veiled.reading is None
        for word in _WORD.findall(veiled.span.of(text))
    )
