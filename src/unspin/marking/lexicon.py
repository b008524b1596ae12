"""The lists of words the rules rest on: data files in `words/`, read once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from unspin.types import CueKind

Form = Literal["base", "third", "past", "ing"]


@dataclass(frozen=True, slots=True)
class CueWord:
    """One form of a cue verb and what may follow it."""

    kind: CueKind
    form: Form
    follows: frozenset[str]  # "quotation", "that", "clause", "question", "hearer", "to", …


@cache
def cues() -> dict[tuple[str, ...], CueWord]:
    """Cue verbs by their words in lower case: `("pointed", "out")`."""
    found: dict[tuple[str, ...], CueWord] = {}
    for line in _lines("cues"):
        kind, forms, follows = (part.strip() for part in line.split("|"))
        spelt = [tuple(form.split()) for form in forms.split(",")]
        for place, form in enumerate(spelt):
            name: Form = "past"
            if place < 2:  # noqa: PLR2004 - the order of forms in the file
                name = ("base", "third")[place]
            elif place == len(spelt) - 1:
                name = "ing"
            word = CueWord(kind, name, frozenset(follows.split()))  # type: ignore[arg-type] # a test holds the file to the kinds
            found.setdefault(form, word)
    return found


def cue(word: str) -> CueWord | None:
    """A cue verb of one word in lower case."""
    return cues().get((word,))


@cache
def grammar(kind: str) -> frozenset[str]:
    """The words of one closed class, such as "pronoun" or "preposition"."""
    return _classes("grammar")[kind]


@cache
def titles() -> frozenset[str]:
    """Words that make up titles and roles of persons."""
    return frozenset(word for line in _lines("titles") for word in line.split())


@cache
def sources(kind: str) -> frozenset[str]:
    """Nouns for one kind of source, such as "group" or "government"."""
    return _classes("sources")[kind]


@cache
def metonyms() -> frozenset[str]:
    """Names of places that stand for the government that sits there, as they are written."""
    return _classes("metonyms")["capital"] | _classes("metonyms")["seat"]


@cache
def countries() -> frozenset[str]:
    """Names of countries, as they are written."""
    return _classes("metonyms")["country"]


@cache
def bodies() -> frozenset[str]:
    """Names of organisations that do not say what they are, as they are written."""
    return _classes("metonyms")["body"]


@cache
def places(kind: str) -> frozenset[str]:
    """Nouns for places and parts of a population, such as "area" or "part"."""
    return _classes("places")[kind]


@cache
def persons() -> frozenset[str]:
    """Nouns for people who are counted."""
    return frozenset(word for line in _lines("persons") for word in line.split())


@cache
def units() -> dict[str, tuple[str, ...]]:
    """Names of units by what they are normalised to."""
    return {name: tuple(sorted(words)) for name, words in _classes("units").items()}


@cache
def _classes(name: str) -> dict[str, frozenset[str]]:
    found = {}
    for line in _lines(name):
        kind, words = line.split("|")
        found[kind.strip()] = frozenset(word.strip() for word in words.split(","))
    return found


def _lines(name: str) -> Iterator[str]:
    text = (files("unspin.marking") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
