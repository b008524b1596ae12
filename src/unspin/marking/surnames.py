"""Months and days that somebody is called: "Ana May", "Mr Monday".

In: the paragraphs of a document. Out: the same, in which these words are no longer times: `lower`
of their tokens keeps its capital, which no list of words has.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from unspin import days
from unspin.marking import lexicon, people
from unspin.marking.frames import Paragraph, Token

_NAME = re.compile(rf"(?:{'|'.join(days.MONTHS)}|[A-Z][a-z]+day)(?:['’]s)?")
_DAY = re.compile(r"day(?:['’]s)?\Z")
_YOUNGER = frozenset({"jr", "sr"})
_DATED = frozenset(  # before a month, not before somebody
    "in since until till by during through throughout this last next late early mid from".split()
)


def apart(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with people told from the months and days they are called by.

    A month is somebody's name all through a document that once has it behind a title; a day is
    one only where it stands behind "Mr" or before "Jr.".
    """
    sentences = [tokens for paragraph in paragraphs for tokens in paragraph.sentences]
    months = {
        people.without_possessive(tokens[place].lower)
        for tokens in sentences
        for place in _places(tokens)
        if _is_called(tokens, place) and not _DAY.search(tokens[place].lower)
    }
    found = []
    for paragraph in paragraphs:
        parted = tuple(_parted(tokens, months) for tokens in paragraph.sentences)
        changed = parted != paragraph.sentences
        found.append(replace(paragraph, sentences=parted) if changed else paragraph)
    return tuple(found)


def _parted(tokens: tuple[Token, ...], months: Collection[str]) -> tuple[Token, ...]:
    names = {
        place
        for place in _places(tokens)
        if _is_called(tokens, place)
        or (
            people.without_possessive(tokens[place].lower) in months
            and not _is_dated(tokens, place)
        )
    }
    return tuple(
        one._replace(lower=one.text) if place in names else one for place, one in enumerate(tokens)
    )


def _places(tokens: Sequence[Token]) -> Iterable[int]:
    """Where words stand that are months or days, but for the number of a date beside them."""
    return (
        place
        for place, one in enumerate(tokens)
        if one.quoted is None
        and _NAME.fullmatch(one.text)
        and not any(
            near.text[0].isdigit()
            for near in (*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2])
        )
    )


def _is_called(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word is a name by what is beside it: "Mr Monday", "Minister Ana May"."""
    before = [one.lower for one in tokens[max(0, place - 2) : place]]
    after = [one.lower for one in tokens[place + 1 : place + 2]]
    if before[-1:] and before[-1] in lexicon.grammar("honorific"):
        return True
    if _DAY.search(tokens[place].lower):
        return bool(after) and after[0] in _YOUNGER
    first = tokens[place - 1] if len(before) > 1 else None
    return (
        first is not None
        and first.text[0].isupper()
        and first.lower not in lexicon.titles()
        and before[0] in lexicon.titles()
        and tokens[place - 2].text[0].isupper()
    )


def _is_dated(tokens: Sequence[Token], place: int) -> bool:
    """Whether a month is one by the word before it: "in May"."""
    return place > 0 and tokens[place - 1].lower in _DATED
