"""What is asked of the words of a text where something may be a date: numbers, names, counts.

A `Reading` is the text as words together with what is known where it is read: the day it is told
from, and the last date before. Readers of one kind of term take it and a place, and give what they
found or None.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from unspin.marking.times import periods, tenses
from unspin.marking.times.periods import DAYS, MONTHS, Period
from unspin.marking.times.tenses import Word
from unspin.numbers import SPELT

COUNTS = SPELT | {"a": 1, "an": 1}
VAGUE = frozenset("few several many some dozens".split())
HEDGES = frozenset(  # before a count: it is no longer that count
    "about around nearly almost over than some least most roughly approximately under half".split()
)
RANKS = {
    word: number
    for number, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
        twentieth""".split(),
        1,
    )
} | {"opening": 1, "last": -1, "final": -1, "closing": -1}
UNITS = {
    form: unit
    for unit in "minute hour day week fortnight month quarter year decade".split()
    for form in (unit, f"{unit}s")
} | {"century": "century", "centuries": "century"}
PARTS_OF_DAY = frozenset("morning afternoon evening night lunchtime".split())
WHENS = frozenset("last next this coming past".split())
COUNTED = frozenset(  # what a number of four digits counts where it could be a year
    """days weeks months years hours minutes seconds metres meters metre meter kilometres kilometers
    km kg kilograms grams g mm cm m miles feet yards tonnes tons litres liters people persons
    soldiers troops men women children volunteers workers refugees prisoners voters votes families
    households houses homes tents villages towns seats beds schools tanks shells rounds rockets
    missiles drones dollars euros pounds crowns guilders francs marks yen roubles rubles pesos
    hectares acres degrees percent per million billion thousand jobs cases deaths victims members
    delegates protesters demonstrators police officers copies pages hrs mph mw gw watts""".split()
)
FUNCTION = frozenset(  # words behind a bare term that leave it one
    """and or to but for at in on when as with after before by that which who while from until
    because if then was were is are has had have will would he she it they we through than of the a
    an said did could may might so""".split()
)
Words = tuple[str, ...]  # a name of several words, in lower case
DIGITS_OF_YEAR = 4
_YEARS = range(1000, 2200)
_LAST_DAY = 31
_LONGEST_RANK = 3  # digits: "100th"
_LONGEST_SHORT_MONTH = 4  # letters: "Sept"
_NEVER_SHORT = frozenset({"may", "june", "july"})


class Found(NamedTuple):
    """A term or expression as read: the place it ends before, its period, what it waits for."""

    end: int
    period: Period | None
    anchor: tuple[int, int] | None = None
    follows: bool = False  # it is told from the day of publication, so a quotation may move it


class Count(NamedTuple):
    """So many units; None where the text leaves open how many."""

    number: int | None
    unit: str


