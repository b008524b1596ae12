"""Months and what is longer: years, quarters, decades, centuries, and runs of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from unspin.marking.times import nearest, periods, tenses
from unspin.marking.times.periods import Part, Period, Unit
from unspin.marking.times.reading import (
    COUNTED,
    DIGITS_OF_YEAR,
    FUNCTION,
    HEDGES,
    Found,
    Reading,
    rank,
)

PARTS: Mapping[str, Part] = {"early": "early", "mid": "mid", "late": "late"}
_NAMES_TOO = frozenset("march april may june august jan mar".split())  # of people, and verbs
_BEFORE = frozenset(  # words that may stand before a bare year or month
    """in since by until till of during from to before after through throughout for and or between
    around about early late mid than back last next this""".split()
)
_FIRM = frozenset("in since by until till during throughout early late mid".split())
_OWNING = frozenset("the a an its his her their s".split())
_JOINS = frozenset({"to", "and", "or", "-", "–"})
_TELLING = frozenset("was saw will is brought has".split())  # "2019 was the worst year"
_OFTEN_MEANT = range(1900, 2100)  # years that may stand before a plural: "the 2014 elections"
_DECADES = {
    word: tens
    for tens, word in zip(
        range(20, 100, 10),
        "twenties thirties forties fifties sixties seventies eighties nineties".split(),
        strict=True,
    )
} | {f"{tens}s": tens for tens in range(20, 100, 10)}
_LAST_CENTURY = 21  # that a text of now can tell of
_SHORTEST_NAME = 4  # letters: shorter months are words too
_QUARTERS = {"q1": 1, "q2": 2, "q3": 3, "q4": 4}
_HALVES = {"h1": 1, "h2": 2}


def month(reading: Reading, place: int) -> Found | None:
    """March 2004, May last year, last March; in October."""
    when, at = reading.when_at(place)
    number = reading.month_at(at)
    if number is None:
        return None
    end = reading.behind_month(at)
    year, behind = (None, end) if when else reading.year_behind(end)
    if behind > end and year is None:
        return Found(behind, None)
    year = year or reading.year
    if year is not None:
        return Found(behind, periods.of_month(year, number))
    if when in {"last", "next", "this"}:
        return Found(end, _month_by(reading.now, number, when), follows=True)
    if not (reading.is_led or _is_month(reading, place, end)):
        return None
    if year := nearest.year_before(reading, place):
        return Found(end, periods.of_month(year, number))

    def make(year: int) -> Period:
        return periods.of_month(year, number)

    return Found(end, nearest.yearly(reading, place, end, make))


def _is_month(reading: Reading, place: int, end: int) -> bool:
    """Whether the name of a month without a year is one, and not of a person, and not a verb."""
    low, before = reading.low(place), reading.low(place - 1)
    named = reading.is_noun(end) and before in {"the", "its", "last"}
    if low in _NAMES_TOO and (
        reading.text(end).istitle() or before not in _FIRM | {"from", "to", "of"}
    ):
        return named
    if len(low) < _SHORTEST_NAME and end == place + 1 and before not in _FIRM:
        return False
    return before in _BEFORE or named or reading.has_apostrophe(end)


def _month_by(now: date | None, month: int, when: str) -> Period | None:
    """Last, next or this March: where both readings in use name the same one."""
    if now is None:
        return None
    if when == "this":
        return periods.of_month(now.year, month)
    step = -1 if when == "last" else 1
    passed = month >= now.month if step < 0 else month <= now.month
    return periods.of_month(now.year + step, month) if passed else None


def years(reading: Reading, place: int) -> Found | None:
    """2017–21, 1998-2003, the 2023/24 season; the 2024-25 financial year is of no known days."""
    at = place + reading.has(place, "the")
    first, second = reading.number(at, DIGITS_OF_YEAR), reading.number(at + 2, DIGITS_OF_YEAR)
    dash, end = reading.text(at + 1), at + 3
    short = len(reading.text(at + 2)) == len("21")
    full = len(reading.text(at + 2)) == DIGITS_OF_YEAR and dash != "/"
    if first is None or second is None or len(reading.text(at)) != DIGITS_OF_YEAR:
        return None
    if dash not in {"-", "–", "/"} or not (short or full) or not reading.is_solid(at, 3):
        return None
    if reading.low(end) in {"financial", "fiscal", "tax"}:
        return Found(end + 1 + reading.has(end + 1, "year"), None)
    if reading.low(end) in COUNTED or _counts(reading, place):
        return None
    if short:
        second += first // 100 * 100
        second += 100 * (second < first and second % 100 == 0)
    if first >= second:
        return None
    return Found(end + reading.has(end, "season"), periods.of_years(first, second))


def _counts(reading: Reading, place: int) -> bool:
    """Whether the word before a number makes it a count, or the number of a model or an order."""
    before, low = reading.text(place - 1), reading.low(place - 1)
    named = before.isalpha() and before.istitle() and low not in _BEFORE | {"the", "a"}
    return named or low in HEDGES


def bare_year(reading: Reading, place: int) -> Found | None:
    """2019 where it is a year: in 2019, a 2014 law, 1921 and 1934, the year 2000."""
    at = place + reading.has(place, "the")
    told = at > place and reading.has(at, "year")
    number = reading.year_at(at + told)
    if number is None or not (told or _is_year(reading, at, number)):
        return None
    return Found(at + told + 1, periods.of_year(number))


def _is_year(reading: Reading, place: int, number: int) -> bool:
    """Whether a number of four digits is a year, as the words around it say."""
    before, behind = reading.low(place - 1), reading.low(place + 1)
    plural = reading.is_plural(place + 1)
    if behind in COUNTED or before in HEDGES - {"about", "around", "than"}:
        return False
    if reading.has_apostrophe(place + 1):
        return True
    if (plural and (number % 100 == 0 or before in {"a", "an"})) or _counts_to(reading, place):
        return False
    if before in _FIRM:
        return not plural or number in _OFTEN_MEANT
    if before in _OWNING:
        noun = reading.text(place + 1).isalpha() and behind not in FUNCTION
        return noun and number in _OFTEN_MEANT
    if reading.low(place - 2) in _OWNING and reading.is_noun(place - 1) and number % 100:
        return reading.is_noun(place + 1) and not plural and number in _OFTEN_MEANT
    if before == "(":
        return reading.text(place + 1) in {")", "–", "-", ",", ";"}
    if before in {",", "and", "or"}:
        return _follows_year(reading, place) and not plural
    if before in _BEFORE or reading.is_led:
        return not plural
    opens = place == 0 or tenses.ends_sentence(reading.words, place - 1)
    return opens and behind in _TELLING


def _counts_to(reading: Reading, place: int) -> bool:
    """Whether a number is the lower one of a count: "from 1900 to 2100 hours"."""
    other = reading.year_at(place + 2)
    if other is None or reading.low(place + 1) not in _JOINS:
        return False
    round_ones = other % 100 == 0 and reading.is_plural(place + 3)
    return reading.low(place + 3) in COUNTED or round_ones


def _follows_year(reading: Reading, place: int) -> bool:
    """Whether a year stands before the comma or "and" before `place`."""
    at = place - 1
    at -= reading.low(at) in {"and", "or"}
    at -= reading.text(at) == ","
    return reading.number(at, DIGITS_OF_YEAR) is not None and (
        reading.year_at(at) is not None or reading.text(at + 1) == ","
    )


def decade(reading: Reading, place: int) -> Found | None:
    """The 1990s, the ’80s, the nineties."""
    at = place + reading.has(place, "the")
    word = reading.text(at)
    if len(word) == len("1990s") and word.isascii() and word[:4].isdigit() and word.endswith("0s"):
        return Found(at + 1, periods.of_years(int(word[:4]), int(word[:4]) + 9, "decade"))
    short = word in {"’", "'", "‘"} and reading.touches(at + 1)
    tens = _DECADES.get(reading.low(at + short))
    led = reading.low(at - 1) in PARTS
    if tens is None or not reading.has(at - 1 - led, "the") or (word[0].isdigit() and not led):
        return None
    return Found(at + short + 1, periods.of_years(1900 + tens, 1909 + tens, "decade"))


def century(reading: Reading, place: int) -> Found | None:
    """The 19th century, 18th-century; the 5th century BC is of no known days."""
    at = place + reading.has(place, "the")
    number = rank(reading.low(at))
    end = at + 1 + (reading.text(at + 1) == "-")
    if number is None or not 0 < number <= _LAST_CENTURY:
        return None
    if reading.has(end, "and") and reading.has(end + 2, "centuries"):
        return Found(end, periods.of_century(number))
    if reading.low(end) not in {"century", "centuries"} or reading.has(end + 1, "of"):
        return None
    if reading.low(end + 1) in {"bc", "bce"}:
        return Found(end + 2, None)
    return Found(end + 1, periods.of_century(number))


def quarter(reading: Reading, place: int) -> Found | None:
    """The third quarter, Q1 2024, the first half of 2024, the second quarter of last year."""
    at = place + reading.has(place, "the")
    coded = _coded(reading.low(at)) if reading.text(at).isupper() else None
    number, name = coded or (rank(reading.low(at)), reading.low(at + 1))
    end = at + (1 if coded else 2)
    if number is None or name not in {"quarter", "half"}:
        return None
    unit: Unit = "quarter" if name == "quarter" else "half"
    parts = 4 if unit == "quarter" else 2
    number = parts if number < 0 else number
    if number > parts:
        return None
    length = 12 // parts

    def make(year: int) -> Period:
        return periods.of_months(year, (number - 1) * length + 1, length, unit)

    year, behind = reading.year_behind(end)
    if year is None and reading.has(end, "of", "the", "year") and reading.now:
        year, behind = reading.now.year, end + 3
    if behind > end:
        return Found(behind, make(year) if year else None)
    linked = reading.has(end, "of") or (unit == "half" and not coded)  # of a match, of a crowd
    if linked or (not coded and rank(reading.low(at)) == -1):
        return None
    return Found(end, nearest.yearly(reading, place, end, make))


def _coded(low: str) -> tuple[int, str] | None:
    if low in _QUARTERS:
        return _QUARTERS[low], "quarter"
    return (_HALVES[low], "half") if low in _HALVES else None


def months_to(reading: Reading, place: int) -> Found | None:
    """The year to March 2024, the three months to September, the 12 months ended June."""
    at = place + reading.has(place, "the")
    number: int | None = 12
    if reading.has(at, "year"):
        at += 1
    else:
        counted = reading.count_at(at)
        if counted is None or counted[0].unit != "month":
            return None
        number, at = counted[0].number, counted[1]
    if reading.low(at) not in {"to", "ended", "ending"} or number is None:
        return None
    at += 1 + reading.has(at + 1, "in")
    at += 2 * reading.has(at, "end", "-")
    last = month(replace(reading, is_led=True), at)
    end = last.period.latest if last and last.period else None
    if last is None or end is None:
        return None
    return last._replace(period=periods.of_months(end.year, end.month - number + 1, number))
