"""Quantities as the text gives them: value, unit, what is counted, bound and change.

In: a document, its voices and its dates. Out: figures sorted by place. Years, dates, times of day,
ordinals, scores of games, telephone numbers and names with numbers in them are not figures; the
two numbers of a vote are. A fraction is given in percent ("a fifth of" is 20). "$" and "dollars"
are the unit "dollar": whose, the text often leaves open. "Hundreds" and "dozens" have a lower end
only. "From 3 % to 5 %" is two figures, "between 3 % and 5 %" is one.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from unspin import numbers
from unspin.marking import (
    amounts,
    bounds,
    counting,
    holding,
    measures,
    naming,
    shares,
    tallies,
)
from unspin.marking import voices as mouths
from unspin.marking.amounts import Amount, Reading
from unspin.marking.counting import Counted
from unspin.types import Document, Figure, Span, TimeExpression, Voice

_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2 * 10**6,
          "billions": 2 * 10**9, "trillions": 2 * 10**12}  # fmt: skip
_TIMES_VAGUE = {"tens": 10, "hundreds": 100}
_LOOSE = "dozen|hundred|thousand|million|billion"
_TELEPHONE = re.compile(r"\+?\d[\d()]{0,6}(?:[ .\-/][\d()]{2,6}){2,6}(?!\w)")
_TELEPHONE_DIGITS = range(7, 17)
_TO = re.compile(
    r"(?P<dash>[ ]?[–—-][ ]?)|(?P<to>[ ]to[ ]|-to-)|[ ](?P<word>and|or)[ ]|(?P<slash>/)(?=[$€£])"
)
_SHARED = re.compile(r"-?[ ]or[ ]|-[ ](?:and|to)[ ]")  # "a 7- or 8-inch screen"
_BETWEEN = re.compile(r"\b(?P<word>between|from)[ ]\Z", re.IGNORECASE)
_AT_AGE = re.compile(
    r"\b(?:(?:aged?|ages)(?: of)?|(?:boy|girl|man|woman|widow|widower) of"
    r"|d(?:ied|ies|ead|eath) at)[ ]\Z",
    re.IGNORECASE,
)
_IS_AGE = re.compile(
    r"(?:\b(?:[Hh]e|[Ss]he|who) (?:is|was|turned|turns)(?: only| just| now| then)?"
    r"|\b[A-Z][\w’'-]+ (?:is now|was then|turned|turns)|,(?: now| then))[ ]\Z"
)
_AGE_ENDS = re.compile(r"[,.;]|[ ](?:now|when|at the time|and (?:has|had|is|was))\b")
_MAGNITUDE = re.compile(
    r"\b(?:magnitude(?: of| as| at| was|-)?"
    r"|(?:(?:earth)?quake|tremor|aftershock)\b[^.;\n]{0,60}?\b(?:measur|regist|record)\w+(?: at)?)"
    r"[ ]?\Z",
    re.IGNORECASE,
)
_OLDER = re.compile(r"\b(?:older|younger)\b")
_FROM_DATE = re.compile(r"(?<=\w)(?: to | and | or |[–—-])\Z")
_TO_DATE = re.compile(r"(?: to | and | or |[–—-])(?=\d)")
_ARTICLE = re.compile(r"\b(?:an?|the|its|his|her|their|our|this|that|new)[ ]\Z", re.IGNORECASE)
_DURATIONS = frozenset({"second", "minute", "hour", "day", "night", "week", "fortnight", "month",
                        "year", "decade", "century"})  # fmt: skip
_SPACE = re.compile(r"(?<!\d)[\u00a0\u2009\u202f]|[\u00a0\u2009\u202f](?!\d{3}(?!\d))")
_SENTENCE_END = re.compile(r"[.!?;:](?=\s)|\n")
_COMPARES = re.compile(
    r"\b(?:including|compared (?:with|to)|against|versus|(?:up|down) from|from|and|or|than)[ ]\Z"
)
_LISTED = re.compile(r"\b(?:and|or)[ ]\Z")
_LISTS = frozenset({" and ", " or ", ", "})
_FAR = 80
_WHOLE = 100
_LOOKBACK = 40
_NEAR = 16


class _Found(NamedTuple):
    """A figure, or none, and where the search goes on."""

    reading: Reading | None
    end: int


def find(
    document: Document, voices: Sequence[Voice], dates: Sequence[TimeExpression]
) -> tuple[Figure, ...]:
    """The figures of `document`, with the date and the part they hold for where these are plain."""
    text = _SPACE.sub(" ", document.text)
    times = _Busy([date.span for date in dates])
    telephones = [
        Span(*match.span()) for match in _TELEPHONE.finditer(text) if _is_telephone(match.group())
    ]
    votes = _votes(text)
    elsewhere = _Busy([*telephones, *(vote.span for vote in votes)])
    found: list[Reading] = []
    position = 0
    while match := _quantity().search(text, position):
        reading, end = _read(text, match, times)
        position = max(end, match.end("begin") + 1)
        if reading is not None and not elsewhere.overlaps(reading.span):
            position = max(position, reading.span.end)
            last = found[-1] if found else None
            found.append(_elliptic(text, _converted(text, reading, last), last))
    given = [_figure(one, voices) for one in sorted([*found, *votes], key=lambda one: one.span)]
    ages = [one for one in given if one.unit in measures.AGES]  # "voters aged 18 to 34" is a scope
    held = holding.find(text, [one for one in given if one.unit not in measures.AGES], dates)
    return tuple(sorted([*held, *ages], key=lambda one: one.span))


class _Busy:
    """Stretches of a text, for quick look-up."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def overlaps(self, span: Span) -> bool:
        """Whether one of the stretches shares a character with `span`."""
        place = bisect_right(self._spans, span.end - 1, key=lambda one: one.start)
        return place > 0 and self._reach[place - 1] > span.start


