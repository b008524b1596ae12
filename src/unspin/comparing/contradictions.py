"""Claims of different documents about one thing: whether they agree, differ or contradict.

Claims of one story are weighed where they share rare words and their meaning lies near. The network
of pairs reads them both ways, and what it says is held against what can be seen in the words: a
"not" on one side alone, words that are each other's opposite, numbers that part. The two are
weighed together; a contradiction is shown only where it is likelier than not and a "not" or an
opposite shows it too: numbers that part have a part of their own (`conflicts`).
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unspin.comparing import alignment, grouping, sentences, sources
from unspin.comparing.alignment import Word
from unspin.comparing.words import lines
from unspin.model import decoding
from unspin.model.signals import Relate, Relation, Vectors
from unspin.types import Agreement, Contradiction, Copy, Marks, Place, Span, Story

SURE = 0.55  # from here on the evidence makes a contradiction likelier than not
_AGREE = 0.5
_NEAR = 0.55  # cosine from which two claims may be of one thing
_SAME = 0.75  # and from which they are, in other words
_PARTNERS = 3  # claims of the other documents that one is read against, by nearness
_FEWEST = 3  # words with meaning in what somebody says, to be held against a claim
_FEW = 4  # of them, up to which there must be a verb
_VERBS = alignment.stems("be have do will shall can may isn't haven't don't won't can't")
_ASKED = 0.3  # share of the shorter claim that both must say for the network to be asked
_SAID = 0.5  # what the network must say by itself
_LEAST = 0.5  # share of the shorter claim that both must say before one can deny the other
_DENYING = alignment.stems("deny denied denying refuse")  # the verb behind them
_PASSED = alignment.stems("one single any yet ever even only much many such all every")


class Evidence(NamedTuple):
    """What is seen of two claims, each number between 0 and 1."""

    contradicts: float  # what the network says, the mean of both ways
    entails: float
    shared: float  # weight of the words that answer each other, of the shorter claim
    negated: float  # one says "not" and the other does not
    opposed: float  # words that are each other's opposite stand in one place
    numbers: float  # a number of one part is another number in the other


class _Told(NamedTuple):
    document: int
    spans: tuple[Span, ...]
    words: tuple[Word, ...]
    denied: bool  # it lies in a statement that denies it


def find(
    marks: Sequence[Marks],
    stories: Sequence[Story],
    copies: Sequence[Copy],
    vectors: Vectors,
    relate: Relate,
) -> tuple[Contradiction, ...]:
    """The claims that answer each other, story by story, contradictions first, the surest first."""
    found: list[Contradiction] = []
    for story, numbers in sources.told(marks, stories, copies):
        told = [claim for number in numbers for claim in _claims(marks[number], number)]
        found += _of_story(marks, story, told, vectors, relate)
    return tuple(found)


def _claims(marks: Marks, number: int) -> Iterator[_Told]:
    """What one document claims, and what it has others say; nothing lies in two of them."""
    text = marks.document.text
    denied = {
        index
        for index, statement in enumerate(marks.statements)
        if statement.cue_kind == "denying" and statement.speech == "indirect"
    }
    claimed = [claim.span for claim in marks.claims]
    starts = [span.start for span in claimed]
    for claim in marks.claims:
        words = alignment.words(text, (claim.span,))
        yield _Told(number, (claim.span,), words, claim.voice in denied)
    for index, statement in enumerate(marks.statements):
        for spans in sentences.of(text, statement.words) if statement.factuality == "said" else ():
            first, last = spans[0].start, spans[-1].end
            near = claimed[max(bisect_right(starts, first) - 1, 0) : bisect_right(starts, last)]
            if any(span.overlaps(one) for span in spans for one in near):
                continue
            words = alignment.words(text, spans)
            if _says_enough(words) and not spans[-1].of(text).rstrip(sentences.CLOSING).endswith(
                "?"
            ):
                yield _Told(number, spans, words, index in denied)


def _says_enough(words: Sequence[Word]) -> bool:
    """Whether somebody's words say something of something: more than a few, or with a verb."""
    many = sum(not word.is_small for word in words)
    has_verb = any(word.stem in _VERBS or word.form.endswith("ed") for word in words)
    return many >= _FEWEST and (many > _FEW or has_verb)


def _of_story(
    marks: Sequence[Marks],
    story: Story,
    told: Sequence[_Told],
    vectors: Vectors,
    relate: Relate,
) -> list[Contradiction]:
    texts = [
        " ".join(span.of(marks[claim.document].document.text) for span in claim.spans)
        for claim in told
    ]
    pairs = _candidates(told, vectors(texts))
    seen = {(a, b): _seen(told[a], told[b]) for a, b in pairs}
    asked = [pair for pair, one in seen.items() if one.shared >= _ASKED]
    said = relate([pair for a, b in asked for pair in ((texts[a], texts[b]), (texts[b], texts[a]))])
    for place, pair in enumerate(asked):
        seen[pair] = _heard(seen[pair], said[2 * place], said[2 * place + 1])
    found = []
    for (a, b), near in pairs.items():
        relation, score = _weigh(seen[a, b], near)
        if relation:
            places = tuple(
                Place.at(marks[told[at].document].document, *told[at].spans) for at in (a, b)
            )
            found.append(Contradiction(places, relation, story.id, score))
    order: tuple[Agreement, ...] = ("contradict", "agree", "differ")
    return sorted(found, key=lambda one: (order.index(one.relation), -one.score))


