"""Sentences of the news changed so that what the one says of the other is known.

No labelled set of pairs speaks of the news, where accounts part by a number, a denial or a turned
verb. Each sentence is changed in one way, drawn by chance; the changes are the ones that inference
models are known to miss (Glockner et al., "Breaking NLI Systems with Sentences that Require Simple
Lexical Inferences", 2018; Naik et al., "Stress Test Evaluation for NLI", 2018).
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from unspin import text as plain

Related = tuple[str, str, tuple[int, ...]]  # first text, second, the relations that may hold
_ENTAILS, _CONTRADICTS, _NEUTRAL = (0,), (1,), (2,)
_NOT_ENTAILED = (1, 2)
_WORDS = range(8, 33)  # in a sentence that is changed
_NUMBERS = "two three four five six seven eight nine ten eleven twelve twenty thirty".split()
_DIGITS = "2 3 4 5 6 7 8 9 10 11 12 20 30".split()
_NUMBER = re.compile(rf"\b(?:\d{{1,3}}(?:,\d{{3}})+|\d+|{'|'.join(_NUMBERS)})\b(?![.,:/-]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STATED = re.compile(
    r"\b(is|was|were|are|has|have|had|will|would|could|can|did|does|should)\b(?! not|n't)"
)
_DENIED = re.compile(r"\b(is|was|were|are|has|have|had|will|would|could|can|did|does|should) not\b")
_ASIDE = re.compile(
    r", (?:which|who|where|when|while|after|as|with|including|saying)\b[^,;]*(?=\.$)"
)
_OPENING = re.compile(r"^(?:In|On|At|After|During|Since|By|For|Last|Earlier)\b[^,;]{3,60}, ")
_INSERTED = re.compile(r", [^,;]{4,60}, (?=[a-z])")
_TURNED = tuple(
    tuple(pair.split("/"))
    for pair in """rose/fell increased/decreased won/lost accepted/rejected agreed/refused
    before/after higher/lower largest/smallest supported/opposed began/ended opened/closed
    arrived/left gained/lost allowed/banned confirmed/denied above/below inside/outside always/never
    many/few strong/weak better/worse legal/illegal innocent/guilty likely/unlikely
    possible/impossible north/south east/west win/lose accept/reject increase/decrease begin/end
    allow/ban survived/died bought/sold hired/fired rich/poor safe/dangerous remain/leave
    approved/blocked passed/failed attacked/defended released/arrested""".split()
)
_ALIKE = tuple(
    tuple(pair.split("/"))
    for pair in """said/stated began/started bought/purchased large/big killed/slain
    children/kids attempted/tried chose/picked ended/finished asked/requested
    needed/required showed/demonstrated nearly/almost about/around rapidly/quickly
    currently/now injured/hurt ill/sick jobs/posts lawyer/attorney film/movie car/automobile
    start/begin buy/purchase show/demonstrate need/require get/obtain""".split()
)
_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][a-z]{3,}(?: [A-Z][a-z]+)*\b")


def pairs(texts: Iterable[str], seed: int) -> Iterator[Related]:
    """At most one pair a sentence of `texts`, in their order; deterministic for a seed."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    changes: tuple[Callable[[str, random.Random], Related | None], ...] = (
        _renumbered,
        _negated,
        _turned,
        _turned,
        _shortened,
        _shortened,
        _reworded,
        _renamed,
    )
    for text in texts:
        before = ""
        for sentence in _sentences(text):
            change = chance.choice(changes)
            found = change(sentence, chance)
            if found is None and before and chance.random() < 0.1:  # noqa: PLR2004 - one in ten
                found = before, sentence, _NEUTRAL
            if found is not None:
                yield found
            before = sentence


def _sentences(text: str) -> Iterator[str]:
    for line in plain.lines(text):
        for span in plain.sentences(text, line):
            sentence = " ".join(span.of(text).split())
            if len(sentence.split()) in _WORDS and sentence.endswith(".") and '"' not in sentence:
                yield sentence


