"""How alike two documents are in what they tell of, as log-odds that it is one event.

What is measured of a pair depends on its two documents alone, so that a decision stays whatever
else is there: the words of both, those of their openings, the days and months they speak of, each a
cosine of weighted counts, and the cosine of the meaning of their openings. A word weighs by how few
texts of a background have it, so that the names of who acts and where weigh most; the background is
a table of hashes that holds no words. A logistic regression joins the measures
(`unspin.train.stories`); some say more in long texts than in short ones, and stand there once more
times the length.
"""

import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from unspin import days
from unspin.types import Document

BUCKETS = 1 << 16  # of the background
LEVELS = 16  # of rarity
MEASURES = (  # of a pair, in order
    "one",
    "length",
    "whole",
    "whole, length",
    "opening",
    "meaning",
    "meaning, length",
    "times",
)
OPENING = 700  # characters
_STEM = 6  # letters: what follows is mostly ending
_STEP = 2  # levels of rarity for one power of e
_LENGTH = 5.0  # log of the words that measures are taken as they are at
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TIMES = days.NAMES - {"may"}
_AT_ONCE = 4096  # pairs of vectors that are laid side by side
_BY_CHANCE = 0.4  # cosine of the days and months of two texts that have nothing to do with another

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Words by their hashes, ascending, each with its weight; of length 1, or empty."""

    words: NDArray[np.uint32]
    weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What one document is about."""

    whole: Counts
    opening: Counts
    times: Counts
    length: float  # log of the number of words, 0 for none
    text: str  # of the opening: its meaning is the document's


@dataclass(frozen=True, slots=True)
class _Trained:
    weights: NDArray[np.float64]
    rarity: NDArray[np.float64]  # by bucket


def profile(document: Document, rarity: NDArray[np.float64] | None = None) -> Profile:
    """The profile of the document's title and text; `rarity` is what words weigh, by bucket.

    None: as in the background that comes with unspin.
    """
    weigh = _trained().rarity if rarity is None else rarity
    title, text = (document.title or "").strip(), document.text.strip()
    told = text if text.startswith(title) else f"{title}\n\n{text}"
    begun = told[:OPENING]
    if len(told) > OPENING and " " in begun:
        begun = begun[: begun.rindex(" ")]
    words: list[str] = []
    times: list[str] = []
    opening = 0
    for match in _WORD.finditer(told):
        word = match.group()
        words.append(_stem(word))
        opening += match.end() <= len(begun)
        if word.lower() in _TIMES:
            times.append(word.lower())
    return Profile(
        whole=_counts(words, weigh),
        opening=_counts(words[:opening], weigh),
        times=_counts(times, np.ones(1)),
        length=math.log(max(1, len(words))),
        text=" ".join(begun.split()),
    )


def measures(
    profiles: Sequence[Profile], meanings: NDArray[np.float32], pairs: Sequence[Pair]
) -> NDArray[np.float64]:
    """One row of measures a pair; `meanings` has the vector of each profile's opening in a row."""
    if not pairs:
        return np.zeros((0, len(MEASURES)))
    ones, others = np.array(pairs, np.int64).T
    whole = np.sqrt(_cosines([one.whole for one in profiles], pairs))
    opening = np.sqrt(_cosines([one.opening for one in profiles], pairs))
    times = _cosines([one.times for one in profiles], pairs)
    meaning = np.zeros(len(pairs))
    for start in range(0, len(pairs), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        meaning[part] = np.einsum("ij,ij->i", meanings[ones[part]], meanings[others[part]])
    timed = np.array([len(one.times.words) > 0 for one in profiles])
    lengths = np.array([one.length for one in profiles])
    length = np.minimum(lengths[ones], lengths[others]) - _LENGTH
    meaning = np.maximum(meaning, 0.0)
    return np.stack(
        [
            np.ones(len(pairs)),
            length,
            whole,
            whole * length,
            opening,
            meaning,
            meaning * length,
            np.where(timed[ones] & timed[others], times - _BY_CHANCE, 0.0),
        ],
        axis=1,
    )


def log_odds(
    profiles: Sequence[Profile], meanings: NDArray[np.float32], pairs: Sequence[Pair]
) -> NDArray[np.float64]:
    """The log-odds of each pair that both tell of one event; see `measures`."""
    return measures(profiles, meanings, pairs) @ _trained().weights


def bucket(word: str) -> int:
    """The place in the background of a word as it stands in a text."""
    return zlib.crc32(_stem(word).encode("utf-8", "surrogatepass")) % BUCKETS


def rarity(word: str) -> float:
    """How few texts of the background have a word: 0, every other one; 7.5, next to none."""
    return float(_trained().rarity[bucket(word)])


def words(text: str) -> Iterable[str]:
    """The words of a text, in order."""
    return _WORD.findall(text)


def weighed(digits: str) -> NDArray[np.float64]:
    """What words weigh by bucket, of one digit a bucket as `digit` gives it."""
    return np.array([int(one, LEVELS) / _STEP for one in digits])


def digit(texts: int, background: int) -> str:
    """How rare a word is that so many texts of the background have, "0" to "f"."""
    return f"{min(LEVELS - 1, round(_STEP * math.log((background + 1) / (texts + 1)))):x}"


def _stem(word: str) -> str:
    lower = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    return lower if lower[0].isdigit() else lower[:_STEM]


def _counts(words: Iterable[str], weigh: NDArray[np.float64]) -> Counts:
    """A word that stands there often weighs more, by the log of how often."""
    counted = Counter(
        {
            zlib.crc32(word.encode("utf-8", "surrogatepass")): times
            for word, times in Counter(words).items()
        }
    )
    found = sorted(
        (word, (1 + math.log(times)) * weight)
        for word, times in counted.items()
        if (weight := float(weigh[word % len(weigh)])) > 0
    )
    weights = np.array([weight for _, weight in found])
    length = math.sqrt(math.fsum(weight * weight for _, weight in found)) or 1.0
    return Counts(np.array([word for word, _ in found], np.uint32), weights / length)


def _cosines(counts: Sequence[Counts], pairs: Sequence[Pair]) -> NDArray[np.float64]:
    """The cosine of each pair; those of one first document come quickest one after another."""
    known, places = np.unique(
        np.concatenate([one.words for one in counts]) if counts else [], return_inverse=True
    )
    ends = np.cumsum([0, *(len(one.words) for one in counts)])
    at = [places[start:end] for start, end in pairwise(ends)]
    room = np.zeros(len(known))
    found = np.zeros(len(pairs))
    begin = 0
    while begin < len(pairs):
        first = pairs[begin][0]
        end = begin
        while end < len(pairs) and pairs[end][0] == first:
            end += 1
        others = [other for _, other in pairs[begin:end]]
        room[at[first]] = counts[first].weights
        products = room[np.concatenate([at[other] for other in others])]
        products *= np.concatenate([counts[other].weights for other in others])
        owners = np.repeat(np.arange(len(others)), [len(at[other]) for other in others])
        found[begin:end] = np.bincount(owners, products, minlength=len(others))
        room[at[first]] = 0.0
        begin = end
    return np.clip(found, 0.0, 1.0)


@cache
def _trained() -> _Trained:
    kept = json.loads(files("unspin.comparing").joinpath("likeness.json").read_text("utf-8"))
    weights = [kept["weights"][name] for name in MEASURES]
    return _Trained(np.array(weights), weighed(kept["rarity"]))
