"""How two amounts of one thing differ: by rounding, by news, by what they count, or in earnest.

One rounds or bounds the other; a later document counts more of what only grows, or the text says
that the number moved; one counts a part, another place or another time. Else they cannot both be
right.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from operator import itemgetter

from unspin.comparing import amounts, extents, measures
from unspin.comparing.amounts import Amount, Days
from unspin.types import ConflictKind, Marks

_ABOUT, _PLAIN, _BOUNDED = 0.15, 0.05, 0.5  # how far a rounded and a bounded number may be off
_HAIR = 0.005  # "two thirds" and 66.8 percent
_LITTLE, _TENS = 0.01, 10  # how far numbers may be off of which both are in tens
_ROUND = 100  # numbers below are counted one by one
_PERIOD = timedelta(days=20)  # from here on a time is one that things are counted over
_WEEK = timedelta(days=7)
_OPEN = timedelta(days=3650)  # since some day
_PART = 0.1  # a part is that much smaller than the whole
_CONVERTED = 0.06  # how far a converted number may be off
_DAY = timedelta(days=1)
_VAGUE = re.compile(r"\b(?:dozens|scores|hundreds|thousands|millions|billions)\b")
_FEWER = 0.5
_PERCENT = re.compile(r"%|\bper ?cent|\bpct")

Ends = tuple[float | None, float | None]


def kind(marks: Sequence[Marks], one: Amount, other: Amount) -> ConflictKind | None:
    """How two amounts of one thing differ; None where they do not."""
    early, late = sorted((one, other), key=lambda amount: _published(marks, amount))
    gap = _published(marks, early) < _published(marks, late)
    if one.earliest and other.earliest:
        return _of_days(marks, one, other)
    scale = measures.scale(one.unit, other.unit)
    a, b = (_ends(marks, each, scale if each is one else 1.0) for each in (early, late))
    converted = scale != 1.0
    if None not in {one.against, other.against} and one.value == other.value:
        return None if one.against == other.against else "conflict"
    if _is_close(a, b, 1e-9) or (converted and _is_near(a, b, _CONVERTED)):
        return None
    rounds = (
        _rounds(early, late, a, b)
        or (_meets(a, b) and _is_near(a, b, _PART))
        or (
            _is_near(a, b, _PLAIN)
            and (
                any(_is_fraction(marks, each) for each in (one, other))
                or (measures.is_measured(one.unit) and None in {*a, *b})
            )
        )
    )
    if rounds and not _is_of_other_time(one, other, published=gap):
        return "rounding"
    if not gap and _is_of_part(one, other, sure=True):
        return "scope"
    if _is_brought_up_to_date(marks, early, late, a, b):
        return "update"
    if _is_of_part(one, other, sure=False):
        return "scope"
    if _meets(a, b):
        return "rounding" if _is_near(a, b, _BOUNDED) else None
    return "conflict"


def _of_days(marks: Sequence[Marks], one: Amount, other: Amount) -> ConflictKind | None:
    """How two days differ, or a day and the few days that are told for it: "mid-September".

    "Today" of two documents is one day each: only what stands around it could tell them apart.
    """
    if (one.earliest, one.latest) == (other.earliest, other.latest):
        return None
    if not (one.absolute or other.absolute) and _words(marks, one) == _words(marks, other):
        return None
    if _is_within(one, other) or _is_within(other, one):
        return "rounding"
    return "update" if one.revised or other.revised else "conflict"


def _words(marks: Sequence[Marks], amount: Amount) -> str:
    return amount.span.of(marks[amount.document].document.text).casefold()


def _is_fraction(marks: Sequence[Marks], amount: Amount) -> bool:
    """Whether a share is told as a fraction, which few would take at its word: "two thirds"."""
    return amount.unit == "percent" and not _PERCENT.search(_words(marks, amount))


def _is_brought_up_to_date(
    marks: Sequence[Marks], early: Amount, late: Amount, a: Ends, b: Ends
) -> bool:
    """Whether the later number knows more, or the number of another day."""
    gap = _published(marks, early) < _published(marks, late)
    more = a[0] is not None and b[1] is not None and b[1] > a[0]
    tolls = bool((early.told | late.told) & amounts.tolls())
    birthday = early.unit == measures.AGE and gap and late.value == early.value + 1
    return (
        birthday
        or _is_of_other_time(early, late, published=gap)
        or _is_as_of_later(late, _published(marks, early)[0], _published(marks, late)[0])
        or early.since != late.since
        or (
            gap
            and (late.since or late.revised or (more and tolls))
            and ((late.revised and more and tolls) or not _is_of_then(marks, early, late))
        )
    )


def _is_as_of_later(late: Amount, day: str, last: str) -> bool:
    """Whether an amount is told to hold for a time after a day, and is no plan: "by Saturday"."""
    as_of = late.as_of or ""
    return bool(day and as_of and ".." not in as_of and day < as_of[:10] <= last)


def _is_of_other_time(one: Amount, other: Amount, *, published: bool) -> bool:
    """Whether the numbers hold for times apart; `published`: they were at different times."""
    return _apart(one.as_of, other.as_of) or (
        (published or bool(one.as_of or other.as_of)) and _are_apart(one.heard, other.heard, _DAY)
    )


def _is_of_then(marks: Sequence[Marks], early: Amount, late: Amount) -> bool:
    """Whether the later document counts as of a day that the earlier one knew."""
    published = marks[early.document].document.published
    return published is not None and any(
        last <= date(published.year, published.month, published.day) for _, last in late.days
    )


def _published(marks: Sequence[Marks], amount: Amount) -> tuple[str, str]:
    """The day, and the time where it is known; undated before all."""
    published = marks[amount.document].document.published
    if published is None:
        return ("", "")
    if isinstance(published, datetime):
        return (published.date().isoformat(), published.time().isoformat())
    return (published.isoformat(), "")


def _ends(marks: Sequence[Marks], amount: Amount, scale: float) -> Ends:
    """The ends of an amount in another unit; "scores" may be fewer than the word says."""
    low, high = amount.low, amount.high
    if low is not None and high is None and _VAGUE.search(_words(marks, amount)):
        low *= _FEWER
    if low is None and amount.unit in measures.DAYS and _words(marks, amount).startswith("within"):
        low = high  # the time that is given
    return (None if low is None else low * scale, None if high is None else high * scale)


def _is_close(a: Ends, b: Ends, within: float) -> bool:
    return all(
        (x is None and y is None)
        or (x is not None and y is not None and abs(x - y) <= within * max(abs(x), abs(y)))
        for x, y in zip(a, b, strict=True)
    )


def _apart(one: str | None, other: str | None) -> bool:
    """Whether the numbers hold for times that do not meet; ISO texts of one length compare."""
    if not one or not other or ".." in one + other:
        return False
    (first, last), (begin, end) = (
        (text.split("/")[0], text.split("/")[-1]) for text in (one, other)
    )
    size = min(map(len, (first, last, begin, end)))
    return last[:size] < begin[:size] or end[:size] < first[:size]


def _rounds(one: Amount, other: Amount, a: Ends, b: Ends) -> bool:
    """Whether one number is the other rounded, or a range that holds it."""
    numbers = [value for value in (*a, *b) if value is not None]
    if min(numbers) <= 0 or None in a or None in b:
        return False
    (low, high), (begin, end) = (tuple(map(float, ends)) for ends in (a, b))  # type: ignore[arg-type] # no end is None here
    if low <= begin <= end <= high or begin <= low <= high <= end:
        return True  # a range that holds the other number
    off = abs(low - begin) / max(low, begin)
    if "about" in {one.bound, other.bound}:
        return off <= _ABOUT
    if off <= _HAIR or (off <= _LITTLE and not (low % _TENS or begin % _TENS)):
        return True
    return off <= _PLAIN and (_is_rounded(low, begin) or _is_rounded(begin, low))


def _meets(a: Ends, b: Ends) -> bool:
    """Whether one number at least has an open end, and some number fits both."""
    open_ended = None in a or None in b
    low = max((value for value in (a[0], b[0]) if value is not None), default=-math.inf)
    high = min((value for value in (a[1], b[1]) if value is not None), default=math.inf)
    return open_ended and low <= high


def _is_near(a: Ends, b: Ends, within: float) -> bool:
    """Whether all ends that are given lie that near: "more than 1,000" and 1,043."""
    numbers = [value for value in (*a, *b) if value is not None]
    return min(numbers) > 0 and max(numbers) <= (1 + within) * min(numbers)


def _is_rounded(value: float, number: float) -> bool:
    """Whether `value` is `number` with digits left out: 2.4 billion for 2.38, 54 for 53.6."""
    if number == round(number) and number < _ROUND:
        return False
    places = max(0, 2 - len(str(int(number))))
    if value == round(number, places) and number != round(number, places):
        return True
    digits = math.floor(math.log10(number))
    return any(value == round(number, kept - 1 - digits) for kept in range(1, digits + 1))


def _is_of_part(one: Amount, other: Amount, *, sure: bool) -> bool:
    """Whether the two count a different part, over another time or in another place."""
    small, large = sorted((one, other), key=lambda amount: amount.value)
    ratio = large.value / small.value if small.value else math.inf
    if ratio <= 1 + _PART and one.unit not in measures.SHARES:
        return False
    ways = [(small.extent, large.extent)]
    if one.unit in measures.SHARES:
        ways.append((large.extent, small.extent))
    return (
        _is_other_period(one, other)
        or (one.unit in measures.SHARES and extents.are_of_other_places(one.extent, other.extent))
        or any(extents.differ(*way, ratio) for way in ways)
        or (not sure and any(extents.may_differ(*way, ratio) for way in ways))
    )


def _is_other_period(one: Amount, other: Amount) -> bool:
    """Whether one counts over a long time and the other over a short one: a year, and a week."""
    lengths = [_length(amount) for amount in (one, other)]
    if None in lengths:
        return False
    short, long = sorted(length for length in lengths if length is not None)
    return long >= _PERIOD and long >= 3 * short


def _length(amount: Amount) -> timedelta | None:
    """Over how long a time it counts, as far as its sentence says."""
    if amount.over:
        return amount.over
    if amount.as_of and ".." in amount.as_of:
        return _OPEN
    return max((last - first for first, last in amount.days), default=None)


def _is_within(one: Amount, other: Amount) -> bool:
    """Whether the day or days that one tells lie in those of the other."""
    return bool(
        one.earliest
        and one.latest
        and other.earliest
        and other.latest
        and other.earliest <= one.earliest
        and one.latest <= other.latest
    )


def is_other_time(one: Amount, other: Amount, gap: timedelta) -> bool:
    """Whether the sentences speak of days, and all lie that far apart."""
    return _are_apart(one.days, other.days, gap)


def is_of_untold_time(one: Amount, other: Amount) -> bool:
    """Whether an amount is of a time long ago that the document of the other never speaks of."""
    return (
        bool(one.then)
        and one.unit != "date"
        and not any(_meets_one(first, last, other.past) for first, last in one.then)
    )


def _meets_one(first: date, last: date, days: Days) -> bool:
    """Whether a stretch meets one of others that are in order and apart."""
    before = bisect_right(days, last, key=itemgetter(0))
    return before > 0 and days[before - 1][1] >= first


def _are_apart(one: Days, other: Days, gap: timedelta) -> bool:
    return bool(one and other) and all(
        max(begin - last, first - end) >= gap + _slack(first, last, begin, end)
        for first, last in one
        for begin, end in other
    )


def _slack(first: date, last: date, begin: date, end: date) -> timedelta:
    """How much further apart two stretches must lie: "a week ago" is no sure day."""
    longer = max(last - first, end - begin)
    return longer if longer <= _WEEK else timedelta(0)
