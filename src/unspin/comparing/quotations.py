"""One utterance as the documents give it: variants, what was cut, which cue each chose.

Two statements are weighed where they share rare words in one story, where one speaker says things
of like meaning in one story, or where they share a run of words anywhere. What is weighed is how
many of the shorter one's words the longer one answers, in order, how like their meaning is, and
whether the speakers are one. A group is made of statements most of which answer each other; a
document's own pieces of one utterance are one variant.
"""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unspin import text as reading
from unspin.comparing import alignment, grouping
from unspin.comparing.alignment import Pairs, Word
from unspin.comparing.speakers import Cast
from unspin.types import (
    Copy,
    Cut,
    CutKind,
    Document,
    Marks,
    Place,
    Quotation,
    Span,
    Speech,
    Story,
    Variant,
)

Vectors = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to rows of length 1."""

SAME = 0.5  # from here on two statements are one utterance
_FEWEST = 2  # words with meaning in a statement
_AGAIN = 24  # statements with the same run of words that one is weighed against
_RUN = 6  # words in a row that make a statement be weighed whatever the story
_LIKE = 0.7  # cosine from which one speaker's statements are weighed
_CROWD = 600  # statements of one speaker in one story that are held against each other at once
_CHANGES: Mapping[CutKind, frozenset[str]] = {
    "polarity": frozenset("not no never none nobody nothing neither nor without hardly".split()),
    "modality": frozenset(
        """may must should ought perhaps maybe possibly probably likely unlikely apparently
        allegedly reportedly""".split()
    ),
    "condition": frozenset(
        """if unless until only provided providing except condition conditional conditions
        otherwise till sole solely""".split()
    ),
}


class _Said(NamedTuple):
    """One statement, ready to be weighed."""

    document: int
    statement: int
    words: tuple[Word, ...]
    speakers: frozenset[str]
    story: str | None

    @property
    def weight(self) -> float:
        return sum(word.weight for word in self.words)


def find(
    marks: Sequence[Marks],
    stories: Sequence[Story],
    copies: Sequence[Copy],
    cast: Cast,
    vectors: Vectors,
) -> tuple[Quotation, ...]:
    """The utterances that two independent documents or more carry, sorted by story and place."""
    told = _statements(marks, stories, cast)
    rows = vectors([_content(marks, one) for one in told])
    links = {
        pair: score
        for pair in _candidates(told, rows)
        if (score := _likeness(told, rows, pair)) >= SAME
    }
    original = {document: copy.documents[0] for copy in copies for document in copy.documents}
    found = []
    for group in grouping.groups(links, [said.document for said in told]):
        ids = {marks[told[at].document].document.id for at in group}
        if len({original.get(one, one) for one in ids}) > 1:
            found.append(_quotation(marks, stories, [told[at] for at in group], group, links))
    return tuple(found)


def _statements(marks: Sequence[Marks], stories: Sequence[Story], cast: Cast) -> list[_Said]:
    story = {document: story.id for story in stories for document in story.documents}
    found = []
    for number, one in enumerate(marks):
        document = one.document
        for place, statement in enumerate(one.statements):
            if statement.factuality != "said":
                continue
            words = alignment.words(document.text, statement.words)
            if sum(not word.is_small for word in words) >= _FEWEST:
                ids = (cast.of(document.id, place, at) for at in range(len(statement.speakers)))
                speakers = frozenset(found for found in ids if found)
                found.append(_Said(number, place, words, speakers, story.get(document.id)))
    return found


def _content(marks: Sequence[Marks], said: _Said) -> str:
    one = marks[said.document]
    spans = one.statements[said.statement].words
    return " ".join(span.of(one.document.text) for span in spans)


def _candidates(told: Sequence[_Said], rows: NDArray[np.float32]) -> list[tuple[int, int]]:
    """Pairs of statements of different documents that are worth weighing, ascending."""
    found = {*_sharing(told), *_repeating(told), *_meaning(told, rows)}
    return sorted(pair for pair in found if told[pair[0]].document != told[pair[1]].document)


def _sharing(told: Sequence[_Said]) -> Iterator[tuple[int, int]]:
    """Pairs of one story that share the most weight in words, rare ones above all."""
    return grouping.sharing(
        [{(said.story, word.stem) for word in said.words if not word.is_small} for said in told]
    )


def _repeating(told: Sequence[_Said]) -> Iterator[tuple[int, int]]:
    """Pairs that share a run of words, in whatever story."""
    at: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, said in enumerate(told):
        stems = [word.stem for word in said.words]
        runs = dict.fromkeys(
            tuple(stems[start : start + _RUN]) for start in range(len(stems) - _RUN + 1)
        )
        for run in runs:
            yield from ((other, number) for other in at[run][:_AGAIN])
            at[run].append(number)


def _meaning(told: Sequence[_Said], rows: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Pairs of one speaker in one story that mean something alike."""
    by: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, said in enumerate(told):
        if said.story:
            for speaker in sorted(said.speakers):
                by[said.story, speaker].append(number)
    for numbers in by.values():
        for start in range(0, len(numbers), _CROWD):
            part = numbers[start : start + _CROWD]
            like = rows[part] @ rows[part].T
            for first, second in np.argwhere(np.triu(like, 1) >= _LIKE):
                yield part[first], part[second]


