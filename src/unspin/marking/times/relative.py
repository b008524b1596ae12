"""Terms told from the day of publication, or from a date the text gave before."""

from unspin.marking.times import nearest, periods, tenses
from unspin.marking.times.periods import WEEKEND, Period
from unspin.marking.times.reading import PARTS_OF_DAY, Count, Found, Reading, by_first

CALENDAR = frozenset("week weekend month quarter year decade century".split())
NEAR = {
    ("the", "day", "before", "yesterday"): -2,
    ("the", "day", "after", "tomorrow"): 2,
    ("yesterday",): -1,
    ("tomorrow",): 1,
    ("today",): 0,
    ("tonight",): 0,
    ("last", "night"): -1,
    ("this", "morning"): 0,
    ("this", "afternoon"): 0,
    ("this", "evening"): 0,
}
_BY_FIRST = by_first(NEAR)
_FIGURATIVE = frozenset({"today", "tomorrow", "tonight", "yesterday"})
_QUOTES = frozenset("“”‘’\"'")
_COUNTABLE = frozenset({"day", "week", "month", "year"})
_STEPS = {"last": -1, "this": 0, "next": 1}
_BACK = frozenset({"last", "past"})
_RUNNING = frozenset("last past next coming recent previous".split())
_FOLLOWING = {"next": 1, "following": 1, "previous": -1, "preceding": -1, "same": 0}
_COMPARING = frozenset("than from with against on over as".split())
_FIRSTS = frozenset(  # "the first in ten years" counts years; it dates nothing
    "first worst best most least only time times ever since".split()
)
_OF_WEEKENDS = frozenset("edition getaway break home house warrior".split())
_NO_EVENT = frozenset("and but in at on".split())
_REACH_OF_FIRSTS = 8  # words
_LONGEST_PLAIN = 4  # letters of a word in -est that is no superlative: "test"


def near(reading: Reading, place: int) -> Found | None:
    """Yesterday evening, tonight, the day after tomorrow."""
    at = place + (reading.low(place) in {"earlier", "later"})
    name = reading.named(at, _BY_FIRST)
    if name is None:
        return None
    end = at + len(name)
    if reading.low(at) in _FIGURATIVE and _is_figurative(reading, at):
        return None
    end += reading.low(end) in PARTS_OF_DAY
    return Found(end, reading.around("day", NEAR[name]), follows=True)


def _is_figurative(reading: Reading, at: int) -> bool:
    """The jobs of tomorrow, a better tomorrow, Velland Today, the “Today” show."""
    before = reading.text(at - 1)
    quoted = (
        before in _QUOTES and reading.text(at + 1) in _QUOTES and reading.text(at - 2).isalnum()
    )
    named = reading.text(at).istitle() and (before.isalnum() or quoted)
    if reading.text(at).isupper() and before.isupper():  # of a paper, unless all is in capitals
        named = not (reading.text(at - 2).isupper() and len(reading.text(at - 2)) > 1)
    led = reading.low(at - 1) in {"of", "a", "the", "better", "brighter"}
    return named or (led and not reading.text(at + 1).isalnum())


def by_unit(reading: Reading, place: int) -> Found | None:
    """Last week, this month, earlier this week, so far this year, the past week, the weekend."""
    at = place
    side = reading.low(at) if reading.low(at) in {"earlier", "later"} else ""
    at += bool(side)
    if reading.has(at, "so", "far"):
        at, side = at + 2, "earlier"
    the = reading.has(at, "the")
    when, at = reading.when_at(at + the)
    unit, end = reading.low(at), at + 1
    if unit not in CALENDAR or reading.text(at).istitle() or reading.text(end) == "-":
        return None  # "This Week" is a programme
    if the and not when:
        return _by_article(reading, place, end, unit)
    if the or when in {"past", "coming"}:
        return None if when == "this" else _running(reading, at, when, Count(1, unit))
    told = reading.around(unit, _STEPS[when]) if when else None
    if told and side and reading.now:
        ends = (told.earliest, reading.now) if side == "earlier" else (reading.now, told.latest)
        told = Period(*ends)
    return Found(end, told, follows=True) if when else None


def _by_article(reading: Reading, place: int, end: int, unit: str) -> Found | None:
    """The week before last, the weekend."""
    if reading.has(end, "before", "last"):
        return Found(end + 2, reading.around(unit, -2), follows=True)
    if unit != "weekend" or reading.has(end, "of") or reading.low(end) in _OF_WEEKENDS:
        return None
    to_come = nearest.is_to_come(reading, place, end)
    if reading.now is None or to_come is None:
        return Found(end, None)
    now_on = reading.now.weekday() >= WEEKEND
    return Found(end, reading.around("weekend", 0 if to_come or now_on else -1), follows=True)


