"""Days: written with a number, by their place in a month, or by their name in the week."""

from datetime import date, timedelta

from unspin.marking.times import nearest, periods
from unspin.marking.times.periods import DAYS, MONTHS, Period
from unspin.marking.times.reading import (
    COUNTED,
    FUNCTION,
    PARTS_OF_DAY,
    Found,
    Reading,
)

TIMES_OF_DAY = frozenset("dawn dusk noon midday midnight sunrise sunset".split())
PRESS = frozenset(  # behind a weekday or holiday: the name of a paper, or of a place
    """times mail post telegraph mirror courier express herald star tribune island sun world gazette
    chronicle journal observer register""".split()
)
_NOT_ONE = frozenset(  # "every Friday", "Black Friday"
    """every each most any many one some a another all black bloody super cyber fat
    shrove""".split()
)
_HABITS = frozenset("prayers school best mass markets".split())
_LISTED = frozenset({"on", "the", ",", "and", "or", "&"})
_LONGEST_LIST = 12  # words of "3, 5, 7 and 9 May"
_SETTING = frozenset("on by until till since before from and".split())
_MONTH_NUMBERS = range(1, 13)
_STEPS = (("last", -1), ("this", 0), ("next", 1))


def iso(reading: Reading, place: int) -> Found | None:
    """2025-05-30."""
    year, month, day = (reading.number(place + step, 4) for step in (0, 2, 4))
    dashed = reading.text(place + 1) == reading.text(place + 3) == "-"
    if not dashed or year is None or month is None or day is None:
        return None
    full = len(reading.text(place)) == len("2025") and reading.is_solid(place, 5)
    return _day(place + 5, year, month, day) if full else None


def _day(end: int, year: int, month: int, day: int) -> Found:
    """A day, without a period where there is no such day."""
    try:
        return Found(end, periods.of_day(date(year, month, day)))
    except ValueError:
        return Found(end, None)


def in_figures(reading: Reading, place: int) -> Found | None:
    """14.2.2025, 13/04/2025; 03/04/2025 is one of two days."""
    sign, end = reading.text(place + 1), place + 5
    one, other = reading.number(place, 2), reading.number(place + 2, 2)
    year = reading.year_at(place + 4)
    if one is None or other is None or year is None or sign not in {"/", ".", "-"}:
        return None
    if reading.text(place + 3) != sign or not reading.is_solid(place, 5):
        return None
    if other in _MONTH_NUMBERS and (sign == "." or one == other or one not in _MONTH_NUMBERS):
        return _day(end, year, other, one)
    if one not in _MONTH_NUMBERS:
        return None
    return Found(end, None) if other in _MONTH_NUMBERS else _day(end, year, one, other)


def day_month(reading: Reading, place: int) -> Found | None:
    """3 May, the 3rd of May 2021, Friday, 13 September; 14 March last year."""
    at = _behind_weekday(reading, place)
    at += reading.has(at, "the")
    number = reading.day_at(at)
    at += 1 + reading.has(at + 1, "of")
    month = reading.month_at(at)
    if number is None or month is None:
        return None
    return _dated(reading, place, reading.behind_month(at), month, number)


def month_day(reading: Reading, place: int) -> Found | None:
    """May 3, September 3rd, 2021, Monday, March 11, Nov 5-7, 2024."""
    at = _behind_weekday(reading, place)
    month = reading.month_at(at)
    if month is None or reading.low(place - 1) == "in":
        return None  # "in May 10 people died"
    at = reading.behind_month(at)
    at += reading.has(at, "the")
    number = reading.day_at(at)
    sign = reading.text(at + 1) if reading.touches(at + 1) else ""
    longer = (
        sign in {":", ",", "."} and reading.touches(at + 2) and reading.text(at + 2)[0].isdigit()
    )
    if number is None or sign == "%" or longer or reading.low(at + 1) in COUNTED:
        return None
    last = reading.day_at(at + 2) if reading.text(at + 1) in {"-", "–", "—"} else None
    if last is None or last <= number:
        return _dated(reading, place, at + 1, month, number)
    both = _dated(reading, place, at + 3, month, last)
    day = both.period.latest if both.period else None
    return both._replace(period=Period(day.replace(day=number), day)) if day else both


def _behind_weekday(reading: Reading, place: int) -> int:
    if reading.weekday_at(place) is None:
        return place
    return place + 1 + (reading.text(place + 1) == ",")


def _dated(reading: Reading, first: int, last: int, month: int, number: int) -> Found:
    """A day of a month: of the year behind it, of the other end of a range, or the nearest."""
    year, end = reading.year_behind(last)
    if end > last and year is None:
        return Found(end, None)
    year = year or reading.year or reading.listed or nearest.year_before(reading, first)
    if year is not None:
        return _day(end, year, month, number)

    def make(year: int) -> Period:
        return periods.of_day(date(year, month, number))

    return Found(last, nearest.yearly(reading, first, last, make))


def listed_day(reading: Reading, place: int) -> Found | None:
    """The 3 of "3 and 5 May 2019", of "3, 5 and 9 May"."""
    number = reading.day_at(place)
    if number is None or reading.low(place - 1) not in _LISTED:
        return None
    at = place + 1
    while at < place + _LONGEST_LIST and reading.low(at) in _LISTED:
        while reading.low(at) in _LISTED:
            at += 1
        last = day_month(reading, at)
        if last is not None:
            day = last.period.earliest if last.period else None
            return Found(place + 1, periods.of_day(day.replace(day=number)) if day else None)
        if reading.day_at(at) is None:
            return None
        at += 1
    return None


