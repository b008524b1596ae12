"""How well sentences that somebody should check are told from others (CheckThat!, ClaimBuster).

F1 is of the check-worthy class at the threshold of the bundle, never at one chosen on the data.
"""

from collections.abc import Sequence

from unspin.bench import Progress, Scores, passes, scores
from unspin.bench.gold import GoldClaim
from unspin.bench.passes import See


def score(claims: Sequence[GoldClaim], see: See, threshold: float, progress: Progress) -> Scores:
    """The scores over all sentences, by data set, and by file where a set comes in several.

    A set of debates has the mean of the average precision of its debates too, which is what
    CheckThat! 2020 ranks by; debates without a check-worthy sentence do not count.
    """
    seen = passes.sentences([claim.text for claim in claims], see, progress)
    judged = [(claim, one.checkworthy) for claim, one in zip(claims, seen, strict=True)]
    by: dict[str, dict[str, float]] = {}
    for corpus in sorted({claim.corpus for claim in claims}):
        own = [pair for pair in judged if pair[0].corpus == corpus]
        by[corpus] = _scores(own, threshold) | _by_debate(own)
        names = sorted({claim.file for claim, _ in own})
        for name in names if len(names) > 1 else ():
            by[f"{corpus}/{name}"] = _scores([it for it in own if it[0].file == name], threshold)
    return _scores(judged, threshold), by


def _scores(judged: Sequence[tuple[GoldClaim, float]], threshold: float) -> dict[str, float]:
    wanted = [claim.checkworthy for claim, _ in judged]
    given = [probability for _, probability in judged]
    tally = scores.binary(wanted, [probability >= threshold for probability in given])
    return {
        "f1": tally.f1,
        "precision": tally.precision,
        "recall": tally.recall,
        "average_precision": scores.average_precision(wanted, given),
    } | scores.calibration(given, wanted)


def _by_debate(judged: Sequence[tuple[GoldClaim, float]]) -> dict[str, float]:
    debates: dict[str, list[tuple[bool, float]]] = {}
    for claim, probability in judged:
        if claim.debate is not None:
            debates.setdefault(claim.debate, []).append((claim.checkworthy, probability))
    each = [
        scores.average_precision([one for one, _ in said], [other for _, other in said])
        for said in debates.values()
        if any(one for one, _ in said)
    ]
    return {"mean_average_precision": sum(each) / len(each)} if each else {}
