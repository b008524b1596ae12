"""Marks in plain words: what a figure, a date, a voice or a kind says, for every view alike.

In: values of `unspin.types`. Out: short English phrases; words of the article stand in quotation
marks, everything else is unspin's own.
"""

import math
import re
from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from unspin.days import MONTHS
from unspin.types import Bound, Change, Factuality, FurnitureKind, Speaker, WhoKind

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
_SURE = 0.7  # of reported speech that scores less, three in five are no speech, read by eye
_SAID: dict[Factuality, str] = {
    "said": "",
    "not-said": ", not said",
    "possible": ", only possible",
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
_PLURALS = {  # all others that are words take an s
    "century": "centuries",
    "celsius": "degrees Celsius",
    "fahrenheit": "degrees Fahrenheit",
    "foot": "feet",
    "horsepower": "horsepower",
    "inch": "inches",
    "lira": "lire",
    "penny": "pence",
    "person": "people",
    "pound-foot": "pound-feet",
    "rand": "rand",
    "sen": "sen",
    "stone": "stone",
    "won": "won",
    "yen-or-yuan": "yen or yuan",
}
_SINGULARS = {"celsius": "degree Celsius", "fahrenheit": "degree Fahrenheit"}
_POWERS = {"2": ("²", "square "), "3": ("³", "cubic ")}
_SYMBOLS = frozenset("kcal ksi mbar mmbtu mpg mph ppb ppm psi rad rpm".split())
_WORD = re.compile(r"[a-z]{3,}(?:-[a-z]+)*")
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_EXACT = 1e15  # above it a float no longer holds every whole number
_CODE = 3  # letters of an ISO 4217 code
_OPENING = 90  # characters of a text that stand for its title


def day(moment: date) -> str:
    """The day, and the time of day and offset from UTC where they are known."""
    words = f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    if not isinstance(moment, datetime):
        return words
    offset = moment.strftime("%z")
    zone = f" UTC{offset[:3]}:{offset[3:5]}" if offset.strip("+-0") else " UTC" if offset else ""
    return f"{words}, {moment:%H:%M}{zone}"


def dated(moment: date | None) -> str:
    """The day, or that it is not known."""
    return day(moment) if moment else "undated"


def figure(found: "Figure", text: str) -> str:
    """How unspin reads the figure: bound, value, unit, what is counted, as of when, in what."""
    parts = [(_CHANGES[found.change] if found.change else "") + _quantity(found)]
    if found.counted:
        parts.append(f"counting “{line(found.counted.of(text))}”")
    if found.as_of:
        parts.append(_held(found.as_of))
    if found.scope:
        parts.append(f"within “{line(found.scope.of(text))}”")
    return ", ".join(parts)


def time(found: "TimeExpression", text: str) -> str:
    """The interval of days the expression stands for, or that it could not be resolved."""
    if not found.resolved or (found.earliest is None and found.latest is None):
        if found.anchor:
            return f"not resolved: waits for “{line(found.anchor.of(text))}”"
        return "not resolved"
    if found.latest is None and found.earliest is not None:
        return f"from {day(found.earliest)}"
    if found.earliest is None and found.latest is not None:
        return f"until {day(found.latest)}"
    if found.earliest == found.latest and found.earliest is not None:
        return day(found.earliest)
    return " to ".join(day(end) for end in (found.earliest, found.latest) if end is not None)


def speaker(found: Speaker, text: str) -> str:
    """The fullest name known, else the words used here in quotation marks, else that none is."""
    if found.who_kind == "author":
        return "the author"
    if found.who:
        return found.who
    here = line(" … ".join(span.of(text) for span in found.words))
    return f"“{here}”" if here else "speaker not found"


def speakers(statement: "Statement", text: str) -> str:
    """All speakers of the statement in one line."""
    names = [speaker(found, text) for found in statement.speakers]
    if not names:
        return "speaker not found"
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def cue(statement: "Statement", text: str) -> str | None:
    """The words that introduce the statement; None when there are none."""
    return line(" … ".join(span.of(text) for span in statement.cue)) or None


def speech(statement: "Statement") -> str:
    """How it is given, whether that is doubtful, and whether it was not, or not yet, said."""
    doubtful = ", doubtful" if is_doubtful(statement) else ""
    return statement.speech + doubtful + _SAID[statement.factuality]


def is_doubtful(statement: "Statement") -> bool:
    """Whether it may be what somebody did and not what they said."""
    return statement.speech == "indirect" and statement.score < _SURE


def content(statement: "Statement", text: str) -> str:
    """The statement's words in one line, its parts joined by an ellipsis in brackets."""
    return " […] ".join(line(span.of(text)) for span in statement.words)


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


def rate(number: int, words: int) -> str:
    """How many there are, and for how many of a thousand words."""
    if not words:
        return f"{number:,}"
    return f"{number:,} in {count(words, 'word')} ({1000 * number / words:.1f} per 1,000)"


def scores(values: Collection[float]) -> str:
    """The score, or the lowest and the highest of several."""
    low, high = min(values), max(values)
    lowest, highest = f"{low:.2f}", f"{high:.2f}"
    return f"score {lowest}" if lowest == highest else f"scores {lowest} to {highest}"


def label(name: str) -> str:
    """The name of a technique or a kind of slip as words."""
    return ", ".join(" ".join(part.replace("_", " ").split()) for part in name.lower().split(","))


def count(number: int, noun: str, plural: str | None = None) -> str:
    """The number and its noun in the right form."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def untitled(text: str) -> str:
    """The opening words of a text, so that several without a title are told apart."""
    opening = line(text[: 2 * _OPENING])
    return f"Untitled: “{clipped(opening, _OPENING)}”" if opening else "Untitled"


def line(words: str) -> str:
    """The words in one line."""
    return " ".join(words.split())


def clipped(words: str, longest: int) -> str:
    """As many of the words as fit `longest` characters."""
    return words if len(words) <= longest else words[: longest - 1] + "…"


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
    first, between, last = as_of.partition("/")
    if not (between and _ISO.fullmatch(first)):
        return f"as of {_when(as_of)}"
    return f"from {_when(first)}" + (f" to {_when(last)}" if last != ".." else "")


def _when(iso: str) -> str:
    """The day, month or year in words; what is none of them as it is."""
    found = _ISO.fullmatch(iso)
    if not found or not 1 <= int(found[2] or 1) <= len(MONTHS):
        return iso
    year, month, number = found.groups()
    named = f"{MONTHS[int(month) - 1]} {year}" if month else year
    return f"{int(number)} {named}" if number else named


def _united(number: str, unit: str | None, value: float) -> str:
    if not unit:
        return number
    if unit == "percent":
        return f"{number}%"
    if unit == "magnitude" or (len(unit) == _CODE and unit.isalpha() and unit.isupper()):
        return f"{unit} {number}"
    amount, _, by = unit.partition("/")
    if len(by) > 1:  # "dollar/barrel", and not "km/h"
        return f"{_united(number, amount, value)} per {_unit(by, one=True)}"
    return f"{number} {_unit(unit, one=value == 1)}"


def _unit(unit: str, *, one: bool) -> str:
    """The unit's name in the right form; a symbol, or what is no unit known here, as it is."""
    raised, power = _POWERS.get(unit[-1:], ("", ""))
    name = unit[:-1] if raised else unit
    if name in _SYMBOLS or not _WORD.fullmatch(name):
        return name + raised
    if name.endswith("-of-age"):
        return f"{_unit(name.removesuffix('-of-age'), one=one)} of age"
    spaced = name.replace("-", " ")
    return power + (_SINGULARS.get(name, spaced) if one else _PLURALS.get(name, spaced + "s"))


def _number(value: float) -> str:
    """The number in digits; one of few digits and many noughts as "2.38 billion"."""
    for size, name in _SCALES:
        few = f"{value / size:.4g}"
        if size <= abs(value) < _EXACT and round(float(few) * size) == value:
            return f"{few} {name}"
    if math.isfinite(value) and value == int(value) and abs(value) < _EXACT:
        return f"{int(value):,}"
    return f"{value:,.10g}"
