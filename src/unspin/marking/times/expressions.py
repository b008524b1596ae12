"""Whole time expressions: terms that have an end moved, run to another, or hang on an anchor.

    expression = a stretch told from an anchor: "two days after …", "the eve of …"
               | (since, until, by, before, after, from) period
               | (from, between) period (to, and, –) period
               | period

A word that can open an expression is tried as each of these in turn, and what is read is not read
again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal, NamedTuple

from unspin.marking.times import periods, tenses, terms
from unspin.marking.times.periods import DAYS, Period
from unspin.marking.times.reading import (
    DIGITS_OF_YEAR,
    FUNCTION,
    PARTS_OF_DAY,
    UNITS,
    Count,
    Found,
    Reading,
    rank,
)
from unspin.marking.times.tenses import Word

_Bound = Literal["since", "until", "before", "after"]
_BOUNDS: dict[tuple[str, ...], _Bound] = {  # words that move an end -> the end they leave
    ("since",): "since",
    ("as", "early", "as"): "since",
    ("until",): "until",
    ("till",): "until",
    ("by",): "until",
    ("through",): "until",
    ("no", "later", "than"): "until",
    ("before",): "before",
    ("prior", "to"): "before",
    ("after",): "after",
}
_AHEAD: dict[tuple[str, ...], bool] = {  # words that say by themselves whether it is to come
    ("since",): False,
    ("as", "early", "as"): True,
    ("no", "later", "than"): True,
}
_OPENERS = terms.OPENERS | {words[0] for words in _BOUNDS} | {"from", "between"}
_COMMON = frozenset(  # openers that every text is full of: another word of time must follow
    """the in by from after before since until till through between as no prior so that a an
    within""".split()
)
_INNER = frozenset(
    "eve weekend start beginning middle end following previous preceding same night".split()
)
_LEADING = 4  # words before the first word of time: "no later than the"
_TYING = frozenset(
    {"-", "–", "/", ".", "$", "€", "£"}
)  # before a word that opens nothing of its own
_DASHES = frozenset({"–", "-", "—"})
_TO = frozenset({"to", "until", "till", "through"}) | _DASHES
_SHIFTS = frozenset(  # "put back from 30 April to 31 May" names two days, and no stretch
    """back extended moved postponed delayed pushed forward changed shifted rescheduled deferred
    prolonged""".split()
)
_EVENTS = frozenset("the a an his her its their our my your this that these those".split())
_ANCHOR_ENDS = _EVENTS | frozenset(
    """and but or when where who which as while on in at with for from to by after before because
    although though if since until he she they it both all each every some many""".split()
)
_NO_EVENT = frozenset("and but in at last".split())
_LONGEST_ANCHOR = 9  # words
_LONGEST_HEADING = 16  # words
_WEEK = timedelta(days=7)


class _Hold(NamedTuple):
    """How a stretch hangs on its anchor: where that begins, and how many units away."""

    anchor: int
    away: Count


def read(words: Sequence[Word], now: date | None) -> list[tuple[int, Found]]:
    """Every expression with the place of its first word, told from `now`."""
    found: list[tuple[int, Found]] = []
    reading = Reading(words, now)
    place = start = 0
    begins = False  # whether the paragraph does with an expression
    while place < len(words):
        one = expression(reading, place)
        if one is not None:
            found.append((place, one))
            begins = begins or place == start
            if one.period and one.period.earliest and one.period.latest:
                reading = replace(reading, known=one.period, known_here=True)
            place = one.end
            continue
        if place == start and reading.listed:
            reading = replace(reading, listed=None)
        if words[place].text[0] == "\n":
            listed = _year_of_list(reading, start, place) or (reading.listed if begins else None)
            reading = replace(reading, known=None, known_here=False, listed=listed)
            start, begins = place + 1, False
        elif reading.known_here and tenses.ends_sentence(words, place):
            reading = replace(reading, known_here=False)
        place += 1
    return found


def _year_of_list(reading: Reading, first: int, last: int) -> int | None:
    """The year that a short paragraph gives to the days listed behind it: "2020 dates:"."""
    if last - first > _LONGEST_HEADING or reading.text(last - 1) != ":":
        return None
    return next((year for at in range(first, last) if (year := reading.year_at(at))), None)


def expression(reading: Reading, place: int) -> Found | None:
    """The expression that begins with the word at `place`."""
    opens = _opens(reading.words[place])
    if opens and reading.low(place) in _COMMON:
        opens = any(map(_opens_alone, reading.words[place + 1 : place + 1 + _LEADING]))
    if not opens or (reading.touches(place) and reading.text(place - 1) in _TYING):
        return None
    for reader in (_hanging, _bounded, _range, _night_between, terms.period):
        found = reader(reading, place)
        if found is not None:
            return found
    return None


def _opens(word: Word) -> bool:
    return word.low in _OPENERS or "0" <= word.text[0] <= "9" or word.text.startswith("FY")


def _opens_alone(word: Word) -> bool:
    return word.low not in _COMMON and (_opens(word) or word.low in _INNER)


# --- what hangs on an event or another date


def _hanging(reading: Reading, place: int) -> Found | None:
    """A stretch told from an event or another date: "two days after the vote", "day 40 of …"."""
    hold = _offset(reading, place) or _part_of(reading, place)
    if hold is None:
        return None
    at, (number, unit) = hold
    base = None if reading.low(at) in {"a", "an"} else terms.period(reading, at)
    if base is not None and base.period is not None and number is not None:
        return Found(base.end, periods.moved(base.period, number, unit))
    end = _anchor_end(reading, at)
    return Found(end, None, (at, end)) if end > at else None


def _offset(reading: Reading, place: int) -> _Hold | None:
    """So long after, before or into something: "two days after …", "the morning before …"."""
    within = reading.has(place, "within")
    at = place + within
    the = reading.has(at, "the")
    at += the
    at += the and reading.low(at) in {"first", "last"} and reading.low(at + 1) != "day"
    counted = reading.count_at(at)
    if counted is None and the:
        unit = "day" if reading.low(at) in PARTS_OF_DAY else reading.unit_at(at)
        counted = (Count(1, unit), at + 1) if unit else None
    if counted is None:
        return None
    count, at = counted
    if the and reading.low(at - 1).endswith("s"):
        count = count._replace(number=None)  # the days after it, not the day so many days after it
    return _linked(reading, at, count, within=within)


def _linked(reading: Reading, at: int, count: Count, *, within: bool) -> _Hold | None:
    link, begins = reading.low(at), reading.low(at + 1)
    if not begins[:1].isalnum() or begins in _NO_EVENT:
        return None
    vague = count._replace(number=None)
    if within:
        return _Hold(at + 1, vague) if link in {"of", "after"} else None
    if link in {"after", "following"}:
        return _Hold(at + 1, count)
    if link in {"before", "preceding"}:
        return _Hold(at + 1, Count(count.number and -count.number, count.unit))
    return _Hold(at + 1, vague) if link == "into" else None


def _part_of(reading: Reading, place: int) -> _Hold | None:
    """A part of something: "the third day of …", "the eve of …", "day 40 of …"."""
    vague = Count(None, "day")
    if reading.has(place, "day") and reading.number(place + 1, 4) and reading.has(place + 2, "of"):
        return _Hold(place + 3, vague)
    if not reading.has(place, "the"):
        return None
    if reading.has(place + 1, "eve", "of"):
        return _Hold(place + 3, vague)
    at = place + 1
    ranked = rank(reading.low(at)) is not None
    counted = reading.count_at(at + 1) if ranked else None
    end = counted[1] if counted else at + ranked + 1
    unit = reading.low(end - 1)
    named = UNITS.get(unit) in {"day", "week", "month", "year"} or unit in PARTS_OF_DAY
    if not named or not reading.has(end, "of") or (unit.endswith("s") and not ranked):
        return None
    event = reading.low(end + 1) in _EVENTS and reading.low(end + 2) not in UNITS
    return _Hold(end + 1, vague) if event and not terms.period(reading, end + 1) else None


def _anchor_end(reading: Reading, place: int) -> int:
    """Where the words for an event end that begin at `place`; `place` if there are none."""
    at = place
    while at < len(reading.words) and at - place < _LONGEST_ANCHOR:
        word = reading.words[at]
        tied = word.text in {"-", "’", "'"} and reading.touches(at) and reading.touches(at + 1)
        if not (word.text[0].isalnum() or tied):
            break
        of_another = word.low in _EVENTS and reading.has(at - 1, "of")
        if at > place and word.low in _ANCHOR_ENDS and not of_another:
            break
        at += 1
    return at


# --- what has an end moved, and what runs from one term to another


def _bounded(reading: Reading, place: int) -> Found | None:
    """A period of which one end is moved: "since 2022", "by the end of the year"."""
    words = next((words for words in _BOUNDS if reading.has(place, *words)), None)
    if words is None:
        return _from(reading, place) if reading.has(place, "from") else None
    start = place + len(words)
    inner = terms.period(replace(reading, ahead=_AHEAD.get(words, reading.ahead)), start)
    if inner is not None and inner.period is None and words == ("by",):
        inner = terms.period(replace(reading, ahead=True), start)  # what the verb left open
    if inner is None or _is_attributive(reading, start, inner.end):
        return None
    return inner._replace(period=_moved(_BOUNDS[words], inner.period))


def _from(reading: Reading, place: int) -> Found | None:
    """From Monday, where it is still to come, and from 2023 onwards."""
    inner = terms.period(reading, place + 1)
    if inner is None or reading.low(place - 1) in _SHIFTS or reading.low(inner.end) in _TO:
        return None
    onwards = reading.low(inner.end) in {"onwards", "onward"}
    onwards = onwards or (
        reading.has(inner.end, "on") and not reading.text(inner.end + 1).isalnum()
    )
    if not onwards and reading.is_ahead(place, inner.end) is not True:
        return None
    if _is_attributive(reading, place + 1, inner.end):
        return None
    return inner._replace(end=inner.end + onwards, period=_moved("since", inner.period))


def _is_attributive(reading: Reading, first: int, last: int) -> bool:
    """Whether a term only says which one: "before Friday’s vote", "after the 2019 law"."""
    year = reading.number(last - 1, DIGITS_OF_YEAR) is not None and last - first == len(
        ("the", "2019")
    )
    noun = reading.text(last).isalpha() and reading.low(last) not in FUNCTION
    return reading.has_apostrophe(last) or (year and reading.has(first, "the") and noun)


def _moved(bound: _Bound, period: Period | None) -> Period | None:
    """What the end leaves that a bound moves; None where that end is open itself."""
    first, last = period[:2] if period else (None, None)
    day = timedelta(days=1)
    if bound in {"since", "before"} and first is not None:
        return Period(first, None) if bound == "since" else Period(None, first - day)
    if bound in {"until", "after"} and last is not None:
        return Period(None, last) if bound == "until" else Period(last + day, None)
    return None


def _range(reading: Reading, place: int) -> Found | None:
    """From one period to another: "from June to August 2021", "30 May–2 June", "3 to 4 June"."""
    opening = reading.low(place) if reading.low(place) in {"from", "between"} else ""
    source = place if opening else place - 1
    if reading.has(source, "from") and reading.low(source - 1) in _SHIFTS:
        return None
    at = place + bool(opening)
    joins = frozenset({"and"}) if opening == "between" else _TO
    led = replace(reading, is_led=True)
    found = _of_numbers(reading, at, joins)
    one = None if found else terms.period(led, at)
    if one is None or reading.low(one.end) not in joins:
        return found
    if reading.text(one.end) in _DASHES and one.period and _is_of_years(one.period):
        return found  # "2017–21 – May" is no range of ranges
    other = terms.period(led, one.end + 1)
    if other is None or (other.period is None and reading.text(one.end) in _DASHES):
        return None  # "in June – months before the vote –"
    if other.period and other.period.earliest:
        one = terms.period(replace(led, year=other.period.earliest.year), at) or one
    weekdays = reading.low(at) in DAYS and reading.low(one.end + 1) in DAYS
    return Found(
        other.end, _spanned(one.period, other.period, weekdays=weekdays), None, one.follows
    )


def _is_of_years(period: Period) -> bool:
    """Whether it runs from one year to another."""
    first, last = period.earliest, period.latest
    return first is not None and last is not None and first.year < last.year


def _of_numbers(reading: Reading, place: int, joins: frozenset[str]) -> Found | None:
    """Two days of one month: "3 to 4 June 2019", "between 2 and 6 March", "20–21 January"."""
    at = place + reading.has(place, "the")
    first, second = reading.day_at(at), reading.day_at(at + 2)
    if first is None or second is None or reading.low(at + 1) not in joins:
        return None
    last = terms.core(reading, at + 2)
    if last is None or last.end <= at + len(("3", "to", "4")):
        return None
    day = last.period.earliest if last.period and last.period.unit == "day" else None
    runs = day is not None and first < second
    return last._replace(period=Period(day.replace(day=first), day) if day and runs else None)


def _spanned(one: Period | None, other: Period | None, *, weekdays: bool) -> Period | None:
    first = one.earliest if one else None
    last = other.latest if other else None
    if one is None or first is None or last is None:
        return None
    if last < first and weekdays:
        last += _WEEK
    elif last < first and one.unit in {"day", "month"}:
        first = first.replace(year=first.year - 1)
    return Period(first, last) if first <= last else None


def _night_between(reading: Reading, place: int) -> Found | None:
    """The night of 3 to 4 June."""
    night = reading.has(place, "the") and reading.low(place + 1) in PARTS_OF_DAY
    return _range(reading, place + 3) if night and reading.has(place + 2, "of") else None
