"""Numbers as English writes them: patterns to find them with, and what they come to.

Values are decimals, so that "7.2 billion" is 7,200,000,000 and nothing beside it.
"""

import re
from decimal import Decimal
from typing import NamedTuple

_SMALL = {word: value for value, word in enumerate(
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
     "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
     "nineteen"))}  # fmt: skip
_TENS = {word: 10 * value for value, word in enumerate(
    ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)}  # fmt: skip
SPELT = _SMALL | _TENS | {  # what each word below a hundred comes to
    f"{ten}-{one}": tens + ones
    for ten, tens in _TENS.items() for one, ones in list(_SMALL.items())[1:10]
}  # fmt: skip
_SCALES = {"dozen": 12, "hundred": 10**2, "thousand": 10**3, "lakh": 10**5, "million": 10**6,
           "crore": 10**7, "billion": 10**9, "trillion": 10**12}  # fmt: skip
_SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "b": 10**9, "bn": 10**9,
          "bln": 10**9, "tn": 10**12, "trn": 10**12}  # fmt: skip
_PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
          "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twentieth": 20,
          "hundredth": 100}  # fmt: skip
_GLYPHS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅛": (1, 8)}

_ONE_WORD = "|".join([*_TENS, *sorted(_SMALL, key=len, reverse=True)])
BELOW_100 = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(_SMALL)[1:10])}))?|(?:{_ONE_WORD}))"
    r"(?:(?!\w)|(?=fold(?!\w)))"
)
_SCALE = rf"(?:{'|'.join(_SCALES)})(?!\w)"
_SHORT_SCALE = rf"(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})(?!\w|\.\w)"
_HALF_MORE = r"(?:[ ]and[ ]a[ ](?:half|quarter|third)(?!\w)(?![ ]of\b))"
_GROUPED = (  # "1,234,567", and "12,34,567" as in India
    r"(?:\d{1,3}(?:[,\u00a0\u2009\u202f\u2019']\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})(?!\d)(?:\.\d{1,9}(?!\d))?"
)
_COMMA = r"\d{1,4},\d{1,2}(?!\d)"
_COMMA_DECIMAL = rf"{_COMMA}(?=[ ]?(?:%|€|per[ ]?cent|million|billion))"  # "54,5 %"
_FRACTION = r"(?:[1-9]\d?/(?:2|3|4|5|8|10|16|32)(?![\d/])|[½⅓⅔¼¾⅛])"
_OTHER_DIGITS = rf"(?:\d{{1,15}}[ ]?)?{_FRACTION}|\d{{1,15}}(?:\.\d{{1,9}})?|\.\d{{1,9}}"
_DIGITS = rf"(?:{_GROUPED}|{_COMMA_DECIMAL}|{_OTHER_DIGITS})"
_READ = re.compile(rf"{_GROUPED}|{_COMMA}|{_OTHER_DIGITS}")
_IN_DIGITS = rf"{_DIGITS}(?:{_HALF_MORE})?(?:(?:[ -]?{_SCALE}){{1,2}}|[ ]?{_SHORT_SCALE})?"
_IN_WORDS = (
    rf"(?:(?:half[ ]an?|an?)[ ](?={_SCALE})|{BELOW_100})(?:{_HALF_MORE})?"
    rf"(?:[- ]?{_SCALE}(?:[ ](?:and[ ])?{BELOW_100})?)*"
)
SCALE = rf"(?P<scale>{'|'.join(_SCALES)})(?!\w)"
PATTERN = rf"(?:{_IN_DIGITS}|{_IN_WORDS})"
FIRST_LETTERS = "|".join(  # of any number word, for a quick look
    sorted({word[:3] for word in [*_SMALL, *_TENS, *_SCALES, *_PARTS, "scores", "tens"]})
)
BELOW_TEN = "two|three|four|five|six|seven|eight|nine"
PART = rf"(?:{'|'.join(sorted(_PARTS, key=len, reverse=True))})"


class Number(NamedTuple):
    """What a number comes to, and the part of it that its scale words are."""

    value: Decimal
    scale: Decimal  # 1000000 of "3 million", 1 of "300"


def read(words: str) -> Number:
    """The number that a match of PATTERN gives."""
    lower = words.casefold().strip()
    digits = _READ.match(lower)
    value = _of_digits(digits.group()) if digits else None
    rest = lower[digits.end() :] if digits else lower
    return _with_words(value, re.findall(r"[^\W\d_]+", rest))


def times(scale: str) -> int:
    """The value of "hundred", "million" and the like."""
    return _SCALES[scale.casefold()]


def part(word: str) -> Decimal:
    """The value of "third", "quarters" and the like."""
    lower = word.casefold()
    return 1 / Decimal(_PARTS.get(lower) or _PARTS[lower.removesuffix("s")])


def is_plain(words: str) -> bool:
    """Whether a number is written in digits alone, without separators, decimals or scale words."""
    return words.isdigit()


def _of_digits(words: str) -> Decimal:
    whole, over, under = words, 0, 1
    if match := re.fullmatch(r"(\d*)[ ]?([½⅓⅔¼¾⅛])|(?:(\d+)[ ])?(\d+)/(\d+)", words):
        whole = match[1] or match[3] or "0"
        over, under = _GLYPHS[match[2]] if match[2] else (int(match[4]), int(match[5]))
    if re.fullmatch(r"\d+,\d{1,2}", whole):
        whole = whole.replace(",", ".")
    return Decimal(re.sub(r"[^\d.]", "", whole)) + Decimal(over) / Decimal(under)


def _with_words(value: Decimal | None, words: list[str]) -> Number:
    """The value that number and scale words bring a value to; None: there are words only."""
    total, current = Decimal(0), value or Decimal(0)
    scale = Decimal(1)
    started = value is not None
    for place, word in enumerate(words):
        if word in _PARTS and place:  # "two and a half"
            current += 1 / Decimal(_PARTS[word])
        elif word == "half":
            current, started = Decimal("0.5"), True
        elif word in SPELT:
            current += SPELT[word]
            started, scale = True, Decimal(1)
        elif word in _SCALES or (value is not None and word in _SHORT):
            times = Decimal(_SCALES.get(word) or _SHORT[word])
            current = current if started else Decimal(1)
            if times < 1000 or current:  # noqa: PLR2004 - a hundred thousand stays together
                current *= times
            else:
                total *= times
            if times >= 1000:  # noqa: PLR2004
                total, current = total + current, Decimal(0)
            scale *= times
            started = True
    return Number(total + current, scale)
