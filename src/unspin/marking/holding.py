"""When a figure holds, and for what part: its as-of date and its scope.

In: a text, its figures and its dates. Out: the figures with `as_of` and `scope`. Both are read from
the figure's own clause: behind the figure ("40 people fled in 2022"), at the opening of the clause
("In the northern district, 40 …") or before a plain verb ("turnout among women was …"). The day an
event took place ("12 people died on Monday") is no as-of date. None where another reading is
possible.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from unspin.marking import lexicon
from unspin.types import Figure, Span, TimeExpression

_REACH = 160  # characters of a clause that are looked at on either side of a figure
_BREAK = re.compile(r"[.!?](?=\s|\Z)|[;:()\[\]\n\"“”„«»]|(?<!\w)[‘']|[’'](?!\w)|\s[—–-]\s|—")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_HOLDS = re.compile(
    r"(?:\b(?:as[ ](?:of|at)|in|during|throughout|at|over|for|within|through)[ ](?:the[ ])?)\Z",
    re.IGNORECASE,
)
_OF_A_DAY = re.compile(r"\bas[ ](?:of|at)[ ](?:the[ ])?\Z", re.IGNORECASE)
_BOUNDED = re.compile(r"(?:since|until|till|by)\b", re.IGNORECASE)
_ITSELF = re.compile(
    r"(?:(?:earlier|later)[ ])?(?:last|this|next)[ ](?:week|month|year|decade|century)"
    r"|[\w-]+[ ](?:weeks?|months?|years?|decades?)[ ]ago|(?:last|this|next)[ ][A-Z]\w+",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"[ ](?:(?:has|have|had|now|already|only|still|also|just|he|she|it|they|there)[ ])*"
    r"(?:is|was|are|were|been|had|has|have|hit|(?:reached|totalled|totaled|numbered|averaged"
    r"|exceeded|equalled|equaled)|(?:stands?|stood|remained|remains)(?:[ ]at)?"
    r"|(?:came|comes|amounted|amounts|rose|fell|grew|dropped|climbed|increased|decreased|declined)"
    r"[ ](?:to|by))[ ]\Z"
)
_KNOWN = re.compile(
    r"(?:\b(?:the|these|those|both|our|their|his|her|its|my|your)|[’']s?)[ ]\Z", re.IGNORECASE
)
_OPENS = re.compile(r"(?:(?:and|but|yet|so)[ ])?", re.IGNORECASE)
_RATES = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})
_HALTS = frozenset({"against", "compared", "versus", "than", "from", "up", "down", "expected",
                    "and", "per", "every"})  # fmt: skip
_PARTICIPLE_AFTER = frozenset({"is", "was", "were", "are", "been", "being", "be", "has", "have",
                               "had", "who", "not"})  # fmt: skip
_ONLY_ED = re.compile(r"\w{2,}(?:ed|en|wn)\Z")
_MOVES = frozenset({"died", "fled", "left", "live", "lived", "work", "worked", "voted", "went",
                    "came", "stayed", "lost", "born", "met", "fell", "rose", "took", "part",
                    "remain", "remained", "still", "now", "alone"})  # fmt: skip
_SCOPE = re.compile(
    r"""
    (?<!\w)(?:
      (?P<wide>[Nn]ation-?wide|[Cc]ountry-?wide|[Ww]orld-?wide|[Ss]tate-?wide|[Cc]ity-?wide
        |[Rr]egion-?wide|[Dd]istrict-?wide|[Gg]lobally|[Nn]ationally)(?!\w)
    | (?P<link>[Ii]n|[Aa]cross|[Tt]hroughout|[Ww]ithin|[Aa]mong|[Aa]mongst|[Oo]f(?=[ ]those[ ]))[ ]
    )""",
    re.VERBOSE,
)
_NAME = r"[A-Z][\w’'-]+(?:[ ](?:(?:of[ ](?:the[ ])?|the[ ])?[A-Z][\w’'-]+)){0,4}"
_NAMED = re.compile(rf"(?:the[ ])?{_NAME}")
_BOUNDING = re.compile(r"(?:the|this|that|its|their|his|her|our|each|every|all)[ ]")
_OF_NAME = re.compile(rf"[ ]of[ ](?:the[ ])?{_NAME}")
_AGED = re.compile(
    r"[ ](?:aged|under|over)[ ]\d{1,3}(?:[ ](?:to|and)[ ](?:\d{1,3}|over|under|older|younger)"
    r"|[–-]\d{1,3})?(?!\w)"
)
_THOSE = re.compile(
    r"those(?:[ ](?:asked|polled|surveyed|questioned|interviewed|eligible|affected|registered"
    r"|(?:with|without)[ ](?:an?[ ]|the[ ])?[\w-]+|who[ ](?:had[ ]|have[ ])?[\w-]+ed"
    r"(?:[ ]in[ ]\d{4})?|(?P<aged>aged[ ]|under[ ]|over[ ])\d{1,3}"
    r"(?:[ ](?:to|and)[ ](?:\d{1,3}|over)|[–-]\d{1,3})?))(?!\w)"
)
_AFTER_NOUN = (
    "verb",
    "preposition",
    "boundary",
    "time",
    "pronoun",
    "determiner",
    "auxiliary",
    "modal",
)
_LEADS = 3  # words between a figure and its scope, at most
_LONGEST_PART = 6  # words of a place or a group, its article among them


def find(
    text: str, figures: Sequence[Figure], dates: Sequence[TimeExpression]
) -> tuple[Figure, ...]:
    """`figures` with `as_of` and `scope` where the clause of each says them."""
    times = sorted(dates, key=lambda one: one.span)
    starts = [one.span.start for one in times]
    found = []
    for place, figure in enumerate(figures):
        before = figures[place - 1].span.end if place else 0
        after = figures[place + 1].span.start if place + 1 < len(figures) else len(text)
        clause = _clause(text, figure.span)
        near = times[bisect_left(starts, clause.start) : bisect_right(starts, clause.end)]
        limits = Span(min(max(clause.start, before), figure.span.start), min(clause.end, after))
        found.append(
            replace(
                figure,
                as_of=_as_of(text, figure, near, clause, limits),
                scope=_scope(text, figure, clause, limits),
            )
        )
    return tuple(found)


def _clause(text: str, span: Span) -> Span:
    """The stretch around a figure without a break in it, so far as it is looked at."""
    start = max(0, span.start - _REACH)
    for stop in _BREAK.finditer(text, start, span.start):
        start = stop.end()
    while start < span.start and text[start].isspace():
        start += 1
    end = min(len(text), span.end + _REACH)
    following = _BREAK.search(text, span.end, end)
    return Span(start, following.start() if following else end)


def _as_of(
    text: str, figure: Figure, near: Sequence[TimeExpression], clause: Span, limits: Span
) -> str | None:
    if figure.unit in _RATES:
        return None  # "five years in 2022" is a sentence, not a count at a date
    if _is_known(text, figure):
        return None  # "the two men", whenever they met
    behind = [one for one in near if limits.start < figure.span.end <= one.span.start < limits.end]
    for one in behind[:1]:
        start = _opening(text, one, figure.span.end)
        if start is not None and _leads_to(text, figure, start, one.span.end):
            return _written(one)
    if behind and not _is_parted(text[figure.span.end : behind[0].span.start]):
        return None  # a date the figure may or may not be of
    ahead = [
        one for one in near if clause.start <= one.span.start and one.span.end <= figure.span.start
    ]
    if len(ahead) != 1:
        return None
    one = ahead[0]
    start = _opening(text, one, clause.start)
    if start is None:
        return None
    if _fronts(text, clause, Span(start, one.span.end), figure.span.start) or (
        limits.start <= start and _stands(text, clause, start, one.span.end, figure.span.start)
    ):
        return _written(one)
    return None


def _opening(text: str, one: TimeExpression, floor: int) -> int | None:
    """Where "as of 3 May", "in 2024", "last year" begins; None if it doesn't say when it holds."""
    words = one.span.of(text)
    if not one.resolved:
        return None
    if _BOUNDED.match(words):
        return one.span.start
    one_day = one.earliest == one.latest
    pattern = _OF_A_DAY if one_day else _HOLDS
    if link := pattern.search(text, max(floor, one.span.start - 16), one.span.start):
        return link.start()
    return one.span.start if not one_day and _ITSELF.fullmatch(words) else None


