"""How a vote went: "five to four", "78 votes to 61", "the 6-3 ruling".

The larger number comes first, unless votes are named. Scores of games are no tallies.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from unspin import numbers
from unspin.marking import counting
from unspin.types import Span

_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})?|{numbers.BELOW_100})"
_VOTES = r"(?:[ -]votes?(?!\w))?"
_TALLY = re.compile(
    rf"(?<![\w.,:/’'#+−$€£–-])(?P<most>{_NUMBER})(?P<votes>{_VOTES})"
    rf"(?:[ -](?:to|against)[ -]|[–-])(?P<least>{_NUMBER})(?P<more>{_VOTES})"
    r"(?![\w%]|[.,:/]\d|[–-]\d|[ ]?%)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\b(?:from|between|least|most|than)[ ]\Z", re.IGNORECASE)
_DECIDED = (
    r"(?:vot(?:e[sdr]?|ers|ing)|ballots?|tally|rul(?:ed|ing)|court|judges?|justices|verdict"
    r"|majority|pass(?:ed|age)|approv\w+|reject(?:ed|ion)|adopt(?:ed|ion)|confirm\w+|upheld"
    r"|overturned|struck|bill|motion|amendment|parliament|senate|council|committee|assembly"
    r"|lawmakers|senators|councillors|deputies|in favou?r|dissent\w*|decision)\b"
)
_PLAYED = r"(?:team|match|game|goals?|beat|league|cup|won|lost|lose|drew|draw|scored?|led)\b"
_DECISION = r"(?:vote|ruling|decision|majority|margin|split|verdict|opinion|court|defeat)\b"
_TOLD = re.compile(rf"\b(?:(?P<decided>{_DECIDED})|{_PLAYED})", re.IGNORECASE)
_CLOSED = re.compile(rf"\W*\Z|[^\w\s-]|[ -]{_DECISION}|[ ]\W|\n")
_NEXT = re.compile(r"[ ](\w+)")
_SET = re.compile(r"\d+[–-]\d+,?[ ]\Z|,?[ ]\d+[–-]\d")  # of tennis
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")
_BEFORE, _BEHIND = 160, 80  # characters of its sentence that may say that it is a vote


class Tally(NamedTuple):
    """The two numbers of a vote, where each stands, and the words for what is counted."""

    most: Decimal
    least: Decimal
    spans: tuple[Span, Span]
    votes: Span | None


def find(text: str) -> Iterator[Tally]:
    """The tallies of a text, in order."""
    for match in _TALLY.finditer(text):
        most, least = (numbers.read(match[name]).value for name in ("most", "least"))
        named = next((name for name in ("votes", "more") if match[name]), None)
        if _RANGE.search(text, max(0, match.start() - len("between ")), match.start()):
            continue
        if (named and most != least) or (most > least and _is_decided(text, match)):
            votes = Span(match.start(named) + 1, match.end(named)) if named else None
            spans = Span(*match.span("most")), Span(*match.span("least"))
            yield Tally(most, least, spans, votes)


def _is_decided(text: str, match: re.Match[str]) -> bool:
    """Whether two numbers without a noun stand in a sentence that tells of a decision."""
    start, end = match.span()
    if not (_CLOSED.match(text, end) or _leads_on(text, end)):
        return False
    if _SET.search(text, max(0, start - len("10-10, ")), start) or _SET.match(text, end):
        return False
    before = _SENTENCE_END.split(text[max(0, start - _BEFORE) : start])[-1]
    behind = _SENTENCE_END.split(text[end : end + _BEHIND])[0]
    told = [*_TOLD.finditer(before)][-1:] or [*_TOLD.finditer(behind)][:1]
    return any(one["decided"] for one in told)


def _leads_on(text: str, end: int) -> bool:
    """Whether no noun that is counted follows: "five to four on Friday"."""
    word = _NEXT.match(text, end)
    return word is not None and word.group(1).casefold() in counting.stops()
