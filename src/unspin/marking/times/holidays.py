"""Holidays, seasons and fiscal years: what a calendar may or may not know the days of."""

from collections.abc import Sequence
from datetime import date, timedelta

from unspin.marking.times import nearest, periods
from unspin.marking.times.days import PRESS
from unspin.marking.times.periods import Period
from unspin.marking.times.reading import Found, Reading, by_first
from unspin.marking.times.years import years

SEASONS = frozenset("spring summer autumn fall winter".split())
_FIXED = {  # on one day of the year wherever they are kept
    ("christmas", "eve"): (12, 24),
    ("christmas", "day"): (12, 25),
    ("boxing", "day"): (12, 26),
    ("new", "year", "’", "s", "eve"): (12, 31),
    ("new", "year", "’", "s", "day"): (1, 1),
    ("valentine", "’", "s", "day"): (2, 14),
    ("may", "day"): (5, 1),
    ("halloween",): (10, 31),
    ("christmas",): (12, 25),
}
_MOVING = {  # days from Easter Sunday
    ("easter", "sunday"): 0,
    ("easter", "monday"): 1,
    ("good", "friday"): -2,
    ("palm", "sunday"): -7,
    ("maundy", "thursday"): -3,
    ("ash", "wednesday"): -46,
    ("easter",): 0,
}
_ELSEWHERE = tuple(  # on days that hang on the country, or on the moon sighted
    tuple(words.split())
    for words in (
        "independence day,liberation day,victory day,republic day,national day,constitution day,"
        "labour day,labor day,memorial day,remembrance day,thanksgiving,ramadan,eid al - fitr,"
        "eid al - adha,eid,diwali,hanukkah,passover,lunar new year"
    ).split(",")
)
HOLIDAYS = (*_FIXED, *_MOVING, *_ELSEWHERE)
_BY_FIRST = by_first(HOLIDAYS)
_CHURCHES = frozenset({"orthodox", "western"})
_THINGS = frozenset({("christmas",), ("easter",)})  # that also name what belongs to them
_DETERMINERS = frozenset("the a an his her its their our my your".split())
_SETTING = frozenset("on at before after since".split())
_YEAR = 366  # days


def holiday(reading: Reading, place: int) -> Found | None:
    """Christmas, New Year’s Eve, Good Friday 2025, Ramadan."""
    when, at = reading.when_at(place)
    church = reading.low(at) if reading.low(at) in _CHURCHES else ""
    at += bool(church)
    name = reading.named(at, _BY_FIRST)
    if name is None or not reading.text(at).istitle():
        return None
    end = at + len(name)
    year = reading.year_at(end)
    if year is None and _is_of_a_name(reading, place, end, name):
        return None
    if name in _ELSEWHERE:
        return Found(end + (year is not None), None)

    def make(year: int) -> Period:
        if name in _FIXED:
            return periods.of_day(date(year, *_FIXED[name]))
        return periods.of_day(_easter(year, church) + timedelta(days=_MOVING[name]))

    month = reading.has(end, "in") and reading.month_at(end + 1) is not None
    later = reading.year_at(end + 2) if month else None  # "on Good Friday in April 2010"
    told = later if year is None else year
    if told is not None:
        known = next(iter(nearest.possible(make, [told])), None)
        return Found(end + (year is not None), known)
    if reading.now is None:
        return Found(end, None)
    each = nearest.possible(make, range(reading.now.year - 1, reading.now.year + 2))
    if not when:
        ahead = reading.is_ahead(place, end)
        return Found(end, nearest.chosen(each, reading.now, ahead=ahead), follows=True)
    return Found(end, _by(when, each, reading.now), follows=True)


def _by(when: str, each: Sequence[Period], now: date) -> Period | None:
    """Last, next or this Christmas: where both readings in use name the same one."""
    step = {"last": -1, "next": 1}.get(when, 0)
    of_year = [one for one in each if one.earliest and one.earliest.year == now.year + step]
    off = nearest.days_off(of_year[0], now) * step if of_year else _YEAR
    return of_year[0] if of_year and off < _YEAR else None


def _easter(year: int, church: str) -> date:
    """Easter Sunday; a ValueError where the churches’ days part and the text names none."""
    western = periods.easter(year, orthodox=False)
    eastern = periods.easter(year, orthodox=True)
    if not church and western != eastern:
        msg = f"the churches keep Easter {year} on two days"
        raise ValueError(msg)
    return eastern if church == "orthodox" else western


def _is_of_a_name(reading: Reading, place: int, end: int, name: tuple[str, ...]) -> bool:
    """Whether a holiday is part of another name, or of a thing: Easter Island, a Christmas tree."""
    if reading.text(end).istitle():
        led = reading.low(place - 1) in _SETTING
        return reading.low(end) in PRESS or not (led or reading.text(place - 1).isalpha())
    return name in _THINGS and reading.is_noun(end) and reading.low(place - 1) in _DETERMINERS


def season(reading: Reading, place: int) -> Found | None:
    """Last summer, the autumn of 2021: in other months in the other half of the world.

    A winter that two years name runs over a turn of the year: December to February.
    """
    the = reading.has(place, "the")
    when, at = reading.when_at(place + the)
    name, end = reading.low(at), at + 1
    linked = end + reading.has(end, "of")
    if name not in SEASONS:
        return None
    both = years(reading, linked)
    if both is not None:
        return both._replace(period=_winter(both.period) if name == "winter" else None)
    if reading.year_at(linked) is not None:
        return Found(linked + 1, None)
    if reading.text(at).istitle() and at > 0:
        return None  # a name
    if any(reading.has(linked, which, "year") for which in ("last", "this", "next")):
        return Found(linked + 2, None)
    if when:
        return Found(end, None)
    led = reading.low(place - 1) in {"in", "by", "since", "until", "over"}
    return Found(end, None) if the and led and name != "fall" and linked == end else None


def _winter(both: Period | None) -> Period | None:
    first, last = both[:2] if both else (None, None)
    if first is None or last is None or last.year != first.year + 1:
        return None
    return periods.of_months(first.year, 12, 3)


def fiscal(reading: Reading, place: int) -> Found | None:
    """Fiscal 2023, the financial year 2023, FY2024: which months they are hangs on the country."""
    at = place + reading.has(place, "the")
    if reading.text(at).startswith("FY") and reading.text(at)[2:].isdigit():
        return Found(at + 1, None)
    when, at = reading.when_at(at)
    if reading.low(at) not in {"fiscal", "financial"}:
        return None
    named = reading.has(at + 1, "year")
    end = at + 1 + named
    if years(reading, end):
        return Found(end + 3, None)
    if reading.year_at(end) is not None:
        return Found(end + 1, None)
    return Found(end, None) if named and (when or reading.has(place, "the")) else None
