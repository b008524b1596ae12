"""How well documents are grouped by the event they tell of.

Documents are grouped by their texts, titles and days alone; those of wikinews-events are years
apart, so their days are hidden, and the other sets but allsides-stories tell none. Each set is a
run by itself, and all that are given are one more.

- `b_cubed_f1`, `b_cubed_precision`, `b_cubed_recall`: the mean over documents of how much of their
  group is of their story, and of their story in their group (Bagga and Baldwin 1998; Amigó et al.
  2009)
- `ari`: adjusted Rand index (Hubert and Arabie 1985)
- `documents`, `stories`, `groups`: how many there are, and how many groups were made

By set; `ecbplus/subtopics` is its finer division, of which two are to one topic; `pooled` is the
run over several sets, whose scores are those of the whole.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace
from math import comb

from unspin import marking
from unspin.bench import Progress, Scores, passes, scores
from unspin.bench.gold import GoldTold
from unspin.comparing import stories
from unspin.model.signals import Vectors
from unspin.types import Marks


def score(gold: Sequence[Sequence[GoldTold]], vectors: Vectors, progress: Progress) -> Scores:
    """The scores over all documents in one run, and by set."""
    told = [one for some in gold for one in some]
    sets = sorted({one.corpus for one in told})
    by: dict[str, dict[str, float]] = {}
    for corpus in sets:
        own = [one for one in told if one.corpus == corpus]
        given = groups(own, vectors)
        by[corpus] = grouped([one.story for one in own], given)
        if any(one.part != one.story for one in own):
            by[f"{corpus}/subtopics"] = grouped([one.part for one in own], given)
        progress(len(own))
    if len(sets) <= 1:  # one set is a pool by itself
        return dict(by[sets[0]]) if sets else {}, by
    by["pooled"] = grouped([f"{one.corpus} {one.story}" for one in told], groups(told, vectors))
    progress(len(told))
    return dict(by["pooled"]), by


def groups(told: Sequence[GoldTold], vectors: Vectors) -> list[str]:
    """The story that each document is put in, by its id."""
    marks = [_marks(one, f"{number:06}") for number, one in enumerate(told)]
    found = {
        document: story.id
        for story in stories.find(marks, (), vectors)
        for document in story.documents
    }
    return [found[one.document.id] for one in marks]


def grouped(wanted: Sequence[Hashable], given: Sequence[Hashable]) -> dict[str, float]:
    """The scores of groups, each document's wanted and given one in turn."""
    tally = b_cubed(wanted, given)
    return {
        "b_cubed_f1": tally.f1,
        "b_cubed_precision": tally.precision,
        "b_cubed_recall": tally.recall,
        "ari": adjusted_rand(wanted, given),
        "documents": float(len(wanted)),
        "stories": float(len(set(wanted))),
        "groups": float(len(set(given))),
    }


def b_cubed(wanted: Sequence[Hashable], given: Sequence[Hashable]) -> scores.Tally:
    """The tally over documents: the share of each one's group, and of its story, that is right."""
    both = Counter(zip(wanted, given, strict=True))
    sought, found = Counter(wanted), Counter(given)
    precise = sum(count * count / found[group] for (_, group), count in both.items())
    complete = sum(count * count / sought[story] for (story, _), count in both.items())
    return scores.Tally(precise, len(given), complete, len(wanted))


def adjusted_rand(wanted: Sequence[Hashable], given: Sequence[Hashable]) -> float:
    """The index over documents, each one's wanted and given group in turn."""
    together, found, sought = (
        sum(comb(count, 2) for count in Counter(names).values())
        for names in (zip(wanted, given, strict=True), given, wanted)
    )
    return scores.adjusted_rand(together, found, sought, len(wanted))


def _marks(told: GoldTold, number: str) -> Marks:
    """The document of nothing but its text, title and day, unmarked, under a number of its own."""
    document = passes.document(told.text, title=told.title, published=told.published)
    return marking.mark(replace(document, id=number), layers=())
