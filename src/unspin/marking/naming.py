"""Whether a number counts or measures something, or names or dates it.

Years, dates, times of day, ordinals, scores, votes, rows of tables, and numbers in names ("Model
3", "Article 5", "the Group of 20") are no figures.
"""

import re

from unspin.marking.amounts import Amount
from unspin.types import Bound, Span

_NOT_AFTER = re.compile(
    r"\w|[.,:/]\d|[ ]?(?:[ap]\.?m\b|o[’']clock|(?:GMT|BST|CET|UTC|EST|EDT|PST|PDT)\b)|[’']s\b"
    r"|-\d|-[A-Za-z]{1,2}(?!\w)|[ ]?[–-][ ]?\d|[ ]?[x×][ ]?\d"
)
_OF_CLOCK = re.compile(
    r"(?:[01]\d|2[0-3])[0-5]\d[ ](?:(?:local|standard|universal) time|hours|hrs|[A-Z]{2,3}T)\b"
)
_LABELS = (
    "article|pages?|chapter|room|no|numbers?|section|part|phase|route|highway|flight|level|series"
    "|episode|version|resolution|paragraph|clause|gate|table|figure|day|week|round|volume|line|row"
    "|channel|bus|type|category|grade|class|step|tier|stage|season|item|rule|exhibit|form|group"
    "|district|zone|platform|terminal|lot|question|option|annex|appendix|note|amendment|title|act"
    "|scene|verse|psalm|matchday|junction|exit|pier|floor|suite|apartment|lane|ward|camp|world"
)
_LABELLED = re.compile(
    rf"(?:\b(?:{_LABELS})\.?[ ]|\b(?-i:Group|Gang|Class) of[ ]|#|[A-Z]-)\Z", re.IGNORECASE
)
_ARTICLE = re.compile(r"\bthe(?:[ ]\w+)?[ ]\Z", re.IGNORECASE)  # "the old district 60 people"
_NAMED = re.compile(r"(?:[\w,;:)][ ]|[“\"‘'(&/])[a-z]?[A-Z][\w&’']*(?<![’']s)[ ]\Z")
_RANKED = re.compile(
    r"\b(?:top|last|final|first|under|class of|turned|call(?:ed|ing)?|dial(?:l?ed|l?ing)?)[ -]\Z",
    re.IGNORECASE,
)
_OF_YEAR = re.compile(
    r"(?:\b(?:in|of|since|until|the|by|from|to|during|before|after|early|late|mid|season|and|his|her"
    r"|their|its|our|this|that|an?|for|on)|[’']s?|[A-Z]\w*|,)[ ]\Z"
)
_ROW = re.compile(r"[ ]\d+(?:[ ]|\Z)")  # a table
_SCORE_WORDS = re.compile(
    r"\b(?:won|win|beat|lost|lose|drew|draw|victory|defeat|score|lead|led|vote[ds]?|voted)\b"
    r"[^.!?]{0,40}\Z"
)
_SCORE = re.compile(r"\d{1,3} to \d{1,3}(?![\w.,]\d| (?:%|per ?cent)|\w)")
_STARTS_LINE = re.compile(r"(?:\A|\n)[ ]*[(]?\Z")
_SET_APART = re.compile(r",[ ]\Z")
_CLOSES = re.compile(r"[ ]?[,.;:)\n]|\Z|[ ](?:and|or)\b")  # "Ana Rell, 44, said"
_KNOWN = re.compile(
    r"\b(?:the|these|those|all|both|our|their|his|her|its|my|your|other|as|no|every|which)[ ]\Z",
    re.IGNORECASE,
)
_NO_ONE = re.compile(
    r"\b(?:no|any|every|each|the|this|that|which|another|not|as|at|other|by|on)[ ]\Z", re.IGNORECASE
)
_FARES = re.compile(
    r"[ ](?:of(?![ ](?:the[ ])?(?:day|week|month|year)s?\b)|were|was|are|have|had|died|survived"
    r"|remain(?:ed)?|killed|wounded|injured|dead|missing|more|that|which)(?!\w)"
)
_SUFFERED = re.compile(
    r"\b(?:kill|murder|injur|wound|hurt|maim|arrest|detain|rescu|sav|captur|seiz|freed?|releas|held"
    r"|leav|left|sack|dismiss|deport|displac|infect|hospitali[sz])(?:e[ds]?|ing|s)?[ ]\Z"
)
_AMONG = re.compile(r"[ ](?:of (?:them|whom|which|those|these)|in (?:all|total)|altogether)\b")
_IN_BRACKETS = re.compile(r"[(\[/&]\Z")
_NAME_AFTER = re.compile(r"[ ][A-Z]|[)\]]")
_AT = re.compile(r"\b[Aa]t[ ]\Z")
_COUNTS = frozenset({None, "person"})  # units of what is only counted
_MOMENTS = frozenset({"time", "point"})
_NEAR = 16
_LOOKBACK = 40
_SENTENCE = 60
_PLAIN_YEARS = range(1500, 2101)
_DIGITS_OF_YEAR = 4
_CLOCK = 12


