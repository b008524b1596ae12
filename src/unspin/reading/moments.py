"""A date as a source writes it: text in, the day or the moment out.

ISO 8601, RFC 2822 and written dates of the main languages. What is not certain is None: a month
without a day, 03/04/2024 (March or April?), "yesterday", a year outside 1900 to 2100.
"""

import re
import warnings
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from unspin import days

if TYPE_CHECKING:
    from collections.abc import Callable

_LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "ar", "sv", "da"),
    *("nb", "fi", "cs", "ro", "el", "hu", "he", "zh", "ja", "ko", "id"),
)
_YEARS = range(1900, 2101)
_LONGEST = 80  # characters; a longer text is not a date
_ISO = re.compile(
    r"(?P<year>\d{4})(?P<sep>[-/.]?)(?P<month>\d{2})(?P=sep)(?P<day>\d{2})"
    r"(?:(?:T|t| {1,2})(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r" ?(?P<zone>Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?"
)
_MAIL = re.compile(
    r"(?:[A-Za-z]{3}, ?)?\d{1,2} [A-Za-z]{3} \d{4} \d{1,2}:\d{2}(?::\d{2})?"
    r"(?: (?:[+-]\d{4}|[A-Z]{1,4}))?(?: \([^()]{1,20}\))?"
)
_MONTHS = [month[:3].lower() for month in days.MONTHS]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NTH = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_ENGLISH = [
    re.compile(f"{order},? (?P<year>[0-9]{{4}})", re.IGNORECASE | re.ASCII)
    for order in (f"{_MONTH} {_NTH}", f"{_NTH} (?:of )?{_MONTH}")
]
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DAY = re.compile(r"(?<![\d:])\d{1,2}(?![\d:])")
_CLOCK = re.compile(
    r"(?:,|\||\bat\b|\bum\b|\bà\b|\ba las\b|\bkl\.?)?\s*"
    r"(?:\b\d{1,2}[:h]\d{2}(?::\d{2})?|\b\d{1,2}(?=\s?[ap]\.?m\b)).*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:first\s)?(?:published|posted|updated|issued|released|dated?|veröffentlicht|stand|datum"
    r"|publié|publicado|pubblicato|fecha|data|opublikowano)(?:\s(?:on|am|le|el|il|em))?\s?:?\s",
    re.IGNORECASE,
)


def parse(text: str) -> date | None:
    """The date `text` consists of; a datetime where it gives a time of day, aware with a zone.

    Nothing is taken from today's date and nothing guessed; None is the answer in doubt.
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    if label := _LABEL.match(text):
        text = text[label.end() :]
    text = text.strip(" ,;|·•–—()")
    readers: tuple[Callable[[str], date | None], ...] = (_iso, _mail, _english, _numbers, _written)
    for read in readers:
        try:
            found = read(text)
        except (ValueError, OverflowError, TypeError, IndexError):
            found = None
        if found is not None:
            return found if found.year in _YEARS else None
    return None


def _iso(text: str) -> date | None:
    match = _ISO.fullmatch(text)
    if not match:
        return None
    day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    if match["hour"] is None:
        return day
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    return datetime(
        day.year, day.month, day.day, hour, minute, min(second, 59), tzinfo=_zone(match["zone"])
    )


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text[0] not in "+-":
        return timezone.utc  # noqa: UP017 - the annotation needs the class, and this its instance
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if text[0] == "-" else offset)


def _mail(text: str) -> date | None:
    return parsedate_to_datetime(text) if _MAIL.fullmatch(text) else None


def _english(text: str) -> date | None:
    """A day in English words: the commonest by far, so not left to the slow reader of all."""
    for pattern in _ENGLISH:
        if match := pattern.fullmatch(text):
            month = _MONTHS.index(match["month"][:3].lower()) + 1
            return date(int(match["year"]), month, int(match["day"]))
    return None


def _numbers(text: str) -> date | None:
    """A day in numbers of which it is certain what is day and what is month."""
    match = _NUMBERS.fullmatch(text)
    if not match or _ambiguous(text):
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    return date(year, first, second) if second > 12 else date(year, second, first)  # noqa: PLR2004 - months of the year


def _written(text: str) -> date | None:
    """A date in words or numbers; the year must stand there with four digits, the day with one."""
    western = "".join(str(int(mark)) if mark.isdecimal() else mark for mark in text)
    if not _YEAR.search(western) or not _DAY.search(western) or _ambiguous(western):
        return None
    if clock := _CLOCK.search(western):
        moment = _parsed(western)
        if moment is not None:
            return _plain_zone(moment)
        western = western[: clock.start()].strip(" ,;|·•–—(")
        if not _YEAR.search(western):
            return None
    moment = _parsed(western)
    return moment.date() if moment is not None else None


def _ambiguous(text: str) -> bool:
    """Whether it is a date in numbers of which nobody can say what is day and what is month."""
    numbers = _NUMBERS.search(text)
    if not numbers or numbers[2] == ".":  # with full stops the day comes first everywhere
        return False
    first, second = int(numbers[1]), int(numbers[3])
    return first != second and max(first, second) <= 12  # noqa: PLR2004 - months of the year


def _parsed(text: str) -> datetime | None:
    with warnings.catch_warnings():  # the library's own deprecations are not the caller's concern
        warnings.simplefilter("ignore")
        found: datetime | None = _parser().get_date_data(text).date_obj
    return found


def _plain_zone(moment: datetime) -> datetime:
    """The same moment with a zone of the standard library, which compares and pickles."""
    offset = moment.utcoffset()
    return moment if offset is None else moment.replace(tzinfo=timezone(offset))


@cache
def _parser() -> Any:  # noqa: ANN401 - the library ships no types
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=list(_LANGUAGES),
        settings={
            "REQUIRE_PARTS": ["day", "month", "year"],
            "STRICT_PARSING": True,
            "DATE_ORDER": "DMY",
            "PARSERS": ["absolute-time"],
        },
    )
