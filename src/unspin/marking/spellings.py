"""Names that one article spells in two ways.

In: sentences. Out: slips of the kind name, at the rarer spelling. Two spellings differ by one
letter added, left out, changed or swapped with its neighbour, and are of one name by what stands
around them: the same other names, a full name and its surname alone, or a place and its
preposition. Relatives, inflected names and accents are no slips.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from unspin.marking import lexicon, offices
from unspin.marking.frames import Token
from unspin.marking.told import Sentence
from unspin.types import Slip, Span

_LEAST_LETTERS = 5
_LEAST_PLACE = 6
_LONGEST_WORD = 30
_SHELF = 6  # words weighed against each other; only lists of nonsense have more alike
_WEIGHED = 6  # mentions of each spelling
_HONORIFICS = frozenset("mr mrs ms miss dr mr. mrs. ms. dr. sir dame".split())
_KIN = re.compile(
    r"\b(?:brothers?|sisters?|cousins?|sons?|daughters?|nieces?|nephews?|wife|husband|father|mother"
    r"|uncle|aunt|twins?|spouse|parents?|family|families|siblings?|widow(?:er)?|namesake|relatives?"
    r"|descendants?|younger|elder|grand\w+)\b",
    re.IGNORECASE,
)
_BESIDE = 24  # characters
_PLACING = frozenset("in at from near of to outside around across".split())
_ENDINGS = frozenset("snieay")  # Iraq and Iraqi, Korea and Korean, Clinton and Clintons


class _Mention(NamedTuple):
    """A word of a name where it stands."""

    name: tuple[Token, ...]  # without an honorific
    place: int  # of the word in it
    before: str  # the word before the name, in lower case
    sentence: Sentence

    @property
    def word(self) -> str:
        return _bare(self.name[self.place])


def find(sentences: Sequence[Sentence]) -> Iterator[Slip]:
    """One slip for each spelling that another of the same name outnumbers or comes before."""
    mentions: dict[str, list[_Mention]] = {}
    common: set[str] = set()
    for sentence in sentences:
        common.update(token.text for token in sentence.tokens if token.text.islower())
        if not sentence.heading:
            for one in _mentions(sentence):
                mentions.setdefault(one.word, []).append(one)
    words = [
        word for word in mentions if len(word) >= _LEAST_LETTERS and word.lower() not in common
    ]
    asked: set[str] = set()
    for pair in _alike(words):
        usual, rare = sorted(
            (mentions[word] for word in pair), key=lambda ones: (-len(ones), ones[0].name[0].start)
        )
        if rare[0].word not in asked and _is_one_name(usual, rare):
            asked.add(rare[0].word)
            message = (
                f"The name is “{rare[0].word}” here and “{usual[0].word}” elsewhere in the article."
            )
            start = rare[0].name[rare[0].place].start
            yield Slip(Span(start, start + len(rare[0].word)), "name", message)


def _mentions(sentence: Sentence) -> Iterator[_Mention]:
    tokens, place = sentence.tokens, 0
    opening = _small_words()
    while place < len(tokens):
        first = place
        while first < len(tokens) and tokens[first].lower in _HONORIFICS | opening:
            first += 1
        end = first
        while end < len(tokens) and (
            _is_capital(tokens[end]) or (end > first and _is_particle(tokens, end))
        ):
            end += 1
            if _bare(tokens[end - 1]) != tokens[end - 1].text.replace("’", "'"):
                break  # a genitive ends a name
        name = tokens[first:end]
        before = tokens[first - 1].lower if first else ""
        for at in range(len(name)):
            yield _Mention(name, at, before, sentence)
        place = max(end, place + 1)


@cache
def _small_words() -> frozenset[str]:
    """Words that have a capital only because they open a sentence."""
    kinds = ("pronoun", "determiner", "preposition", "boundary", "auxiliary", "time", "negation")
    return frozenset().union(*map(lexicon.grammar, kinds))


def _is_capital(token: Token) -> bool:
    text = token.text
    is_initials = text.isupper() and len(text) > 2  # noqa: PLR2004 - longer than an initial
    return token.quoted is None and text[0].isupper() and not is_initials


def _is_particle(tokens: Sequence[Token], place: int) -> bool:
    """Whether a small word joins two parts of a name: "Osama bin Laden"."""
    return (
        tokens[place].lower in lexicon.grammar("particle") - {"of"}
        and place + 1 < len(tokens)
        and _is_capital(tokens[place + 1])
    )


def _bare(token: Token) -> str:
    """A word of a name without the genitive, with one kind of apostrophe."""
    return token.text.replace("’", "'").removesuffix("'s")


def _alike(words: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs of words that are one letter apart, by the alphabet.

    Two words are weighed where they are the same but for a letter left out of either, so that no
    word is set against all others.
    """
    shelves: dict[str, list[str]] = {}
    for word in sorted(words):
        if len(word) <= _LONGEST_WORD:
            for form in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
                shelves.setdefault(form, []).append(word)
    pairs = {pair for shelf in shelves.values() for pair in combinations(shelf[:_SHELF], 2)}
    return sorted(pair for pair in pairs if _is_one_apart(*pair))