def by_first(names: Iterable[Words]) -> dict[str, list[Words]]:
    """Names of several words by the first of them, in the order they come."""
    found: dict[str, list[Words]] = {}
    for words in names:
        found.setdefault(words[0], []).append(words)
    return found


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text, and what is known at the place it is read."""

    words: Sequence[Word]
    now: date | None  # the day it is told from
    known: Period | None = None  # the last period of the paragraph
    known_here: bool = False  # whether that stands in this sentence
    year: int | None = None  # of the other end of a range
    is_led: bool = False  # words stand before that only a date can follow
    listed: int | None = None  # the year that a line above gives a list of days: "2020 dates:"
    ahead: bool | None = None  # whether it is to come, where that is known without the verbs

    def low(self, place: int) -> str:
        """The word at `place` in lower case; an empty text beyond either end."""
        return self.words[place].low if 0 <= place < len(self.words) else ""

    def text(self, place: int) -> str:
        """The word at `place` as it is written; an empty text beyond either end."""
        return self.words[place].text if 0 <= place < len(self.words) else ""

    def has(self, place: int, *lows: str) -> bool:
        """Whether these words stand at `place`; either apostrophe is the other."""
        for at, low in enumerate(lows, place):  # noqa: SIM110 - asked most often of all, and faster
            if self.low(at).replace("'", "’") != low:
                return False
        return True

    def named(self, place: int, names: Mapping[str, Sequence[Words]]) -> Words | None:
        """The first of some names that stands at `place`; `names` are by their first word."""
        each = names.get(self.low(place), ())
        return next((words for words in each if self.has(place, *words)), None)

    def touches(self, place: int) -> bool:
        """Whether no space parts the word at `place` from the one before it."""
        return 0 < place < len(self.words) and self.words[place - 1].end == self.words[place].start

    def is_solid(self, place: int, length: int) -> bool:
        """Whether `length` words are written without a space, and no sign ties them to more."""
        end = place + length
        tied = self.touches(end) and self.text(end) in {"-", "/"}
        return not tied and all(self.touches(at) for at in range(place + 1, end))

    def has_apostrophe(self, place: int) -> bool:
        """Whether an apostrophe is written right behind the word before `place`."""
        return self.touches(place) and self.text(place) in {"’", "'"}

    def is_noun(self, place: int) -> bool:
        """Whether a common noun may stand at `place`."""
        return self.text(place).islower() and self.low(place) not in FUNCTION

    def is_plural(self, place: int) -> bool:
        """Whether a common noun in the plural may stand at `place`."""
        return self.is_noun(place) and self.low(place).endswith("s")

    def number(self, place: int, longest: int) -> int | None:
        """The number written in up to `longest` ASCII digits."""
        word = self.text(place)
        return int(word) if word.isascii() and word.isdigit() and len(word) <= longest else None

    def year_at(self, place: int) -> int | None:
        """A number that can be a year, with nothing hanging on it."""
        number = self.number(place, DIGITS_OF_YEAR)
        if number not in _YEARS or len(self.text(place)) != DIGITS_OF_YEAR:
            return None
        sign = self.text(place + 1) if self.touches(place + 1) else ""
        more = self.touches(place + 2) and self.text(place + 2)[0].isalnum()
        return None if sign in {"%", "/"} or (sign in {",", ".", ":", "-"} and more) else number

    def day_at(self, place: int) -> int | None:
        """The number of a day of a month: 3, 3rd."""
        low = self.low(place)
        number = self.number(place, 2) or (rank(low) if low[:1].isdigit() else None)
        return number if number in range(1, _LAST_DAY + 1) else None

    def month_at(self, place: int) -> int | None:
        """The number of the month named at `place`."""
        word = self.text(place)
        return MONTHS.get(self.low(place)) if word.istitle() or word.isupper() else None

    def behind_month(self, place: int) -> int:
        """The place behind the month at `place` and the dot that shortens it."""
        short = len(self.text(place)) <= _LONGEST_SHORT_MONTH
        short = short and self.low(place) not in _NEVER_SHORT
        return place + 1 + (short and self.text(place + 1) == "." and self.touches(place + 1))

    def weekday_at(self, place: int) -> int | None:
        """The number of the weekday named at `place`, from 0 for Monday."""
        return DAYS.get(self.low(place)) if self.text(place).istitle() else None

    def unit_at(self, place: int) -> str | None:
        """The unit of time named at `place`, unless it is part of a word ("year-long")."""
        tied = self.touches(place + 1) and self.text(place + 1) in {"-", "–"}
        return None if tied else UNITS.get(self.low(place))

    def when_at(self, place: int) -> tuple[str, int]:
        """Which of last, next, this, coming and past stands at `place`, and the place behind it."""
        low = self.low(place)
        if low == "this" and self.low(place + 1) in {"coming", "past"}:
            return self.low(place + 1), place + 2
        return (low, place + 1) if low in WHENS else ("", place)

    def number_of_units(self, place: int) -> tuple[int | None, int] | None:
        """A number before a unit and the place behind it; the number is None where it is vague."""
        low = self.low(place)
        if low in {"a", "an"} and self.low(place + 1) in VAGUE | {"couple", "dozen"}:
            return None, place + 2 + self.has(place + 2, "of")
        if low in VAGUE:
            return None, place + 1 + self.has(place + 1, "of")
        number = self.number(place, DIGITS_OF_YEAR)
        number = COUNTS.get(low) if number is None else number
        if number is None:
            return None
        if self.has(place + 1, "and", "a", "half"):
            return None, place + 4
        if self.text(place + 1) in {"-", "–"} and self.low(place + 2) in COUNTS:
            return None, place + 3
        either = self.low(place - 1) in {"or", "to"} and (
            self.low(place - 2) in COUNTS or self.number(place - 2, DIGITS_OF_YEAR) is not None
        )
        return (None if either or self.low(place - 1) in HEDGES else number), place + 1

    def count_at(self, place: int) -> tuple[Count, int] | None:
        """So many units and the place behind them; a bare plural is some number of them."""
        number, at = self.number_of_units(place) or (None, place)
        unit = self.unit_at(at)
        if unit is None or (at == place and not self.low(at).endswith("s")):
            return None
        if unit == "fortnight":
            number, unit = number and 2 * number, "week"
        return Count(number, unit), at + 1

    def around(self, unit: str, step: int = 0) -> Period | None:
        """The unit the text is told in, or the one `step` units later; None if that is unknown."""
        return periods.around(unit, self.now, step) if self.now else None

    def is_ahead(self, first: int, last: int) -> bool | None:
        """Whether what happens at `words[first:last]` is still to come."""
        return tenses.is_ahead(self.words, first, last) if self.ahead is None else self.ahead

    def year_behind(self, place: int) -> tuple[int | None, int]:
        """The year that follows a day or month, if any, and the place behind it."""
        comma = self.text(place) == ","
        at = place + comma
        at += not comma and self.has(at, "of") and self.low(at + 1) != "the"
        if (year := self.year_at(at)) is not None:
            return year, at + 1
        step = {"last": -1, "this": 0, "next": 1}.get(self.low(at))
        if step is not None and self.has(at + 1, "year") and not comma:
            return (self.now.year + step if self.now else None), at + 2
        if self.has(at, "that", "year"):
            known = self.known.earliest if self.known else None
            return (known.year if known else None), at + 2
        return None, place


def rank(low: str) -> int | None:
    """The number of an ordinal; -1 for the last."""
    if low in RANKS:
        return RANKS[low]
    digits = low[:-2]
    ordinal = low[-2:] in {"st", "nd", "rd", "th"} and digits.isascii() and digits.isdigit()
    return int(digits) if ordinal and len(digits) <= _LONGEST_RANK else None