def _is_telephone(words: str) -> bool:
    digits = sum(character.isdigit() for character in words)
    return digits in _TELEPHONE_DIGITS and (
        words[0] == "+" or words.count("-") + words.count(" ") > 1 or "/" in words
    )


def _votes(text: str) -> list[Reading]:
    return [
        amounts.within(span, value, "exact", None, tally.votes)
        for tally in tallies.find(text)
        for span, value in zip(tally.spans, (tally.most, tally.least), strict=True)
    ]


def _figure(reading: Reading, voices: Sequence[Voice]) -> Figure:
    return Figure(
        span=reading.span,
        low=None if reading.low is None else float(reading.low),
        high=None if reading.high is None else float(reading.high),
        unit=reading.unit,
        counted=reading.counted,
        bound=reading.bound,
        change=reading.change,
        as_of=None,
        scope=None,
        voice=mouths.at(voices, reading.span),
    )


def _read(text: str, match: re.Match[str], times: _Busy) -> _Found:
    """The figure of one match, if it is one."""
    if match["vague"] or match["loose"]:
        return _Found(_vague(text, match), match.end())
    if match["couple"]:
        return _Found(_couple(text, match), match.end())
    if match["part"] or match["odds"] or match["ratio"]:
        return _Found(shares.read(text, match), match.end())
    amount = amounts.of(text, match)
    if amount is None:
        return _Found(None, match.end())
    if times.overlaps(Span(amount.start, amount.end)) and amount.unit not in _DURATIONS:
        high = _high(text, amount, times)
        if high is None or high.unit is None or high.unit in _DURATIONS:
            return _Found(None, match.end())
    if amount.unit is None and (shared := _shared(text, amount)):
        return shared
    end = naming.score_end(text, amount.start)
    named = naming.is_in_row(text, amount) or naming.is_of_clock(text, amount)
    if end or named or _is_beside_date(text, amount, times):
        return _Found(None, end or amount.end)
    return _amount(text, amounts.with_cents(text, amount), times)


def _vague(text: str, match: re.Match[str]) -> Reading | None:
    """Dozens, several hundred, tens of thousands: a lower end only."""
    end = match.end()
    of = text.startswith(" of ", end)
    if match["loose"]:
        low = 2 * numbers.times(match["loose"])
    elif not of and naming.is_known(text, match.start()):
        return None  # "in the hundreds"
    else:
        low = _VAGUE[match["large"].casefold()]
        low *= _TIMES_VAGUE.get((match["tens"] or "").casefold(), 1)
    unit, stop = measures.after(text, end + 3 if of else end, scaled=True)
    counted = Counted(None, unit, stop) if unit else counting.many(text, end)
    if counted.span is None:
        end = counted.end
    span = Span(match.start(), end)
    return Reading(span, Decimal(low), None, "at-least", counted.unit, counted.span)


