"""Numbers with what is written around them as one piece: a sign before, a unit and a rate behind.

`Amount` is such a piece; `Reading` is what a figure is before it has a voice.
"""

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from unspin import numbers
from unspin.marking import measures
from unspin.types import Bound, Change, Span

_LONG = re.compile(
    r"[ -](?:tall|high|wide|long|deep|thick|below|above|away|from|up|down|sprint|hurdles|freestyle"
    r"|race|final|swim|relay|radius|distance|waves?)\b"
)
_CENTS = re.compile(r"[ ](?:and[ ])?(?=\w)")
_SMALL_CHANGE = frozenset({"cent", "penny"})
_CODE = 3  # letters of a currency
_HUNDRED = 100


class Amount(NamedTuple):
    """A number and what is written around it as one piece."""

    start: int
    end: int
    value: Decimal
    scale: Decimal  # the part of the value that its scale words are
    unit: str | None
    words: str  # the number alone
    is_bare: bool  # no sign, unit or scale word
    ends_with_unit: bool

    @property
    def is_plain(self) -> bool:
        """Whether it is nothing but digits, as a year or the number of a page is."""
        return self.is_bare and self.words.isdigit()

    @property
    def is_in_digits(self) -> bool:
        """Whether the number is written in digits rather than words."""
        return not self.words[0].isalpha()


class Reading(NamedTuple):
    """What a stretch of text is read as."""

    span: Span
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    unit: str | None
    counted: Span | None
    change: Change | None = None


def within(  # noqa: PLR0913, PLR0917 - the parts of a figure
    span: Span,
    value: Decimal,
    bound: Bound,
    unit: str | None,
    counted: Span | None,
    change: Change | None = None,
) -> Reading:
    """The reading of one value and its bound."""
    low = None if bound in {"less", "at-most"} else value
    high = None if bound in {"more", "at-least"} else value
    return Reading(span, low, high, bound, unit, counted, change)


def pattern(bare: str) -> str:
    """A pattern of amounts; `bare` is what must hold before a number without sign."""
    return rf"""
        (?P<begin>
            (?P<sign>{measures.signs()})[ ]?
          | (?P<minus>(?:(?<=[\s(])|\A)[-−](?=[\d.])|(?<!\w)(?<!plus[ ]or[ ])minus[ -])
          | {bare}
        )
        (?P<number>{numbers.PATTERN})(?!\d)
    """


def at(text: str, start: int) -> Amount | None:
    """The amount that begins at `start`."""
    match = _here().match(text, start)
    return of(text, match) if match else None


def of(text: str, match: re.Match[str]) -> Amount | None:
    """The amount of a match; None for a number that runs on ("5G", "20s")."""
    words = match["number"]
    value, scale = numbers.read(words)
    end = match.end("number")
    sign = measures.of_sign(match["sign"]) if match["sign"] else None
    if sign is None and words[-1] in "bB":
        return None  # "the March 5B rocket"
    unit, stop = measures.after(text, end, scaled=scale > 1)
    if sign is None and words[-1] == "m" and _is_metres(text, words, end):
        unit, stop = "m", end
        value, scale, words = value / scale, Decimal(1), words[:-1].strip()
    elif sign is not None and not (unit and len(unit) == _CODE and unit.isupper()):
        unit, stop = sign, end  # "$5 million-year-old" is in dollars, "$5 USD" in US dollars
    if unit is None and (text[end : end + 1].isalnum() or text.startswith("_", end)):
        return None
    rate, stop = measures.rate(text, stop) if unit else (None, stop)
    return Amount(
        start=match.start("begin"),
        end=stop,
        value=-value if match["minus"] else value,
        scale=scale,
        unit=f"{unit}/{rate}" if rate else unit,
        words=words,
        is_bare=not (unit or scale > 1 or match["minus"]),
        ends_with_unit=stop > end,
    )


def with_cents(text: str, amount: Amount) -> Amount:
    """The amount with the cents or pence that follow it: "three dollars and fifty cents"."""
    if amount.unit is None or amount.unit in _SMALL_CHANGE or amount.scale > 1 or amount.value % 1:
        return amount
    link = _CENTS.match(text, amount.end)
    cents = at(text, link.end()) if link else None
    if cents is None or cents.unit not in _SMALL_CHANGE or cents.value >= _HUNDRED:
        return amount
    return amount._replace(end=cents.end, value=amount.value + cents.value / _HUNDRED)


@cache
def _here() -> re.Pattern[str]:
    return re.compile(pattern(""), re.VERBOSE | re.IGNORECASE)


def _is_metres(text: str, words: str, end: int) -> bool:
    """Whether the m of "14 m" and "a 100m race" is not million."""
    return words[0].isdigit() and (words[-2] == " " or _LONG.match(text, end) is not None)
