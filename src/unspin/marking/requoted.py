"""Quotations that one article gives twice in different words.

In: sentences and statements. Out: slips of the kind quotation, at the later of the two. Quotations
are weighed where they share three words in a row; they are of one utterance where most of their
words are the same and in the same order, and nothing says that they were said by two people or on
two days. A quotation that is only shortened is no slip, nor are two of one paragraph.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

from unspin.marking.told import Sentence
from unspin.types import Slip, Span, Statement, TimeExpression

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LEAST_WORDS = 6
_MOST_WORDS = 120
_ALIKE = 0.68  # of the words of both, in order
_IN_A_ROW = 3
_WEIGHED = 8  # earlier quotations, of those with the same three words
_AGAIN = re.compile(
    r"\b(?:repeat\w*|reiterat\w*|quot\w+|recalled|with the words"
    r"|(?:her|his|their|the) (?:words?|lines?|remarks?|claim|statement|comment))\b",
    re.IGNORECASE,
)


class _Quotation(NamedTuple):
    span: Span
    words: tuple[str, ...]
    who: str | None
    paragraph: int
    dates: tuple[TimeExpression, ...]  # of its sentence, or else of the one before
    again: bool  # either of them says that it is said again


def find(text: str, sentences: Sequence[Sentence], said: Sequence[Statement]) -> Iterator[Slip]:
    """A slip for each quotation of which an earlier one has the same utterance in other words."""
    quotations: list[_Quotation] = []
    with_row: dict[tuple[str, ...], list[int]] = {}
    for quotation in _quotations(text, sentences, _speakers(said)):
        rows = [
            quotation.words[at : at + _IN_A_ROW]
            for at in range(len(quotation.words) - _IN_A_ROW + 1)
        ]
        shared = dict.fromkeys(
            number for row in rows for number in with_row.get(row, ())[:_WEIGHED]
        )
        for number in sorted(islice(shared, _WEIGHED)):
            if changed := _changed(text, quotations[number], quotation):
                message = (
                    "An earlier quotation of what seems to be the same utterance has other words:"
                    f" “{changed[0]}” there, “{changed[1]}” here."
                )
                yield Slip(quotation.span, "quotation", message)
                break
        for row in dict.fromkeys(rows):
            with_row.setdefault(row, []).append(len(quotations))
        quotations.append(quotation)


def _speakers(said: Sequence[Statement]) -> dict[int, str | None]:
    """Who speaks, by where the words begin."""
    return {
        span.start: one.speakers[0].who
        for one in said
        if len(one.speakers) == 1
        for span in one.words
    }


def _quotations(
    text: str, sentences: Sequence[Sentence], speakers: Mapping[int, str | None]
) -> Iterator[_Quotation]:
    before: Sentence | None = None
    for sentence in sentences:
        near = before if before and before.paragraph == sentence.paragraph else None
        before = sentence
        for token in sentence.tokens:
            if token.quoted is None:
                continue
            inner = token.quoted.inner
            words = tuple(word.lower().replace("’", "'") for word in _WORD.findall(inner.of(text)))
            if _LEAST_WORDS <= len(words) <= _MOST_WORDS:
                yield _Quotation(
                    inner,
                    words,
                    speakers.get(inner.start),
                    sentence.paragraph,
                    sentence.dates or (near.dates if near else ()),
                    any(_AGAIN.search(one.words) for one in (sentence, near) if one),
                )


def _changed(text: str, one: _Quotation, other: _Quotation) -> tuple[str, str] | None:
    """The first words in which two quotations of one utterance part; None where they are not.

    What one paragraph says in like words is rhetoric more often than a slip.
    """
    apart = (one.who and other.who and one.who != other.who) or any(
        _are_two_days(text, some, others) for some in one.dates for others in other.dates
    )
    if one.paragraph == other.paragraph or (apart and not other.again):
        return None
    matcher = SequenceMatcher(None, one.words, other.words, autojunk=False)
    if matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        return None
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "replace":
            return " ".join(one.words[a:b]), " ".join(other.words[c:d])
    return None


def _are_two_days(text: str, one: TimeExpression, other: TimeExpression) -> bool:
    """Whether two expressions are of two days; by their words, where either is not resolved."""
    if not (one.resolved and other.resolved):
        return one.span.of(text).casefold() != other.span.of(text).casefold()
    return bool(
        (one.latest and other.earliest and one.latest < other.earliest)
        or (other.latest and one.earliest and other.latest < one.earliest)
    )
