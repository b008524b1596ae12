"""Which one is meant, where a term names many: the day, month or holiday nearest to the telling.

Backwards for what has happened, forwards for what is to come. None where that would be a guess.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from unspin.marking.times import tenses
from unspin.marking.times.periods import Period
from unspin.marking.times.reading import Reading

_TOO_FAR = 240  # days: one this far off in the direction of the verb may be the near one after all
_NEAR = 60  # days: and it is, where that is no further off than this
_RECENT = 31  # days: one this near needs no year, whatever year stands before it
_EVENT = 100  # days: an event a day names ("the 3 March raid") lies no further off without a year


def yearly(reading: Reading, first: int, last: int, make: Callable[[int], Period]) -> Period | None:
    """The nearest of what `make` gives for the years around, for the term `words[first:last]`."""
    now = reading.now
    if now is None:
        return None
    ahead = reading.is_ahead(first, last)
    each = possible(make, range(now.year - 1, now.year + 2))
    one = chosen(each, now, ahead=ahead, is_sure=reading.ahead is not None)
    off = abs(days_off(one, now)) if one else 0
    known = reading.known if reading.known_here else None
    if off > _RECENT and not ahead and known and known.latest and known.latest.year < now.year - 1:
        return None  # "in the 2008 contest until June": of that year, or of this
    names_event = "the" in {reading.low(first - 1), reading.low(first)} and reading.is_noun(last)
    return None if names_event and off > _EVENT else one


def year_before(reading: Reading, place: int) -> int | None:
    """The year of the sentence before, where a day without one opens the next: "On 21 March …"."""
    known, now = reading.known, reading.now
    opens = place < 2 or tenses.ends_sentence(reading.words, place - 2)  # noqa: PLR2004 - behind "On"
    if not opens or reading.known_here or now is None or known is None or known.earliest is None:
        return None
    dated = known.unit in {"day", "month"} and known.earliest.year < now.year - 1
    return known.earliest.year if dated else None


def possible(make: Callable[[int], Period], numbers: Iterable[int]) -> list[Period]:
    """What `make` gives for each number, those it refuses left out."""
    found = []
    for number in numbers:
        try:
            found.append(make(number))
        except ValueError:
            continue
    return found


def chosen(
    each: Sequence[Period], now: date, *, ahead: bool | None, is_sure: bool = False
) -> Period | None:
    """The nearest of `each` in the direction of the verb, or at all where it has none.

    Where the verb, its direction not `is_sure`, leads too far past the nearest, that is meant if it
    is near, and None is given if it is not.
    """
    off = [(days_off(one, now), one) for one in each]
    near = min(off, key=lambda one: abs(one[0]), default=(0, None))
    side = [one for one in off if (one[0] >= 0 if ahead else one[0] <= 0)]
    there = min(side, key=lambda one: abs(one[0]), default=near)
    if is_sure or (ahead is not None and abs(there[0]) <= _TOO_FAR):
        return there[1]
    return near[1] if ahead is None or there == near or abs(near[0]) <= _NEAR else None


def days_off(one: Period, now: date) -> int:
    """How many days after `now` a period begins; below 0 where it is over, 0 where it is on."""
    if one.earliest is None or one.latest is None:
        return 0
    return max(0, (one.earliest - now).days) + min(0, (one.latest - now).days)


def is_to_come(reading: Reading, first: int, last: int) -> bool | None:
    """Whether a weekday or weekend is the next one, not the last one; None where it may be either.

    Where no verb tells, the news tells of what has happened.
    """
    before = reading.low(first - 1)
    awaited = before in {"before", "until", "till"} or reading.has(first - 2, "ahead", "of")
    if reading.has_apostrophe(last):
        if before in {"after", "since", "following", "during"}:
            return False
        if awaited or before == "for":
            return not tenses.is_of_earlier(reading.words, first)
        told = reading.is_ahead(first, first)
        return None if told and not tenses.is_ahead_behind(reading.words, last) else bool(told)
    told = reading.is_ahead(first, last)
    awaited = awaited or before == "by"
    if reading.ahead is None and not awaited and tenses.is_open(reading.words, first, last):
        return None
    return awaited if told is None else told
