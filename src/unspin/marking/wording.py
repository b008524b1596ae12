"""Loaded, euphemistic and vague words of a text, with plainer ones: `words/plainer.tsv` as rules.

In: a document. Out: each place where a word of the list stands as a word and not as part of a name
or a compound, in order. Whether a word counts that the list leaves to the encoder is not decided
here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal, NamedTuple

from unspin import text as plain
from unspin.types import Document, Span

Kind = Literal["loaded", "euphemism", "vague"]

_WORD = re.compile(r"[^\W_]+(?:(?:[-‐‑]|['’](?![sS]\b))[^\W_]+)*")
_GAP = re.compile(r"[^\S\n]{1,2}|[^\S\n]?\n[^\S\n]?")  # between the words of one term
_TITLED = 0.8  # from this share of capitals on, a sentence is a headline: they tell no names
_NAME = range(2, 4)  # words of a name in a byline
_LONG, _TELLING = 4, 3  # letters of a word whose capital tells, and such words in a headline
_ARTICLES = frozenset("the a an his her its their".split())
_HEAD = re.compile(  # what comes behind the noun of a phrase that takes the plural
    r" (?=(?:of|for|from|against|on|in|at|across|by|held|killed|charged|backed|accused|living|"
    r"refused|warning|performing|working)\b)"
)
_UNBENT = re.compile(r"say \w|(?:the|what|by)\b")  # what to say in full: it has no other forms
_PLURALS = {
    "person": "people",
    **{same: same for same in ("people", "criticism", "enforcement", "fighting", "violence")},
}
_VERBS = {  # verbs among the plainer words that are not regular
    "be": ("is", "was", "being"),
    "cut": ("cuts", "cut", "cutting"),
    "fall": ("falls", "fell", "falling"),
    "grow": ("grows", "grew", "growing"),
    "rise": ("rises", "rose", "rising"),
    "say": ("says", "said", "saying"),
    "seek": ("seeks", "sought", "seeking"),
    "shoot": ("shoots", "shot", "shooting"),
    "speak": ("speaks", "spoke", "speaking"),
    "spread": ("spreads", "spread", "spreading"),
    "take": ("takes", "took", "taking"),
    "teach": ("teaches", "taught", "teaching"),
    "die": ("dies", "died", "dying"),
}


@dataclass(frozen=True, slots=True)
class Worded:
    """One place where a word of the list stands."""

    span: Span
    kind: Kind
    sure: bool  # the list alone is enough; else the encoder must see rhetoric there
    plainer: tuple[str, ...]
    reason: str  # a row of `words/techniques.tsv`


class _Form(NamedTuple):
    """One form of a term of the list."""

    words: tuple[str, ...]
    kind: Kind
    sure: bool
    beside: frozenset[str]  # one of these must stand in the sentence; empty: nothing must
    unless: frozenset[str]  # none of these may stand next to it
    absent: frozenset[str]  # and none of these in the sentence
    plainer: tuple[str, ...]
    reason: str


class _Word(NamedTuple):
    text: str
    lower: str
    start: int
    end: int


def find(document: Document) -> tuple[Worded, ...]:
    """The words of the list in the text, in order, none within another."""
    text = document.text
    found: list[Worded] = []
    for block in document.blocks:
        for sentence in plain.sentences(text, block.span):
            found += _in_sentence(text, sentence)
    return tuple(found)


def _in_sentence(text: str, sentence: Span) -> Iterator[Worded]:
    words = [
        _Word(match.group(), match.group().lower().replace("’", "'"), *match.span())
        for match in _WORD.finditer(text, sentence.start, sentence.end)
    ]
    known = _forms()
    titled = _titled(words)
    lowers = {word.lower for word in words}
    place = 0
    while place < len(words):
        for form in known.get(words[place].lower, ()):
            if (
                _stands(text, words[place : place + len(form.words)], form)
                and (titled or not _in_name(text, words, place, len(form.words)))
                and (not form.beside or form.beside & lowers)
                and not form.absent & lowers
                and not form.unless & _next_to(words, place, len(form.words))
            ):
                last = words[place + len(form.words) - 1]
                span = Span(words[place].start, last.end)
                yield Worded(span, form.kind, form.sure, form.plainer, form.reason)
                place += len(form.words) - 1
                break
        place += 1


def _stands(text: str, words: Sequence[_Word], form: _Form) -> bool:
    """Whether the words are those of the form, one behind the other, and no part of a compound."""
    if tuple(word.lower for word in words) != form.words:
        return False
    return (
        all(_GAP.fullmatch(text, one.end, other.start) for one, other in pairwise(words))
        and text[words[-1].end : words[-1].end + 1] not in {"_", "@"}
        and text[max(0, words[0].start - 1) : words[0].start] not in {"_", "@", "#", ".", "/", "-"}
    )


def _in_name(text: str, words: Sequence[_Word], place: int, count: int) -> bool:
    """Whether the capitals say that the words are a name or part of one.

    A word that opens a sentence or a quotation has a capital anyway; it is taken for a name only
    where the next word has one too.
    """
    last = place + count
    capitals = [word.text[0].isupper() for word in words[place:last]]
    if not any(capitals):
        return False
    if all(word.text.isupper() for word in words[place:last]):
        return False  # shouted
    before = text[words[place - 1].end : words[place].start] if place else ""
    opens = place == 0 or bool(re.search(r"[\"“‘'«:—–(]", before))
    if not opens or any(capitals[1:]):
        return True
    return capitals[-1] and last < len(words) and words[last].text[0].isupper()


def _next_to(words: Sequence[_Word], place: int, count: int) -> set[str]:
    """The words before and behind, and the one behind an article."""
    behind = [word.lower for word in words[place + count : place + count + 2]]
    if behind and behind[0] not in _ARTICLES:
        behind = behind[:1]
    return {word.lower for word in words[max(0, place - 1) : place]} | set(behind)


def _titled(words: Sequence[_Word]) -> bool:
    """Whether nearly all words have capitals, as in a headline, and as they are not in a byline."""
    if not words or _is_byline(words):
        return False
    capitals = [word.text[0].isupper() for word in words if len(word.text) >= _LONG]
    return len(capitals) >= _TELLING and sum(capitals) >= _TITLED * len(capitals)


def _is_byline(words: Sequence[_Word]) -> bool:
    """Whether the words are names alone, of two people at least: "By Ana Rell and Jon Orlan"."""
    runs: list[list[_Word]] = [[]]
    for word in words[words[0].lower == "by" :]:
        if word.lower == "and":
            runs.append([])
        elif word.text[0].isupper():
            runs[-1].append(word)
        else:
            return False
    return len(runs) > 1 and all(len(run) in _NAME for run in runs)


@cache
def _forms() -> dict[str, tuple[_Form, ...]]:
    """The forms of the list by their first word, the longest first."""
    found: dict[str, list[_Form]] = {}
    nothing = frozenset[str]()
    for term, part, kind, when, plainer, reason in rows("plainer"):
        how = {first: frozenset(rest) for first, *rest in map(str.split, when.split(";"))}
        beside, unless, absent = (how.get(one, nothing) for one in ("beside", "unless", "absent"))
        instead = [one.strip() for one in plainer.split(";")]
        for place, spelt in enumerate(_bent(term, part)):
            words = tuple(spelt.split())
            bent = tuple(_bent_at(one, part, place) for one in instead)
            form = _Form(words, kind, "seen" not in how, beside, unless, absent, bent, reason)  # type: ignore[arg-type] # a test holds the file to the kinds
            found.setdefault(words[0], []).append(form)
    return {
        first: tuple(sorted(forms, key=lambda form: (-len(form.words), not form.sure)))
        for first, forms in found.items()
    }


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table of words, without its comments."""
    table = (files("unspin.marking") / "words" / f"{name}.tsv").read_text("utf-8")
    return (line.split("\t") for line in table.splitlines() if line and line[0] != "#")