def _seen(one: _Told, other: _Told) -> Evidence:
    seen = evidence(one.words, other.words)
    return seen._replace(negated=abs(seen.negated - (one.denied != other.denied)))


def _heard(seen: Evidence, one: Relation, other: Relation) -> Evidence:
    """The evidence with what the network says of the two claims, each way."""
    return seen._replace(
        contradicts=(one.contradicts + other.contradicts) / 2,
        entails=(one.entails + other.entails) / 2,
    )


def evidence(a: Sequence[Word], b: Sequence[Word]) -> Evidence:
    """What the words of two claims show."""
    pairs = alignment.align(a, b)
    return Evidence(
        contradicts=0.0,
        entails=0.0,
        shared=_shared(a, b),
        negated=float(_is_negated(a, b)),
        opposed=float(any(_is_opposed(*words) for words in alignment.parts(a, b, pairs))),
        numbers=float(_is_other_number(a, b)),
    )


def _shared(a: Sequence[Word], b: Sequence[Word]) -> float:
    """The share of the lighter one's weight that the other has too, in whatever order."""
    lighter, heavier = sorted((a, b), key=lambda words: sum(word.weight for word in words))
    stems = {word.stem for word in heavier}
    whole = sum(word.weight for word in lighter)
    return sum(word.weight for word in lighter if word.stem in stems) / whole if whole else 0.0


def _weigh(seen: Evidence, near: float) -> tuple[Agreement | None, float]:
    """How the claims stand to each other and how sure that is; None where nothing is sure."""
    shown = seen.negated or seen.opposed
    contradicts = _chance(seen, _CONTRADICTS)
    said = seen.contradicts >= _SAID and seen.shared >= _LEAST
    if shown and said and contradicts >= SURE:
        return "contradict", contradicts
    agrees = _chance(seen, _ENTAILS)
    if not (shown or seen.numbers) and agrees >= _AGREE:
        return "agree", agrees
    return ("differ", 1 - max(contradicts, agrees)) if near >= _SAME else (None, 0.0)


@cache
def opposites() -> Mapping[str, frozenset[str]]:
    """The stems that say the opposite of each."""
    found: dict[str, frozenset[str]] = {}
    for line in lines("opposites.txt"):
        sides = [alignment.stems(side) for side in line.split("|")]
        for own, against in (sides, sides[::-1]):
            for stem in own:
                found[stem] = found.get(stem, frozenset()) | against
    return found


def _chance(seen: Evidence, weights: Sequence[float]) -> float:
    *factors, bias = weights
    return decoding.weighed(seen, factors, bias)


_CONTRADICTS = (3.0, -1.0, 2.0, 1.5, 1.5, 1.0, -4.0)  # of `Evidence`, and the bias
_ENTAILS = (-3.0, 3.0, 3.0, -2.0, -2.0, -2.0, -3.0)


def _candidates(told: Sequence[_Told], rows: NDArray[np.float32]) -> dict[tuple[int, int], float]:
    """Pairs of claims of different documents that lie near, and how near; sorted."""
    keys = [{word.stem for word in claim.words if not word.is_small} for claim in told]
    near: dict[int, list[tuple[float, int]]] = {}
    for a, b in dict.fromkeys(grouping.sharing(keys)):
        if told[a].document != told[b].document:
            cosine = float(rows[a] @ rows[b])
            if cosine >= _NEAR:
                near.setdefault(a, []).append((-cosine, b))
                near.setdefault(b, []).append((-cosine, a))
    found = {}
    for a, others in near.items():
        for cosine, b in sorted(others)[:_PARTNERS]:
            found[min(a, b), max(a, b)] = -cosine
    return dict(sorted(found.items()))


def _is_negated(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether one says "not" of something that the other says and that denies nothing."""
    return any(
        denied & other_said and not other_denied
        for (denied, _), (other_denied, other_said) in permutations(map(_denied, (one, other)))
    )


def _denied(words: Sequence[Word]) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of the words with meaning that are denied, and of those that are not.

    A "not" denies the next word with meaning, unless that is a name. What is said without it too
    is not denied, and neither is what nobody denies or refuses.
    """
    denied: set[str] = set()
    said: set[str] = set()
    count = 0
    for word in words:
        if word.is_negated or word.stem in _DENYING:
            count = 1 + (count if word.stem in _DENYING else 0)
        elif not word.is_small and word.stem not in _PASSED:
            is_denied = count % 2 and word.form[0].islower()
            (denied if is_denied else said).add(word.stem)
            count = 0
    return frozenset(denied - said), frozenset(said)


def _is_opposed(one: Sequence[Word], other: Sequence[Word]) -> bool:
    stems = {word.stem for word in other}
    return any(opposite in stems for word in one for opposite in opposites().get(word.stem, ()))


def _is_other_number(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether both have numbers in figures, and none is the same."""
    mine, theirs = alignment.figures(one), alignment.figures(other)
    return bool(mine and theirs and not mine & theirs)
