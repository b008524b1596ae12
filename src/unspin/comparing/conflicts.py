"""Figures and dates that documents give for one thing, and that differ.

Amounts of one story are of one thing where units fit, what happened to the counted is the same, and
what the sentences say is alike, and where of all amounts of the two documents each is the likeliest
partner of the other. Their difference is then sorted: one rounds or bounds the other; a later
document counts more of what only grows, or the text says that the number moved; one counts a part,
another place or another time; else they cannot both be right.
"""

import math
import operator
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unspin.comparing import amounts, extents, grouping, sources
from unspin.comparing.amounts import Amount
from unspin.comparing.speakers import Cast
from unspin.model.signals import Vectors
from unspin.types import Conflict, ConflictKind, Copy, Marks, Story

SAME = 0.45  # from here on two amounts are of one thing
_STRETCH = 400  # characters
_CROWD = 48  # amounts that share a key and are held against one another
_RARE = 6  # words of the context that an amount is looked up by
_SEVERITY: tuple[ConflictKind, ...] = ("conflict", "update", "scope", "rounding")
_METRES = {"mm": 1e-3, "cm": 1e-2, "dm": 0.1, "m": 1.0, "km": 1e3, "mile": 1609.344}
_METRES |= {"foot": 0.3048, "ft": 0.3048, "yard": 0.9144, "inch": 0.0254}
_GRAMS = {"g": 1e-3, "kg": 1.0, "t": 1e3, "tonne": 1e3, "ton": 1e3}
_UNTOLD = ("year-of-age", "month-of-age", "time")  # there are many, and nothing tells of what
_SHARES = ("percent", "percentage-point")
_MEASURES = (_METRES, amounts.DAYS, _GRAMS)
_ABOUT, _PLAIN, _BOUNDED = 0.15, 0.05, 0.5  # how far a rounded and a bounded number may be off
_HAIR = 0.005  # "two thirds" and 66.8 percent
_ENOUGH = 2.0  # words told near both amounts that say as much as more would
_SMALL = 10
_ROUND = 100  # numbers below are counted one by one
_BESIDE = timedelta(days=3)
_PERIOD = timedelta(days=20)  # from here on a time is one that things are counted over
_WEEK = timedelta(days=7)
_OPEN = timedelta(days=3650)  # since some day
_DAY, _LONG = timedelta(days=1), timedelta(days=30)  # one event may last; two lie further apart
_MANY = 1000  # from here on a number tells something though its words do not
_BESIDES = 0.03  # powers of ten within which numbers that are not small hardly meet by chance
_SLIP = 0.3  # powers of ten that "million" for "billion" is held to be worth
_PART = 0.1  # a part is that much smaller than the whole
_CONVERTED = 0.06  # how far a converted number may be off

Ends = tuple[float | None, float | None]


def find(
    marks: Sequence[Marks],
    stories: Sequence[Story],
    copies: Sequence[Copy],
    cast: Cast,
    vectors: Vectors,
) -> tuple[Conflict, ...]:
    """The differences of all stories, the gravest kinds of a story first."""
    found: list[Conflict] = []
    for story, numbers in sources.told(marks, stories, copies):
        told = [one for number in numbers for one in amounts.read(marks[number], number, cast)]
        found += _of_story(marks, story, told, vectors)
    return tuple(found)


class _Meaning(NamedTuple):
    """What the encoder makes of the amounts of a story: a row each, of length 1."""

    sentences: NDArray[np.float32]
    clauses: NDArray[np.float32]


def _meaning(
    marks: Sequence[Marks],
    told: Sequence[Amount],
    vectors: Vectors,
) -> _Meaning:
    texts = [marks[one.document].document.text for one in told]
    return _Meaning(
        vectors([one.sentence.of(text) for one, text in zip(told, texts, strict=True)]),
        vectors([one.clause.of(text) for one, text in zip(told, texts, strict=True)]),
    )