def _renumbered(sentence: str, chance: random.Random) -> Related | None:
    """Another number in the place of one, or the same in figures instead of words."""
    found = [one for one in _NUMBER.finditer(sentence) if not _YEAR.fullmatch(one.group())]
    if not found:
        return None
    match = chance.choice(found)
    number = match.group()
    spelt = dict(zip(_NUMBERS, _DIGITS, strict=True))
    if number in spelt and chance.random() < 0.4:  # noqa: PLR2004
        return _either(sentence, _put(sentence, match, spelt[number]), _ENTAILS, chance)
    if number in spelt:
        other = chance.choice([word for word in _NUMBERS if word != number])
    else:
        value = int(number.replace(",", ""))
        other_value = max(1, round(value * chance.choice((0.3, 0.5, 0.8, 1.3, 2, 3))))
        other = f"{other_value + (other_value == value):,}"
    return _either(sentence, _put(sentence, match, other), _CONTRADICTS, chance)


def _negated(sentence: str, chance: random.Random) -> Related | None:
    if denied := _DENIED.search(sentence):
        return _either(sentence, _put(sentence, denied, denied.group(1)), _CONTRADICTS, chance)
    if stated := _STATED.search(sentence):
        other = _put(sentence, stated, f"{stated.group(1)} not")
        return _either(sentence, other, _CONTRADICTS, chance)
    return None


def _turned(sentence: str, chance: random.Random) -> Related | None:
    """A word in the place of one that means the opposite."""
    other = _swapped(sentence, _TURNED, chance)
    return None if other is None else _either(sentence, other, _CONTRADICTS, chance)


def _reworded(sentence: str, chance: random.Random) -> Related | None:
    """A word in the place of one that means the same."""
    other = _swapped(sentence, _ALIKE, chance)
    return None if other is None else _either(sentence, other, _ENTAILS, chance)


def _renamed(sentence: str, chance: random.Random) -> Related | None:
    """Two names that change places: what follows is not what was said."""
    found = list(_NAME.finditer(sentence))
    if len(found) < 2 or found[0].group() == found[-1].group():  # noqa: PLR2004 - two names
        return None
    first, last = found[0], found[-1]
    other = (
        sentence[: first.start()]
        + last.group()
        + sentence[first.end() : last.start()]
        + first.group()
        + sentence[last.end() :]
    )
    return _either(sentence, other, _NOT_ENTAILED, chance)


def _shortened(sentence: str, chance: random.Random) -> Related | None:
    """What stays when an aside is left out follows; the whole does not follow from it."""
    found = [match for form in (_ASIDE, _OPENING, _INSERTED) if (match := form.search(sentence))]
    if not found:
        return None
    match = chance.choice(found)
    shorter = _put(sentence, match, " " if match.re is _INSERTED else "")
    shorter = shorter[:1].upper() + shorter[1:]
    if chance.random() < 0.6:  # noqa: PLR2004
        return sentence, shorter, _ENTAILS
    return shorter, sentence, _NEUTRAL


def _swapped(
    sentence: str, table: tuple[tuple[str, ...], ...], chance: random.Random
) -> str | None:
    form, others = _known(table)
    found = list(form.finditer(sentence))
    if not found:
        return None
    match = chance.choice(found)
    return _put(sentence, match, others[match.group()])


@cache
def _known(table: tuple[tuple[str, ...], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    others = {one: other for pair in table for one, other in (pair, pair[::-1])}
    return re.compile(rf"\b(?:{'|'.join(sorted(others))})\b"), others


def _put(sentence: str, match: re.Match[str], words: str) -> str:
    return sentence[: match.start()] + words + sentence[match.end() :]


def _either(first: str, second: str, relation: tuple[int, ...], chance: random.Random) -> Related:
    """The pair in one of its two orders: the relation holds in both."""
    return (first, second, relation) if chance.random() < 0.5 else (second, first, relation)  # noqa: PLR2004