def _couple(text: str, match: re.Match[str]) -> Reading | None:
    """About two of something: "a couple of houses"."""
    unit, stop = measures.after(text, match.end() + len(" of"), scaled=False)
    if unit:
        return amounts.within(Span(match.start(), stop), Decimal(2), "about", unit, None)
    counted = counting.many(text, match.end())
    if counted.unit is None and counted.span is None:
        return None  # "a couple of his"
    end = match.end() if counted.span else counted.end
    span = Span(match.start(), end)
    return amounts.within(span, Decimal(2), "about", counted.unit, counted.span)


def _shared(text: str, low: Amount) -> _Found | None:
    """The first of two figures that share a unit: "a 7- or 8-inch screen", "20 or 30 per cent"."""
    link = _SHARED.match(text, low.end)
    other = amounts.at(text, link.end()) if link else None
    if link is None or other is None or other.unit is None:
        return None
    if link.group()[0] == " " and _is_next(low, other):
        return None  # "three or four years"
    start, bound = bounds.before(text, low.start)
    reading = amounts.within(Span(start, low.end), low.value, bound, other.unit, None)
    return _Found(reading, link.end())


def _amount(text: str, low: Amount, times: _Busy) -> _Found:
    """The figure of an amount, a range with it where it is one."""
    high = _high(text, low, times)
    opened = _BETWEEN.search(text, max(0, low.start - _LOOKBACK), low.start)
    apart = high is not None and opened is not None and opened["word"].casefold() == "from"
    value, unit, end = low.value, low.unit, low.end
    if high is not None:
        value = _lent(low, high)
        unit = high.unit or unit
        end = low.end if apart else high.end
    start, bound = bounds.before(text, low.start)
    later, end = (None, end) if high else bounds.after(text, end)
    counted = Counted(None, unit, end)
    if unit is None and not apart:
        counted = _counted(text, low, end)
        end = end if counted.span else counted.end
    elif unit == "percent" and not apart and text.startswith(" of ", end):
        counted = counted._replace(span=counting.many(text, end).span)
    if counted.span is not None and later is None:
        later, _ = bounds.after(text, counted.span.end)
    bound = later or bound
    if counted.unit is None and counted.span is None and not apart:
        counted = counting.ahead(text, start)._replace(end=end)
    if before := low.is_in_digits and _unit_before(text, low.start, start, end):
        counted = Counted(None, before, end) if unit is None else counted
    unit, upper = counted.unit, None if apart or high is None else high.value
    if not apart and not naming.is_figure(text, low, high, unit, counted.span, bound, start):
        return _Found(None, max(low.end, high.start) if high else low.end)
    span = Span(start, end)
    change = bounds.change(text, start, end if unit else None)
    if upper is None:
        return _Found(amounts.within(span, value, bound, unit, counted.span, change), end)
    return _Found(Reading(span, value, upper, bound, unit, counted.span, change), end)


def _unit_before(text: str, start: int, begin: int, end: int) -> str | None:
    """The unit that stands before a number or in its bound: "aged 44", "45 or older"."""
    if _MAGNITUDE.search(text, max(0, start - _FAR), start):
        return "magnitude"
    aged = _AT_AGE.search(text, max(0, start - _NEAR), start)
    if _IS_AGE.search(text, max(0, start - _LOOKBACK), start) and _AGE_ENDS.match(text, end):
        return "year-of-age"
    older = _OLDER.search(text, begin, start) or _OLDER.search(text, max(start, end - 7), end)
    return "year-of-age" if aged or older else None


def _is_beside_date(text: str, amount: Amount, times: _Busy) -> bool:
    """Whether a number is a day that a date beside it completes: "July 8 and 9", "8 to 9 July"."""
    if not amount.is_plain or counting.many(text, amount.end).end != amount.end:
        return False
    before = _FROM_DATE.search(text, max(0, amount.start - _NEAR), amount.start)
    behind = _TO_DATE.match(text, amount.end)
    return bool(
        (before and times.overlaps(Span(before.start() - 1, before.start())))
        or (behind and times.overlaps(Span(behind.end(), behind.end() + 1)))
    )


