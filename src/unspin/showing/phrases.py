"""Marks in plain words: what a figure, a date, a voice or a kind says, for every view alike.

In: values of `unspin.types`. Out: short English phrases; words of the article stand in quotation
marks, everything else is unspin's own.
"""

import math
import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from unspin.types import Bound, Change, FurnitureKind, Speaker, WhoKind

if TYPE_CHECKING:
    from unspin.types import Figure, Marks, Statement, TimeExpression, Voicing

WHO: dict[WhoKind | None, str] = {
    "person": "person",
    "organisation": "organisation",
    "government": "government",
    "group": "group",
    "document": "document",
    "unnamed": "unnamed",
    "author": "the author",
    None: "kind unknown",
}
LEFT_OUT: dict[FurnitureKind, str] = {
    "navigation": "menus and other navigation",
    "header": "masthead",
    "footer": "foot of the page",
    "related": "teasers of other articles",
    "comments": "readers' comments",
    "share": "share buttons and counters",
    "newsletter": "newsletter invitations",
    "subscription": "subscription and log-in boxes",
    "cookie": "consent banners",
    "advert": "advertising",
    "byline": "byline, dateline and times",
    "biography": "about the author",
    "tags": "topics the page is filed under",
    "sidebar": "other boxes beside the text",
    "form": "form fields and buttons",
    "media": "player controls and picture credits",
    "hidden": "hidden by the page's own markup",
    "repeat": "words of the article shown once more",
    "lost": "seen only by the linear reader",
    "unknown": "none of the known kinds",
}
_BOUNDS: dict[Bound, str] = {
    "exact": "",
    "more": "more than ",
    "at-least": "at least ",
    "less": "less than ",
    "at-most": "at most ",
    "about": "about ",
}
_CHANGES: dict[Change, str] = {
    "rise": "a rise of ",
    "fall": "a fall of ",
    "difference": "a difference of ",
}
_PLURALS = {
    "cent": "cents",
    "crown": "crowns",
    "dinar": "dinars",
    "dollar": "dollars",
    "franc": "francs",
    "lira": "lire",
    "mark": "marks",
    "peso": "pesos",
    "pound": "pounds",
    "rouble": "roubles",
    "rupee": "rupees",
    "acre": "acres",
    "barrel": "barrels",
    "degree": "degrees",
    "foot": "feet",
    "gallon": "gallons",
    "hectare": "hectares",
    "inch": "inches",
    "litre": "litres",
    "mile": "miles",
    "person": "people",
    "ton": "tons",
    "tonne": "tonnes",
    "yard": "yards",
    "second": "seconds",
    "minute": "minutes",
    "hour": "hours",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
    "decade": "decades",
    "percentage point": "percentage points",
    "square mile": "square miles",
}  # symbols such as "km" have none
_NAMES = {
    "percentage-point": "percentage point",
    "yen-or-yuan": "yen or yuan",
    "mile2": "square mile",
    "km2": "km²",
    "m2": "m²",
    "m3": "m³",
}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_INTERVAL = re.compile(r"[\d-]+/(?:[\d-]+|\.\.)")
_EXACT = 1e15  # above it a float no longer holds every whole number
_CODE = 3  # letters of an ISO 4217 code


def day(moment: date) -> str:
    """The day, and the time of day and offset from UTC where they are known."""
    words = f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    if not isinstance(moment, datetime):
        return words
    offset = moment.strftime("%z")
    zone = f" UTC{offset[:3]}:{offset[3:5]}" if offset.strip("+-0") else " UTC" if offset else ""
    return f"{words}, {moment:%H:%M}{zone}"


def figure(found: "Figure", text: str) -> str:
    """How unspin reads the figure: bound, value, unit, what is counted, as of when, in what."""
    parts = [(_CHANGES[found.change] if found.change else "") + _quantity(found)]
    if found.counted:
        parts.append(f"counting “{_line(found.counted.of(text))}”")
    if found.as_of:
        parts.append(_held(found.as_of))
    if found.scope:
        parts.append(f"within “{_line(found.scope.of(text))}”")
    return ", ".join(parts)


