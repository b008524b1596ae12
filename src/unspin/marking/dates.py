"""Time expressions, resolved against the publication date to an interval of days.

In: a document and its voices. Out: expressions sorted by place. A year is the whole year, a month
the whole month: no day is invented. "Since 2022" ends with the publication, or openly. What hangs
on something the text does not date ("four days after the summit") stays unresolved and names its
anchor.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from unspin.marking import voices as mouths
from unspin.types import Document, Span, TimeExpression, Voice

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august",
           "september", "october", "november", "december")  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {word: place for place, word in enumerate(
    ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
     "twelve"))} | {"a": 1, "an": 1}  # fmt: skip

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_YEAR = r"(?:1[5-9]\d\d|20\d\d|21\d\d)"
_COUNT = r"(?:\d{1,3}|(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))"
_UNIT = r"(?:day|week|month|year|decade|hour|minute)s?"
_PART = r"[Ee]arly|[Mm]id|[Ll]ate"
_GAP = r"(?:[ -]in[ -]|[ -])"
_EXPRESSION = re.compile(
    rf"""
    (?<!\w)(?=[0-9JFMASONDTWBUEILCPYN]|(?:since|until|till|by|early|mid|late|earlier|later|last|next
      |this|that|past|coming|the|yesterday|today|tomorrow|tonight|an?|one|two|three|four|five|six
      |seven|eight|nine|ten|eleven|twelve)[ -]|yesterday|today|tomorrow|tonight)(?:
    (?<![\w.,/-])(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?![\w-])
  | (?:(?P<bound>[Ss]ince|[Uu]ntil|[Bb]y|[Tt]ill)[ ](?:the[ ])?
      (?!{_DAY}['’]s))?(?<!\w)(?:
      (?:{_DAY},?[ ])?(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?[ ](?:of[ ])?(?P<month1>{_MONTH})
      (?:,?[ ](?P<year1>{_YEAR}))?(?!\w)
    | (?:{_DAY},?[ ])?(?P<month2>{_MONTH})[ ](?P<day2>\d{{1,2}})(?:st|nd|rd|th)?
      (?![\d\w:%])(?!,\d)(?:,?[ ](?P<year2>{_YEAR})(?![\w,]\d|\w))?
    | (?:[Tt]he[ ])?(?P<edge>start|beginning|middle|end)[ ]of[ ](?:
        (?P<edge_month>{_MONTH})(?:,?[ ](?P<edge_year1>{_YEAR}))?|(?P<edge_year2>{_YEAR})
        |(?P<edge_when>last|this|next|the)[ ](?P<edge_unit>month|year))(?![\w-])
    | (?:(?P<part3>{_PART}){_GAP})?(?P<month3>{_MONTH})[ ,]{{1,2}}(?:of[ ])?(?P<year3>{_YEAR})(?!\w)
    | (?P<years1>{_YEAR})[–-](?P<years2>{_YEAR}|\d\d)(?![\w-])
    | (?<=[Bb]etween[ ])(?P<from1>{_YEAR})[ ]and[ ](?P<to1>{_YEAR})(?!\w)
    | (?<=[Ff]rom[ ])(?P<from2>{_YEAR})[ ]to[ ](?P<to2>{_YEAR})(?!\w)
    | (?:(?P<decade_part>early|mid|late)[ -])?(?<![\w.,$€£-])(?P<decade>1[5-9]\d0|20\d0)s(?!\w)
    | (?:(?P<part4>{_PART}){_GAP})?(?<![\w.,$€£])(?P<year4>{_YEAR})
      (?![\w%]|[.,]\d|-\w|[ ](?:million
      |billion|thousand|people|soldiers|troops|dollars|euros|km|tonnes))
    | (?P<part5>{_PART}){_GAP}(?P<month4>{_MONTH})(?!\w)
    | (?P<when5>[Ll]ast|[Nn]ext|[Tt]his)[ ](?P<month5>{_MONTH})(?!\w)
    | (?:(?P<when6>[Ll]ast|[Nn]ext|[Tt]his(?:[ ]coming)?|[Cc]oming)[ ])?(?P<weekday>{_DAY})(?!\w)
    | (?:(?P<sooner>[Ee]arlier|[Ll]ater)[ ])?(?P<when7>[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast|[Cc]oming)[ ]
      (?P<unit7>week|month|year|decade|century)(?:end)?(?!\w)
    | (?P<near>[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight)(?!\w)
    | (?P<count8>{_COUNT})[ ](?P<unit8>{_UNIT})[ ](?P<ago>ago|earlier|later)(?!\w)
    | (?:{_COUNT}|the|{_COUNT}[ ](?:and[ ])?a[ ]half)[ ]{_UNIT}[ ](?:after|before)[ ]
      (?P<anchor>(?:the|an?|his|her|their|its|this|that)[ ]
        (?:(?:first|second|third|last|latest|new|failed|general|presidential)[ ])?[\w-]{{1,40}})
    | (?P<vague>[Tt]he[ ](?:following|next|previous|same)[ ](?:day|week|month|year|morning)
      |[Tt]hat[ ](?:day|week|month|year))(?!\w)
    | (?<=[Ii]n[ ])(?P<month6>{_MONTH})(?!\w)
    | (?<=[Ss]ince[ ])(?P<month7>{_MONTH})(?!\w)
    | (?<=[Uu]ntil[ ])(?P<month8>{_MONTH})(?!\w)
    | (?<=[Bb]y[ ])(?P<month9>{_MONTH})(?!\w)
    ))
    """,
    re.VERBOSE,
)
_EDGES = {"start": "early", "beginning": "early", "middle": "mid", "end": "late"}
_AHEAD = re.compile(r"\b(?:will|due|scheduled|set to|expected|plans? to|would)\b[^.!?;]{0,40}\Z")
_LOOKBACK = 60
_HALF_A_YEAR = 183
_YEAR_WORDS = re.compile(
    r"(?:\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Oo]f|[Dd]uring|[Ff]rom|[Tt]o|[Bb]efore|[Aa]fter"
    r"|[Tt]he|[Aa]nd|[Tt]hroughout|[Ff]or|[Ee]arly|[Ll]ate|[Mm]id|[Aa]utumn|[Ss]pring|[Ss]ummer"
    r"|[Ww]inter|[Ff]all)[ -]|\()\Z"
)


class _Interval(NamedTuple):
    earliest: date | None
    latest: date | None


def find(document: Document, voices: Sequence[Voice]) -> tuple[TimeExpression, ...]:
    """The time expressions of `document`."""
    text = document.text
    published = document.published and date(
        document.published.year, document.published.month, document.published.day
    )
    found = []
    for match in _EXPRESSION.finditer(text):
        if (
            match["year4"]
            and not match["bound"]
            and not match["part4"]
            and not _YEAR_WORDS.search(text, max(0, match.start() - 12), match.start())
        ):
            continue
        if match["weekday"] and match.end() < len(text) and text[match.end()] == "-":
            continue
        interval = _interval(match, text, published)
        anchor = Span(*match.span("anchor")) if match["anchor"] else None
        interval = _bounded(match, interval, published)
        span = Span(*match.span())
        found.append(
            TimeExpression(
                span,
                interval.earliest if interval else None,
                interval.latest if interval else None,
                interval is not None,
                anchor,
                mouths.at(voices, span),
            )
        )
    return tuple(found)


def _interval(match: re.Match[str], text: str, published: date | None) -> _Interval | None:
    """The days an expression covers; None when they cannot be known."""
    try:
        return _absolute(match, published) or _relative(match, text, published)
    except (ValueError, OverflowError):  # the 31st of June, a year out of range
        return None


def _bounded(
    match: re.Match[str], interval: _Interval | None, published: date | None
) -> _Interval | None:
    bound = (match["bound"] or "").casefold()
    if match["month7"]:
        bound = "since"
    if interval is None or not bound:
        return interval
    if bound == "since":
        latest = published
        if latest is not None and interval.earliest is not None and latest < interval.earliest:
            latest = None
        return _Interval(interval.earliest, latest)
    return _Interval(None, interval.latest)


def _absolute(match: re.Match[str], published: date | None) -> _Interval | None:
    if match["iso"]:
        day = date.fromisoformat(match["iso"])
        return _Interval(day, day)
    for place in "12":
        if match[f"day{place}"]:
            month, day_number = _month(match[f"month{place}"]), int(match[f"day{place}"])
            year = match[f"year{place}"]
            named = date(int(year), month, day_number) if year else None
            found = named or _nearest(month, day_number, published)
            return _Interval(found, found) if found else None
    if match["edge"]:
        return _edge(match, published)
    if match["month3"]:
        return _of_month(int(match["year3"]), _month(match["month3"]), match["part3"])
    if match["years1"]:
        first, last = match["years1"], match["years2"]
        return _of_years(int(first), int(last if len(last) > 2 else first[:2] + last))  # noqa: PLR2004 - "2017-21"
    for place in "12":
        if match[f"from{place}"]:
            return _of_years(int(match[f"from{place}"]), int(match[f"to{place}"]))
    if match["decade"]:
        start = int(match["decade"])
        offset, length = {"early": (0, 3), "mid": (3, 4), "late": (6, 4)}.get(
            match["decade_part"] or "", (0, 10)
        )
        return _of_years(start + offset, start + offset + length - 1)
    if match["year4"]:
        return _of_year(int(match["year4"]), match["part4"])
    return None


def _edge(match: re.Match[str], published: date | None) -> _Interval | None:
    """The days of "the end of June", "the start of 2024", "the middle of last year"."""
    part = _EDGES[match["edge"]]
    year = match["edge_year1"] or match["edge_year2"]
    if match["edge_month"]:
        month = _month(match["edge_month"])
        middle = date(int(year), month, 15) if year else _nearest(month, 15, published)
        return _of_month(middle.year, month, part) if middle else None
    if year:
        return _of_year(int(year), part)
    if published is None:
        return None
    step = {"last": -1, "next": 1}.get(match["edge_when"], 0)
    if match["edge_unit"] == "year":
        return _of_year(published.year + step, part)
    months = published.year * 12 + published.month - 1 + step
    return _of_month(months // 12, months % 12 + 1, part)


def _relative(match: re.Match[str], text: str, published: date | None) -> _Interval | None:
    if published is None or match["anchor"] or match["vague"]:
        return None
    if match["month5"]:
        return _month_by(match["when5"].casefold(), _month(match["month5"]), published)
    for place in ("month4", "month6", "month7", "month8", "month9"):
        if match[place]:
            month = _month(match[place])
            middle = _nearest(month, 15, published)
            if middle is None:
                return None
            year = middle.year
            if place in {"month8", "month9"} and _end_of(year, month) < published:
                year += 1
            if place == "month7" and date(year, month, 1) > published:
                year -= 1
            return _of_month(year, month, match["part5"] if place == "month4" else None)
    if match["weekday"]:
        return _weekday(match, text, published)
    if match["unit7"]:
        return _span_of_time(match, published)
    if match["near"]:
        days = {"yesterday": -1, "tomorrow": 1}.get(match["near"].casefold(), 0)
        day = published + timedelta(days=days)
        return _Interval(day, day)
    if match["ago"] == "ago":
        return _ago(match["count8"].casefold(), match["unit8"].rstrip("s"), published)
    return None


def _month(name: str) -> int:
    short = name.casefold()[:3]
    return next(place for place, month in enumerate(_MONTHS, 1) if month.startswith(short))


def _nearest(month: int, day: int, published: date | None) -> date | None:
    """The day of that name closest to the publication, whatever its year."""
    if published is None:
        return None
    candidates = [
        date(year, month, day)
        for year in (published.year, published.year - 1, published.year + 1)
        if day <= monthrange(year, month)[1]
    ]
    close = [one for one in candidates if abs((one - published).days) <= _HALF_A_YEAR]
    return min(close or candidates, key=lambda one: abs((one - published).days), default=None)


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _of_month(year: int, month: int, part: str | None) -> _Interval:
    last = monthrange(year, month)[1]
    first, end = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(
        (part or "").casefold(), (1, last)
    )
    return _Interval(date(year, month, first), date(year, month, end))


def _of_year(year: int, part: str | None) -> _Interval | None:
    if not part:
        return _of_years(year, year)
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part.casefold()]
    return _Interval(date(year, first, 1), _end_of(year, last))


def _of_years(first: int, last: int) -> _Interval | None:
    return _Interval(date(first, 1, 1), date(last, 12, 31)) if first <= last else None


def _month_by(when: str, month: int, published: date) -> _Interval:
    year = published.year
    if when == "last" and month >= published.month:
        year -= 1
    if when == "next" and month <= published.month:
        year += 1
    return _of_month(year, month, None)


def _weekday(match: re.Match[str], text: str, published: date) -> _Interval:
    number = _DAYS.index(match["weekday"].casefold())
    when = (match["when6"] or match["bound"] or "").casefold()
    back = (published.weekday() - number) % 7
    ahead = when in {"next", "coming", "this coming", "by", "until", "till"} or (
        when in {"", "this"}
        and _AHEAD.search(text, max(0, match.start() - _LOOKBACK), match.start()) is not None
    )
    if ahead:
        day = published + timedelta(days=(number - published.weekday()) % 7 or 7)
    elif when == "last":
        day = published - timedelta(days=back or 7)
    else:
        day = published - timedelta(days=back)
    return _Interval(day, day)


def _span_of_time(match: re.Match[str], published: date) -> _Interval | None:
    step = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(match["when7"].casefold(), 0)
    unit = match["unit7"]
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
        if match.group().endswith("weekend"):
            return _Interval(monday + timedelta(days=5), monday + timedelta(days=6))
        return _Interval(monday, monday + timedelta(days=6))
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return _of_month(months // 12, months % 12 + 1, None)
    if unit == "year":
        return _of_years(published.year + step, published.year + step)
    return None


def _ago(count: str, unit: str, published: date) -> _Interval | None:
    number = _NUMBERS.get(count) if not count.isdigit() else int(count)
    if number is None:
        return None
    if unit == "day":
        day = published - timedelta(days=number)
        return _Interval(day, day)
    if unit == "week":
        day = published - timedelta(weeks=number)
        monday = day - timedelta(days=day.weekday())
        return _Interval(monday, monday + timedelta(days=6))
    if unit == "month":
        months = published.year * 12 + published.month - 1 - number
        return _of_month(months // 12, months % 12 + 1, None)
    if unit == "year":
        return _of_years(published.year - number, published.year - number)
    return None
