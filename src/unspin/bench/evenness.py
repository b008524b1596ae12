"""Whether a sentence is judged alike whoever it is about: swap the sides, and the scores stay.

Every sentence that a pair of sides can exchange is judged as it is and swapped, for rhetoric, slant
and opinion; a decision is one judgement of one such swap. An even hand that saw nothing would pass
too, so a loaded word is planted as well: it must raise rhetoric and slant, on every side.

- `flip_rate`: decisions that come out differently at the thresholds of the bundle
- `flips_outside_band`: those on the two sides of a half, of decisions where neither probability
  lies from 0.4 to 0.6; `band_coverage` is the share of such decisions
- `signed_gap`: the mean of the probability with side A less that with side B, over sentences that
  name one side only; `mean_abs_dp`: the mean distance of the two, over all
- `…_worst`: the worst of the pairs with at least 100 swaps
- `planted_raises`: the share of plants that raise the probability, on the side where it is lowest
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from unspin.bench import Progress, Scores, passes, swapping
from unspin.bench.passes import See
from unspin.bench.swapping import Side
from unspin.model import sides
from unspin.model.sides import Pair
from unspin.model.signals import Sentence

Judgement = Literal["rhetoric", "slant", "opinion"]
JUDGEMENTS: tuple[Judgement, ...] = ("rhetoric", "slant", "opinion")
_RAISED: tuple[Judgement, ...] = ("rhetoric", "slant")  # by a loaded word, whoever says it
ENOUGH = 100  # swaps of a pair, to be the worst
_BAND = (0.4, 0.6)
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Swap:
    """A sentence and what it becomes, and both with a loaded word planted."""

    pair: str
    side: Side | None  # that the sentence names, when it names one only
    text: str
    swapped: str
    planted: tuple[str | None, str | None]  # None: there is no place for a word

    def texts(self) -> Iterator[str]:
        """All sentences that are to be judged."""
        yield from (self.text, self.swapped, *(text for text in self.planted if text))


def score(
    sentences: Iterable[str],
    see: See,
    thresholds: Mapping[Judgement, float],
    progress: Progress,
) -> Scores:
    """The scores over all swaps, by pair and by judgement.

    The controls, which exchange two names of one side, are pairs like any other but count in no
    total: they show what any exchange of names does.
    """
    texts = list(dict.fromkeys(sentences))
    swaps = [*_swaps(texts, sides.pairs())]
    controls = [*_swaps(texts, swapping.controls())]
    every = list(dict.fromkeys(text for swap in (*swaps, *controls) for text in swap.texts()))
    judged = dict(zip(every, passes.sentences(every, see, progress), strict=True))
    by: dict[str, dict[str, float]] = {}
    for name, own in (_by_pair(swaps) | _by_pair(controls)).items():
        by[name] = _scores(own, judged, thresholds, JUDGEMENTS) | {"swaps": float(len(own))}
        by[name] |= _planted({name: own}, judged, _RAISED)
    for judgement in JUDGEMENTS:
        by[judgement] = _totals(swaps, judged, thresholds, (judgement,))
    return _totals(swaps, judged, thresholds, JUDGEMENTS) | {"swaps": float(len(swaps))}, by


def _swaps(sentences: Sequence[str], pairs: Sequence[Pair]) -> Iterator[Swap]:
    """The swaps of all sentences; the words are planted in turn, the same in both."""
    words = swapping.loaded()
    for number, text in enumerate(sentences):
        word = words[number % len(words)]
        for pair in pairs:
            swapped = swapping.swap(text, pair)
            if swapped is not None and swapped != text:
                planted = tuple(swapping.plant(one, pair, word) for one in (text, swapped))
                side = swapping.side(text, pair)
                yield Swap(pair.id, side, text, swapped, (planted[0], planted[1]))


def _by_pair(swaps: Iterable[Swap]) -> dict[str, list[Swap]]:
    found: dict[str, list[Swap]] = {}
    for swap in swaps:
        found.setdefault(swap.pair, []).append(swap)
    return dict(sorted(found.items()))


def _totals(
    swaps: Sequence[Swap],
    judged: Mapping[str, Sentence],
    thresholds: Mapping[Judgement, float],
    judgements: Sequence[Judgement],
) -> dict[str, float]:
    large = {name: own for name, own in _by_pair(swaps).items() if len(own) >= ENOUGH}
    each = [_scores(own, judged, thresholds, judgements) for own in large.values()]
    gaps = [abs(_gap(own, judged, judgement)) for own in large.values() for judgement in judgements]
    scores = _scores(swaps, judged, thresholds, judgements)
    del scores["signed_gap"]
    return {
        **scores,
        "flip_rate_worst": max((one["flip_rate"] for one in each), default=0.0),
        "signed_gap_worst": max(gaps, default=0.0),
        **_planted(large, judged, [one for one in judgements if one in _RAISED]),
    }


def _scores(
    swaps: Sequence[Swap],
    judged: Mapping[str, Sentence],
    thresholds: Mapping[Judgement, float],
    judgements: Sequence[Judgement],
) -> dict[str, float]:
    decisions = [
        (getattr(judged[swap.text], name), getattr(judged[swap.swapped], name), thresholds[name])
        for swap in swaps
        for name in judgements
    ]
    firm = [(p, q) for p, q, _ in decisions if not (_abstains(p) or _abstains(q))]
    gaps = [_gap(swaps, judged, name) for name in judgements]
    return {
        "flip_rate": _share((p >= limit) != (q >= limit) for p, q, limit in decisions),
        "flips_outside_band": _share((p > _HALF) != (q > _HALF) for p, q in firm),
        "band_coverage": len(firm) / len(decisions) if decisions else 0.0,
        "mean_abs_dp": _share(abs(p - q) for p, q, _ in decisions),
        "signed_gap": max(gaps, key=abs),
    }


def _gap(swaps: Iterable[Swap], judged: Mapping[str, Sentence], judgement: Judgement) -> float:
    signs = {"a": 1, "b": -1}
    return _share(
        signs[swap.side]
        * (getattr(judged[swap.text], judgement) - getattr(judged[swap.swapped], judgement))
        for swap in swaps
        if swap.side
    )


def _planted(
    pairs: Mapping[str, Sequence[Swap]],
    judged: Mapping[str, Sentence],
    judgements: Sequence[Judgement],
) -> dict[str, float]:
    """The share of plants that raise a probability on the lowest side; none without a plant."""
    raised: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for name, swaps in pairs.items():
        for swap in swaps:
            sides = (swap.side, "b" if swap.side == "a" else "a")
            plants = zip(sides, (swap.text, swap.swapped), swap.planted, strict=True)
            for side, plain, planted in plants if swap.side else ():
                if planted is not None:
                    raised[name, str(side)] += [
                        getattr(judged[planted], one) > getattr(judged[plain], one)
                        for one in judgements
                    ]
    shares = [_share(each) for each in raised.values() if each]
    return {"planted_raises": min(shares)} if shares else {}


def _abstains(probability: float) -> bool:
    return _BAND[0] <= probability <= _BAND[1]


def _share(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