def time(found: "TimeExpression", text: str) -> str:
    """The interval of days the expression stands for, or that it could not be resolved."""
    if not found.resolved or (found.earliest is None and found.latest is None):
        if found.anchor:
            return f"not resolved: waits for “{_line(found.anchor.of(text))}”"
        return "not resolved"
    if found.latest is None and found.earliest is not None:
        return f"from {day(found.earliest)}"
    if found.earliest is None and found.latest is not None:
        return f"until {day(found.latest)}"
    if found.earliest == found.latest and found.earliest is not None:
        return day(found.earliest)
    return " to ".join(day(end) for end in (found.earliest, found.latest) if end is not None)


def speaker(found: Speaker, text: str) -> str:
    """The fullest name known, else the words used here, else that there is none."""
    if found.who:
        return found.who
    if found.who_kind == "author":
        return "the author"
    return _line(" … ".join(span.of(text) for span in found.words)) or "speaker not found"


def speakers(statement: "Statement", text: str) -> str:
    """All speakers of the statement in one line."""
    names = [speaker(found, text) for found in statement.speakers]
    if not names:
        return "speaker not found"
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def cue(statement: "Statement", text: str) -> str | None:
    """The words that introduce the statement; None when there are none."""
    return _line(" … ".join(span.of(text) for span in statement.cue)) or None


def content(statement: "Statement", text: str) -> str:
    """The statement's words in one line, its parts joined by an ellipsis in brackets."""
    return " […] ".join(_line(span.of(text)) for span in statement.words)


def voice(whose: "Voicing", marks: "Marks") -> str:
    """In whose mouth it lies: the outlet, the author, or a statement's speakers."""
    if whose == "report":
        return "the outlet"
    if whose == "opinion":
        return "the author"
    if isinstance(whose, int) and 0 <= whose < len(marks.statements):
        return speakers(marks.statements[whose], marks.document.text)
    return "not known"


def percent(part: int, whole: int) -> str:
    """The share in whole percent, where only none reads 0% and only all 100%."""
    if not part or not whole:
        return "0%"
    if part >= whole:
        return "100%"
    share = round(100 * part / whole)
    return "under 1%" if share < 1 else "over 99%" if share > 99 else f"{share}%"  # noqa: PLR2004 - the two ends


def count(number: int, noun: str, plural: str | None = None) -> str:
    """The number and its noun in the right form."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _quantity(found: "Figure") -> str:
    low, high, bound = found.low, found.high, found.bound
    if low is None and high is None:
        return "no number read"
    if low is not None and high is not None and low != high:
        about = "about " if bound == "about" else ""
        return about + _united(f"{_number(low)} to {_number(high)}", found.unit, 2)
    value = high if low is None else low
    if low is None and bound not in {"less", "at-most"}:
        bound = "at-most"
    elif high is None and bound not in {"more", "at-least"}:
        bound = "at-least"
    return _BOUNDS[bound] + _united(_number(value), found.unit, value)  # type: ignore[arg-type] # one of them is a number


def _held(as_of: str) -> str:
    """The day, month or year it held on, or the interval, in words."""
    if not _INTERVAL.fullmatch(as_of):
        return f"as of {as_of}"
    first, last = as_of.split("/")
    return f"from {first}" if last == ".." else f"from {first} to {last}"


def _united(number: str, unit: str | None, value: float) -> str:
    if not unit:
        return number
    if unit == "percent":
        return f"{number}%"
    if len(unit) == _CODE and unit.isupper():
        return f"{unit} {number}"
    name = _NAMES.get(unit, unit)
    return f"{number} {name if value == 1 else _PLURALS.get(name, name)}"


def _number(value: float) -> str:
    if math.isfinite(value) and value == int(value) and abs(value) < _EXACT:
        return f"{int(value):,}"
    return f"{value:,.10g}"


def _line(words: str) -> str:
    return " ".join(words.split())
