"""How well differences of figures and dates are found and sorted, on our own set.

Each case is a story of two or three documents, marked whole, and its places are pairs of one thing
(conflict, rounding, update, scope, agree) or of two (other). A pair is given as a conflict where
one of the comparison's conflicts has both places. Of those given that the set does not list, each
counts once as false: the documents hold no other.

- `precision`, `recall`, `f1`: of pairs that cannot both be right
- `found`: of the pairs that differ, those given as a difference of any kind
- `sorted`: of these, those given as the kind they are
- `pairs`: how many were scored

By half, and by kind for the kinds.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from unspin.bench import Progress, Scores, passes
from unspin.bench.coverage import GoldCovering, GoldDifference, GoldDifferences
from unspin.bench.scores import Tally
from unspin.comparing import conflicts, speakers
from unspin.model.signals import Vectors
from unspin.types import Conflict, Document, Marks

_DIFFER = ("conflict", "rounding", "update", "scope")


@dataclass(slots=True)
class _Count:
    """What was scored in some cases."""

    conflicts: Tally = field(default_factory=Tally)
    differing: int = 0
    found: int = 0
    sorted: int = 0
    pairs: int = 0

    def scores(self) -> dict[str, float]:
        return {
            "precision": self.conflicts.precision,
            "recall": self.conflicts.recall,
            "f1": self.conflicts.f1,
            "found": self.found / self.differing if self.differing else 0.0,
            "sorted": self.sorted / self.found if self.found else 0.0,
            "pairs": float(self.pairs),
        }


def score(
    cases: Sequence[GoldDifferences],
    mark: Callable[[Document], Marks],
    vectors: Vectors,
    progress: Progress,
) -> Scores:
    """The scores of all cases; by half and by kind."""
    total, groups = _Count(), defaultdict[str, _Count](_Count)
    for number, case in enumerate(cases, 1):
        marks, story = passes.story(map(_document, case.documents), mark)
        given = conflicts.find(marks, (story,), (), speakers.find(marks), vectors)
        _add(total, case.pairs, given)
        _add(groups[f"half/{case.half}"], case.pairs, given)
        for kind in {pair.kind for pair in case.pairs}:
            _add(groups[f"kind/{kind}"], [one for one in case.pairs if one.kind == kind], given)
        progress(number)
    return total.scores(), {name: count.scores() for name, count in sorted(groups.items())}


def _document(one: GoldCovering) -> Document:
    return passes.document(one.text, outlet=one.outlet, published=one.published)


def _add(count: _Count, pairs: Sequence[GoldDifference], given: Sequence[Conflict]) -> None:
    right = 0
    answered: set[int] = set()
    for pair in pairs:
        count.pairs += 1
        kinds = {one.kind: place for place, one in enumerate(given) if _has(one, pair)}
        if pair.kind in _DIFFER:
            count.differing += 1
            count.found += bool(kinds)
            count.sorted += pair.kind in kinds
        if pair.kind == "conflict" and "conflict" in kinds:
            right += 1
            answered.add(kinds["conflict"])
    claimed = [place for place, one in enumerate(given) if one.kind == "conflict"]
    wanted = sum(pair.kind == "conflict" for pair in pairs)
    count.conflicts += Tally(len(answered), len(claimed), right, wanted)


def _has(conflict: Conflict, pair: GoldDifference) -> bool:
    return all(
        any(
            one.document == passes.place_id(document)
            and any(span.overlaps(part) for part in one.spans)
            for one in conflict.places
        )
        for document, span in pair.places
    )