def bare_day(reading: Reading, place: int) -> Found | None:
    """The 21st behind a word that sets a day; the 9th of this month."""
    number = reading.day_at(place + 1)
    if not reading.has(place, "the") or number is None or reading.number(place + 1, 2):
        return None
    end = place + 2
    for when, step in _STEPS:
        if reading.has(end, "of", when, "month"):
            month = reading.around("month", step)
            first = month.earliest if month else None
            told = periods.of_day(first.replace(day=number)) if first else None
            return Found(end + 3, told, follows=True)
    before = reading.low(place - 1)
    if before not in _SETTING or (reading.text(end).isalnum() and reading.low(end) not in FUNCTION):
        return None
    if reading.low(end) in {"of", "the", "a"}:
        return None
    known = reading.known if reading.known_here else None
    if known and known.unit == "day" and known.earliest:
        return Found(end, _first_from(known.earliest, number))
    return None if before == "and" else Found(end, _near(reading, place, number), follows=True)


def _near(reading: Reading, place: int, number: int) -> Period | None:
    """The nearest day of that number, in whatever month."""
    now = reading.now
    if now is None:
        return None
    months = range(now.month - 2, now.month + 3)
    each = nearest.possible(lambda month: _of_month(now.year, month, number), months)
    ahead = reading.is_ahead(place, place + 2)
    awaited = ahead is None and reading.low(place - 1) in {"by", "until", "till"}
    return nearest.chosen(each, now, ahead=awaited or bool(ahead))


def _first_from(day: date, number: int) -> Period | None:
    """The first day of that number on or after a day."""
    months = range(day.month, day.month + 3)
    each = nearest.possible(lambda month: _of_month(day.year, month, number), months)
    return next((one for one in each if one.earliest and one.earliest >= day), None)


def _of_month(year: int, month: int, number: int) -> Period:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return periods.of_day(date(year, month, number))


def weekday(reading: Reading, place: int) -> Found | None:
    """Tuesday, last Friday, Saturday night, dawn on Sunday, Tuesday of last week, Friday week."""
    at = place
    if reading.low(at) in TIMES_OF_DAY and reading.low(at + 1) in {"on", "of"}:
        at += 2
    at += reading.has(at, "the")
    when, at = reading.when_at(at)
    day = reading.weekday_at(at)
    if day is None or _is_no_day(reading, place, at):
        return None
    end = at + 1 + (reading.low(at + 1) in PARTS_OF_DAY)
    if not when and (found := _of_a_week(reading, at + 1, day)):
        return found
    return Found(end, _of_weekday(reading, place, end, day, when), follows=True)


def _of_a_week(reading: Reading, at: int, day: int) -> Found | None:
    """A weekday of a week named behind it: Tuesday of last week, Friday week."""
    start = at + reading.has(at, "of")
    for when, step in _STEPS:  # but "on Monday of last week’s raid" tells of it, on a Monday
        if reading.has(start, when, "week") and not reading.has_apostrophe(start + 2):
            return Found(start + 2, _in_week(reading, step, day), follows=True)
    if not reading.has(at, "week") or reading.now is None:
        return None
    following = timedelta(days=(day - reading.now.weekday()) % 7 + 7)
    return Found(at + 1, periods.of_day(reading.now + following), follows=True)


def _in_week(reading: Reading, step: int, day: int) -> Period | None:
    week = reading.around("week", step)
    monday = week.earliest if week else None
    return periods.of_day(monday + timedelta(days=day)) if monday else None


def _is_no_day(reading: Reading, place: int, at: int) -> bool:
    """Whether a weekday is a habit, a name, or part of one."""
    behind = reading.low(at + 1)
    if reading.low(place - 1) in _NOT_ONE or behind in _HABITS:
        return True
    if reading.text(at + 1) == "-" and reading.touches(at + 1) and reading.low(at + 2) not in DAYS:
        return True
    if reading.text(at + 1).istitle() and (behind in PRESS or reading.has(at - 1, "the")):
        return behind not in MONTHS
    return _is_of_opening_hours(reading, at)


def _is_of_opening_hours(reading: Reading, at: int) -> bool:
    """Whether a weekday stands in "Monday to Friday" without a verb that tells when."""
    joins = {"to", "through", "-", "–"}
    first = at - 2 if reading.low(at - 1) in joins and reading.low(at - 2) in DAYS else at
    if reading.low(first + 1) not in joins or reading.low(first + 2) not in DAYS:
        return False
    return reading.is_ahead(first, first + 3) is None


def _of_weekday(reading: Reading, first: int, last: int, day: int, when: str) -> Period | None:
    now = reading.now
    if now is None:
        return None
    week = timedelta(days=7)
    back = now - timedelta(days=(now.weekday() - day) % 7)
    ahead = now + timedelta(days=(day - now.weekday()) % 7)
    before, after = (
        (back - week if back == now else back),
        (ahead + week if ahead == now else ahead),
    )
    match when:
        case "last" | "next":
            # The nearest one, or the one of last or next week: only where they are the same.
            near, step = (before, -1) if when == "last" else (after, 1)
            told = periods.of_day(near)
            return told if told == _in_week(reading, step, day) else None
        case "this":
            told_now = now - timedelta(days=now.weekday() - day)
            late = told_now < now and reading.is_ahead(first, last)
            return periods.of_day(told_now + week if late else told_now)
        case "past":
            return periods.of_day(before)
        case "coming":
            return periods.of_day(after)
    to_come = nearest.is_to_come(reading, first, last)
    return None if to_come is None else periods.of_day(ahead if to_come else back)
