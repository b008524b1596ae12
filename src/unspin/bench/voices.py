"""How well opinion is told from report, sentence by sentence (CheckThat! 2025 task 1, BABE).

The plain scores are of opinion; where a set also says which sentences lean to a side, the scores
that begin with `slant_` are of that. Sentences on which the annotators disagreed do not count.
"""

from collections.abc import Sequence

from unspin.bench import Progress, Scores, passes, scores
from unspin.bench.gold import GoldVoice
from unspin.bench.passes import See
from unspin.model.signals import Sentence

Judged = tuple[GoldVoice, Sentence]


def score(
    voices: Sequence[GoldVoice],
    see: See,
    thresholds: tuple[float, float],
    progress: Progress,
) -> Scores:
    """The scores over all sentences, by data set, and by file where a set comes in several.

    `thresholds` are those of the bundle for opinion and for slant.
    """
    seen = passes.sentences([voice.text for voice in voices], see, progress)
    judged = list(zip(voices, seen, strict=True))
    by: dict[str, dict[str, float]] = {}
    for corpus in sorted({voice.corpus for voice in voices}):
        own = [pair for pair in judged if pair[0].corpus == corpus]
        by[corpus] = _scores(own, thresholds)
        names = sorted({voice.file for voice, _ in own})
        for name in names if len(names) > 1 else ():
            by[f"{corpus}/{name}"] = _scores([it for it in own if it[0].file == name], thresholds)
    return _scores(judged, thresholds), by


def _scores(judged: Sequence[Judged], thresholds: tuple[float, float]) -> dict[str, float]:
    opinions = [(voice.opinion, one.opinion) for voice, one in judged if voice.opinion is not None]
    slants = [(voice.slant, one.slant) for voice, one in judged if voice.slant is not None]
    return _two_way("", opinions, thresholds[0]) | _two_way("slant_", slants, thresholds[1])


def _two_way(
    prefix: str, judged: Sequence[tuple[bool, float]], threshold: float
) -> dict[str, float]:
    """The scores of a decision between two classes; none when there is nothing to decide."""
    if not judged:
        return {}
    wanted = [one for one, _ in judged]
    given = [probability for _, probability in judged]
    total, by = scores.labelled(
        [str(one) for one in wanted], [str(one >= threshold) for one in given]
    )
    found = {"macro_f1": scores.macro_f1(by), "accuracy": total.f1}
    found |= scores.calibration(given, wanted)
    return {f"{prefix}{name}": score for name, score in found.items()}