def _is_one_apart(one: str, other: str) -> bool:
    if offices.key(one) == offices.key(other):
        return False  # the same but for accents
    short, long = sorted((one, other), key=len)
    start = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    if start == 0:
        return False  # the first letter tells names apart
    a, b = short[start:], long[start:]
    if len(a) < len(b):
        return a == b[1:]
    if len(a) == 1:
        return False  # Arabia and Arabic
    return a[1:] == b[1:] or (a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:])


def _is_one_name(usual: Sequence[_Mention], rare: Sequence[_Mention]) -> bool:
    """Whether two spellings are of one name, by the words around them."""
    usual, rare = usual[:_WEIGHED], rare[:_WEIGHED]
    if any(map(_is_beside_kin, (*usual, *rare))):
        return False
    short, long = sorted((usual[0].word, rare[0].word), key=len)
    ending = long[len(short) :] if long.startswith(short) else ""
    if any(_is_same_but_here(one, other) for one in usual for other in rare):
        return ending not in _ENDINGS - {"e"}
    return ending not in _ENDINGS and (
        _is_surname(usual, rare) or _is_surname(rare, usual) or _is_place(usual, rare)
    )


def _is_beside_kin(one: _Mention) -> bool:
    """Whether a word of kinship stands near the name: "his brother, Teodore Hallick"."""
    start = one.name[0].start - one.sentence.span.start
    end = one.name[-1].end - one.sentence.span.start
    near = one.sentence.words[max(0, start - _BESIDE) : end + _BESIDE]
    return _KIN.search(near) is not None


def _is_same_but_here(one: _Mention, other: _Mention) -> bool:
    """Whether two names of several words differ in the words weighed and in no other."""
    named, renamed = _untitled(one), _untitled(other)
    return (
        len(named.name) == len(renamed.name) > 1
        and named.place == renamed.place >= 0
        and all(
            _bare(a) == _bare(b) or at == named.place
            for at, (a, b) in enumerate(zip(named.name, renamed.name, strict=True))
        )
    )


def _untitled(one: _Mention) -> _Mention:
    """The mention without the titles its name begins with: "Prime Minister", "Governor"."""
    titles = lexicon.titles()
    first = next((at for at, word in enumerate(one.name) if word.lower not in titles), 0)
    return one._replace(name=one.name[first:], place=one.place - first)


def _is_surname(full: Sequence[_Mention], alone: Sequence[_Mention]) -> bool:
    """Whether one spelling ends a full name and the other stands only by itself."""
    ended = [one for one in full if 0 < one.place == len(one.name) - 1]
    return (
        all(len(one.name) == 1 for one in alone)
        and len({one.name[0].text for one in full if len(one.name) > 1}) == 1
        and bool(ended)
        and all(one.before not in _PLACING for one in alone)
    )


def _is_place(usual: Sequence[_Mention], rare: Sequence[_Mention]) -> bool:
    return (
        len(usual) > len(rare) == 1
        and len(rare[0].word) >= _LEAST_PLACE
        and all(len(one.name) == 1 for one in (*usual, *rare))
        and rare[0].before in _PLACING
        and any(one.before in _PLACING for one in usual)
    )
