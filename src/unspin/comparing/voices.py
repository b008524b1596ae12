"""In whose mouth the text of each document lies, and how it talks in its own voice.

The rate of techniques is that of the outlet's report alone: what a speaker says is the speaker's,
and what an author argues is marked as an argument, so neither counts for the outlet. Techniques are
those of the marks, found in every document by the same thresholds. The interval is exact for a
count that follows Poisson's law (Garwood 1936): it tells which rates are too near to be told apart.
"""

import math
from collections.abc import Callable, Sequence

from unspin import wordcount
from unspin.types import COVERED, Marks, VoiceShare

_TAIL = 0.025  # on either side of the interval
_PER = 1000  # words


def find(marks: Sequence[Marks]) -> tuple[VoiceShare, ...]:
    """The voices of each document in turn; one without words has none, and is left out."""
    return tuple(voice for one in marks if (voice := _voice(one)) is not None)


def _voice(marks: Marks) -> VoiceShare | None:
    counted = wordcount.of(marks)
    if not counted.words:
        return None
    told = counted.opinion > 0 or marks.document.language in COVERED
    rate = low = high = None
    if counted.report and "techniques" in marks.made_by.settings.layers:
        count = sum(technique.voice == "report" for technique in marks.techniques)
        least, most = _interval(count)
        rate, low, high = (number / counted.report * _PER for number in (count, least, most))
    return VoiceShare(
        document=marks.document.id,
        words=counted.words,
        report=counted.report / counted.words if told else None,
        opinion=counted.opinion / counted.words if told else None,
        quotation=counted.speech / counted.words,
        techniques_per_1000=rate,
        low=low,
        high=high,
    )


def _interval(count: int) -> tuple[float, float]:
    """The means for which as many, and as few, as were counted would be seen one time in forty."""
    highest = count + 10 * math.sqrt(count + 1)
    low = _solved(lambda mean: 1 - _at_most(count - 1, mean) - _TAIL, highest) if count else 0.0
    return low, _solved(lambda mean: _TAIL - _at_most(count, mean), highest)


def _at_most(count: int, mean: float) -> float:
    """The chance of seeing no more than `count` where `mean` are to be expected."""
    if mean <= 0:
        return 1.0
    logs = (number * math.log(mean) - math.lgamma(number + 1) for number in range(count + 1))
    return min(1.0, math.fsum(math.exp(log - mean) for log in logs))


def _solved(rising: Callable[[float], float], highest: float) -> float:
    """Where a rising function is 0, between 0 and `highest` (bisection, to the last digit)."""
    low, high = 0.0, highest
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return high
