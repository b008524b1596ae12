"""Persuasion techniques and loaded, soft or vague words, each in the one voice it lies in.

In: a document, its voices, and what the encoder sees. Out: techniques in order.

The encoder proposes spans and names; of one such proposal alone little can be trusted, so it counts
only where its witnesses agree: the span itself, the sentence it stands in and, for techniques made
of single words, the loaded words seen there. The score is the mean of their chances. The list of
words (`wording`) counts by itself where it says so.

A span that runs over several voices is cut where the voice changes, so that nobody's rhetoric is
laid in another's mouth, and where a sentence ends: the pieces that hold a loaded word are kept, or
else the longest. Words in
quotation marks that are nobody's statement are left out: whoever wrote them keeps his distance.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TypeVar

from unspin import text as plain
from unspin.marking import lexicon, wording
from unspin.marking.wording import Worded
from unspin.model.signals import Rhetoric, Sentence, Signals
from unspin.types import Document, Span, Technique, Voice

Marked = TypeVar("Marked", Worded, Rhetoric)
UNCERTAIN = "uncertain"
NAMES: dict[wording.Kind, str] = {
    "loaded": "Loaded_Language",
    "euphemism": "Euphemism",
    "vague": "Vague_Wording",
}

_WORDS = frozenset(  # techniques made of single words
    {"Loaded_Language", "Name_Calling,Labeling", "Exaggeration,Minimisation", "Repetition"}
)
_LABELS = frozenset({"Loaded_Language", "Name_Calling,Labeling"})
_PHRASES = {"Slogans": 3, "Flag-Waving": 3, "Thought-terminating_Cliches": 3}  # words, at least
_ARGUMENT = 5  # words of any other technique, at least: a reason takes a clause
_AGREED = 0.45  # the mean of the witnesses, from which on a technique is marked
_NAMED = 0.5  # chance of a name, from which on it is given; of two together, both are
_LISTED = 0.6  # the score of a word that the list alone vouches for: so many do people mark too
_SHORT = 4  # words that one entry of the list can stand for
_REPEATED = 3  # places where the same words stand, to be a repetition
_LONGEST = 8  # words of a repetition; of one word alone there are too many
_FEW, _RUN = 3, 6  # words of a loaded phrase, and of one in which no word stands out
_LETTERS = 3  # of a word that can carry a judgement

_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
_INSIDE = re.compile(r"[^\W_]|(?<=[^\W_])[-‐‑'’](?=[^\W_])")
_BREAK = re.compile(r"\n[^\S\n]*\n")
_DANGLING = frozenset("the a an and but or nor that to this these those his her its their".split())
_LEADING_ON = frozenset("the a an and but or nor".split())


@dataclass(frozen=True, slots=True)
class _Page:
    """What all spans of one document are held against."""

    text: str
    voices: Sequence[Voice]
    cuts: tuple[int, ...]  # where a voice, a sentence or a paragraph ends
    unspoken: tuple[Span, ...]  # quotations that are nobody's statement
    listed: tuple[Worded, ...]
    sentences: tuple[Sentence, ...]
    loaded: tuple[Rhetoric, ...]
    said: Counter[tuple[str, ...]]  # how often runs of words stand in the text that may be repeated


def find(
    document: Document, voices: Sequence[Voice], seen: Signals | None = None
) -> tuple[Technique, ...]:
    """The techniques of the text in order; without the encoder, those the list is sure of."""
    page = _Page(
        document.text,
        voices,
        _cuts(document, voices, seen.sentences if seen else ()),
        _unspoken(document, voices),
        wording.find(document),
        seen.sentences if seen else (),
        seen.loaded if seen else (),
        _said(document.text, seen.rhetoric if seen else ()),
    )
    found: list[Technique] = []
    taken: list[Span] = []
    for one, piece in _pieces(page, seen.rhetoric if seen else ()):
        if taken and piece.start < taken[-1].end:
            continue  # a word that two proposals share is marked once
        made = list(_proposed(page, one, piece))
        found += made
        if made and _size(page, piece) <= _SHORT:
            taken.append(piece)
    found += _worded(page, taken)
    return tuple(sorted(found, key=lambda one: (one.span, one.name)))


@cache
def explanations() -> dict[str, tuple[str, str]]:
    """A name or a reason in plain words, and the sentence that explains it."""
    return {name: (words, sentence) for name, words, sentence in wording.rows("techniques")}


def _proposed(page: _Page, one: Rhetoric, piece: Span) -> Iterator[Technique]:
    """The techniques of a piece where its witnesses agree; of a short one with listed words, those.

    Plainer words stand for the listed word alone, so it is marked alone.
    """
    score = _score(page, one, piece)
    hits = list(_within(page.listed, piece)) if _size(page, piece) <= _SHORT else []
    for hit in hits:
        if hit.sure or score >= _AGREED:
            made = _of_list(page, hit, max(score, _LISTED) if hit.sure else score)
            named = hit.kind == "loaded" and one.chance >= _NAMED and one.name in _LABELS
            yield replace(made, name=one.name) if named else made
    if hits or score < _AGREED or not _weighs(page, one, piece):
        return
    voice = _voice(page, piece).voice
    if one.chance >= _NAMED:
        explanation = explanations()[one.name][1]
        yield Technique(piece, one.name, score, voice, explanation, ())
    elif one.second and one.chance + one.second_chance >= _NAMED and _stands_out(page, piece):
        first, second = (explanations()[each][0] for each in (one.name, one.second))
        explanation = explanations()[UNCERTAIN][1].format(first=first, second=second)
        yield Technique(piece, UNCERTAIN, score, voice, explanation, ())


def _worded(page: _Page, taken: Sequence[Span]) -> Iterator[Technique]:
    """The listed words that no proposal has taken up and that stand in one voice."""
    starts = [span.start for span in taken]
    for hit in page.listed:
        before = bisect_right(starts, hit.span.start) - 1
        after = bisect_left(starts, hit.span.start)
        near = [taken[place] for place in (before, after) if 0 <= place < len(taken)]
        if any(span.overlaps(hit.span) for span in near) or _is_unspoken(page, hit.span):
            continue
        if not _voice(page, hit.span).span.covers(hit.span):
            continue
        sentence = _sentence(page, hit.span)
        score = _LISTED if hit.sure else (_LISTED + (sentence.rhetoric if sentence else 0)) / 2
        if hit.sure or (sentence and sentence.rhetoric >= _NAMED):
            yield _of_list(page, hit, score)


def _of_list(page: _Page, hit: Worded, score: float) -> Technique:
    explanation = explanations()[hit.reason][1]
    voice = _voice(page, hit.span).voice
    return Technique(hit.span, NAMES[hit.kind], score, voice, explanation, hit.plainer)


def _score(page: _Page, one: Rhetoric, piece: Span) -> float:
    """The mean of the chances that witnesses give a proposal."""
    sentence = _sentence(page, piece)
    chances = [one.score, sentence.rhetoric if sentence else 0.0]
    if one.name in _WORDS:
        chances.append(max((it.score for it in _within(page.loaded, piece)), default=0.0))
    return sum(chances) / len(chances)


def _weighs(page: _Page, one: Rhetoric, piece: Span) -> bool:
    """Whether the words of a proposal can be what it says they are."""
    words = _WORD.findall(piece.of(page.text))
    telling = [
        word for word in words if len(word) >= _LETTERS and word.lower() not in _closed_class()
    ]
    if not telling:
        return False
    if one.name == "Repetition":
        return page.said[tuple(word.lower() for word in words)] >= _REPEATED
    if len(words) <= _SHORT and all(word[0].isupper() for word in telling):
        return all(word.isupper() for word in telling)  # shouted; else a name, or cut out of one
    unsure = one.second if one.second and one.chance < _NAMED else one.name
    least = max(_shortest(one.name), _shortest(unsure))
    return len(words) >= least and (least == 1 or len(telling) > 1)


def _stands_out(page: _Page, piece: Span) -> bool:
    """Whether a piece is more than a few words, or one of them is loaded."""
    return _size(page, piece) > _FEW or any(_within(page.loaded, piece))


def _size(page: _Page, piece: Span) -> int:
    return len(_WORD.findall(piece.of(page.text)))


def _shortest(name: str) -> int:
    """The words of a technique, at least."""
    return 1 if name in _WORDS else _PHRASES.get(name, _ARGUMENT)


def _pieces(page: _Page, rhetoric: Iterable[Rhetoric]) -> Iterator[tuple[Rhetoric, Span]]:
    """Each proposal with each piece of it that is kept: whole words, in one voice and paragraph."""
    for one in rhetoric:
        whole = _widened(page.text, one.span)
        inside = page.cuts[bisect_right(page.cuts, whole.start) : bisect_left(page.cuts, whole.end)]
        edges = sorted({*inside, *_crossed(page, whole)})
        pieces = [
            piece
            for start, end in pairwise([whole.start, *edges, whole.end])
            if (piece := _trimmed(page.text, Span(start, end), dangling=one.name in _WORDS))
        ]
        kept = [
            piece
            for piece in pieces
            if any(_within(page.listed, piece)) or any(_within(page.loaded, piece))
        ]
        longest = max(pieces, key=lambda piece: piece.end - piece.start, default=None)
        for piece in kept if len(pieces) > 1 and kept else [longest] if longest else []:
            if not _is_unspoken(page, piece):
                yield from ((one, part) for part in _shortened(page, one, piece))


def _crossed(page: _Page, whole: Span) -> Iterator[int]:
    """Where a span leaves or enters a quotation that it holds a part of, and that nobody states."""
    for at in (whole.start, whole.end - 1):
        place = bisect_right(page.unspoken, at, key=lambda one: one.start) - 1
        one = page.unspoken[place] if place >= 0 else None
        if one and at < one.end and not (whole.covers(one) or one.covers(whole)):
            yield one.end if at == whole.start else one.start


def _shortened(page: _Page, one: Rhetoric, piece: Span) -> Iterator[Span]:
    """A piece as it is, but of a long run of loaded words only those that are loaded."""
    size = _size(page, piece)
    inside = list(_within(page.loaded, piece)) if size > _FEW else []
    if one.name not in _LABELS or (not inside and size <= _RUN):
        yield piece
        return
    for it in inside:
        whole = _widened(page.text, it.span)
        part = Span(max(whole.start, piece.start), min(whole.end, piece.end))
        if trimmed := _trimmed(page.text, part, dangling=True):
            yield trimmed


def _cuts(
    document: Document, voices: Sequence[Voice], sentences: Sequence[Sentence]
) -> tuple[int, ...]:
    edges = {one.span.start for one in voices} | {one.span.start for one in sentences}
    edges |= {edge for block in document.blocks for edge in (block.span.start, block.span.end)}
    edges |= {match.start() for match in _BREAK.finditer(document.text)}
    return tuple(sorted(edges))


def _unspoken(document: Document, voices: Sequence[Voice]) -> tuple[Span, ...]:
    """The quotations that begin in the outlet's or the author's own voice, in order, apart."""
    starts = [voice.span.start for voice in voices]
    found: list[Span] = []
    for block in document.blocks:
        for one in plain.quotations(document.text, block.span):
            if one.closed and (not found or one.inner.start >= found[-1].end):
                place = bisect_right(starts, one.inner.start) - 1
                if place >= 0 and not isinstance(voices[place].voice, int):
                    found.append(one.inner)
    return tuple(found)


def _is_unspoken(page: _Page, span: Span) -> bool:
    place = bisect_right(page.unspoken, span.start, key=lambda one: one.start) - 1
    return (
        place >= 0
        and page.unspoken[place].covers(span)
        and not isinstance(_voice(page, span).voice, int)
    )


def _voice(page: _Page, span: Span) -> Voice:
    place = bisect_right(page.voices, span.start, key=lambda voice: voice.span.start) - 1
    return page.voices[max(0, place)]


def _sentence(page: _Page, span: Span) -> Sentence | None:
    place = bisect_right(page.sentences, span.start, key=lambda one: one.span.start) - 1
    return page.sentences[place] if place >= 0 else None


def _within(marks: Sequence[Marked], piece: Span) -> Iterator[Marked]:
    """The marks, sorted and apart, that share words with the piece."""
    place = bisect_right(marks, piece.start, key=lambda mark: mark.span.end)
    while place < len(marks) and marks[place].span.start < piece.end:
        yield marks[place]
        place += 1


def _widened(text: str, span: Span) -> Span:
    """The span with all of the words it cuts into, hyphens and apostrophes included."""
    start, end = span.start, span.end
    while start > 0 and _INSIDE.match(text, start) and _INSIDE.match(text, start - 1):
        start -= 1
    while end < len(text) and _INSIDE.match(text, end) and _INSIDE.match(text, end - 1):
        end += 1
    return Span(start, end)


def _trimmed(text: str, span: Span, *, dangling: bool) -> Span | None:
    """The span from its first to its last word, none of them one that leads on to words left out.

    Of `dangling` words, prepositions and the like lead on too, and none stands first.
    """
    words = [*_WORD.finditer(text, span.start, span.end)]
    loose = _dangling_words() if dangling else frozenset()
    while words and words[0].group().lower() in loose:
        words = words[1:]
    while words and words[-1].group().lower() in loose | _LEADING_ON:
        words = words[:-1]
    return Span(words[0].start(), words[-1].end()) if words else None


def _said(text: str, rhetoric: Sequence[Rhetoric]) -> Counter[tuple[str, ...]]:
    """How often each run of words stands in the text, where a proposal calls it a repetition."""
    if all(one.name != "Repetition" for one in rhetoric):
        return Counter()
    words = [word.lower() for word in _WORD.findall(text)]
    return Counter(
        tuple(words[place : place + size])
        for size in range(2, _LONGEST + 1)
        for place in range(len(words) - size + 1)
    )


@cache
def _dangling_words() -> frozenset[str]:
    return _DANGLING | lexicon.grammar("preposition") | lexicon.grammar("be")


@cache
def _closed_class() -> frozenset[str]:
    classes = "pronoun determiner preposition boundary auxiliary negation modal be time".split()
    return frozenset(word for name in classes for word in lexicon.grammar(name))