def _of_story(
    marks: Sequence[Marks],
    story: Story,
    told: Sequence[Amount],
    vectors: Vectors,
) -> list[Conflict]:
    scores = _likenesses(marks, told, vectors)
    links = {pair: score for pair, score in _mutual(told, scores) if score >= SAME}
    conflicts = []
    groups = grouping.groups(links, [amount.document for amount in told])
    for group, inside in zip(groups, grouping.inside(groups, links), strict=True):
        kinds = [kind for a, b in inside if (kind := _kind(marks, told[a], told[b]))]
        if kinds:
            conflicts.append(
                Conflict(
                    kind=min(kinds, key=_SEVERITY.index),
                    counted=_counted([told[at] for at in group]),
                    unit=told[group[0]].unit,
                    story=story.id,
                    places=tuple(amounts.given(marks, told[at]) for at in group),
                    score=sum(inside.values()) / len(inside),
                )
            )
    return sorted(conflicts, key=lambda one: _SEVERITY.index(one.kind))


def _kind(marks: Sequence[Marks], one: Amount, other: Amount) -> ConflictKind | None:
    """How two amounts of one thing differ; None where they do not."""
    early, late = sorted((one, other), key=lambda amount: _published(marks, amount))
    gap = _published(marks, early) < _published(marks, late)
    if one.earliest and other.earliest:
        if one.earliest == other.earliest:
            return None
        return "update" if early.revised or late.revised else "conflict"
    scale = _scale(one.unit, other.unit)
    a, b = _ends(early, scale if early is one else 1.0), _ends(late, scale if late is one else 1.0)
    converted = scale != 1.0 or one.unit != other.unit
    if _is_close(a, b, 1e-9) or (converted and _is_near(a, b, _CONVERTED)):
        return None
    rounds = _rounds(early, late, a, b) or (_meets(a, b) and _is_near(a, b, _PART))
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


def _is_brought_up_to_date(
    marks: Sequence[Marks], early: Amount, late: Amount, a: Ends, b: Ends
) -> bool:
    """Whether the later number knows more, or the number of another day."""
    gap = _published(marks, early) < _published(marks, late)
    more = a[0] is not None and b[1] is not None and b[1] > a[0]
    tolls = bool((early.told | late.told) & amounts.tolls())
    return (
        _is_of_other_time(early, late, published=gap)
        or _is_as_of_later(late, _published(marks, early)[0])
        or early.since != late.since
        or (
            gap
            and (late.since or late.revised or (more and tolls))
            and not _is_of_then(marks, early, late)
        )
    )


def _is_as_of_later(late: Amount, day: str) -> bool:
    """Whether an amount is told to hold for a time after a day: "by Saturday"."""
    return bool(day and late.as_of and ".." not in late.as_of and late.as_of[:10] > day)


