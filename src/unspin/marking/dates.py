"""Time expressions, resolved against the publication date to an interval of days.

In: a document and its voices. Out: expressions sorted by place. A year is the whole year, a month
the whole month: no day is invented. An end the text does not give stays open ("since 2022"). What
hangs on something the text does not date ("four days after the summit") stays unresolved and names
its anchor; what can be read two ways ("03/04/2025", "last Tuesday" on a Thursday, a season, which
lies in other months in the other half of the world) stays unresolved too.

Within quotation marks "tomorrow" and the like count from the day it was said, where the sentence
around the quotation gives it: “We vote tomorrow,” she said on Monday.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from unspin.marking import voices as mouths
from unspin.marking.times import expressions, tenses
from unspin.marking.times.periods import Period
from unspin.marking.times.reading import FUNCTION, Found, Reading
from unspin.marking.times.tenses import Word
from unspin.types import Document, Span, TimeExpression, Voice

_QUOTATION = re.compile(r"“[^”\n]{1,1500}”|\"[^\"\n]{1,1500}\"|‘[^’\n]{1,1500}’(?!\w)")
_RELATIVE = frozenset({"who", "which", "whose", "where", "when"})
_LONGEST_CUE = 20  # words between a quotation and the day it was said


def find(document: Document, voices: Sequence[Voice]) -> tuple[TimeExpression, ...]:
    """The time expressions of `document`."""
    published = document.published and date(
        document.published.year, document.published.month, document.published.day
    )
    words = tenses.words(document.text)
    found = _as_said(document.text, words, expressions.read(words, published))
    times = []
    for place, one in found:
        span = _span(words, place + _is_of_a_noun(words, place, one.end), one.end)
        period = one.period or Period(None, None)
        times.append(
            TimeExpression(
                span,
                period.earliest,
                period.latest,
                one.period is not None,
                one.anchor and _span(words, *one.anchor),
                mouths.at(voices, span),
            )
        )
    return tuple(times)


def _span(words: Sequence[Word], first: int, last: int) -> Span:
    return Span(words[first].start, words[last - 1].end)


def _is_of_a_noun(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether the article before a date is that of a noun behind it: "the 2019 law"."""
    if words[first].low != "the" or last >= len(words):
        return False
    ends, behind = (words[first + 1], words[last - 1]), words[last]
    dated = all(one.text[0].isdigit() or one.text.istitle() or one.low == "century" for one in ends)
    noun = behind.text.islower() or (last - first == len(("the", "2019")) and behind.text.isalpha())
    return dated and noun and not (behind.low in FUNCTION or tenses.is_past(behind.low))


def _as_said(
    text: str, words: Sequence[Word], found: list[tuple[int, Found]]
) -> list[tuple[int, Found]]:
    """What counts from today within quotation marks, counted from the day it was said."""
    if not any(one.follows for _, one in found):
        return found
    quoted = [Span(*quotation.span()) for quotation in _QUOTATION.finditer(text)]
    moved: list[tuple[int, Found]] = []
    within = 0
    for place, one in found:
        while within < len(quoted) and quoted[within].end <= words[place].start:
            within += 1
        inside = within < len(quoted) and quoted[within].start < words[place].start
        day = _day_said(words, found, quoted[within]) if inside and one.follows else None
        again = expressions.expression(Reading(words, day), place) if day else None
        moved.append((place, again if again and again.end == one.end else one))
    return moved


def _day_said(
    words: Sequence[Word], found: Sequence[tuple[int, Found]], quotation: Span
) -> date | None:
    """The one day given in the sentence around a quotation: behind it, or else before it."""
    opens = bisect_left(words, quotation.start, key=lambda word: word.start)
    closes = bisect_left(words, quotation.end, key=lambda word: word.start)
    after = bisect_left(found, closes, key=lambda one: one[0])
    for place, one in found[after : after + 1]:
        if _is_one_sentence(words, closes, place):
            return _one_day(one)
    before = bisect_left(found, opens, key=lambda one: one[0])
    for _, one in found[max(0, before - 1) : before]:
        if _is_one_sentence(words, one.end, opens):
            return _one_day(one)
    return None


def _is_one_sentence(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether between two places no sentence ends and no relative clause begins."""
    return last - first <= _LONGEST_CUE and not any(
        words[place].low in _RELATIVE or tenses.ends_sentence(words, place)
        for place in range(first, last)
    )


def _one_day(one: Found) -> date | None:
    return one.period.earliest if one.period and one.period.unit == "day" else None