def _likeness(told: Sequence[_Said], rows: NDArray[np.float32], pair: tuple[int, int]) -> float:
    """How likely the two statements are one utterance, 0 to 1."""
    a, b = (told[at] for at in pair)
    pairs = alignment.align(a.words, b.words)
    matched = [a.words[i] for i, _ in pairs]
    features = (
        sum(word.weight for word in matched) / min(a.weight, b.weight),
        min(sum(not word.is_small for word in matched), 6) / 6,
        min(_longest(pairs), 8) / 8,
        float(rows[pair[0]] @ rows[pair[1]]),
        float(bool(a.speakers & b.speakers)),
        float(bool(a.speakers and b.speakers and not a.speakers & b.speakers)),
    )
    weighed = sum(weight * value for weight, value in zip(_WEIGHTS, features, strict=True))
    return 1 / (1 + math.exp(-(weighed + _BIAS)))


_WEIGHTS = (4.0, 2.0, 2.0, 4.0, 1.0, -2.5)  # of the features in `_likeness`
_BIAS = -6.5


def _longest(pairs: Pairs) -> int:
    best = run = 0
    last = (-2, -2)
    for i, j in pairs:
        run = run + 1 if (i - 1, j - 1) == last else 1
        best, last = max(best, run), (i, j)
    return best


def _quotation(
    marks: Sequence[Marks],
    stories: Sequence[Story],
    told: Sequence[_Said],
    group: Sequence[int],
    links: Mapping[tuple[int, int], float],
) -> Quotation:
    by: defaultdict[int, list[_Said]] = defaultdict(list)
    for said in told:
        by[said.document].append(said)
    sure: defaultdict[int, float] = defaultdict(float)
    for (first, second), score in links.items():
        if first in group and second in group:
            for at in (first, second):
                number = told[group.index(at)].document
                sure[number] = max(sure[number], score)
    fullest = min(by, key=lambda number: (-_fulness(marks, by[number]), number))
    there = _words(by[fullest])
    variants = [
        _variant(marks, by[number], by[fullest], there, sure[number])
        for number in sorted(by, key=lambda number: (number != fullest, number))
    ]
    speakers = [speaker for said in told for speaker in said.speakers]
    among = {said.story for said in told}
    story = next((one for one in stories if {one.id} == among), None)
    carried = {variant.place.document for variant in variants}
    return Quotation(
        speaker=min(speakers, key=lambda one: (-speakers.count(one), one), default=None),
        story=story.id if story else None,
        variants=tuple(variants),
        left_out=tuple(one for one in story.documents if one not in carried) if story else (),
    )


def _fulness(marks: Sequence[Marks], pieces: Sequence[_Said]) -> float:
    """The weight of what is quoted; the outlet's own words count half."""
    return sum(
        said.weight
        / (1 if marks[said.document].statements[said.statement].speech == "direct" else 2)
        for said in pieces
    )


