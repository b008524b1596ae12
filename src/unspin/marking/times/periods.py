"""Stretches of the calendar: a period is a first day, a last day, and the unit it is one of.

Everything here is arithmetic over days; what can't be (the 31st of June, a year out of range) is a
ValueError or an OverflowError.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal, NamedTuple

from unspin import days

Unit = Literal["day", "week", "month", "quarter", "half", "year", "decade", "century", "other"]
Part = Literal["early", "mid", "late"]

MONTHS = (
    {  # by their names in lower case, the short ones too
        name: number
        for number, month in enumerate(days.MONTHS, 1)
        for name in (month.lower(), month[:3].lower())
    }
    | {"sept": 9}
)
DAYS = {name.lower(): number for number, name in enumerate(days.WEEK)}  # of the week, from Monday
WEEKEND = 5  # the number of Saturday
_ORDER: tuple[Unit, ...] = ("day", "week", "month", "year")
_DECADE_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}  # years 0 to 3, 4 to 6, 7 to 9
_CENTURY_PARTS = {"early": (0, 32), "mid": (33, 65), "late": (66, 99)}
_THIRDS = {"early": 0, "mid": 1, "late": 2}
_WEEK_PARTS = {"early": (0, 1), "mid": (2, 3), "late": (4, 6)}
_MONTH_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


class Period(NamedTuple):
    """The days from `earliest` to `latest`, both included; None: that end is open."""

    earliest: date | None
    latest: date | None
    unit: Unit = "other"


def of_day(day: date) -> Period:
    """One day."""
    return Period(day, day, "day")


def of_week(day: date) -> Period:
    """The week of a day, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6), "week")


def of_weekend(day: date) -> Period:
    """The Saturday and Sunday of the week of a day."""
    saturday = day - timedelta(days=day.weekday()) + timedelta(days=WEEKEND)
    return Period(saturday, saturday + timedelta(days=1))


def of_month(year: int, month: int) -> Period:
    """A month; months beyond December or before January are of the years around."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def of_months(year: int, first: int, count: int, unit: Unit = "other") -> Period:
    """`count` months from month `first` of a year on."""
    return Period(of_month(year, first).earliest, of_month(year, first + count - 1).latest, unit)


def of_years(first: int, last: int, unit: Unit = "other") -> Period:
    """The years from `first` to `last`."""
    if first > last:
        msg = f"years must run forwards: {first} to {last}"
        raise ValueError(msg)
    return Period(date(first, 1, 1), date(last, 12, 31), unit)


def of_year(year: int) -> Period:
    """One year."""
    return of_years(year, year, "year")


def of_century(number: int) -> Period:
    """A century: the 19th is 1801 to 1900."""
    return of_years(100 * number - 99, 100 * number, "century")


def around(unit: str, day: date, step: int = 0) -> Period | None:
    """The unit a day lies in, or the one `step` units later; None for a unit without a calendar."""
    match unit:
        case "day":
            return of_day(day + timedelta(days=step))
        case "week":
            return of_week(day + timedelta(weeks=step))
        case "weekend":
            return of_weekend(day + timedelta(weeks=step))
        case "month":
            return of_month(day.year, day.month + step)
        case "quarter":
            return of_months(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * step, 3, "quarter")
        case "half":
            return of_months(day.year, (day.month - 1) // 6 * 6 + 1 + 6 * step, 6, "half")
        case "year":
            return of_year(day.year + step)
        case "decade":
            start = day.year // 10 * 10 + 10 * step
            return of_years(start, start + 9, "decade")
        case "century":
            return of_century((day.year - 1) // 100 + 1 + step)
    return None


def moved(base: Period, count: int, unit: str) -> Period | None:
    """The unit reached `count` units after (below 0: before) a period.

    None where the period is coarser than the unit, or has an open end.
    """
    if unit not in _ORDER or base.earliest is None or base.latest is None:
        return None
    if around(unit, base.earliest) != around(unit, base.latest):
        return None
    return around(unit, base.latest if count > 0 else base.earliest, count)


def since(day: date, count: int, unit: str) -> Period | None:
    """The `count` units that end with a day (below 0) or begin with it; None without a calendar."""
    if unit == "day":
        other = day + timedelta(days=count)
    elif unit == "week":
        other = day + timedelta(weeks=count)
    elif unit in {"month", "year"}:
        months = count * (12 if unit == "year" else 1)
        last = of_month(day.year, day.month + months).latest
        assert last is not None  # noqa: S101 - a month has an end
        other = last.replace(day=min(day.day, last.day))
    else:
        return None
    return Period(min(day, other), max(day, other))


def part_of(period: Period, part: Part) -> Period | None:
    """The early, middle or late part; None for a period that has none."""
    first, last = period.earliest, period.latest
    if first is None or last is None:
        return None
    match period.unit:
        case "week":
            start, end = _WEEK_PARTS[part]
            return Period(first + timedelta(days=start), first + timedelta(days=end))
        case "month":
            start, end = _MONTH_PARTS[part]
            return Period(first.replace(day=start), first.replace(day=min(end, last.day)))
        case "year":
            return of_months(first.year, 1 + 4 * _THIRDS[part], 4)
        case "decade":
            start, end = _DECADE_PARTS[part]
        case "century":
            start, end = _CENTURY_PARTS[part]
        case _:
            return None
    return of_years(first.year + start, first.year + end)


def easter(year: int, *, orthodox: bool) -> date:
    """Easter Sunday of the western or of the eastern churches.

    The calculations of Meeus, "Astronomical Algorithms", chapter 8; the eastern one is of the
    Julian calendar, which is 13 days behind from 1900 to 2099.
    """
    if orthodox:
        moon = (19 * (year % 19) + 15) % 30
        day = moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7 + 114
        return date(year, day // 31, day % 31 + 1) + timedelta(days=13)
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    day = moon + week - 7 * late + 114
    return date(year, day // 31, day % 31 + 1)
