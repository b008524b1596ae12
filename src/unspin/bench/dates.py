"""How well time expressions are found and resolved, on sentences of our own marked with their days.

A given expression belongs to the gold one it shares most characters with; each pairs off once.

- `right`: the share of gold expressions whose pair is resolved to the same first and last day, or
  left unresolved where the gold is, its anchor sharing a word with the gold anchor (none for none)
- `precision`, `recall`, `f1`: of what is given and what is gold, the share that has a pair
- `words_exact`: the share of gold expressions whose pair is the same span
- `invented`: how many given expressions are resolved, and not to the days of the gold: they have no
  pair, or the pair is unresolved, or its days are others

By half too: `held` where the sha256 of the id ends in an odd digit, else `seen`. Rules are worked
out on `seen` alone.
"""

import hashlib
from collections.abc import Callable, Sequence

from unspin.bench import Progress, Scores, passes, scores
from unspin.bench.gold import GoldDate, GoldDates
from unspin.bench.scores import Tally
from unspin.types import Document, Marks, TimeExpression

_Pairs = tuple[tuple[GoldDate, TimeExpression | None], ...]


def score(
    gold: Sequence[GoldDates], mark: Callable[[Document], Marks], progress: Progress
) -> Scores:
    """The scores over all sentences, and by half."""
    found = []
    for number, one in enumerate(gold, 1):
        published = one.published.isoformat() if one.published else None
        document = passes.document(one.text, published=published)
        found.append((half(one.id), one, mark(document).dates))
        progress(number)
    by = {
        name: _scores([(one, given) for which, one, given in found if which == name])
        for name in sorted({which for which, _, _ in found})
    }
    return _scores([(one, given) for _, one, given in found]), by


def half(name: str) -> str:
    """The half a sentence is in, by its id."""
    return ("seen", "held")[int(hashlib.sha256(name.encode()).hexdigest()[-1], 16) % 2]


def pairs(gold: Sequence[GoldDate], given: Sequence[TimeExpression]) -> _Pairs:
    """Each gold expression with the given one that shares most of it, if any; each given once."""
    shared = sorted(
        (-size, place, other)
        for place, wanted in enumerate(gold)
        for other, found in enumerate(given)
        if (size := scores.shared([wanted.span], [found.span]))
    )
    taken: dict[int, int] = {}
    for _, place, other in shared:
        if place not in taken and other not in taken.values():
            taken[place] = other
    return tuple(
        (wanted, given[taken[place]] if place in taken else None)
        for place, wanted in enumerate(gold)
    )


def is_right(wanted: GoldDate, found: TimeExpression | None) -> bool:
    """Whether the days are the same, or both are unresolved and wait for the same."""
    if found is None or found.resolved != wanted.resolved:
        return False
    if wanted.resolved:
        return (found.earliest, found.latest) == (wanted.earliest, wanted.latest)
    if wanted.anchor is None or found.anchor is None:
        return wanted.anchor is found.anchor
    return wanted.anchor.overlaps(found.anchor)


def _scores(found: Sequence[tuple[GoldDates, Sequence[TimeExpression]]]) -> dict[str, float]:
    paired = [(one, given, pairs(one.dates, given)) for one, given in found]
    both = [pair for _, _, some in paired for pair in some]
    matched = sum(other is not None for _, other in both)
    tally = Tally(matched, sum(len(given) for _, given, _ in paired), matched, len(both))
    right = sum(is_right(*pair) for pair in both)
    resolved = sum(time.resolved for _, given, _ in paired for time in given)
    kept = sum(wanted.resolved and is_right(wanted, other) for wanted, other in both)
    exact = sum(other is not None and other.span == wanted.span for wanted, other in both)
    return {
        "right": right / len(both) if both else 0.0,
        "f1": tally.f1,
        "precision": tally.precision,
        "recall": tally.recall,
        "words_exact": exact / len(both) if both else 0.0,
        "invented": float(resolved - kept),
    }
