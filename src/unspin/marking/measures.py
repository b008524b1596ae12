"""Units beside a number: signs before it, symbols and names behind it, and rates.

The names of units are those of `words/units.txt`; a rate is two of them around a slash
("dollar/barrel"), an age has its own ("year-of-age").
"""

import re
from collections.abc import Mapping
from functools import cache

from unspin.marking import lexicon

_SIGN = re.compile(r"[$€£¥₽₴₹₩₪₺₱฿₫৳₸₾֏₼₦₵₿]")
_FOLDED = {"ps": "GBP", "y=": "JPY"}  # "£" and "¥" in texts that were folded into ASCII
_FOLDED_SIGN = r"(?<!\w)(?:PS(?=\d\d|\d[.,]\d|\d(?:m|bn)\b)|Y=)"  # and no "PS5"
_WORDS_BEFORE = ("rs.", "rs", "rm", "rp", "sfr", "dkr", "skr", "nkr", "ksh")
_TIMES = "second|minute|hour|day|night|week|fortnight|month|year|decade|century"
_ONE_BY_ONE = (
    rf"{_TIMES}|share|barrel|head|person|tonne|ton|gallon|lit(?:re|er)|kilo|kg|pound|ounce|bottle"
    "|bushel|copy|seat|ticket|unit|mile|game|match|go|time|piece|pop|plate|ride"
)
_RATE = re.compile(
    r"(?:[ ]per[ ]|[ ]?/[ ]?|-per-)(?P<any>[^\W\d_]+(?:[²³]|2(?!\w))?)"
    rf"|[ -](?:an?|each|every)[- ](?P<usual>{_ONE_BY_ONE})"
    r"(?![\w-]|[ ](?:ago|earlier|later|before|after)\b)"
)
AGES = frozenset({"year-of-age", "month-of-age", "week-of-age", "day-of-age"})
_AGE = re.compile(
    r"(?:[- ]|[ ]-[ ])(?P<old>year|month|week|day)s?(?:[- ]|[ ]-[ ])olds?(?!\w)"
    r"|[ ](?P<of>year|month)s?[ ]of[ ]age(?!\w)",
    re.IGNORECASE,
)
_FOLD = re.compile(r"[ -]?fold(?!\w)")
_NAME = re.compile(r"[ -](?:Rand|Mark|Stone|Crown|Franc|Bar|Cent|Penny|Ether|Yard|Miles)\Z")
_CAPITAL = re.compile(r"[ ][A-Z]")
_SAME = {"annum": "year", "capita": "person", "head": "person", "hr": "hour", "yr": "year",
         "min": "minute", "sec": "second", "s": "second", "h": "hour"}  # fmt: skip
_AFTER_SCALE = frozenset({"won"})  # else a verb


@cache
def signs() -> str:
    """A pattern of what stands before an amount of money: "$", "US $", "EUR"."""
    codes = [word.upper() for word, unit in names().items() if word.upper() == unit]
    words = [word.capitalize() for word in _WORDS_BEFORE] + ["RM", "RMB", "NIS"]
    cased = "|".join(map(re.escape, sorted([*codes, *words], key=len, reverse=True)))
    marks = sorted((word for word in names() if _SIGN.search(word)), key=len, reverse=True)
    forms = dict.fromkeys(form for it in marks for form in (it.upper(), it.capitalize()))
    spaced = "|".join(rf"(?<!\w){_spaced(it)}" if it[0].isalpha() else _spaced(it) for it in forms)
    return rf"(?-i:{spaced}|(?<!\w)(?:{cased})|{_FOLDED_SIGN})"


def of_sign(words: str) -> str:
    """The unit that a match of the pattern of signs stands for."""
    word = _closed(words)
    return _FOLDED.get(word) or _closed_names()[word]


def after(text: str, end: int, *, scaled: bool) -> tuple[str | None, int]:
    """The unit right behind a number, longest name first, and where it ends."""
    if age := _AGE.match(text, end):
        return f"{(age['old'] or age['of']).casefold()}-of-age", age.end()
    if fold := _FOLD.match(text, end):
        return "time", fold.end()
    match = _pattern().match(text, end)
    if match is None or (_NAME.match(match.group()) and _CAPITAL.match(text, match.end())):
        return None, end
    name = _closed_names()[_closed(match["word"] or match["letter"] or match["sign"])]
    if name in _AFTER_SCALE and not scaled:
        return None, end
    return name, match.end()


def rate(text: str, end: int) -> tuple[str | None, int]:
    """What the amount before `end` is counted by ("a barrel", "/hour"), and where that ends."""
    match = _RATE.match(text, end)
    if match is None:
        return None, end
    word = (match["any"] or match["usual"]).casefold()
    return _SAME.get(word) or names().get(word, word), match.end()


@cache
def names() -> Mapping[str, str]:
    """Units by the words for them, in lower case."""
    return {word: unit for unit, words in lexicon.units().items() for word in words}


@cache
def _closed_names() -> Mapping[str, str]:
    return {_closed(word): unit for word, unit in names().items()}


def _closed(words: str) -> str:
    """Words without the spaces between them, which many leave out: "US $", "6 deg C"."""
    return "".join(words.casefold().split())


def _spaced(word: str) -> str:
    return re.escape(word).replace(r"\ ", "[ ]?")


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted((word for word in names() if len(word) > 1 or not word.isalpha()), key=len)
    long = "|".join(_spaced(word) for word in reversed(words) if word[-1].isalnum())
    short = "|".join(_spaced(word) for word in reversed(words) if not word[-1].isalnum())
    return re.compile(
        rf"[ -]?(?P<word>(?:{long})(?!\w))|[ ]?(?P<sign>{short})"
        rf"|(?<=\d)(?P<letter>(?-i:[glptx]|[ ]?[CFVW]))(?![\w’'&/-])",
        re.IGNORECASE,
    )
