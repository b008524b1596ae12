"""Copies of an article as other outlets would print it: cut, reordered, re-headlined, reworded.

The recipe, one seed an article, so that anybody makes the same copies of the same data:

1. A share between 0.3 and 1 of the article's runs of three words is to be kept, and a part of the
   loss, between none and all, is to come from rewording; the rest comes from cutting.
2. Cut: paragraphs go, now from the end, now from anywhere but the top, until that much is kept.
3. Reworded: outside quotation marks, each word is changed with one probability: one in four of
   these goes, the others give way to a word of the table below or, where it has none, to a word of
   the data that is about as long and as frequent. At most every third word, which keeps 0.3.
4. Reordered, one time in two: two neighbouring stretches of paragraphs below the top change places.
5. Re-headlined: a first paragraph that repeats the title goes, and the new headline is made of the
   first words of what is left. One time in three the outlet's own closing line is added.

The share really kept is measured afterwards.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from unspin import text as reading
from unspin.types import Span

_WORD = re.compile(r"\w+(?:[.,'\u2019-]\w+)*")
_LEAST = 0.3  # of the runs of three words
_LOST = 0.25  # of the words that are changed go without another in their place
_HEADLINE = 9  # words
_FREQUENT = 20_000  # words of the data that others are taken from, the most frequent
_NEAR = 40  # ranks from a word to the one that takes its place
_CHOICES = 12  # of them, the nearest in length
_CLOSING = "This account was prepared for the readers of {outlet} and may be brought up to date."
_TABLE = {
    word: other
    for pair in (
        """said stated|told informed|also likewise|about around|but yet|after following|before
        until|while whereas|because since|many numerous|more further|most nearly|big large|people
        persons|country nation|leader head|meeting session|talks discussions|report account|called
        described|asked requested|wants seeks|made produced|took seized|began started|ended
        closed|between among|under beneath|over above|last previous|next coming|new fresh|old
        former|first initial|president chief|official functionary|campaign effort|plan scheme|vote
        ballot|law statute|war conflict|attack assault|support backing|money funds|group body"""
    ).split("|")
    for word, other in (pair.split(), reversed(pair.split()))
}


@dataclass(frozen=True, slots=True)
class Copied:
    """One copy: its headline and text, and the share of the article's runs of three it keeps."""

    title: str
    text: str
    kept: float


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the data from the most to the least frequent."""

    ranked: tuple[str, ...]
    ranks: dict[str, int]


def words(texts: Iterable[str]) -> Words:
    """The words that those of an article may give way to."""
    counted = Counter(match.group().lower() for text in texts for match in _WORD.finditer(text))
    plain = (word for word in counted if word.isalpha())
    ranked = sorted(plain, key=lambda word: (-counted[word], word))[:_FREQUENT]
    return Words(tuple(ranked), {word: rank for rank, word in enumerate(ranked)})


def copied(text: str, title: str, outlet: str, known: Words, seed: str) -> Copied:
    """The copy of an article that `outlet` prints."""
    chance = random.Random(seed)  # noqa: S311 - a recipe that can be repeated
    share = chance.uniform(_LEAST, 1)
    by_words = chance.random()
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    if len(paragraphs) > 1 and paragraphs[0].rstrip(".") == title.strip().rstrip("."):
        paragraphs = paragraphs[1:]
    left = _cut(paragraphs, share ** (1 - by_words), chance)
    if chance.random() < 1 / 2:
        left = _reordered(left, chance)
    changed = 1 - share ** (by_words / 3)
    printed = [_reworded(paragraph, changed, known, chance) for paragraph in left]
    headline = " ".join(printed[0].split()[:_HEADLINE]) if printed else title
    if chance.random() < 1 / 3:
        printed.append(_CLOSING.format(outlet=outlet))
    whole = "\n\n".join(printed)
    return Copied(headline, whole, kept(text, whole))


def kept(text: str, other: str) -> float:
    """The share of the runs of three words of `text` that stand in `other`, 0 to 1."""
    runs = _runs(text)
    return len(runs & _runs(other)) / len(runs) if runs else 1.0


def _runs(text: str) -> set[tuple[str, ...]]:
    found = [match.group().lower() for match in _WORD.finditer(text)]
    return set(zip(found, found[1:], found[2:], strict=False))


def _cut(paragraphs: Sequence[str], share: float, chance: random.Random) -> list[str]:
    """The paragraphs that hold about `share` of the words; the first stays."""
    sizes = [len(paragraph.split()) for paragraph in paragraphs]
    most = share * sum(sizes)
    left = list(range(len(paragraphs)))
    from_end = chance.random() < 1 / 2
    while len(left) > 1 and sum(sizes[at] for at in left) > most:
        gone = len(left) - 1 if from_end else chance.randrange(1, len(left))
        if sum(sizes[at] for at in left) - sizes[left[gone]] < _LEAST * sum(sizes):
            break
        del left[gone]
    return [paragraphs[at] for at in left]


def _reordered(paragraphs: list[str], chance: random.Random) -> list[str]:
    count = len(paragraphs)
    if count < 3:  # noqa: PLR2004 - the first, and two to change places
        return paragraphs
    start, middle, end = sorted(chance.sample(range(1, count + 1), 3))
    return paragraphs[:start] + paragraphs[middle:end] + paragraphs[start:middle] + paragraphs[end:]


def _reworded(paragraph: str, changed: float, known: Words, chance: random.Random) -> str:
    quoted = [one.outer for one in reading.quotations(paragraph, Span(0, len(paragraph)))]
    parts: list[str] = []
    position = 0
    for match in _WORD.finditer(paragraph):
        place = Span(*match.span())
        if any(one.overlaps(place) for one in quoted) or chance.random() >= changed:
            continue
        between = paragraph[position : place.start]
        if chance.random() < _LOST:
            parts.append(between.rstrip())
        else:
            parts += (between, _other(match.group(), known, chance))
        position = place.end
    return "".join([*parts, paragraph[position:]]).strip()


def _other(word: str, known: Words, chance: random.Random) -> str:
    """Another word in place of this one, with a capital where it has one."""
    lower = word.lower()
    other = _TABLE.get(lower)
    if other is None:
        rank = known.ranks.get(lower, len(known.ranked) - 1)
        near = known.ranked[max(0, rank - _NEAR) : rank + _NEAR]
        alike = sorted((abs(len(one) - len(lower)), one) for one in near if one != lower)
        other = chance.choice(alike[:_CHOICES])[1] if alike else lower
    return other.capitalize() if word[0].isupper() else other
