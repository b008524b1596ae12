"""The words around a number that bound it ("more than") or say that it is a change ("rose by")."""

import re

from unspin.types import Bound, Change

_LOOKBACK = 48
_BIT = (
    r"(?:(?:much|far|way|slightly|somewhat|just|well|fractionally|marginally|comfortably|barely"
    r"|(?:a[ ])?(?:little|bit|lot|shade|touch|tad|fraction|hair|whisker|notch)|significantly"
    r"|considerably|substantially)[ ])?"
)
_LOW = "fewer|less|lower|smaller|shorter|younger|lighter|cheaper|slower|narrower|weaker"
_HIGHER = (
    "greater|higher|larger|bigger|longer|older|better|heavier|taller|deeper|faster|wider"
    "|stronger|farther|further"
)
_HIGH = f"more|{_HIGHER}"
_PAST = (
    "exceed(?:ing|s|ed)?|topp(?:ing|ed)|tops|surpass(?:ing|ed|es)?|pass(?:ing|ed|es)|cross(?:ed|es)"
)
_AT_LEAST = (
    rf"at(?: the)?(?: very)? least|not? (?:{_LOW}) than"
    r"|(?:at )?(?:a )?minimum(?:(?: [a-z]+){0,2} of)?"
    r"|upwards? of|not (?:under|below)|as (?:little|few|low|young|small|short|early|cheap) as"
    r"|at or above|start(?:s|ing)? (?:at|from)|a good|≥"
)
_AT_MOST = (
    rf"up to|at(?: the)?(?: very)? most|not? (?:{_HIGH}) than|never (?:more|higher|longer) than"
    rf"|(?:not|n['’]t|never|without)(?: to)? (?:{_PAST}|pass|top|cross|over|above)"
    r"|as (?:many|much|high|large|long|big|far|fast|old|late) as"
    r"|(?:at )?(?:a )?maximum(?:(?: [a-z]+){0,2} of)?|capped at|limited to"
    r"|an? (?:upper )?(?:limit|ceiling|cap) of|at or below|within|≤"
)
_MORE = (
    rf"{_BIT}(?:(?:{_HIGH}) than|over|above|in excess of|beyond|north of)|over than"
    rf"|{_PAST}|>"
)
_LESS = rf"{_BIT}(?:(?:{_LOW}) than|under|below|short of|shy of|south of)|not (?:quite|even)|<"
_ABOUT = (
    r"about|around|some|roughly|approximately|approx\.?|nearly|almost|closer? to|circa"
    r"|c(?:a|irc)?\.|perhaps|maybe|probably|possibly|barely|virtually|practically|something like"
    r"|more like|more or less|plus or minus"
    r"|approach(?:ing|es)|near(?:ing|s)?"
    r"|in the (?:region|neighbou?rhood|vicinity|range|ballpark) of|[io]n the order of|or so"
    r"|on average,?|[~≈∼±]"
    r"|(?:an )?estimated(?: at| to be| to have|(?: [a-z]+){1,3} of)?|estimates?(?: of)?"
    r"|(?:an? |the )?average(?: [a-z]+){0,3} of|averag(?:e|es|ed|ing)"
)
_BOUNDS: tuple[tuple[Bound, str], ...] = (
    ("at-least", _AT_LEAST),
    ("at-most", _AT_MOST),
    ("more", _MORE),
    ("less", _LESS),
    ("about", _ABOUT),
)
_BEFORE = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<b{place}>{words})" for place, (_, words) in enumerate(_BOUNDS))
    + r")[ ]*(?:(?:another|just|only|a further|an additional|a total of|between|about) "
    + r"|(?<!over )(?<!under )an? )?\Z",
    re.IGNORECASE,
)
_OF_NONE = re.compile(
    r"\b(?:(?:no|none|nobody|no[ -]one|neither)"
    rf"(?:[ ](?!(?:that|who|which|as|in|of|for)\b)[\w’'-]+){{1,6}}[ ](?:{_HIGHER}|{_LOW})"
    rf"|(?:none|nobody|no[ -]one)[ ](?:more|{_HIGHER})) than[ ]\Z",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\S+(?: and a half|(?: to| or) \S+| hundred| thousand| full| more)?[ -]"
    r"(?:second|minute|hour|day|night|week|weekend|month|season|year|decade)s?\b"
    r"(?! (?:ago|old|late))"
)
_LASTING = re.compile(  # what "over five years" is a length behind: else it is when
    r"\b(?:for|in|of|after|at|by|to|within|than|since|from|is|are|was|were|be|been|being|a|an|the|now"
    r"|tak(?:e|es|en|ing)|took|last(?:s|ed|ing)?|wait(?:s|ed|ing)?|spen[dt]|spend(?:s|ing)"
    r"|serv(?:e|es|ed|ing)|stay(?:s|ed|ing)?|need(?:s|ed)?|requir(?:e|es|ed)|and|or|but) \Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[ ](?:or|and)[ ](?P<word>more|less|fewer|so|above|over|up|under|below|higher|greater|lower"
    r"|older|younger|larger|bigger|longer|better|heavier|taller|smaller|shorter|lighter|worse)\b"
    r"(?![ ](?:than|the|yet|still)\b|[ ]\S{0,3}\d)|[ ]?(?P<plus>\+)(?!\w)"
    r"|(?:[ -]|,[ ](?=[^.,;()]{1,16}(?:[.,;)]|\Z)))(?P<end>plus|odd|or thereabouts|give or take"
    r"|more or less|at(?: the)?(?: very)? most|tops|at(?: the)?(?: very)? least|on average"
    r"|and counting|if not more|or even more)(?=[ .,;)]|\Z)"
)
_NOT_OPEN: dict[str, Bound] = {
    "less": "at-most", "fewer": "at-most", "under": "at-most", "below": "at-most",
    "lower": "at-most", "younger": "at-most", "smaller": "at-most", "shorter": "at-most",
    "lighter": "at-most", "at most": "at-most", "tops": "at-most",
    "so": "about", "odd": "about", "or thereabouts": "about", "give or take": "about",
    "more or less": "about",
    "on average": "about",
}  # fmt: skip
_RISE = (
    r"rose|risen|rises?|rising|increas(?:e|ed|es|ing)|grew|grown|grows?|growing|up"
    r"|climb(?:ed|s|ing)?|jump(?:ed|s|ing)?|soar(?:ed|s|ing)?|gain(?:ed|s|ing)?|surg(?:ed|es|ing)"
    r"|add(?:ed|ing)|advanc(?:ed|es|ing)|rall(?:ied|ies|ying)|rebounded"
    r"|(?:rise|increase|jump|gain|growth) of"
)
_FALL = (
    r"fell|fallen|falls?|falling|drop(?:ped|s|ping)?|declin(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)"
    r"|down|cuts?|shrank|shrunk|lost|loses?|losing|plung(?:ed|es|ing)|slump(?:ed|s|ing)?"
    r"|slid|slides|sliding|slipp(?:ed|ing)|slips|tumbl(?:ed|es|ing)|plummet(?:ed|s|ing)"
    r"|reduc(?:ed|ing)|sank|sinks|sunk|eased|dipped|shed"
    r"|(?:fall|drop|decline|decrease|reduction|cut) of"
)
_CHANGED = re.compile(
    rf"\b(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))(?: by)?(?: another| a further)?[ ]\Z",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    r"[ -](?:[a-z]+ ){0,2}?(?:(?P<rise>rise|increase|jump|gain|hike)"
    r"|(?P<fall>fall|drop|decline|decrease|cut|reduction))\b"
)


