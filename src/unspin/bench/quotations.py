"""How well utterances are matched across documents, and how well their words are aligned.

Each story's articles are marked whole and held to be one story. A quotation that was found answers
one of the set where they share at least half of the shorter one. A pair of variants, of two
documents, is right where both answer variants of one utterance. Only what is quoted word for word
is labelled throughout, so a pair with a variant in the outlet's words counts as false only where
the set has both of them, in two utterances.

- `precision`, `recall`, `f1`: of pairs of variants
- `direct_f1`: of those that are both quoted, in whole or in part
- `alignment_exact`: of pairs of variants, those whose words are all aligned as in the set
- `alignment_f1`: of the links between words
- `stories`, `pairs`: how many were scored

By data set and half.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from unspin.bench import Progress, Scores, passes, scores
from unspin.bench.coverage import GoldArticles, GoldUtterances, GoldVariant
from unspin.bench.scores import Tally
from unspin.comparing import alignment, quotations, speakers
from unspin.errors import UsageError
from unspin.model.signals import Vectors
from unspin.types import Document, Marks, Quotation, Variant


@dataclass(slots=True)
class _Count:
    """What was scored in some stories."""

    pairs: Tally = field(default_factory=Tally)
    direct: Tally = field(default_factory=Tally)
    links: Tally = field(default_factory=Tally)
    aligned: int = 0
    exact: int = 0
    stories: int = 0

    def scores(self) -> dict[str, float]:
        return {
            "precision": self.pairs.precision,
            "recall": self.pairs.recall,
            "f1": self.pairs.f1,
            "direct_f1": self.direct.f1,
            "alignment_exact": self.exact / self.aligned if self.aligned else 0.0,
            "alignment_f1": self.links.f1,
            "stories": float(self.stories),
            "pairs": float(self.pairs.wanted),
        }


def score(
    gold: Sequence[GoldUtterances | GoldArticles],
    mark: Callable[[Document], Marks],
    vectors: Vectors,
    progress: Progress,
) -> Scores:
    """The scores of all stories whose articles are there; by data set and half.

    UsageError where none is.
    """
    texts: dict[str, str] = {}
    for one in gold:
        if isinstance(one, GoldArticles):
            texts |= one.texts
    stories = [
        one
        for one in gold
        if isinstance(one, GoldUtterances) and all(digest in texts for digest in one.articles)
    ]
    if not stories:
        msg = "no article of the quotations is there. Give the data sets they are from with --data."
        raise UsageError(msg)
    total, groups = _Count(), defaultdict[str, _Count](_Count)
    for number, story in enumerate(stories, 1):
        articles = [texts[digest] for digest in story.articles]
        marks, whole = passes.story(map(passes.document, articles), mark)
        given = quotations.find(marks, (whole,), (), speakers.find(marks), vectors)
        for count in (total, groups[f"data/{story.corpus}"], groups[f"half/{story.half}"]):
            _add(count, story, given, articles)
        progress(number)
    return total.scores(), {name: count.scores() for name, count in sorted(groups.items())}


def _add(
    count: _Count, story: GoldUtterances, given: Sequence[Quotation], texts: Sequence[str]
) -> None:
    count.stories += 1
    answers = _answers(story, given)
    wanted = {pair for one in story.utterances for pair in _across(one)}
    found: set[tuple[GoldVariant, GoldVariant]] = set()
    right = false = direct_right = direct_false = 0
    for quotation in given:
        for one, other in combinations(quotation.variants, 2):
            a, b = answers.get(id(one), ()), answers.get(id(other), ())
            hits = {pair for x in a for y in b for pair in ((x, y), (y, x)) if pair in wanted}
            found |= hits
            quoted = "indirect" not in {one.speech, other.speech}
            known = bool(a and b)
            right += bool(hits)
            false += not hits and (known or quoted)
            direct_right += bool(hits) and quoted
            direct_false += not hits and quoted
    count.pairs += Tally(right, right + false, len(found), len(wanted))
    quoted_wanted = {pair for pair in wanted if all(one.speech != "indirect" for one in pair)}
    count.direct += Tally(
        direct_right, direct_right + direct_false, len(found & quoted_wanted), len(quoted_wanted)
    )
    for aligned in story.alignments:
        here, there = (
            alignment.words(texts[variant.document], variant.spans)
            for variant in (aligned.a, aligned.b)
        )
        links = alignment.align(here, there)
        links += alignment.moved(here, there, links)
        count.aligned += 1
        count.exact += set(links) == set(aligned.links)
        count.links += scores.alike(aligned.links, links)


def _across(
    utterance: Sequence[GoldVariant],
) -> Iterator[tuple[GoldVariant, GoldVariant]]:
    """Pairs of variants of two documents."""
    yield from (pair for pair in combinations(utterance, 2) if pair[0].document != pair[1].document)


def _answers(
    story: GoldUtterances, given: Sequence[Quotation]
) -> Mapping[int, Sequence[GoldVariant]]:
    """The variants of the set that each one found answers, by its identity."""
    labelled = [variant for one in story.utterances for variant in one]
    return {
        id(variant): [one for one in labelled if _is_answer(one, variant)]
        for quotation in given
        for variant in quotation.variants
    }


def _is_answer(gold: GoldVariant, variant: Variant) -> bool:
    if variant.place.document != passes.place_id(gold.document):
        return False
    sizes = [
        sum(span.end - span.start for span in spans) for spans in (gold.spans, variant.place.spans)
    ]
    return 2 * scores.shared(variant.place.spans, gold.spans) >= min(sizes)
