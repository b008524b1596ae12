"""Fractions, odds and ratios: "two-thirds of", "half a million", "one in five", "three to one".

A share of something is in percent. A ratio is how many times one is the other.
"""

import re
from decimal import Decimal

from unspin import numbers
from unspin.marking import bounds, counting, measures
from unspin.marking.amounts import Reading, within
from unspin.types import Span

_FEW = rf"{numbers.BELOW_TEN}|\d"
_TIME = r"(?:day|week|month|year|decade|century|quarter|hour|minute)s?(?!\w)"
_END = r"(?![\w.,]\d|\w|[ ]?%)"
PATTERN = rf"""
    (?<![\w-])(?:(?P<count>an?|one|{_FEW})(?P<joint>[ -]))?(?P<part>{numbers.PART}s?)(?!\w)
  | (?<![\w.,/-])(?P<odds>one|{_FEW})[ -](?:in|out[ ]of)[ -](?:every[ ])?
    (?P<of>{numbers.BELOW_TEN}|ten|twenty|\d{{1,3}}(?:,\d{{3}})*){_END}(?![ ]{_TIME})
  | (?<![\w.,/-])(?P<ratio>{_FEW}|\d\d)
    (?:-to-|[ ]to[ ](?=(?:one|1)(?!\w))|(?<=ratio[ ]of[ ].):)(?P<to>one|{_FEW}|\d\d){_END}
"""
_OF_TIME = re.compile(rf"[ ]of[ ](?:(?:the|last|this|next)[ ])?(?:\d{{4}}(?!\w)|{_TIME})")
_OF_SCALE = re.compile(rf"[ -](?:of[ ])?(?:an?[ ])?{numbers.SCALE}", re.IGNORECASE)
_OF_ONE = re.compile(r"[ ](?:of[ ])?an?(?=[ ])")
_OF_ALL = re.compile(r"[ ](?:the|its|their|his|her|all|those|that|our)(?=[ ])")  # "half the town"
_ORDINAL = re.compile(
    r"\b(?:first|second|third|fourth|last|final|latter|former|other|top|bottom|this|that|each|next"
    r"|opening|closing|early|late|better)[ -]\Z",
    re.IGNORECASE,
)
_UNIT_AND = re.compile(r"([^\W\d_]+)[ ]and[ ]\Z")
_BEFORE = re.compile(
    r"\b(?:by|than|about|nearly|almost|around|over|under|just|up|down|to|only|cut|fell|rose)[ ]\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?=\Z|[.,;:!?)”\"’])|[ ](?:in|since|from|to|on|over|after|compared|as|last|this|and|or|at"
    r"|than|during|against|by|for|between|more|less|fewer)\b"
)
_NEAR = 16
_WHOLE = 100
_PLACES = 4  # of decimals


def read(text: str, match: re.Match[str]) -> Reading | None:
    """The share or ratio of a match, if it is one."""
    if match["odds"]:
        one, of = numbers.read(match["odds"]).value, numbers.read(match["of"]).value
        span = Span(*match.span())
        counted = counting.many(text, span.end).span
        return _bounded(text, span, one / of * _WHOLE, "percent", counted) if one < of else None
    if match["ratio"]:
        one, of = numbers.read(match["ratio"]).value, numbers.read(match["to"]).value
        return _bounded(text, Span(*match.span()), one / of, "time", None) if of else None
    return _part(text, match)


def _part(text: str, match: re.Match[str]) -> Reading | None:
    start, end = match.span()
    count = (match["count"] or "a").casefold()
    value = numbers.part(match["part"])
    if not count.startswith("a"):
        value *= numbers.read(count).value
    if scale := _OF_SCALE.match(text, end):  # "a quarter of a million"
        unit, stop = measures.after(text, scale.end(), scaled=True)
        return _bounded(text, Span(start, stop), value * numbers.times(scale["scale"]), unit, None)
    if match["part"].casefold() == "half" and not match["count"]:  # "half a mile"
        whole = _OF_ONE.match(text, end)
        unit, stop = measures.after(text, whole.end() if whole else end, scaled=False)
        if unit and (whole or text.startswith("-", end)):
            return _bounded(text, Span(start, stop), value, unit, None)
    if value > 1 or not _is_share(text, match):
        return None
    whole = _OF_ALL.match(text, end)
    counted = counting.many(text, whole.end() if whole else end).span
    return _bounded(text, Span(start, end), value * _WHOLE, "percent", counted)


def _is_share(text: str, match: re.Match[str]) -> bool:
    """Whether the name of a part is a fraction rather than an ordinal or a stretch of time."""
    start, end = match.span()
    if _OF_TIME.match(text, end):
        return False
    of = text.startswith(" of ", end)
    near = max(0, start - _NEAR)
    word = match["part"].casefold()
    match (match["count"] or "").casefold():
        case "":
            whole = of or _OF_ALL.match(text, end) is not None
            return word == "half" and whole and not _ORDINAL.search(text, near, start)
        case "a" | "an":
            more = _UNIT_AND.search(text, near, start)
            if more and more.group(1).casefold() in measures.names():
                return False  # "a century and a half of"
            led = _BEFORE.search(text, near, start) and _AFTER.match(text, end)
            return of or led is not None
        case "one":
            return of or match["joint"] == "-"
    return of or (word[-1] == "s" and (match["joint"] == "-" or word != "quarters"))


def _bounded(
    text: str, span: Span, value: Decimal, unit: str | None, counted: Span | None
) -> Reading:
    start, bound = bounds.before(text, span.start)
    return within(Span(start, span.end), round(value, _PLACES), bound, unit, counted)