def _bent(term: str, part: str) -> tuple[str, ...]:
    """The forms of a term, in the order of the list; those of a single form are made."""
    forms = tuple(form.strip() for form in term.split(","))
    if len(forms) > 1 or part == "fixed":
        return forms
    return (term, _plural(term)) if part == "noun" else _conjugated(term)


def _bent_at(phrase: str, part: str, place: int) -> str:
    """A plainer phrase in the form at `place` of the term it stands for."""
    if part == "fixed" or place == 0 or _UNBENT.match(phrase):
        return phrase
    if part == "noun":
        head, *rest = _HEAD.split(phrase, maxsplit=1)
        return " ".join([_plural(head), *rest])
    return _conjugated(phrase)[place]


def _plural(phrase: str) -> str:
    first, _, last = phrase.rpartition(" ")
    plural = _PLURALS.get(last)
    if plural is None:
        if re.search(r"[^aeiou]y$", last):
            plural = last[:-1] + "ies"
        elif re.search(r"(?:ss|x|z|ch|sh)$", last):
            plural = last + "es"
        else:
            plural = last + "s" * (last[-1] != "s")
    return f"{first} {plural}".strip()


def _conjugated(phrase: str) -> tuple[str, str, str, str]:
    """Base, third person, past and -ing of a verb, and what follows it."""
    verb, _, rest = phrase.partition(" ")
    behind = f" {rest}" if rest else ""
    third, past, going = _VERBS.get(verb, (None, None, None))
    if third is None or past is None or going is None:
        soft = verb.endswith("y") and verb[-2] not in "aeiou"
        stem = verb[:-1] if soft or verb.endswith("e") else verb + _doubled(verb)
        hissing = verb.endswith(("s", "x", "z", "ch", "sh"))
        third = stem + "ies" if soft else verb + ("es" if hissing else "s")
        past = stem + ("ied" if soft else "ed")
        going = (verb if soft or verb.endswith("ee") else stem) + "ing"
    return (phrase, third + behind, past + behind, going + behind)


def _doubled(verb: str) -> str:
    """The last letter of a verb where its forms double it: "slam", "slammed"."""
    return verb[-1] if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb) else ""