def _is_of_other_time(one: Amount, other: Amount, *, published: bool) -> bool:
    """Whether the numbers hold for times apart; `published`: they were at different times."""
    return _apart(one.as_of, other.as_of) or (
        (published or bool(one.as_of or other.as_of)) and _is_other_time(one, other, _DAY)
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


def _ends(amount: Amount, scale: float) -> Ends:
    low, high = amount.low, amount.high
    return (None if low is None else low * scale, None if high is None else high * scale)


def _scale(unit: str | None, into: str | None) -> float:
    """What a number in `unit` is multiplied with to be one in `into`."""
    for measure in _MEASURES:
        if unit in measure and into in measure:
            return measure[unit] / measure[into]
    return 1.0


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
    if off <= _HAIR:
        return True
    return off <= _PLAIN and (_is_rounded(low, begin) or _is_rounded(begin, low))


def _meets(a: Ends, b: Ends) -> bool:
    """Whether one number at least has an open end, and some number fits both."""
    open_ended = None in a or None in b
    low = max((value for value in (a[0], b[0]) if value is not None), default=-math.inf)
    high = min((value for value in (a[1], b[1]) if value is not None), default=math.inf)
    return open_ended and low <= high


def _is_near(a: Ends, b: Ends, within: float) -> bool:
    """Whether an open end lies near the other number: "more than 1,000" and 1,043."""
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
    small, large = sorted((one, other), key=_value)
    ratio = _value(large) / _value(small) if _value(small) else math.inf
    if ratio <= 1 + _PART and one.unit not in _SHARES:
        return False
    ways = [(small.extent, large.extent)]
    if one.unit in _SHARES:
        ways.append((large.extent, small.extent))
    return (
        _is_other_period(one, other)
        or any(extents.differ(*way) for way in ways)
        or (not sure and any(extents.may_differ(*way, ratio) for way in ways))
    )


def _value(amount: Amount) -> float:
    return amount.low or amount.high or 0.0


def _is_other_period(one: Amount, other: Amount) -> bool:
    """Whether one counts over a long time and the other over a short one: a year, and a week."""
    lengths = [_length(amount) for amount in (one, other)]
    if None in lengths:
        return False
    short, long = sorted(length for length in lengths if length is not None)
    return long >= _PERIOD and long >= 3 * short


def _length(amount: Amount) -> timedelta | None:
    """Over how long a time it counts, as far as its sentence says."""
    if amount.as_of and ".." in amount.as_of:
        return _OPEN
    if amount.over:
        return amount.over
    return max((last - first for first, last in amount.days), default=None)


def _likenesses(
    marks: Sequence[Marks],
    told: Sequence[Amount],
    vectors: Vectors,
) -> dict[tuple[int, int], float]:
    """How likely pairs of amounts of different documents are of one thing, 0 to 1."""
    rarity = _rarity(told)
    pairs = list(_candidates(told, rarity))
    weighed = sorted({at for pair in pairs for at in pair})
    row = {at: place for place, at in enumerate(weighed)}
    meaning = _meaning(marks, [told[at] for at in weighed], vectors)
    odds = {
        (a, b): _odds(_features(told[a], told[b], (row[a], row[b]), meaning, rarity))
        for a, b in pairs
    }
    rivals: defaultdict[tuple[int, int], float] = defaultdict(float)
    for (a, b), one in odds.items():
        rivals[a, told[b].document] += one
        rivals[b, told[a].document] += one
    lengths = [len(one.document.text) / _STRETCH for one in marks]
    return {
        (a, b): one
        / (
            min(lengths[told[a].document], lengths[told[b].document])
            + rivals[a, told[b].document]
            + rivals[b, told[a].document]
            - one
        )
        for (a, b), one in odds.items()
    }


def _rarity(told: Sequence[Amount]) -> Mapping[str, float]:
    """What each word of the contexts counts for: the fewer sentences have it, the more."""
    sentences: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for amount in told:
        for name in amount.near:
            sentences[name].add((amount.document, amount.sentence.start))
    return {name: 1 / math.sqrt(len(places)) for name, places in sentences.items()}


def _candidates(told: Sequence[Amount], rarity: Mapping[str, float]) -> Iterator[tuple[int, int]]:
    """Pairs of amounts of different documents whose units fit, those that share words first."""
    by: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, amount in enumerate(told):
        rare = sorted(amount.near, key=lambda name: (-rarity[name], name))[:_RARE]
        for name in sorted({*rare, *amount.told, *amount.things, ""}):
            by[_class(amount), name].append(number)
    found = {
        (a, b)
        for numbers in by.values()
        for at, b in enumerate(numbers)
        for a in numbers[max(0, at - _CROWD) : at]
        if _fits(told[a], told[b])
    }
    yield from sorted(found)


def _class(amount: Amount) -> str:
    """What kind of unit it has: whatever is counted one by one goes together, rates with sums."""
    for measure in _MEASURES:
        if amount.unit in measure:
            return next(iter(measure))
    return "count" if amount.unit in {None, "person"} else amount.unit.partition("/")[0]


def _fits(one: Amount, other: Amount) -> bool:
    """Whether nothing forbids that the two are of one thing."""
    tolls = [amount.told & amounts.tolls() for amount in (one, other)]
    return (
        one.document != other.document
        and one.unit not in _UNTOLD
        and any(
            amount.unit or amount.told or amount.things or _value(amount) >= _MANY
            for amount in (one, other)
        )
        and one.extent.others == other.extent.others
        and not (one.change and other.level)
        and not (other.change and one.level)
        and not _is_other_time(one, other, _LONG)
        and not (tolls[0] and tolls[1] and not tolls[0] & tolls[1])
    )


def _features(
    one: Amount,
    other: Amount,
    rows: tuple[int, int],
    meaning: _Meaning,
    rarity: Mapping[str, float],
) -> tuple[float, ...]:
    """What tells whether two amounts are of one thing."""
    a, b = rows
    named = bool(one.things and other.things)
    beside = _is_day_beside(one, other)
    off = _off(one, other)
    small = all(_is_small(amount) for amount in (one, other))
    return (
        float(meaning.sentences[a] @ meaning.sentences[b]),
        float(meaning.clauses[a] @ meaning.clauses[b]),
        _shared(one.near, other.near, rarity),
        float(bool(one.told & other.told)),
        float(named and not one.things & other.things),
        float(one.unit == "date" and not beside),
        float(one.unit == "date" and beside and not (one.absolute and other.absolute)),
        off,
        float(one.unit != "date" and off < _BESIDES and not small),
        float(small),
        float(one.unit in _SHARES),
    )


def _is_day_beside(one: Amount, other: Amount) -> bool:
    """Whether two days lie so near that one may be taken for the other."""
    return bool(one.earliest and other.earliest and abs(one.earliest - other.earliest) <= _BESIDE)


def _is_small(amount: Amount) -> bool:
    """Whether it is one of the numbers that count anything: "two officials", "one day"."""
    value = _value(amount)
    return amount.unit != "date" and value <= _SMALL and value == int(value)


def _odds(features: Sequence[float]) -> float:
    """That two amounts are of one thing against that they are not, were there no others."""
    return math.exp(_BIAS + sum(map(operator.mul, _WEIGHTS, features)))


_WEIGHTS = (2.35, 3.2, 2.7, 1.75, -0.75, -4.2, -2.95, -3.65, 1.05, -0.95, -1.95)
_BIAS = -0.75


def _shared(
    one: Mapping[str, float], other: Mapping[str, float], rarity: Mapping[str, float]
) -> float:
    """What is told near both, by how rare it is."""
    both = sorted(one.keys() & other.keys())
    return min(sum(rarity[name] * min(one[name], other[name]) for name in both), _ENOUGH)


def _is_other_time(one: Amount, other: Amount, gap: timedelta) -> bool:
    """Whether the sentences speak of days, and all lie that far apart."""
    return bool(one.days and other.days) and all(
        last + gap + _slack(first, last, begin, end) <= begin
        or end + gap + _slack(first, last, begin, end) <= first
        for first, last in one.days
        for begin, end in other.days
    )


def _slack(first: date, last: date, begin: date, end: date) -> timedelta:
    """How much further apart two stretches must lie: "a week ago" is no sure day."""
    longer = max(last - first, end - begin)
    return longer if longer <= _WEEK else timedelta(0)


def _off(one: Amount, other: Amount) -> float:
    """By how many powers of ten the numbers differ; a slip of a thousand counts for little."""
    values = [amount.low or amount.high for amount in (one, other)]
    if not values[0] or not values[1] or values[0] * values[1] < 0:
        return 0.0
    scale = _scale(one.unit, other.unit)
    powers = abs(math.log10(values[0] * scale / values[1]))
    return min(powers, abs(powers - 3) + _SLIP)


def _mutual(
    told: Sequence[Amount], scores: Mapping[tuple[int, int], float]
) -> Iterator[tuple[tuple[int, int], float]]:
    """The pairs of which each is the other's likeliest partner in its document.

    One of the same value comes before all others: what is told alike leaves no partner over.
    """
    best: dict[tuple[int, int], tuple[float, int]] = {}
    for (a, b), score in scores.items():
        rank = score + (1.0 if score >= SAME and _is_same(told[a], told[b]) else 0.0)
        for one, other in ((a, b), (b, a)):
            key = (one, told[other].document)
            best[key] = max(best.get(key, (0.0, -1)), (rank, -other))
    for (a, b), score in scores.items():
        if best[a, told[b].document][1] == -b and best[b, told[a].document][1] == -a:
            yield (a, b), score


def _is_same(one: Amount, other: Amount) -> bool:
    return (one.low, one.high, one.earliest) == (other.low, other.high, other.earliest)


def _counted(group: Sequence[Amount]) -> str | None:
    """What is counted and what is told of it, in the words that most of the amounts have."""
    heads = [amount.head.casefold() for amount in group if amount.head and amount.things]
    told = [name for amount in group for name in sorted(amount.told)]
    words = [
        min(names, key=lambda name: (-names.count(name), name)) for names in (heads, told) if names
    ]
    return ", ".join(words) or None
