"""Countries and bodies by one key, whatever form of the word stands in a text.

"Velland's", "Vellandic" and "Velland" have one key. Real countries whose adjectives look otherwise
("French") and capitals that stand for them are known from the table of sides and a list of others.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from unspin.comparing import naming
from unspin.comparing.words import lines
from unspin.model import sides

_STEM = re.compile(r"(?<=\w{4})(?:ians?|ia|ans?|ish|ese|ic|is?|ers?|as?|es?)$")
_OWN = ("country", "adjective")  # slots that name the country itself
_SEATS = ("people", "capital", "government")  # and what stands for it
_SMALL = frozenset("the of for and in on at to by de du la le".split())
_MARKS = re.compile(r"['’]s?(?=\s|$)")
_LETTERS = re.compile(r"(?:[^\W\d_][.-])+[^\W\d_]?")  # "F.B.I.", "F-B-I"
_ARTICLE = re.compile(r"\b(?:[Aa]l|[Ee]l)[- ](?=\w)")
_WORD = re.compile(r"[^\W_]+(?:[.&-][^\W_]+)*\.?")


@lru_cache(1 << 14)
def keys(name: str, *, seats: bool = False) -> frozenset[str]:
    """The keys of the words of a name, those of a country's name as one; small words left out.

    `seats`: whether its people, capital and seat of government stand for a country.
    """
    plain = _ARTICLE.sub("", _MARKS.sub("", name))
    found, rest = set[str](), []
    words = _WORD.findall(plain)
    place = 0
    while place < len(words):
        for end in range(min(len(words), place + 4), place, -1):
            known = _known(seats=seats).get(_joined(words[place:end]))
            if known:
                found.add(known)
                place = end
                break
        else:
            rest.append(words[place])
            place += 1
    return frozenset(found | {_stem(word) for word in rest if word.casefold() not in _SMALL})


def names() -> frozenset[str]:
    """The names and adjectives of the countries that are known."""
    return frozenset(_known(seats=False))


def _stem(word: str) -> str:
    """A word without what makes an adjective of it: "Galdovia", "Galdovian"."""
    plain = re.sub("[.-]", "", word) if _LETTERS.fullmatch(word) else word
    return _STEM.sub("", naming.fold(plain).rstrip("."))


def _joined(words: list[str]) -> str:
    return " ".join(words).casefold().replace(".", "")


@cache
def _known(*, seats: bool) -> dict[str, str]:
    """The forms of the names of countries, and the key of each."""
    found: dict[str, str] = {}
    for slots in (_OWN, _SEATS) if seats else (_OWN,):
        for pair in sides.pairs():
            for side in ("a", "b"):
                forms = {slot.name: getattr(slot, side) for slot in pair.slots}
                if "country" in forms:
                    some = [form for slot in slots for form in forms.get(slot, ())]
                    _enter(forms["country"], some, found)
    for line in lines("countries.txt"):
        names, adjectives, capitals, *_ = map(_listed, f"{line}||".split("|"))
        _enter(names, [*names, *adjectives, *(capitals if seats else [])], found)
    for name, key in list(found.items()):
        found.setdefault(f"republic of {name}", key)
    return found


def _enter(names: Sequence[str], forms: Iterable[str], found: dict[str, str]) -> None:
    """Take in what stands for a country of some names, under the key that it has by then."""
    name = _joined([names[0].removeprefix("the ")])
    key = found.get(name, f"={name}")
    for form in forms:
        found.setdefault(_joined([form.removeprefix("the ")]), key)


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]