def _written(one: TimeExpression) -> str | None:
    """The interval in ISO 8601: a day, month or year where it is one, else "first/last"."""
    first, last = one.earliest, one.latest
    if first is None or last is None:
        return str(last) if last else f"{first}/.."
    if first == last:
        return str(first)
    after = last + timedelta(days=1) if last < date.max else last
    if first.day == after.day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%Y-%m}"
        if first.month == after.month == 1 and first.year == last.year:
            return f"{first:%Y}"
    return f"{first}/{last}"


def _leads_to(text: str, figure: Figure, start: int, end: int) -> bool:
    """Whether nothing between a figure and a date behind it lets the date be of something else."""
    counted = _end(figure)
    gap = text[counted:start]
    if gap.strip() == "," and text.startswith(("as of", "as at", "by", "since"), start):
        return True
    if _is_parted(gap):
        return False
    words = _WORD.findall(gap)
    for place, word in enumerate(words):
        if place and _ONLY_ED.match(word) and words[place - 1] not in _PARTICIPLE_AFTER:
            return False  # "40 copies of a book printed in 2019"
    following = _WORD.match(text, end + 1) if text.startswith(" ", end) else None
    verb = following is not None and _is_verb(following.group())  # "40 people held in 2019 were"
    return not verb and _is_closed(text, end)