def score_end(text: str, start: int) -> int | None:
    """Where the score or vote that begins at `start` ends: "5 to 4"."""
    score = _SCORE.match(text, start)
    if score and _SCORE_WORDS.search(text, max(0, start - _SENTENCE), start):
        return score.end()
    return None


def is_in_row(text: str, amount: Amount) -> bool:
    """Whether other bare numbers follow, as in a table."""
    return amount.is_plain and _ROW.match(text, amount.end) is not None


def runs_on(text: str, amount: Amount) -> bool:
    """Whether what follows a number makes it part of something else: "5:30", "21st", "10 a.m."."""
    return amount.is_bare and _NOT_AFTER.match(text, amount.end) is not None


def is_of_clock(text: str, amount: Amount) -> bool:
    """Whether four digits are a time of day: "at 0554 local time"."""
    return amount.is_in_digits and _OF_CLOCK.match(text, amount.start) is not None


def is_known(text: str, start: int) -> bool:
    """Whether what begins at `start` is spoken of as known: "the two", "in the hundreds"."""
    return _KNOWN.search(text, max(0, start - _NEAR), start) is not None


def is_figure(  # noqa: PLR0913, PLR0917 - all that tells an amount from a name
    text: str,
    low: Amount,
    high: Amount | None,
    unit: str | None,
    counted: Span | None,
    bound: Bound,
    start: int,
) -> bool:
    """Whether an amount, with its bound beginning at `start`, counts or measures something."""
    if unit in _COUNTS and runs_on(text, high or low):
        return False
    if not low.is_bare:
        one = unit in _MOMENTS and low.words.casefold() == "one"
        return not (one and _AT.search(text, max(0, start - _NEAR), start))  # "at one time"
    if not low.is_in_digits:
        return _is_in_words(text, low, unit, counted, bound, start)
    near = max(0, start - _NEAR)
    labelled = _LABELLED.search(text, near, start)
    if labelled and (counted is None or not _ARTICLE.search(text, near, labelled.start())):
        return False
    if high is not None and unit is None and counted is None and _is_score(text, low, start):
        return False
    if not low.is_plain or unit not in _COUNTS:
        return True
    if unit is None and len(low.words) == _DIGITS_OF_YEAR and int(low.words) in _PLAIN_YEARS:
        counts = high is not None or (counted is not None and low.value % 100 == 0)
        return counts and not _OF_YEAR.search(text, near, start)
    if _NAMED.search(text, max(0, start - _LOOKBACK), start):
        return unit == "person"
    return counted is not None or bound != "exact" or _stands_alone(text, low, start)


def _is_score(text: str, low: Amount, start: int) -> bool:
    """Whether a bare range is a score, a room or a season."""
    dashed = text.startswith(("-", "–"), low.end)
    return dashed or _SCORE_WORDS.search(text, max(0, start - _SENTENCE), start) is not None


def _is_in_words(  # noqa: PLR0913, PLR0917 - as above
    text: str, low: Amount, unit: str | None, counted: Span | None, bound: Bound, start: int
) -> bool:
    near = max(0, start - _NEAR)
    if low.words.casefold() == "one":
        return (unit or counted) is not None and not _NO_ONE.search(text, near, start)
    labelled = _LABELLED.search(text, near, start)
    if labelled and labelled.group()[0].isupper() and low.words[0].isupper():
        return False  # "Article Five commitments"
    if unit is not None:
        return True
    if text.startswith("-", low.end):
        return False  # "a six-speed gearbox" is a kind of gearbox
    if counted is not None:
        return True
    if labelled or _KNOWN.search(text, near, start):
        return False
    if low.scale > 1 or bound != "exact" or _FARES.match(text, low.end):
        return True
    return bool(_SUFFERED.search(text, near, start) and _CLOSES.match(text, low.end))


def _stands_alone(text: str, low: Amount, start: int) -> bool:
    """Whether bare digits that nothing follows are a figure: "rose to 96"."""
    if _AMONG.match(text, low.end):
        return True
    near = max(0, start - _NEAR)
    if _SET_APART.search(text, near, start) and _CLOSES.match(text, low.end):
        return False
    before = (_RANKED, _STARTS_LINE, _IN_BRACKETS)
    if any(pattern.search(text, near, start) for pattern in before):
        return False
    if _NAME_AFTER.match(text, low.end):
        return False
    return low.value > _CLOCK or not _AT.search(text, near, start)
