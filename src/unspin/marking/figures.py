"""Quantities as the text gives them: value, unit, what is counted, bound and change.

In: a document, its voices and its dates. Out: figures sorted by place. Years, dates, times of day,
ordinals, scores, telephone numbers and names with numbers in them are not figures. A fraction is
given in percent ("a fifth of" is 20). "$" and "dollars" are the unit "dollar": whose, the text
often leaves open. "Hundreds" and "dozens" have a lower end only.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from unspin.marking import holding, lexicon
from unspin.marking import voices as mouths
from unspin.types import Bound, Change, Document, Figure, Span, TimeExpression, Voice

_SMALL = {word: value for value, word in enumerate(
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
     "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
     "nineteen"))}  # fmt: skip
_TENS = {word: 10 * value for value, word in enumerate(
    ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)}  # fmt: skip
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
           "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12, "lakh": 1e5,
           "crore": 1e7, "dozen": 12.0, "b": 1e9}  # fmt: skip
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
          "eighth": 8, "ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100}  # fmt: skip
_VAGUE = {"dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2000.0,
          "millions": 2e6, "billions": 2e9, "tens of thousands": 2e4, "hundreds of thousands": 2e5,
          "tens of millions": 2e7, "hundreds of millions": 2e8, "tens of billions": 2e10,
          "hundreds of billions": 2e11}  # fmt: skip

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f’']\d{3}){1,5}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?"
_WORD = rf"(?:{'|'.join([*_SMALL, *_TENS])})(?![^\W_])"
_WORDS = (
    r"(?:(?:an?[ ](?=hundred|thousand|million|billion|trillion|dozen))|half[ ]a(?=[ ]dozen)"
    rf"|{_WORD}(?:[- ](?:and[ ])?{_WORD}){{0,2}})"
)
_SCALE = r"hundred|thousand|million|billion|trillion|dozen|lakh|crore"
_SHORT_SCALE = r"(?:k|mn|mln|bn|tn|m|b)(?![\w])"
_SIGN = r"(?:US|A|C|HK|NZ)?\$|[€£¥₽₴₹₩₪₺]|\b(?:USD|EUR|GBP|CHF|JPY|CNY)[ ]?"
_NUMBER = rf"(?:{_DIGITS}|(?<![\w-]){_WORDS})"
_SCALED = rf"(?:[ -]?(?:{_SCALE})(?!\w)){{1,2}}|[ ]?{_SHORT_SCALE}"
_LARGE = r"dozens|scores|hundreds|thousands|millions|billions"
_FRACTION = (
    r"half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
    r"|twentieths?|hundredths?"
)
_QUANTITY = re.compile(
    rf"""
    (?<!\w)(?-i:(?=  # how any of them begins, so that most places are passed over quickly
        [\d$€£¥₽₴₹₩₪₺~≈]|US|[AC]\$|HK|NZ|EUR|GBP|CHF|JPY|CNY|[Hh]alf|[Ss]ever|[Ss]cores|[Ss]ix
      |[Tt]ens|[Hh]undred|[Tt]hous|[Mm]illion|[Bb]illion|[Dd]ozen|[Tt]hir|[Qq]uarter|[Ff]ourt
      |[Ff]if|[Ee]igh|[Nn]ine|[Tt]ent|[Tt]wen|[Zz]ero|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive
      |[Tt]en|[Ee]leven|[Tt]wel|[Ff]ort|[Aa]n?[ ]
    ))(?:
    (?<![\w-])(?P<vague>(?:tens|hundreds)[ ]of[ ](?:thousands|millions|billions)|{_LARGE})
    (?=[ ]of\b)
  | (?<![\w-])(?P<loose>several|a[ ]few|a[ ]couple[ ]of)[ ]
    (?P<loose_scale>dozen|hundred|thousand|million|billion)(?!\w)
  | (?<![\w-])(?:(?P<share_count>an?|one|two|three|four|five|seven|nine)[ -])?
    (?P<share>{_FRACTION})(?=[ ]of\b)(?![ ]of[ ](?:(?:the|last|this|next)[ ])?
      (?:\d{{4}}(?![\w,.]\d|\w)|(?:day|week|month|year|decade|century)(?!\w)))
  | (?<![\w-])(?P<one>one|two|three|\d)[ ](?:in|out[ ]of)[ ](?:every[ ])?
    (?P<of>two|three|four|five|six|seven|eight|nine|ten|\d{{1,3}})(?![\w.,]\d|\w)
  | (?:(?P<sign>{_SIGN})[ ]?)?(?<![\w.,:/’'#+-])(?P<low>{_NUMBER})(?P<low_scale>{_SCALED})?
    (?P<low_unit>[ ]?%|[ ]per[ ]?cent(?!\w))?
    (?:(?P<to>[ ]?[–-][ ]?|[ ]to[ ]|[ ]and[ ](?=[\d$€£]|{_WORD}))(?:{_SIGN})?(?P<high>{_NUMBER})
       (?![\d:/]|-\w|(?:st|nd|rd|th)\b)(?P<high_scale>{_SCALED})?)?
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TELEPHONE = re.compile(r"\+?\d[\d()]{0,6}(?:[ .\-/][\d()]{2,6}){2,6}(?!\w)")
_NOT_AFTER = re.compile(
    r"(?:st|nd|rd|th)\b|[:.]\d|/\d|[ ]?(?:[ap]\.?m\b|o[’']clock|GMT|BST|CET)"
    r"|[- ]years?[- ]old|-[A-Za-z]{1,2}\b"
)
_BEFORE_NAME = re.compile(
    r"(?:\b(?:[Aa]rticle|[Pp]age|[Cc]hapter|[Rr]oom|[Nn]o|[Nn]umber|[Ss]ection|[Pp]art|[Pp]hase"
    r"|[Rr]oute|[Hh]ighway|[Ff]light|[Ll]evel|[Ss]eries|[Ee]pisode|[Vv]ersion|[Rr]esolution"
    r"|[Pp]aragraph|[Cc]lause|[Gg]ate|[Tt]able|[Ff]igure|at|[Dd]ay|[Ww]eek|[Rr]ound|[Vv]olume"
    r"|[Ll]ine)\.?[ ]|#|[A-Z]-)\Z"
)
_CAPITAL_BEFORE = re.compile(r"[\w,][ ][A-Z][\w’']*[ ]\Z")
_SCORE_WORDS = re.compile(
    r"\b(?:won|win|beat|lost|lose|drew|draw|victory|defeat|score|lead|led|vote[ds]?|voted)\b"
    r"[^.!?]{0,40}\Z"
)
_BOUNDS: tuple[tuple[Bound, str], ...] = (
    ("at-least", r"at least|no fewer than|no less than|not less than|a minimum of|upwards of"),
    ("at-most", r"up to|at most|no more than|not more than|as many as|as much as|a maximum of"),
    ("more", r"more than|over|above|exceeding|in excess of|greater than"),
    ("less", r"less than|fewer than|under|below"),
    (
        "about",
        (
            r"about|around|some|roughly|approximately|nearly|almost|close to|an estimated"
            r"|estimated|circa|just over|just under|well over|or so|~|≈"
        ),
    ),
)
_BOUND = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<b{place}>{words})" for place, (_, words) in enumerate(_BOUNDS))
    + r")[ ]?\Z",
    re.IGNORECASE,
)
_AFTER_BOUND = re.compile(r"[ ]or (?P<word>more|less|fewer|so)\b")
_BETWEEN = re.compile(r"\b(?P<word>[Bb]etween|[Ff]rom)[ ]\Z")
_RISE = (
    r"rose|risen|rises|rising|increased?|increases|increasing|grew|grown|grows|up|climbed|jumped"
    r"|soared|gained|surged|added|(?:rise|increase|jump|gain|growth) of"
)
_FALL = (
    r"fell|fallen|falls|falling|dropped|drops|declined|decreased|down|cut|shrank|lost|plunged"
    r"|slumped|slid|reduced|(?:fall|drop|decline|decrease|reduction|cut) of"
)
_CHANGED = re.compile(rf"\b(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))(?: by)?[ ]\Z", re.IGNORECASE)
_CHANGE_AFTER = re.compile(
    r"[ -](?:pay |price |tax )?(?:(?P<rise>rise|increase|jump|gain)"
    r"|(?P<fall>fall|drop|decline|decrease|cut|reduction))\b"
)
_WORD_AFTER = re.compile(r"[ -]?([^\W\d_]+(?:[-’'][^\W\d_]+)*)")
_CONDITIONS = frozenset({"dead", "killed", "wounded", "injured", "missing", "staff", "police"})
_TELEPHONE_DIGITS = range(7, 17)
_LOOKBACK = 40
_MOST_ADJECTIVES = 3
_PLAIN_YEARS = range(1500, 2101)
_LEAST_BARE = 1000


class _Value(NamedTuple):
    low: float | None
    high: float | None
    bound: Bound


def find(
    document: Document, voices: Sequence[Voice], dates: Sequence[TimeExpression]
) -> tuple[Figure, ...]:
    """The figures of `document`, with the date and the part they hold for where these are plain."""
    text = document.text
    busy = _Busy(
        [date.span for date in dates]
        + [
            Span(*match.span())
            for match in _TELEPHONE.finditer(text)
            if _is_telephone(match.group())
        ]
    )
    found = []
    position = 0
    while match := _QUANTITY.search(text, position):
        position = match.end()
        if busy.overlaps(_exact(match)):
            # "40 tonnes in 2022 and 60 in 2023": only the 2022 is taken
            position = match.start("to") if match["to"] else position
            continue
        here = _figures(text, match, voices)
        found += here
        if here and match["to"] and here[0].span.end <= match.start("to"):
            position = match.start("to")  # "from 3 % to 5 %": the second number stands alone
    return holding.find(text, found, dates)


class _Busy:
    """Stretches that hold no figure, for quick look-up."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def overlaps(self, span: Span) -> bool:
        """Whether one of the stretches shares a character with `span`."""
        place = bisect_right(self._spans, span.end - 1, key=lambda one: one.start)
        return place > 0 and self._reach[place - 1] > span.start


def _is_telephone(words: str) -> bool:
    digits = sum(character.isdigit() for character in words)
    return digits in _TELEPHONE_DIGITS and (
        words[0] == "+" or words.count("-") + words.count(" ") > 1 or "/" in words
    )


def _exact(match: re.Match[str]) -> Span:
    start = match.start()
    while match.string[start] == " ":
        start += 1
    return Span(start, match.end())


def _figures(text: str, match: re.Match[str], voices: Sequence[Voice]) -> list[Figure]:
    """The figures of one match: one, two ("from 3 to 5"), or none."""
    if match["vague"] or match["loose"]:
        return _vague(text, match, voices)
    if match["share"] or match["one"]:
        return _share(text, match, voices)
    return _plain(text, match, voices)


def _vague(text: str, match: re.Match[str], voices: Sequence[Voice]) -> list[Figure]:
    if match["vague"]:
        low = _VAGUE[match["vague"].casefold()]
    else:
        least = 3 if match["loose"] == "several" else 2
        low = least * _SCALES[match["loose_scale"]]
    span = Span(*match.span())
    counted, unit = _counted(text, span.end)
    return [_made(span, _Value(low, None, "at-least"), unit, counted, None, voices)]


def _share(text: str, match: re.Match[str], voices: Sequence[Voice]) -> list[Figure]:
    """Fractions, in percent."""
    if match["share"]:
        word = match["share"].casefold().rstrip("s")
        count = _SMALL.get((match["share_count"] or "a").casefold(), 1)
        value = 100 * count / _PARTS[word]
    else:
        one, of = _spelt(match["one"]), _spelt(match["of"])
        if one is None or not of or one >= of:
            return []
        value = 100 * one / of
    if value > 100:  # noqa: PLR2004 - more than the whole
        return []
    start, bound = _bound(text, match.start())
    span = Span(start, match.end())
    counted, _ = _counted(text, span.end)
    value = round(value, 4)
    return [_made(span, _within(value, bound), "percent", counted, None, voices)]


def _plain(text: str, match: re.Match[str], voices: Sequence[Voice]) -> list[Figure]:
    exact = _exact(match)
    start, end = exact.start, exact.end
    if match["low"].isdigit() and not any(match.group("sign", "low_scale", "low_unit", "to")):
        following = text[end : end + 2].lstrip(" -")
        if not (following and (following[0].isalpha() or following[0] in "%€£°")):
            return []  # nothing behind it that it could count or measure
    numbers = _numbers(match)
    if numbers is None or _NOT_AFTER.match(text, end):
        return []
    low, high = numbers
    sign = _unit_of(match["sign"] or "")
    unit, end = _unit_after(text, end)
    if match["low_unit"] and unit is None:
        unit = "percent"
    unit = sign or unit
    counted, counted_unit = _counted(text, end)
    scaled = bool(match["low_scale"] or match["high_scale"])
    change, start, end = _change(text, start, end)
    before = _BETWEEN.search(text, max(0, start - _LOOKBACK), start)
    if high is not None and (low > high or (before and before["word"].casefold() == "from")):
        high = None
    if not unit and not scaled and not _is_counted(text, match, counted, counted_unit, change):
        return []
    if match["to"] and high is None:
        end = match.start("to")
        counted = None
    start, bound = _bound(text, start)
    after = _AFTER_BOUND.match(text, end)
    if after:
        bound = {"more": "at-least", "so": "about"}.get(after["word"], "at-most")  # type: ignore[assignment] # names of bounds
        end = after.end()
        counted, counted_unit = _counted(text, end)
    value = _Value(low, high, bound) if high is not None else _within(low, bound)
    return [_made(Span(start, end), value, unit or counted_unit, counted, change, voices)]


def _made(  # noqa: PLR0913, PLR0917 - the parts of a figure
    span: Span,
    value: _Value,
    unit: str | None,
    counted: Span | None,
    change: Change | None,
    voices: Sequence[Voice],
) -> Figure:
    return Figure(
        span=span,
        low=value.low,
        high=value.high,
        unit=unit,
        counted=counted,
        bound=value.bound,
        change=change,
        as_of=None,
        scope=None,
        voice=mouths.at(voices, span),
    )


def _within(value: float, bound: Bound) -> _Value:
    if bound in {"more", "at-least"}:
        return _Value(value, None, bound)
    if bound in {"less", "at-most"}:
        return _Value(None, value, bound)
    return _Value(value, value, bound)


def _numbers(match: re.Match[str]) -> tuple[float, float | None] | None:
    """The values of a quantity; "3 to 5 million" lends its scale to the 3."""
    low, high = _spelt(match["low"]), _spelt(match["high"]) if match["high"] else None
    if low is None:
        return None
    low_scale = _scale(match["low_scale"])
    high_scale = _scale(match["high_scale"])
    if high is not None:
        if high_scale > 1 and low_scale == 1:
            low_scale = high_scale
        high *= high_scale
    return low * low_scale, high


def _spelt(words: str) -> float | None:
    """The value of digits or of number words."""
    lower = words.casefold().strip()
    if lower[:1].isdigit():
        digits = re.sub(r"[,’'\s]", "", lower)
        return float(digits) if digits.isascii() else None
    if lower.startswith("half"):
        return 0.5
    total = 0.0
    for word in re.split(r"[\s-]+", lower):
        total += _SMALL.get(word, _TENS.get(word, 1 if word in {"a", "an"} else 0))
    return total


def _scale(words: str | None) -> float:
    product = 1.0
    for word in re.split(r"[\s-]+", (words or "").strip(" -").casefold()):
        product *= _SCALES.get(word, 1.0)
    return product


def _bound(text: str, start: int) -> tuple[int, Bound]:
    """Where a figure begins with the words that bound it, and the bound."""
    match = _BOUND.search(text, max(0, start - _LOOKBACK), start)
    if match is None:
        return start, "exact"
    for place, (bound, _) in enumerate(_BOUNDS):
        if match[f"b{place}"]:
            return match.start(), bound
    return start, "exact"


def _change(text: str, start: int, end: int) -> tuple[Change | None, int, int]:
    """Whether the figure is by how much something rose or fell."""
    bounded, _ = _bound(text, start)
    match = _CHANGED.search(text, max(0, bounded - _LOOKBACK), bounded) or _CHANGE_AFTER.match(
        text, end
    )
    if match is None:
        return None, start, end
    return ("rise" if match["rise"] else "fall"), start, end


def _unit_of(words: str) -> str | None:
    return _units().get(words.strip().casefold())


def _unit_after(text: str, end: int) -> tuple[str | None, int]:
    """The unit that follows a number, longest name first, and where it ends."""
    if text.startswith(("%", " %"), end):
        return "percent", text.index("%", end) + 1
    match = _unit_pattern().match(text, end)
    if match is None:
        return None, end
    return _units()[match.group(1).casefold()], match.end()


def _counted(text: str, end: int) -> tuple[Span | None, str | None]:
    """What is counted behind a number: up to three qualifiers and a noun, "of" allowed."""
    position = end
    opening = re.compile(r" of (?:the |all |its |their |his |her )?").match(text, end)
    if opening:
        position = opening.end() - 1
    start = None
    for _ in range(_MOST_ADJECTIVES + 1):
        word = _WORD_AFTER.match(text, position)
        if word is None:
            return None, None
        lower = word.group(1).casefold()
        if lower in _stops() or (word.group(1)[0].isupper() and start is None and not opening):
            return None, None
        start = word.start(1) if start is None else start
        position = word.end()
        if lower in _persons() and not (lower in _CONDITIONS and _person_follows(text, position)):
            return Span(start, position), "person"
        if lower in _units() or _is_plural(text, word):
            return Span(start, position), None
    return None, None


def _person_follows(text: str, position: int) -> bool:
    word = _WORD_AFTER.match(text, position)
    return word is not None and word.group(1).casefold() in _persons()


def _is_plural(text: str, word: re.Match[str]) -> bool:
    lower = word.group(1).casefold()
    if not lower.endswith("s") or lower.endswith(("ss", "us", "is", "’s", "'s")) or len(lower) < 4:  # noqa: PLR2004 - "was", "gas"
        return False
    following = _WORD_AFTER.match(text, word.end())
    return not (following and text[word.end()] == "-")


def _is_counted(
    text: str,
    match: re.Match[str],
    counted: Span | None,
    counted_unit: str | None,
    change: Change | None,
) -> bool:
    """Whether a bare number counts something rather than names or dates it."""
    digits = match["low"]
    bare = digits.isdigit()
    if match["to"] and match["to"].strip() in {"-", "–"} and counted is None:
        return False  # a score, a room, a season
    if match["to"] and _SCORE_WORDS.search(text, max(0, match.start() - 60), match.start()):
        return False
    if _BEFORE_NAME.search(text, max(0, match.start() - 16), match.start()):
        return False
    if bare and len(digits) == 4 and int(digits) in _PLAIN_YEARS and counted_unit != "person":  # noqa: PLR2004 - digits of a year
        return False
    if counted is not None:
        if digits.casefold() == "one":
            return counted_unit == "person"
        return not (
            _CAPITAL_BEFORE.search(text, max(0, match.start() - 30), match.start())
            and counted_unit is None
            and bare
        )
    value = _spelt(digits)
    thousands = bool(re.search(r"\d[,\s’']\d{3}", digits))
    return (thousands and value is not None and value >= _LEAST_BARE) or (
        change is not None and not bare
    )


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit, words in lexicon.units().items() for word in words}


@cache
def _unit_pattern() -> re.Pattern[str]:
    words = sorted(
        (word for word in _units() if word[0].isalpha() and word not in {"m", "g", "a$"}),
        key=len,
        reverse=True,
    )
    return re.compile(
        rf"[ -]?((?:{'|'.join(map(re.escape, words))})|°[CF]?|[€£])(?![\w])", re.IGNORECASE
    )


@cache
def _persons() -> frozenset[str]:
    return lexicon.persons()


@cache
def _stops() -> frozenset[str]:
    return (
        lexicon.grammar("preposition")
        | lexicon.grammar("boundary")
        | lexicon.grammar("verb")
        | lexicon.grammar("pronoun")
        | lexicon.grammar("determiner")
        | lexicon.grammar("time")
    ) - {"may", "march", "last", "next"}