def running(reading: Reading, place: int) -> Found | None:
    """The last two years, the next three days, recent weeks, the coming months."""
    at = place + reading.has(place, "the")
    when = reading.low(at)
    counted = reading.count_at(at + 1) if when in _RUNNING else None
    if counted is None or counted[0].unit in {"minute", "century", "quarter"}:
        return None
    (number, unit), end = counted
    if when == "last" and reading.has(end, "of"):
        return None
    if unit == "hour":
        number, unit = number and -(-number // 24), "day"
    if number is None or when in {"recent", "previous"}:
        return Found(end, None)
    return _running(reading, end - 1, when, Count(number, unit))


def _running(reading: Reading, at: int, when: str, count: Count) -> Found | None:
    """So many units up to the day it is told from, or from it on."""
    number, unit = count
    if when == "next" and number == 1 and reading.has(at - 2, "the"):
        return None  # "the next day" follows a date of the text
    if unit == "decade":
        number, unit = number and 10 * number, "year"
    if unit not in _COUNTABLE:
        return None
    past = when == "next" and tenses.is_ahead_before(reading.words, at) is False
    if reading.now is None or number is None or past:
        return Found(at + 1, None)
    told = periods.since(reading.now, -number if when in _BACK else number, unit)
    return Found(at + 1, told, follows=True)


def ago(reading: Reading, place: int) -> Found | None:
    """Two years ago, a week ago today, a few days ago, years ago, a fortnight earlier."""
    counted = reading.count_at(place)
    if counted is None:
        return None
    count, at = counted
    link = reading.low(at)
    if link == "ago":
        return _back(reading, at + 1, count)
    if link in {"earlier", "later", "before"}:
        sign = 1 if link == "later" else -1
        return Found(at + 1, _from_known(reading, place, count, sign))
    if reading.has(at, "from", "now") or reading.has(at, "from", "today"):
        told = reading.around(count.unit, count.number) if count.number else None
        return Found(at + 2, told, follows=True)
    return None


def _back(reading: Reading, end: int, count: Count) -> Found:
    """The unit that lies so many units back; the very day where the text says so."""
    number, unit = count
    today = reading.has(end, "today")
    end += today
    if reading.now is None or number is None or unit not in _COUNTABLE:
        return Found(end, None)
    weekday = reading.now.weekday()
    same_day = reading.has(end, "on") and reading.weekday_at(end + 1) == weekday
    if not (today or same_day):
        return Found(end, reading.around(unit, -number), follows=True)
    stretch = periods.since(reading.now, -number, unit)
    first = stretch.earliest if stretch else None
    return Found(end + 2 * same_day, periods.of_day(first) if first else None, follows=True)


def _from_known(reading: Reading, place: int, count: Count, sign: int) -> Period | None:
    """So many units from the last date of the text; "than a year earlier" compares with none."""
    if count.number is None or reading.known is None or reading.low(place - 1) in _COMPARING:
        return None
    return periods.moved(reading.known, sign * count.number, count.unit)


def in_time(reading: Reading, place: int) -> Found | None:
    """In three weeks, in two years’ time, within a week: from now on, where it is to come."""
    within = reading.has(place, "within")
    at = place + 1 + 2 * (within and reading.has(place + 1, "the", "next"))
    counted = reading.count_at(at) if within or reading.has(place, "in") else None
    if counted is None:
        return None
    count, at = counted
    end = at
    for words in (("’", "time"), ("’", "s", "time"), ("time",)):
        if end == at and reading.has(at, *words):
            end = at + len(words)
    if count.number is None or count.unit not in _COUNTABLE:
        return Found(end, None) if end > at else None
    ahead = reading.is_ahead(place, end)
    if within:
        return _within(reading, end, count, ahead=ahead)
    if not (end > at or ahead) or _is_a_first(reading, place):
        return None
    return Found(end, reading.around(count.unit, count.number), follows=True)


def _within(reading: Reading, end: int, count: Count, *, ahead: bool | None) -> Found:
    """From the last date of the text on where all is past, else from now on."""
    known = reading.known
    past = known.earliest if known and known.unit == "day" else None
    start = past if ahead is False else reading.now
    told = periods.since(start, count.number, count.unit) if start and count.number else None
    return Found(end, told, follows=ahead is not False)


def _is_a_first(reading: Reading, place: int) -> bool:
    """Whether the clause ranks or counts: "the first in ten years", "three times in two days"."""
    for at in range(place - 1, max(-1, place - 1 - _REACH_OF_FIRSTS), -1):
        low = reading.low(at)
        if not low[0].isalnum():
            return False
        if low in _FIRSTS or (low.endswith("est") and len(low) > _LONGEST_PLAIN):
            return True
    return False


def anaphoric(reading: Reading, place: int) -> Found | None:
    """The next day, the same day, that year, the previous evening, the day before."""
    at = place + 1
    if reading.has(place, "that"):
        told = _unit_around(reading, at)
        return Found(at + 1, told) if told else None
    if not reading.has(place, "the"):
        return None
    step = _FOLLOWING.get(reading.low(at))
    if step is not None:
        at += 1
    elif reading.low(at + 1) in {"before", "after"} and not _has_event(reading, at + 2):
        step = 1 if reading.has(at + 1, "after") else -1
    unit = _unit(reading, at)
    if unit is None or step is None:
        return None
    end = at + 1 + (at == place + 1)
    if step == 0:
        return Found(end, _unit_around(reading, at))
    return Found(end, periods.moved(reading.known, step, unit) if reading.known else None)


def _unit(reading: Reading, place: int) -> str | None:
    unit = "day" if reading.low(place) in PARTS_OF_DAY else reading.low(place)
    return unit if unit in _COUNTABLE else None


def _has_event(reading: Reading, place: int) -> bool:
    return reading.text(place)[:1].isalnum() and reading.low(place) not in _NO_EVENT


def _unit_around(reading: Reading, place: int) -> Period | None:
    """The unit named at `place` that the last date of the text lies in."""
    unit, known = _unit(reading, place), reading.known
    if unit is None or known is None or known.earliest is None or known.latest is None:
        return None
    one = periods.around(unit, known.earliest)
    return one if one == periods.around(unit, known.latest) else None
