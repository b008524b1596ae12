"""How well one speaker is recognised across documents, and namesakes are kept apart.

Two kinds of sets. In one people have marked each mention of an actor in the articles on one event
(newswcl50): every mention that names its actor is made the speaker of a statement, under nothing
but its own words, so that the joining alone is scored. A pair is two such mentions in two articles
of one event; it is of one speaker where the set has them in one chain. Chains that pool all
individuals of a country say who somebody is not, and nothing else. All articles are in one run.

Our own set has pairs of short texts, each with the words that name one speaker in it. Both texts
are marked as any text is, and the two are one speaker where the marked speakers at those words have
one identity. Each pair is a run by itself. A pair that the texts leave open must not be joined.

- `precision`, `recall`, `f1`: over pairs of one speaker; pairs left open count as of two
- `merge_errors`: how many pairs of two speakers, or left open, got one identity
- `pairs`: how many were scored

By set; of newswcl50 by event, over all events at once, and with who is who in each article given;
of our own by half and by sort.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from unspin import marking
from unspin.bench import Progress, Scores, passes
from unspin.bench.gold import GoldActors, GoldMention, GoldSpeakers
from unspin.bench.scores import Tally
from unspin.comparing import speakers
from unspin.types import Document, Marks, Speaker, Statement

_BEHIND = r"(?:(?: -)? [^\W\d_a-z]\S*| - \w+| 's?| of [^\W\d_a-z].*|\s)*"
_OF_OTHERS = re.compile(r"(?i:an?|the|one|two|some|our|his|her|their)\b.*|.*\b[a-z]+")


@dataclass(slots=True)
class _Count:
    """What came of some pairs."""

    tally: Tally = field(default_factory=Tally)
    pairs: int = 0

    def add(self, pairs: int, *, same: bool, joined: bool) -> None:
        right = pairs * (same and joined)
        self.tally += Tally(right, pairs * joined, right, pairs * same)
        self.pairs += pairs

    def scores(self) -> dict[str, float]:
        wrong = self.tally.given - self.tally.right_given
        return {
            "precision": self.tally.precision,
            "recall": self.tally.recall,
            "f1": self.tally.f1,
            "merge_errors": float(wrong),
            "pairs": float(self.pairs),
        }


def score(
    gold: Sequence[GoldActors | GoldSpeakers],
    mark: Callable[[Document], Marks],
    progress: Progress,
) -> Scores:
    """The scores of all pairs; by set, event, half, label and sort."""
    groups = defaultdict[str, _Count](_Count)
    articles = [one for one in gold if isinstance(one, GoldActors)]
    _score_actors(articles, groups, "newswcl50", given=False)
    _score_actors(articles, groups, "newswcl50, given in each article", given=True)
    progress(len(articles))
    cases = [one for one in gold if isinstance(one, GoldSpeakers)]
    for number, case in enumerate(cases, len(articles) + 1):
        joined = _is_joined(case, mark)
        half = f"own/{case.half}"
        for group in ("all", "own", half, f"{half}/{case.label}", f"own/{case.sort}"):
            groups[group].add(1, same=case.label == "same", joined=joined)
        progress(number)
    total = groups.pop("all", _Count())
    return total.scores(), {name: groups[name].scores() for name in sorted(groups)}


def _score_actors(
    articles: Sequence[GoldActors], groups: dict[str, _Count], name: str, *, given: bool
) -> None:
    """Add up the pairs of mentions in two articles; `given`: who is who in an article is told."""
    made = [_marks(one, given=given) for one in articles]
    cast = speakers.find([marks for marks, _ in made])
    mentions = [
        (article, mention, cast.of(marks.document.id, place, 0))
        for article, (marks, named) in zip(articles, made, strict=True)
        for place, mention in enumerate(named)
    ]
    counted: Counter[tuple[str, bool, bool]] = Counter()
    for (here, one, mine), (there, other, yours) in combinations(mentions, 2):
        pair = one.chain == other.chain, mine is not None and mine == yours
        if here is not there and one.single and other.single:
            counted[f"{name}, across events", *pair] += 1
        if here is not there and here.event == there.event and (one.single or other.single):
            counted[name, *pair] += 1
            if not given:
                counted["all", *pair] += 1
                counted[f"{name}/{here.event}", *pair] += 1
    for (group, same, joined), pairs in counted.items():
        groups[group].add(pairs, same=same, joined=joined)


def _marks(article: GoldActors, *, given: bool) -> tuple[Marks, list[GoldMention]]:
    """Marks in which every mention with a name speaks, by its own words or the chain's fullest."""
    named = [one for one in article.mentions if _is_named(article, one)]
    fullest: dict[str, str] = {}
    for one in named:
        words = one.span.of(article.text)
        if len(words) > len(fullest.get(one.chain, "")):
            fullest[one.chain] = words
    whose = [
        fullest[one.chain] if given and one.single else one.span.of(article.text) for one in named
    ]
    statements = tuple(
        Statement((), "indirect", (), None, (Speaker((one.span,), who, "person"),), None, 1.0)
        for one, who in zip(named, whose, strict=True)
    )
    document = passes.document(article.text, outlet=f"{article.event} {article.outlet}")
    return replace(marking.mark(document, layers=()), statements=statements), named


def _is_named(article: GoldActors, mention: GoldMention) -> bool:
    """Whether a mention names its actor, rather than to call it "the president".

    It has the surname, which is the last part of the chain's name, and no common noun behind it. Of
    a chain of several, it ends in a name and starts with no article.
    """
    words = mention.span.of(article.text).strip(" ,.")
    if not mention.single:
        return not _OF_OTHERS.fullmatch(words)
    surname = re.escape(mention.chain.rsplit("_", maxsplit=1)[-1])
    return re.search(rf"(?<!\w){surname}{_BEHIND}$", words) is not None


def _is_joined(case: GoldSpeakers, mark: Callable[[Document], Marks]) -> bool:
    """Whether the two speakers of a case get one identity, from text to identity."""
    texts = (case.a, case.b)
    made = [
        mark(passes.document(one.text, outlet=one.outlet, published=one.published)) for one in texts
    ]
    cast = speakers.find(made)
    here, there = (
        {
            cast.of(marks.document.id, at, place)
            for at, statement in enumerate(marks.statements)
            for place, speaker in enumerate(statement.speakers)
            if any(map(one.span.overlaps, speaker.words))
        }
        for marks, one in zip(made, texts, strict=True)
    )
    return bool((here & there) - {None})
