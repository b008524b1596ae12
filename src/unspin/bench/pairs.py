"""How well it is told what one sentence says of another: entails, contradicts, or neither.

Every set is scored with the choices it offers. Where only two are offered the third's probability
is left out of account; where neutral and contradicting are one class, theirs are added up. Our own
set asks both ways: two sentences are the same when each entails the other.
"""

from collections.abc import Iterator, Sequence

from unspin.bench import Progress, Scores, passes, scores
from unspin.bench.gold import GoldPair
from unspin.bench.judged import ENTAILED, OWN, TWO
from unspin.model.signals import Relate, Relation

Judged = tuple[GoldPair, dict[str, float]]  # the probability of each choice
_BATCH = 256


def score(pairs: Sequence[GoldPair], relate: Relate, progress: Progress) -> Scores:
    """The scores over all pairs and by data set; macro-F1 of several sets is their mean by size."""
    judged = list(_judged(pairs, relate, progress))
    by = {
        corpus: _scores([one for one in judged if one[0].corpus == corpus])
        for corpus in sorted({pair.corpus for pair in pairs})
    }
    total = _scores(judged)
    sizes = {corpus: sum(pair.corpus == corpus for pair in pairs) for corpus in by}
    shares = [by[corpus]["macro_f1"] * size for corpus, size in sizes.items()]
    return total | {"macro_f1": sum(shares) / len(pairs) if pairs else 0.0}, by


def choose(forward: Relation, backward: Relation, choices: tuple[str, ...]) -> dict[str, float]:
    """The probability of each choice, from what the texts of a pair say of each other.

    Only our own choices ask for the way back.
    """
    entails, contradicts = forward.entails, forward.contradicts
    if choices == TWO:
        both = entails + contradicts
        share = entails / both if both else 0.5
        return {"entails": share, "contradicts": 1 - share}
    if choices == ENTAILED:
        return {"entails": entails, "other": 1 - entails}
    if choices == OWN:
        contradicts = (forward.contradicts + backward.contradicts) / 2
        weights = {
            "same": entails * backward.entails,
            "entails": entails * (1 - backward.entails),
            "contradicts": contradicts,
            "unrelated": max(0.0, 1 - entails - contradicts),
        }
        total = sum(weights.values())
        return {name: weight / total for name, weight in weights.items()}
    return {"entails": entails, "contradicts": contradicts, "neutral": forward.neutral}


def _judged(pairs: Sequence[GoldPair], relate: Relate, progress: Progress) -> Iterator[Judged]:
    done = 0
    for batch in passes.batches(pairs, _BATCH):
        there = [(pair.first, pair.second) for pair in batch]
        back = [(pair.second, pair.first) for pair in batch if pair.choices == OWN]
        found = relate([*there, *back])
        backward = iter(found[len(there) :])
        for pair, forward in zip(batch, found, strict=False):
            other = next(backward) if pair.choices == OWN else forward
            yield pair, choose(forward, other, pair.choices)
        done += len(batch)
        progress(done)


def _scores(judged: Sequence[Judged]) -> dict[str, float]:
    top = [max(sorted(choices), key=choices.__getitem__) for _, choices in judged]
    total, by = scores.labelled([pair.label for pair, _ in judged], top)
    return {
        "accuracy": total.f1,
        "macro_f1": scores.macro_f1(by),
    } | scores.calibration(
        [choices[name] for name, (_, choices) in zip(top, judged, strict=True)],
        [name == pair.label for name, (pair, _) in zip(top, judged, strict=True)],
    )