def _words(pieces: Sequence[_Said]) -> tuple[Word, ...]:
    """The words of all pieces, each span of each of them a piece of its own."""
    found: list[Word] = []
    seen: set[Span] = set()
    before = 0
    for said in pieces:
        found += (
            word._replace(piece=word.piece + before) for word in said.words if word.span not in seen
        )
        seen.update(word.span for word in said.words)
        before = found[-1].piece + 1
    return tuple(found)


def _variant(
    marks: Sequence[Marks],
    pieces: Sequence[_Said],
    fullest: Sequence[_Said],
    there: Sequence[Word],
    score: float,
) -> Variant:
    one = marks[pieces[0].document]
    document, said = one.document, [one.statements[piece.statement] for piece in pieces]
    spans = tuple(sorted({span for statement in said for span in statement.words}))
    main = max(said, key=lambda statement: (statement.speech == "direct", statement.score))
    kinds = {statement.speech for statement in said}
    place = Place.at(document, *spans)
    cue = Place.at(document, *main.cue) if main.cue else None
    if pieces is fullest:
        return Variant(place, _speech(kinds), cue, main.cue_kind, (), (), score)
    ordered = sorted(pieces, key=lambda piece: _first(piece.words, there))
    here = _words(ordered)
    pairs = alignment.align(here, there)
    against = marks[fullest[0].document].document
    cut = tuple(_cuts(_Side(document, here), _Side(against, there), pairs))
    steps = alignment.diff(here, there, pairs)
    return Variant(place, _speech(kinds), cue, main.cue_kind, steps, cut, score)


def _speech(kinds: AbstractSet[Speech]) -> Speech:
    return next(iter(kinds)) if len(kinds) == 1 else "mixed"


def _first(words: Sequence[Word], there: Sequence[Word]) -> int:
    """Where in the fullest variant the words begin to be answered."""
    return next((j for _, j in alignment.align(words, there)), len(there))


class _Side(NamedTuple):
    """A document and the words of it that are compared."""

    document: Document
    words: Sequence[Word]

    def place(self, part: Sequence[Word]) -> Place:
        return Place.at(self.document, *alignment.spans(part))


def _cuts(here: _Side, there: _Side, pairs: Pairs) -> Iterator[Cut]:
    """What is left out of the fullest variant, and what only this one has where that tells.

    Words that others stand for are named only where a "not", a "may" or an "if" went or came with
    them. A sentence left out as a whole changes the rest only where it opens as a condition.
    """
    sentence = _sentences(there)
    kept = {sentence[j] for _, j in pairs}
    ends = (len(here.words), len(there.words))
    for (i, j), (k, m) in pairwise(((-1, -1), *pairs, ends)):
        gained, lost = here.words[i + 1 : k], there.words[j + 1 : m]
        if gained and not lost and (changes := _changes((), gained)):
            yield Cut(here.place(gained), changes)
        for number, numbers in groupby(range(j + 1, m), key=lambda at: sentence[at]):
            part = [there.words[at] for at in numbers]
            changes = _changes(part, gained) if number in kept else _opening(part)
            if changes or not gained:
                yield Cut(there.place(part), changes)


def _sentences(side: _Side) -> list[int]:
    """The number of the sentence that each word lies in."""
    spans = alignment.spans(side.words)
    starts = sorted(
        sentence.start for span in spans for sentence in reading.sentences(side.document.text, span)
    )
    return [bisect_right(starts, word.span.start) for word in side.words]


def _opening(part: Sequence[Word]) -> tuple[CutKind, ...]:
    """What the loss of a whole sentence changes in the others, such as one that opens with "If"."""
    return ("condition",) if any(word.stem in _CHANGES["condition"] for word in part[:2]) else ()


def _changes(lost: Sequence[Word], gained: Sequence[Word]) -> tuple[CutKind, ...]:
    return tuple(
        kind
        for kind, tell in _CHANGES.items()
        if _tells(lost, kind, tell) != _tells(gained, kind, tell)
    )


def _tells(words: Sequence[Word], kind: CutKind, tell: frozenset[str]) -> bool:
    return any(
        word.stem in tell or (kind == "polarity" and word.stem.endswith("n't")) for word in words
    )
