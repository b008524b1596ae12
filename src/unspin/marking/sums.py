"""Figures of one sentence that do not go together.

In: sentences. Out: slips of the kinds total (parts that make another sum), percent (shares of one
whole that exceed it) and scale (two that are compared and would agree with one scale word). Numbers
are parts only where the sentence gives them as all of a whole: in a list behind a colon, in
apposition, "in all". What is within rounding, may overlap, or lies too far off to be a slip of the
pen, is left alone.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isfinite
from typing import NamedTuple

from unspin.marking.told import Sentence
from unspin.numbers import SPELT
from unspin.types import Figure, Slip, Span

_WORDS = {word: float(number) for word, number in SPELT.items() if number}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
           "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}  # fmt: skip
_NUMBER = re.compile(  # a count or a sum of money; no share, score, length of time or age
    rf"""
    (?<![\w.,:/$€£%-])[$€£]?(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}}(?:\.\d{{1,3}})?)
      (?:[ ]?(?P<scale>{"|".join(_SCALES)})(?!\w))?
      (?![\w%]|[.,:/]\d|[-–](?!seat|member|strong)\w|[ ]?(?:per[ ]?cent|percentage))
      (?![ ](?:years?|months?|weeks?|days?|hours?|minutes?|times)\b)
  | (?<![\w-])(?i:(?P<word>{"|".join(sorted(_WORDS, key=len, reverse=True))}))(?![\w–-])
      (?![ ](?:hundred|thousand|million|billion|of|or|per|another|other)\b)
      (?![ ](?:years?|months?|weeks?|days?|hours?|minutes?|times)\b)
    """,
    re.VERBOSE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_WHOLE = re.compile(
    r"(?:^|[\s,;(])(?:[Oo]f|[Oo]ut[ ]of)[ ](?:the|its|their|his|her|our|all|those|these)[ ]"
    r"(?:(?:the|total[ ]of|some)[ ])?\Z"
)
_CHAMBER = re.compile(r"-(?:seat|member|strong)\b")
_LISTED = re.compile(
    r"(?::|,?[ ](?:made[ ]up[ ]of|consisting[ ]of|composed[ ]of|comprising|namely|divided[ ]into))"
    r"[ ]\Z"
)
_APPOSED = re.compile(r"(?:[ ][a-z]+){0,3}(?:[,:][ ]|[ ][–—-][ ]|[ ]\()")
_IN_ALL = re.compile(r"[ ](?:[a-z]+[ ])?(?:in[ ]all|in[ ]total|altogether)\b")
_JOINED = re.compile(r"[^;:.!?()]{0,60}?(?:,|,?[ ]and)[ ](?:[\w’' -]{0,40}[ ])?")
_LAST_JOINED = re.compile(r"[^;:.!?()]*\band[ ](?:[\w’', -]{0,40}[ ])?")
_BRIEF = re.compile(r"(?:[ ][a-z]+){1,2}(?:,|,?[ ]and)[ ]")
_LINK = re.compile(r"\b(?:in|for|from|at|on|of|by)\b")
_NOT_ALL = re.compile(
    r"\b(?:including|includes?|among|whom|which|more than|at least|about|around|some|nearly|almost"
    r"|over|up to|as many as|fewer than|less than|approximately|roughly|estimated|or)\b",
    re.IGNORECASE,
)
_ROUND = 100.0  # what ends in two zeros may have been rounded
_MOST_OFF = 0.25  # of the whole; numbers that miss it by more are no parts of it
_LEAST_PARTS = 3  # where only "of the" makes them parts: two may overlap
_MOST_NUMBERS = 12
_BEFORE = 14  # characters before a whole in which "about" qualifies it

_SEVERAL_ANSWERS = re.compile(
    r"\b(?:more than one|multiple|several (?:answers|options|choices)|all that appl\w+|rounding"
    r"|rounded|overlap\w*|also|both|either|in addition|as well)\b",
    re.IGNORECASE,
)
_NOT_SHARES = re.compile(
    r"\b(?:from[ ]\d|compared|against|versus|up|down|rose|risen|rise|fell|fallen|fall|grew|grown"
    r"|than|increased?|decreased?|dropped|gained|growth|drop|previous|earlier|ago|respectively|among"
    r"|average|just|only|while|whereas|between|but|those|likely|chance|probability|interest|tax"
    r"|rates?|tariffs?|points?)\b",
    re.IGNORECASE,
)
_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in (
        (r"rent\w*", r"own\w*"), (r"women|female", r"men|male"), (r"yes", r"no"),
        (r"in favou?r|for", r"against"), (r"approved?", r"disapproved?"),
        (r"support\w*", r"oppose\w*"), (r"urban", r"rural"), (r"domestic", r"foreign"),
        (r"agreed?", r"disagreed?"), (r"employed", r"unemployed"), (r"boys", r"girls"),
    )
)  # fmt: skip
_OF_ALL = re.compile(
    r"[ ]of[ ](?:the[ ]|all[ ]|its[ ])?(?:(?:registered|eligible|total|entire|adult)[ ])*"
    r"(?:voters?|votes?|electorate|population|respondents|residents|households|seats|members"
    r"|pupils|students|patients|ballots)\b"
)
_TURNOUT = re.compile(r"\bturnout\b[^,.;:]{0,30}\Z", re.IGNORECASE)
_GROWS = re.compile(r"\b(?:rose|risen|grew|grown|up|increased?|growth|more|capacity|by|times)\b")
_WHOLE = 100  # percent
_MOST_SHARES = 115  # percent; shares that make more are likely of several answers
_FEWEST_SHARES = 3  # of things that are not opposites

_COMPARING = re.compile(
    r"\bfrom\b|\bcompared[ ](?:with|to)\b|\bagainst\b|\bversus\b"
    r"|\b(?:slightly|little|somewhat)[ ](?:more|less|fewer|higher|lower|larger|smaller)[ ]than\b"
    r"|\b(?:more|less|fewer|higher|lower)[ ]than[ ]the\b"
    r"|\b(?:same[ ]as|similar[ ]to|as[ ]much[ ]as|in[ ]line[ ]with)\b"
)
_FROM = re.compile(r"\bfrom[ ]\Z")
_FAR_APART = re.compile(
    r"\b(?:\w*fold|soared|skyrocketed|exploded|ballooned|mushroomed|just|only|mere|decades?"
    r"|century|from nothing|start-?up|founded|began|ranged?|ranging|between|anywhere|since"
    r"|richest|poorest)\b",
    re.IGNORECASE,
)
_SCALE_WORD = re.compile(r"\b(?:thousand|million|billion|trillion|mn|bn|tn)\b|(?<=\d)(?:m|bn|tn)\b")
_FACTOR = 1000.0  # between two scale words
_AGREEMENT = 5.0  # with one scale word changed the two are within this ratio
_APART = 90  # characters between two that are compared


class _Number(NamedTuple):
    value: float
    step: float  # what one unit of its last digit but zeros is worth: 100 in 2,300
    start: int
    end: int


def find(text: str, sentences: Sequence[Sentence]) -> Iterator[Slip]:
    """The slips of the sentences, at most one of a kind in each."""
    for sentence in sentences:
        yield from _totals(sentence)
        yield from _shares(text, sentence)
        yield from _scales(text, sentence)


def _totals(sentence: Sentence) -> Iterator[Slip]:
    """The stated whole, where parts that are given as all of it make another sum."""
    numbers = list(_numbers(sentence))
    if len(numbers) > _MOST_NUMBERS:
        return
    for whole, parts in _divisions(sentence.words, numbers):
        total = sum(part.value for part in parts)
        off = abs(total - whole.value)
        step = min(number.step for number in (whole, *parts))
        rounding = step / 2 * len(parts) if step >= _ROUND or step % 1 else 0.0
        if rounding < off <= _MOST_OFF * whole.value and all(
            part.value < whole.value for part in parts
        ):
            message = (
                f"The parts given here make {_plain(total)}; the whole is given"
                f" as {_plain(whole.value)}."
            )
            yield Slip(sentence.at(whole.start, whole.end), "total", message)
            return


def _numbers(sentence: Sentence) -> Iterator[_Number]:
    dates = [sentence.place(one.span) for one in sentence.dates]
    for match in _NUMBER.finditer(sentence.words):
        start, end = match.span()
        if any(start < stop and begin < end for begin, stop in dates):
            continue
        if match["word"]:
            yield _Number(_WORDS[match["word"].lower()], 1.0, start, end)
        elif match["scale"] or not _YEAR.fullmatch(match["digits"]):
            digits = match["digits"].replace(",", "")
            scale = _SCALES.get(match["scale"] or "", 1.0)
            if isfinite(value := float(digits) * scale):
                yield _Number(value, scale * _step(digits), start, end)


def _step(digits: str) -> float:
    whole, _, decimals = digits.partition(".")
    if decimals:
        return float(10.0 ** -len(decimals))
    return float(10 ** (len(whole) - len(whole.rstrip("0")))) if whole.strip("0") else 1.0


def _divisions(
    words: str, numbers: Sequence[_Number]
) -> Iterator[tuple[_Number, Sequence[_Number]]]:
    """The wholes of a sentence and what it gives as all of their parts."""
    for place, whole in enumerate(numbers):
        parts = _list(words, numbers[place + 1 :])
        if not parts:
            continue
        gap = words[whole.end : parts[0].start]
        near = words[max(0, whole.start - _BEFORE) : parts[0].start]
        listed = _LISTED.search(gap) or (_APPOSED.fullmatch(gap) and _is_even(words, parts))
        shared = _OF_WHOLE.search(words[: whole.start]) or _CHAMBER.match(words, whole.end)
        exceeded = sum(part.value for part in parts) > whole.value
        if not _NOT_ALL.search(near) and (
            listed or (shared and exceeded and len(parts) >= _LEAST_PARTS)
        ):
            yield whole, parts
    for place in range(len(numbers)):
        parts = _list(words, numbers[place:])
        behind = numbers[place + len(parts) :]
        if parts and behind and _IN_ALL.match(words, behind[0].end):
            yield behind[0], parts
            return


def _list(words: str, numbers: Sequence[_Number]) -> Sequence[_Number]:
    """The first of the numbers that make one list, "a, b and c"; none where they make no list."""
    for place, (one, other) in enumerate(pairwise(numbers), 2):
        gap = words[one.end : other.start]
        if not _JOINED.fullmatch(gap):
            break
        if _LAST_JOINED.fullmatch(gap):
            return numbers[:place]
    return ()


def _is_even(words: str, parts: Sequence[_Number]) -> bool:
    """Whether the parts are told alike: "40 in Dosca and 20 in Quill", "40 men and 20 women"."""
    if all(_BRIEF.fullmatch(words, one.end, other.start) for one, other in pairwise(parts)):
        return True
    ends = [*(part.start for part in parts[1:]), len(words)]
    links = [_LINK.search(words, part.end, end) for part, end in zip(parts, ends, strict=True)]
    return None not in links and len({link.group() for link in links if link}) == 1


def _plain(value: float) -> str:
    for word, scale in (("billion", 1e9), ("million", 1e6)):
        if value >= scale:
            return f"{value / scale:,.6g} {word}"
    return f"{value:,.6g}" if value % 1 else f"{value:,.0f}"


def _shares(text: str, sentence: Sentence) -> Iterator[Slip]:
    """Percentages of one whole that make more than all of it."""
    shares = [one for one in sentence.figures if one.unit == "percent"]
    for one in shares:
        start, end = sentence.place(one.span)
        over = one.low is not None and one.low > _WHOLE and not one.change
        turnout = (
            _TURNOUT.search(sentence.words[:start]) and sentence.words[end : end + 4] != " of "
        )
        shared = turnout or _OF_ALL.match(sentence.words, end)
        if over and shared and not _GROWS.search(sentence.words):
            message = f"“{one.span.of(text)}” of a whole is more than all of it."
            yield Slip(one.span, "percent", message)
            return
    total = sum(one.low or 0 for one in shares)
    if (
        len(shares) > 1
        and _WHOLE + max(1, len(shares) / 2) < total <= _MOST_SHARES
        and all(one.bound == "exact" and one.low == one.high and not one.change for one in shares)
        and not _SEVERAL_ANSWERS.search(sentence.words)
        and not _NOT_SHARES.search(sentence.words)
        and _is_one_whole(sentence, shares)
    ):
        span = Span(shares[0].span.start, shares[-1].span.end)
        yield Slip(span, "percent", f"The shares given here make {total:g} percent of one whole.")


def _is_one_whole(sentence: Sentence, shares: Sequence[Figure]) -> bool:
    """Whether the shares stand in one list, three or more of them or two of opposite things."""
    gaps = [
        sentence.words[sentence.place(one.span)[1] : sentence.place(other.span)[0]]
        for one, other in pairwise(shares)
    ]
    bracketed = all(re.fullmatch(r"\).*\(", gap) for gap in gaps)
    if any(re.search(r"[;:.!?]" if bracketed else r"[;:.!?()]", gap) for gap in gaps):
        return False
    if not re.search(r"\band\b", gaps[-1]):
        return False
    tail = sentence.words[sentence.place(shares[-1].span)[1] :]
    wholes = {
        found.group(1)
        for gap in (*gaps, tail)
        if (found := re.match(r"[ ]of[ ](?:the[ ]|its[ ]|their[ ])?([\w-]+)", gap))
    }
    if len(wholes) > 1:
        return False  # "64 percent of women and 51 percent of men"
    return len(shares) >= _FEWEST_SHARES or any(
        (one.search(gaps[0]) and other.search(tail)) or (other.search(gaps[0]) and one.search(tail))
        for one, other in _OPPOSITES
    )


def _scales(text: str, sentence: Sentence) -> Iterator[Slip]:
    """Two figures compared that would agree if one had the other's scale word."""
    if _FAR_APART.search(sentence.words):
        return
    scaled = [
        (one, value, found.group())
        for one in sentence.figures
        if (value := one.low or one.high)
        and (found := _SCALE_WORD.search(one.span.of(text).lower()))
    ]
    for (one, value, word), (other, another, another_word) in pairwise(scaled):
        ratio = max(value, another) / min(value, another)
        if (
            word != another_word
            and 1 / _AGREEMENT <= ratio / _FACTOR <= _AGREEMENT
            and (not one.unit or not other.unit or one.unit == other.unit)
            and _are_compared(sentence, one, other)
        ):
            message = (
                f"“{one.span.of(text)}” and “{other.span.of(text)}” are compared here, of which one"
                f" is {ratio:,.0f} times the other; is each scale word the right one?"
            )
            yield Slip(Span(one.span.start, other.span.end), "scale", message)
            return


def _are_compared(sentence: Sentence, one: Figure, other: Figure) -> bool:
    start, end = sentence.place(one.span)[1], sentence.place(other.span)[0]
    between = sentence.words[start:end]
    if between == " to ":
        return _FROM.search(sentence.words, 0, sentence.place(one.span)[0]) is not None
    return len(between) <= _APART and _COMPARING.search(between) is not None