def _high(text: str, low: Amount, times: _Busy) -> Amount | None:
    """The other end of a range that `low` begins."""
    to = _TO.match(text, low.end)
    high = amounts.at(text, to.end()) if to else None
    if to is None or high is None or times.overlaps(Span(high.start, high.end)):
        return None
    rated = low.unit and high.unit and high.unit.startswith(f"{low.unit}/")
    if low.unit and low.unit != high.unit and not rated and (high.unit or low.ends_with_unit):
        return None  # "rose 0.7 per cent to 6,327"
    opened = _BETWEEN.search(text, max(0, low.start - _LOOKBACK), low.start)
    if to["to"] and opened and opened["word"].casefold() == "from":
        return high
    if _lent(low, high) >= high.value or naming.runs_on(text, high):
        return None
    if to["word"]:
        return high if (opened if to["word"] == "and" else _is_next(low, high)) else None
    if to["dash"] and not (low.is_in_digits and high.is_in_digits):
        return None  # a dash between words
    return high


def _lent(low: Amount, high: Amount) -> Decimal:
    """The value of the lower end, with the scale that "3 to 5 million" lends it."""
    lends = low.scale == 1 < high.scale and low.value < high.value / high.scale
    return low.value * high.scale if lends else low.value


def _is_next(low: Amount, high: Amount) -> bool:
    """Whether "three or four" names neighbours, and so a range."""
    return low.is_bare and high.scale == 1 and high.value - low.value == 1


def _counted(text: str, amount: Amount, end: int) -> Counted:
    if amount.words.casefold() == "one":
        return (counting.many if text.startswith(" of ", end) else counting.one)(text, end)
    found = counting.many(text, end)
    if found.span is not None or found.unit is not None:
        return found
    if text.startswith(" who ", end):
        return Counted(None, "person", end)
    led = _ARTICLE.search(text, max(0, amount.start - _NEAR), amount.start)
    if amount.is_in_digits or led or text.startswith("-", end):
        return counting.attributive(text, end)
    return found


def _converted(text: str, reading: Reading, last: Reading | None) -> Reading:
    """The reading with the bound of the one that it converts: "more than 100 km (60 miles)"."""
    if last is None or last.bound == "exact" or reading.bound != "exact":
        return reading
    span, low, high, _, unit, counted, change = reading
    if low is None or low != high or text[last.span.end : span.start] not in {" (", " (or "}:
        return reading
    return amounts.within(span, low, last.bound, unit, counted, change)


def _elliptic(text: str, reading: Reading, last: Reading | None) -> Reading:
    """The reading with the unit of the one before it: "6 million homes, against 5 million".

    Only where words that compare lead to it; a percentage lends its unit to no more than 100, and
    an age to what is listed with it.
    """
    if last is None or reading.unit or reading.counted:
        return reading
    gap = text[last.span.end : reading.span.start]
    if last.unit in measures.AGES:
        return reading._replace(unit=last.unit) if gap in _LISTS else reading
    if len(gap) > _FAR or _SENTENCE_END.search(gap) or not _COMPARES.search(gap):
        return reading
    most = max(reading.low or 0, reading.high or 0)
    if last.unit == "percent" and most > _WHOLE:
        return reading
    listed = _LISTED.search(gap)  # "six women, and 50 more": of what, is open
    return reading._replace(unit=last.unit, counted=None if listed else last.counted)


@cache
def _quantity() -> re.Pattern[str]:
    large = "|".join(_VAGUE).replace("scores", "scores(?=[ ]of)")
    bare = r"(?:(?<![\w.,:/’'#+−-])|(?<=%-))"  # "by 45%-38%"
    return re.compile(
        rf"""
        (?=  # how any of them begins, so that most places are passed over quickly
            [\d½⅓⅔¼¾⅛.−-] | [^\w\s,:;!?()“”‘’"']
          | (?<!\w)(?:(?:an?[ ])?(?:{numbers.FIRST_LETTERS})|min|sev|an?[ ](?:few|cou)
            |(?-i:[A-Z][\w.]{{0,4}}[ ]?[$=\d]))
        )(?:
            (?<![\w-])(?P<vague>(?:(?P<tens>tens|hundreds)[ ]of[ ])?(?P<large>{large}))(?!\w)
          | (?<![\w-])(?:several|a[ ]few|a[ ]couple(?:[ ]of)?)[ ](?P<loose>{_LOOSE})(?!\w)
          | (?<![\w-])(?P<couple>a[ ]couple)(?=[ ]of[ ]\w)
          | {shares.PATTERN}
          | {amounts.pattern(bare)}
        )
        """,
        re.VERBOSE | re.IGNORECASE,
    )