def _is_parted(gap: str) -> bool:
    """Whether a comma or a word that begins another clause parts what stands around `gap`."""
    return "," in gap or any(map(_halts, _WORD.findall(gap)))


def _fronts(text: str, clause: Span, phrase: Span, figure: int) -> bool:
    """Whether a phrase opens the clause and holds for all of it up to the figure."""
    opening = _OPENS.match(text, clause.start)
    if opening is None or phrase.start not in {clause.start, opening.end()}:
        return False
    return not _is_parted(text[phrase.end : figure].removeprefix(","))


def _stands(text: str, clause: Span, start: int, end: int, figure: int) -> bool:
    """Whether a phrase belongs to the subject of a plain verb before the figure."""
    plain = _STANDS.fullmatch(text, end, figure) is not None
    return plain and not _is_parted(text[clause.start : start])


def _scope(text: str, figure: Figure, clause: Span, limits: Span) -> Span | None:
    if figure.unit in _RATES:
        return None
    behind = _SCOPE.search(text, _end(figure), limits.end)
    if behind is not None:
        part = _part(text, behind, figure, limits.end)
        if part is not None and _bounds(text, figure, behind):
            return part
    if _is_known(text, figure):
        return None  # "In Tarn the flags hang low for the 17 dead", wherever they died
    ahead = [
        (link, part)
        for link in _SCOPE.finditer(text, clause.start, figure.span.start)
        if (part := _part(text, link, figure, figure.span.start)) is not None
    ]
    if len(ahead) != 1 or (behind is not None and behind.start() - _end(figure) <= 1):
        return None
    link, part = ahead[0]
    if _fronts(text, clause, Span(link.start(), part.end), figure.span.start) or (
        limits.start <= link.start()
        and _stands(text, clause, link.start(), part.end, figure.span.start)
    ):
        return part
    return None


def _is_known(text: str, figure: Figure) -> bool:
    """Whether a figure counts what the reader knows already: "the two men", "her 17 years"."""
    return bool(_KNOWN.search(text, max(0, figure.span.start - 16), figure.span.start))


def _end(figure: Figure) -> int:
    counted = figure.counted
    return max(figure.span.end, counted.end) if counted else figure.span.end


