"""How well slips are found, and how seldom words that are right are queried.

A query is right where a slip of its kind is planted in the article and it touches one of the places
given for that; asking twice about one slip counts once. The rules are scored alone.

- `precision`, `recall`, `f1`: over slips and queries, in articles made for the purpose
- `queries_per_10`: queries in ten articles in which nothing was planted. In those made for the
  purpose every one of them is false; articles of the news have slips of their own
- `articles`, `clean`, `planted`: how many articles, how many of them clean, how many slips

By half of our own set, by data set of the news, and by kind.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from unspin.bench import Progress, Scores, passes
from unspin.bench.gold import GoldSlip, GoldSlips
from unspin.bench.scores import Tally
from unspin.types import Document, Marks, Slip


@dataclass(slots=True)
class _Count:
    """What was scored in some articles."""

    tally: Tally = field(default_factory=Tally)
    queries: int = 0  # in clean articles
    clean: int = 0
    articles: int = 0

    def add(self, article: GoldSlips, slips: Sequence[Slip]) -> None:
        self.articles += 1
        if not article.slips:
            self.clean += 1
            self.queries += len(slips)
        if article.slips is not None:
            self.tally += alike(article.slips, slips)

    def scores(self) -> dict[str, float]:
        counts = {"articles": float(self.articles), "clean": float(self.clean)}
        if self.clean:
            counts["queries_per_10"] = 10 * self.queries / self.clean
        return counts | (_of(self.tally) if self.tally.wanted else {})


def score(
    articles: Sequence[GoldSlips], mark: Callable[[Document], Marks], progress: Progress
) -> Scores:
    """The scores of all articles; by half, data set and kind."""
    total, groups = _Count(), defaultdict[str, _Count](_Count)
    kinds = defaultdict[str, Tally](Tally)
    for number, article in enumerate(articles, 1):
        slips = mark(passes.document(article.text, published=article.published)).slips
        total.add(article, slips)
        groups[article.group].add(article, slips)
        if article.slips is not None:
            for kind in {one.kind for one in article.slips} | {one.kind for one in slips}:
                planted = [one for one in article.slips if one.kind == kind]
                kinds[kind] += alike(planted, [one for one in slips if one.kind == kind])
        progress(number)
    by = {name: count.scores() for name, count in sorted(groups.items())}
    return total.scores(), by | {f"kind/{kind}": _of(kinds[kind]) for kind in sorted(kinds)}


def alike(planted: Sequence[GoldSlip], slips: Sequence[Slip]) -> Tally:
    """The tally of the slips planted in one article and the queries about it."""
    answers = [
        sum(slip.kind == one.kind and any(map(slip.span.overlaps, one.places)) for slip in slips)
        for one in planted
    ]
    right = sum(map(bool, answers))
    return Tally(right, len(slips) - (sum(answers) - right), right, len(planted))


def _of(tally: Tally) -> dict[str, float]:
    return {
        "precision": tally.precision,
        "recall": tally.recall,
        "f1": tally.f1,
        "planted": float(tally.wanted),
    }
