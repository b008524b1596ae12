"""Copies found again among real articles: the recipe of `copying` plants them, nobody labels.

Of ten articles, by the digest of their texts, one is given one copy, one two and one three, under
the names of invented outlets. All articles of the data stand beside them, those of the same story
too, and an article stands once however often the data have it.

- `precision`, `recall`, `f1`: pairs of documents in one group, of those that come from one article.
- `ari`: the adjusted Rand index of the groups (Hubert and Arabie 1985).
- by stratum: of the copies that keep so much of their article's runs of three words, the share that
  is in one group with it.

Outlets print agencies' copy without saying so, and their own articles twice. A pair that comes from
two articles is left out of the count where one of these holds a quarter of the other's runs of
three words: looked at one by one, most of those found are one text, and the others share long
stretches of it. `unedited` says how many pairs were left out, and how many others count as false.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations

from unspin import marking
from unspin.bench import Progress, Scores, copying, passes
from unspin.bench.gold import GoldText
from unspin.bench.scores import Tally, adjusted_rand
from unspin.comparing import copies
from unspin.types import Document

_OUTLETS = ("Galdovia Today", "Port Varr Courier", "Stenhavn Mirror", "Tolmen Post", "Velland Wire")
_COPIES = (1, 2, 3)  # of the articles whose digest ends so; the others have none
_IN = 10
_HOLDS_COPIED = 0.25  # of the runs of three words
_STRATA = ((0.9, "90-100"), (0.7, "70-90"), (0.5, "50-70"), (0.3, "30-50"), (0.0, "0-30"))

Pairs = frozenset[tuple[str, str]]  # ids of documents, sorted


@dataclass(frozen=True, slots=True)
class _Printed:
    """A document, the article it comes from, and how much of that it keeps."""

    document: Document
    article: str  # digest
    kept: float | None  # None: it is the article

    @property
    def half(self) -> str:
        """Half of the data: rules are made looking at the one, and counted on both."""
        return "open" if int(self.article[-1], 16) % 2 else "held"


def score(data: Iterable[tuple[GoldText, ...]], progress: Progress) -> Scores:
    """The scores of all documents, and by half and stratum."""
    articles = {one.digest: one for one in chain.from_iterable(data)}
    printed = {one.document.id: one for one in _planted(articles)}
    ordered = sorted(printed.values(), key=_place)
    blank = marking.mark(ordered[0].document, layers=())
    found = copies.find([replace(blank, document=one.document) for one in ordered])
    progress(len(ordered))
    wanted = _wanted(ordered)
    given = frozenset(pair for copy in found for pair in combinations(sorted(copy.documents), 2))
    strange = {pair for pair in given if len({printed[one].article for one in pair}) > 1}
    open_pairs = {pair for pair in strange if _holds_copied(pair, printed, articles)}
    counted = given - open_pairs
    by = {}
    for half in ("open", "held"):
        inside = {one.document.id for one in ordered if one.half == half}
        some, others = _within(wanted, inside), _within(counted, inside)
        by[f"half/{half}"] = _scores(some, others, len(inside))
    by["unedited"] = {
        "left_out": float(len(open_pairs)),
        "false": float(len(strange) - len(open_pairs)),
    }
    return _scores(wanted, counted, len(ordered)), by | _strata(ordered, given)


def _planted(articles: Mapping[str, GoldText]) -> Iterator[_Printed]:
    known = copying.words(one.text for one in articles.values())
    for digest, article in articles.items():
        day = article.published if article.published[:2] in {"19", "20"} else None
        yield _Printed(_document(article.text, article.title, article.outlet, day), digest, None)
        number = int(digest[:8], 16) % _IN
        for copy in range(_COPIES[number] if number < len(_COPIES) else 0):
            outlet = _OUTLETS[(int(digest[8:16], 16) + copy) % len(_OUTLETS)]
            made = copying.copied(article.text, article.title, outlet, known, f"{digest}/{copy}")
            yield _Printed(_document(made.text, made.title, outlet, day), digest, made.kept)


def _document(text: str, title: str, outlet: str, published: str | None) -> Document:
    return passes.document(text, title=title, outlet=outlet, published=published)


def _place(one: _Printed) -> tuple[bool, str, str, str]:
    """The order of a comparison."""
    document = one.document
    return (
        document.published is None,
        str(document.published),
        document.outlet or "",
        document.id,
    )


def _wanted(printed: Iterable[_Printed]) -> Pairs:
    groups: dict[str, list[str]] = defaultdict(list)
    for one in printed:
        groups[one.article].append(one.document.id)
    return frozenset(pair for ids in groups.values() for pair in combinations(sorted(ids), 2))


def _holds_copied(
    pair: tuple[str, str], printed: Mapping[str, _Printed], articles: Mapping[str, GoldText]
) -> bool:
    one, other = (articles[printed[name].article].text for name in pair)
    return max(copying.kept(one, other), copying.kept(other, one)) >= _HOLDS_COPIED


def _within(pairs: Pairs, inside: set[str]) -> Pairs:
    return frozenset(pair for pair in pairs if inside.issuperset(pair))


def _scores(wanted: Pairs, given: Pairs, documents: int) -> dict[str, float]:
    hits = len(wanted & given)
    tally = Tally(hits, len(given), hits, len(wanted))
    return {
        "f1": tally.f1,
        "precision": tally.precision,
        "recall": tally.recall,
        "ari": adjusted_rand(hits, len(given), len(wanted), documents),
        "documents": float(documents),
    }


def _strata(printed: Sequence[_Printed], given: Pairs) -> dict[str, dict[str, float]]:
    articles = {one.article: one.document.id for one in printed if one.kept is None}
    found: dict[str, list[bool]] = defaultdict(list)
    for one in printed:
        if one.kept is not None:
            stratum = next(name for least, name in _STRATA if one.kept >= least)
            first, second = sorted((one.document.id, articles[one.article]))
            found[stratum].append((first, second) in given)
    return {
        f"kept/{name}": {"recall": sum(some) / len(some), "copies": float(len(some))}
        for name, some in sorted(found.items())
    }