def _part(text: str, link: re.Match[str], figure: Figure, end: int) -> Span | None:
    """The words behind "in" or "among" that name a place or a part of a population."""
    if link["wide"]:
        return Span(*link.span("wide"))
    start = link.end()
    those = _THOSE.match(text, start, end)
    if those is not None:
        return Span(*those.span())
    kind = link["link"].casefold()
    if kind == "of":
        return None
    among = kind.startswith("among")
    if not among and (named := _NAMED.match(text, start, end)):
        known = _is_place(named.group(), figure) and _is_closed(text, named.end())
        return Span(*named.span()) if known else None
    if not among and not _BOUNDING.match(text, start, end):
        return None
    stop = _head_end(text, start, end, _parts() if among else lexicon.places("area"))
    if stop is None:
        return None
    if more := (_AGED if among else _OF_NAME).match(text, stop, end):
        stop = more.end()
    return Span(start, stop) if _is_closed(text, stop) else None


def _head_end(text: str, start: int, end: int, heads: frozenset[str]) -> int | None:
    """Where a short phrase that begins at `start` has one of `heads` as its last noun."""
    found = None
    position = start
    for _ in range(_LONGEST_PART):
        word = _WORD.match(text, position, end)
        if word is None:
            break
        lower = word.group().casefold()
        if lower in heads:
            found = word.end()
        elif found is not None or _halts(lower) or lower in lexicon.grammar("verb"):
            break
        if not text.startswith(" ", word.end()):
            break
        position = word.end() + 1
    return found


def _is_closed(text: str, place: int) -> bool:
    """Whether a noun phrase may end at `place`: no other noun follows, and nothing it has."""
    if text.startswith(("-", "’", "'"), place):
        return False
    word = _WORD.match(text, place + 1) if text.startswith(" ", place) else None
    if word is None:
        return True
    lower = word.group().casefold()
    return lower != "of" and (
        lower[0].isdigit()
        or lower.endswith(("ed", "ly", "ing"))
        or any(lower in lexicon.grammar(kind) for kind in _AFTER_NOUN)
        or lower in _MOVES
        or (lower,) in lexicon.cues()
    )


def _is_place(name: str, figure: Figure) -> bool:
    """Whether a name behind "in" can be a place that bounds the figure; money may be put in it."""
    words = {word.casefold() for word in name.split()}
    no_place = lexicon.titles() | lexicon.grammar("time") | lexicon.grammar("honorific")
    for kind in ("government", "organisation", "document"):
        no_place |= lexicon.sources(kind)
    counts = figure.counted is not None or figure.unit in {"percent", "person"}
    titled = name.startswith("the ") and len(words) > 2  # noqa: PLR2004 - "the Oval Room"
    known = lexicon.places("area") | lexicon.places("site") | lexicon.grammar("direction")
    return (
        counts
        and not words & (no_place - lexicon.places("area"))
        and (not titled or bool(words & known))
    )


def _bounds(text: str, figure: Figure, link: re.Match[str]) -> bool:
    """Whether the figure leads to its scope over nothing but a verb."""
    gap = text[_end(figure) : link.start()]
    words = _WORD.findall(gap)
    if len(words) > _LEADS or _is_parted(gap):
        return False
    return all(
        word in _PARTICIPLE_AFTER or word.endswith(("ed", "ing")) or word in _MOVES
        for word in words
    )


def _halts(word: str) -> bool:
    """Whether a word may begin another clause or another report."""
    lower = word.casefold()
    return (
        lower in _HALTS
        or (lower in lexicon.grammar("boundary"))
        or ((lower,) in lexicon.cues() and lexicon.cues()[lower,].form in {"past", "third"})
    )


def _is_verb(word: str) -> bool:
    return word in lexicon.grammar("verb") or bool(re.match(r"\w{3,}ed\Z", word))


@cache
def _parts() -> frozenset[str]:
    return lexicon.places("part") | lexicon.persons()