def before(text: str, start: int) -> tuple[int, Bound]:
    """Where a figure begins with the words that bound it, and the bound.

    What none is higher than is the most there is: "no other party polled higher than 3 %".
    "$2.4 billion over five years" is spread over them, and "a war of over five years" is longer.
    """
    match = _BEFORE.search(text, max(0, start - _LOOKBACK), start)
    if match is None or _is_span(text, match, start):
        return start, "exact"
    bound = next(bound for place, (bound, _) in enumerate(_BOUNDS) if match[f"b{place}"])
    if _OF_NONE.search(text, max(0, match.start() - _LOOKBACK), match.end()):
        bound = "at-most" if bound == "more" else "at-least"
    return match.start(), bound


def _is_span(text: str, bound: re.Match[str], figure: int) -> bool:
    """Whether an "over" before a figure says in what time, not that it was longer."""
    return (
        bound[0].casefold().startswith("over ")
        and _TIME.match(text, figure) is not None
        and _LASTING.search(text, max(0, bound.start() - _LOOKBACK), bound.start()) is None
    )


def after(text: str, end: int) -> tuple[Bound | None, int]:
    """The bound that follows a figure ("or more", "+"), and where it ends."""
    match = _AFTER.match(text, end)
    if match is None:
        return None, end
    word = (match["word"] or match["end"] or "").replace("the ", "").replace("very ", "")
    return _NOT_OPEN.get(word, "at-least"), match.end()


def change(text: str, start: int, end: int | None) -> Change | None:
    """Whether the figure, its bound with it, is by how much something rose or fell.

    The words behind it ("a 4 % rise") are read where `end` is given.
    """
    match = _CHANGED.search(text, max(0, start - _LOOKBACK), start)
    if match is None and end is not None:
        match = _CHANGE_AFTER.match(text, end)
    if match is None:
        return None
    return "rise" if match["rise"] else "fall"
