"""The single terms of time expressions: "3 May", "last week", "the early 1990s", "two years ago".

`period` reads a term with what narrows it (early, mid, the end of), `core` one without. Both give
the place the term ends before and its period, None where it cannot be known; no term at all where
the words do not date anything.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from unspin.marking.times import days, holidays, periods, relative, years
from unspin.marking.times.periods import DAYS, MONTHS, Part, Period
from unspin.marking.times.reading import (
    COUNTS,
    PARTS_OF_DAY,
    RANKS,
    UNITS,
    VAGUE,
    WHENS,
    Found,
    Reading,
    rank,
)

_EDGES: Mapping[str, Part] = {
    "start": "early",
    "beginning": "early",
    "middle": "mid",
    "end": "late",
}
_Reader = Callable[[Reading, int], Found | None]
_LONGEST_RANKED = 366  # days of what a first Sunday or a last day is of


def period(reading: Reading, place: int) -> Found | None:
    """The term at `place`, with the words before it that narrow it to a part."""
    at = place + reading.has(place, "the")
    low = reading.low(at)
    if low in years.PARTS:
        at += 1 + (reading.text(at + 1) == "-" or reading.has(at + 1, "in"))
        part, inner = years.PARTS[low], core(replace(reading, is_led=True), at)
    elif low in _EDGES and reading.has(at + 1, "of"):
        part, inner = _EDGES[low], core(replace(reading, is_led=True), at + 2)
        inner = inner or _this_unit(reading, at + 2)
    else:
        return core(reading, place)
    if inner is None or inner.period is None or inner.period.unit == "day":
        return inner
    return inner._replace(period=periods.part_of(inner.period, part))


def _this_unit(reading: Reading, place: int) -> Found | None:
    """The year of "the end of the year"."""
    unit = reading.low(place + 1)
    if not reading.has(place, "the") or unit not in relative.CALENDAR:
        return None
    return Found(place + 2, reading.around(unit), follows=True)


def core(reading: Reading, place: int) -> Found | None:
    """The term at `place`, without what narrows it."""
    return _first(_READERS, reading, place)


def _first(readers: Sequence[_Reader], reading: Reading, place: int) -> Found | None:
    """What the first of `readers` finds that finds anything."""
    for reader in readers:
        try:
            found = reader(reading, place)
        except (ValueError, OverflowError):  # days beyond the calendar
            return None
        if found is not None:
            return found
    return None


def _ranked(reading: Reading, place: int) -> Found | None:
    """The first Sunday of September, the last day of February 2024, the second week of May."""
    at = place + reading.has(place, "the")
    number, unit = rank(reading.low(at)), reading.low(at + 1)
    weekday = reading.weekday_at(at + 1)
    if number is None or (weekday is None and unit not in {"day", "week"}):
        return None
    if reading.low(at + 2) not in {"of", "in"}:
        return None
    whole = _first(_PLAIN, replace(reading, is_led=True), at + 3) or _this_unit(reading, at + 3)
    first, last = whole.period[:2] if whole and whole.period else (None, None)
    if whole is None or first is None or last is None or (last - first).days > _LONGEST_RANKED:
        return whole and whole._replace(period=None)
    if unit == "week":
        return whole._replace(period=_week_of(first, last, number))
    return whole._replace(period=_day_of(first, last, number, weekday))


def _week_of(first: date, last: date, number: int) -> Period | None:
    """The seven days of that number from the first, or the last seven."""
    start = first + timedelta(weeks=number - 1) if number > 0 else last - timedelta(days=6)
    end = start + timedelta(days=6)
    return Period(start, end) if end <= last else None


def _day_of(first: date, last: date, number: int, weekday: int | None) -> Period | None:
    """The day of that number, or the weekday of that number; below 0 from the last on."""
    step = timedelta(days=1 if weekday is None else 7)
    if number > 0:
        off = 0 if weekday is None else (weekday - first.weekday()) % 7
        day = first + timedelta(days=off) + step * (number - 1)
    else:
        off = 0 if weekday is None else (last.weekday() - weekday) % 7
        day = last - timedelta(days=off)
    return periods.of_day(day) if first <= day <= last else None


def _around_day(reading: Reading, place: int) -> Found | None:
    """The night of 3 June, the week of 7 September, the weekend of 25 July."""
    unit = reading.low(place + 1)
    part = unit in PARTS_OF_DAY or unit == "day"
    if not reading.has(place, "the") or not (part or unit in {"week", "weekend"}):
        return None
    link = reading.low(place + 2)
    if link != "of" and (unit != "week" or link not in {"beginning", "starting", "ending"}):
        return None
    inner = _first(_PLAIN, reading, place + 3)
    if inner is None or inner.period is None or inner.period.unit != "day":
        return inner and inner._replace(period=None)
    day = inner.period.earliest
    if part or day is None:
        return inner
    return inner._replace(period=periods.around(unit, day))


_PLAIN: tuple[_Reader, ...] = (  # those that read no other term within
    days.iso,
    days.in_figures,
    relative.near,
    holidays.holiday,
    holidays.fiscal,
    years.months_to,
    days.day_month,
    days.month_day,
    days.listed_day,
    days.weekday,
    years.years,
    years.decade,
    years.century,
    years.quarter,
    holidays.season,
    years.month,
    days.bare_day,
    relative.running,
    relative.by_unit,
    relative.anaphoric,
    relative.in_time,
    relative.ago,
    years.bare_year,
)
_READERS = (_ranked, _around_day, *_PLAIN)
OPENERS = (  # words that can open a term; numbers can too
    frozenset(
        """the recent that earlier later so in within orthodox western fiscal financial q1 q2 q3 q4
        h1 h2 ’ ' ‘""".split()
    )
    | MONTHS.keys()
    | DAYS.keys()
    | COUNTS.keys()
    | VAGUE
    | UNITS.keys()
    | RANKS.keys()
    | WHENS
    | years.PARTS.keys()
    | days.TIMES_OF_DAY
    | holidays.SEASONS
    | {name[0] for name in (*holidays.HOLIDAYS, *relative.NEAR)}
)
