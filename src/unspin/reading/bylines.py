"""A line of plain text that says who wrote the article: the names and the day in it, or none."""

import re
from datetime import date

from unspin import days
from unspin.reading import moments

_SIGNED = re.compile(
    r"(?:(?:words|text|story|report|analysis|opinion|column|photographs?) )?"
    r"(?:written by|posted by|published by|reported by|by|von|par|por|di|автор:?|author:?)[ :]+"
    r"(?P<names>\S.{0,150})$",
    re.IGNORECASE,
)
_REST = re.compile(  # what follows the names: date, office, outlet, reading time
    r"(?:\s*(?:[|•·/–—\t(]| - |,? (?:in|for|on|at|and staff)\s|,\s*(?:[a-z]|the\b)|\d)"
    r"|(?i:(?:,?\s(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?)?\s(?:jan(?:uary)?|feb(?:ruary)?"
    r"|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?\s\d)).*$"
)
_BETWEEN = re.compile(r"\s*(?:,\s*and\s|,|;|&|\band\b|\bund\b|\bet\b|\by\b)\s*")
_OFFICE = re.compile(
    r"(?i)\b(?:writer|reporter|editor|correspondent|columnist|contributor|staff|journalist|analyst"
    r"|bureau|desk|team|ph\.?d|m\.?d|jr|updated|published)\b"
)
_NAME = re.compile(r"[^\W\d_][\w.’'\-]*(?: [^\W\d_][\w.’'\-]*){0,4}\.?")
_SMALL = frozenset(
    {
        "de",
        "da",
        "di",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "al",
        "bin",
        "el",
        "y",
        "dos",
        "du",
        "af",
        "ten",
    }
)
_DAYS = days.NAMES | {"then", "now"}
_DAY = re.compile(
    r"\d{1,2}\.?\s[^\W\d_]{3,12}\.?,?\s\d{4}|[^\W\d_]{3,12}\.?\s\d{1,2},?\s\d{4}|\d{4}-\d\d-\d\d"
)
_LONGEST = 160  # characters


def parse(text: str) -> tuple[str, ...]:
    """The names in a byline such as "By Ana Rell and Tomas Vek, political editor"; else none."""
    signed = _SIGNED.match(text) if len(text) <= _LONGEST else None
    if signed is None:
        return ()
    return people(_REST.sub("", signed["names"]))


def day(text: str) -> date | None:
    """The day that stands behind the names of a byline; None where it is none or has no day."""
    found = _DAY.search(text) if parse(text) else None
    return moments.parse(found[0]) if found else None


def people(text: str) -> tuple[str, ...]:
    """The names of people in a list of names; empty when a part of it is no name."""
    names = []
    for part in _BETWEEN.split(text):
        name = part.strip(" .,:;*_") if not part.endswith(("Jr.", "Sr.")) else part.strip()
        if _OFFICE.search(name):
            continue
        if not name:
            continue
        if not _is_name(name):
            return ()
        names.append(name.title() if name.isupper() and len(name) > 4 else name)  # noqa: PLR2004 - longer than initials
    return tuple(dict.fromkeys(names))


def _is_name(text: str) -> bool:
    words = text.split()
    if len(words) == 1 and text.lower() in _DAYS:
        return False
    return bool(_NAME.fullmatch(text)) and all(
        word[0].isupper() or word.lower() in _SMALL or not word[0].islower() for word in words
    )
