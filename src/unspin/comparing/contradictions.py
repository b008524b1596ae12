"""Claims of different documents about one thing: whether they agree, differ or contradict.

Claims of one story are weighed where they share rare words, many of all, and their meaning lies
near. The network of pairs reads them both ways, as long as what it says can change what is shown,
and that is held against what can be seen in the words: a "not" on one side alone, words that are
each other's opposite, numbers that part. The two are weighed together; a contradiction is shown
only where it is likelier than not and a "not" or an opposite shows it too: numbers that part have a
part of their own (`conflicts`). What is one utterance given by two documents is no two claims, and
has a part of its own too (`quotations`).
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import accumulate, islice, permutations
from typing import NamedTuple

from unspin.comparing import alignment, grouping, measures, sentences, sources
from unspin.comparing.alignment import Word
from unspin.comparing.words import lines
from unspin.model import decoding
from unspin.model.signals import Relate, Relation, Vectors
from unspin.text import meet
from unspin.types import Agreement, Contradiction, Copy, Marks, Place, Quotation, Span, Story

SURE = 0.55  # from here on the evidence makes a contradiction likelier than not
_AGREE = 0.6  # from here on two claims agree
_NEAR = 0.5  # cosine from which two claims may be of one thing
_NEARER = 0.55  # from which they may agree
_SAME = 0.75  # and from which they are, in other words
_PARTNERS = 3  # claims of the other documents that one is read against, by nearness
_FEWEST = 3  # words with meaning in what somebody says, to be held against a claim
_FEW = 4  # of them, up to which there must be a verb
_VERBS = alignment.stems("be have do will shall can may isn't haven't don't won't can't")
_FAR = 0.3  # share of the shorter claim that both must say to be of one thing
_SAID = 0.5  # what the network must say by itself
_LEAST = 0.5  # share of the shorter claim that both must say before one can deny the other
_DENYING = alignment.stems("deny denied denying refuse fail decline impossible lie lied lying")
_BOUNDING = alignment.stems("without unless until than")  # a "not" beside it denies no more
_SUPPOSING = alignment.stems("if unless whether")
_PASSED = alignment.stems(
    """one single any yet ever even only much many such all every true truth evidence proof
    indication"""
)
_HEARSAY = r"(?:\w+ ){0,2}(?:claim|report|rumou?r|allegation|accusation|suggestion|charge)s?\b"
_REPORTED = re.compile(rf"\W*(?:{_HEARSAY} ?)?(?:that )?", re.IGNORECASE)  # before what is denied
_UNTRUE = re.compile(
    rf"\bno (?:truth|basis|foundation|substance) (?:to|in|for|behind) {_HEARSAY} ?(?:that )?"
    r"|\b(?:not true|untrue|false) that ",
    re.IGNORECASE,
)
_BESIDE = 2  # words with meaning on either side of one, of which both must have one beside it
_REACH = 5  # words from a "not" to what it denies
_ABOUT = 0.95  # of the greater of two numbers that the smaller must be to be about as much
_ADVERB = 5  # letters of a longer word in -ly, which tells how
_PARTLY = alignment.stems("all every everyone everything always only just both fully entirely")


Beside = Mapping[str, set[str]]  # stems of a claim's words, and those near each


class Evidence(NamedTuple):
    """What is seen of two claims, each number between 0 and 1."""

    contradicts: float  # what the network says, the mean of both ways
    entails: float
    shared: float  # weight of the words that answer each other, of the shorter claim
    negated: float  # one says "not" and the other does not
    opposed: float  # words that are each other's opposite stand in one place
    numbers: float  # a number of one part is another number in the other
    supposed: float  # one sets a condition, and the other does not


@dataclass(frozen=True, eq=False)
class Wording:
    """The words of a claim, and what they tell by themselves: read once, held against many."""

    words: Sequence[Word]

    @cached_property
    def telling(self) -> tuple[Word, ...]:
        """The words without those that deny, and that go with a denial."""
        return tuple(word for word in self.words if not word.is_negated and not _is_passed(word))

    @cached_property
    def weight(self) -> float:
        """What those words count for."""
        return sum(word.weight for word in self.telling)

    @cached_property
    def telling_stems(self) -> tuple[str, ...]:
        """Those of the words with meaning, in order."""
        return tuple(word.stem for word in self.words if not word.is_small)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Those of all words."""
        return frozenset(word.stem for word in self.words)

    @cached_property
    def opposites(self) -> frozenset[str]:
        """The stems that say the opposite of a word."""
        return frozenset().union(*(opposites().get(stem, ()) for stem in self.stems))

    @cached_property
    def figures(self) -> set[str]:
        """The stems of the numbers in figures."""
        return alignment.figures(self.words)

    @cached_property
    def denied(self) -> tuple[Beside, Beside]:
        """The stems of the words with meaning that are denied, and of those that are not.

        A "not" denies the next word with meaning, unless that is a name; "not all" denies none, and
        neither does "not until" or "no better than". What is said without it too is not denied,
        nor is what nobody denies or refuses.
        """
        denied: set[str] = set()
        said: set[str] = set()
        row: list[str] = []
        denials = count = last = 0
        is_verb = False  # whether what denied last is no "not"
        for at, word in enumerate(self.words):
            if word.is_negated or word.stem in _DENYING:
                is_verb, was_verb = word.stem in _DENYING, is_verb
                count = 1 + (count if is_verb or was_verb else 0)
                denials += 1
                last = at
            elif word.stem in _PARTLY and at and self.words[at - 1].is_negated:
                count = 0
            elif not word.is_small and not _is_passed(word):
                if not count % 2 or at - last > _REACH:
                    said.add(word.stem)
                elif not word.form.istitle():
                    denied.add(word.stem)
                row.append(word.stem)
                count = 0
        if not _BOUNDING.isdisjoint(self.stems) and denials > ("without" in self.stems):
            denied.clear()
        beside = _beside(row)
        return (
            {stem: beside[stem] for stem in denied - said},
            {stem: beside[stem] for stem in said},
        )


def _beside(row: Sequence[str]) -> Beside:
    """The stems near each in a row of them."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for at, stem in enumerate(row):
        found[stem].update(row[max(0, at - _BESIDE) : at], row[at + 1 : at + 1 + _BESIDE])
    return found


def _is_passed(word: Word) -> bool:
    """Whether what denies reaches past the word: "not currently needed", "no evidence of tears"."""
    return word.stem in _PASSED or (word.form.endswith("ly") and len(word.form) > _ADVERB)


class _Told(NamedTuple):
    document: int
    spans: tuple[Span, ...]
    content: tuple[Span, ...]  # without the words that say it is denied
    wording: Wording  # of the content
    denied: bool  # it lies in a statement that denies it, or is told to be untrue
    amounts: Mapping[str, Collection[float]]  # what it counts, by what the unit measures
    touching: frozenset[int]  # the utterances that it has words of, by their places
    within: frozenset[int]  # and those that it has half of its own words from, at least


def find(  # noqa: PLR0913 - what is compared, what is known of it, and the networks
    marks: Sequence[Marks],
    stories: Sequence[Story],
    copies: Sequence[Copy],
    quotations: Sequence[Quotation],
    *,
    vectors: Vectors,
    relate: Relate,
) -> tuple[Contradiction, ...]:
    """The claims that answer each other, story by story, contradictions first, the surest first."""
    uttered: defaultdict[str, list[tuple[Span, int]]] = defaultdict(list)
    for place, quotation in enumerate(quotations):
        for variant in quotation.variants:
            uttered[variant.place.document] += ((span, place) for span in variant.place.spans)
    found: list[Contradiction] = []
    for story, numbers in sources.told(marks, stories, copies):
        told = [
            claim
            for number in numbers
            for claim in _claims(marks[number], number, sorted(uttered[marks[number].document.id]))
        ]
        found += _of_story(marks, story, told, vectors, relate)
    return tuple(found)


def _claims(marks: Marks, number: int, uttered: Sequence[tuple[Span, int]]) -> Iterator[_Told]:
    """What one document claims, and what it has others say; nothing lies in two of them.

    `uttered` are the spans of utterances that other documents have too, each with its number.
    """
    text = marks.document.text
    reach = list(accumulate((span.end for span, _ in uttered), max))
    for spans, is_denied in _passages(marks):
        content, denied = _content(text, spans, denied=is_denied)
        wording = Wording(alignment.words(text, content))
        amounts, among = _amounts(marks, content), _among(spans, uttered, reach)
        yield _Told(number, spans, content, wording, denied, amounts, *among)


def _passages(marks: Marks) -> Iterator[tuple[tuple[Span, ...], bool]]:
    """The claims, and the sentences of statements outside them, each with whether it is denied.

    What nobody said, or may say, is left out, and so are questions.
    """
    text = marks.document.text
    told = {index: one for index, one in enumerate(marks.statements) if one.factuality == "said"}
    denied = {
        index
        for index, statement in told.items()
        if statement.cue_kind == "denying" and statement.speech == "indirect"
    }
    claims = [one for one in marks.claims if isinstance(one.voice, str) or one.voice in told]
    starts = [claim.span.start for claim in claims]
    for claim in claims:
        yield (claim.span,), claim.voice in denied
    for index, statement in told.items():
        for spans in sentences.of(text, statement.words):
            first, last = spans[0].start, spans[-1].end
            near = claims[max(bisect_right(starts, first) - 1, 0) : bisect_right(starts, last)]
            if (
                not meet(spans, [claim.span for claim in near])
                and not sentences.asks(text, spans)
                and _says_enough(alignment.words(text, spans))
            ):
                yield spans, index in denied


def _content(text: str, spans: tuple[Span, ...], *, denied: bool) -> tuple[tuple[Span, ...], bool]:
    """What is claimed, and whether that is denied: "there is no truth to reports that ..."."""
    first, *rest = spans
    if untrue := _UNTRUE.search(text, first.start, first.end):
        return (Span(untrue.end(), first.end), *rest), not denied
    if denied and (reported := _REPORTED.match(text, first.start, first.end)):
        return (Span(reported.end(), first.end), *rest), denied
    return spans, denied


def _among(
    spans: Sequence[Span], uttered: Sequence[tuple[Span, int]], reach: Sequence[int]
) -> tuple[frozenset[int], frozenset[int]]:
    """The utterances that the spans touch, and those that half of them at least, by length, lie in.

    `reach` is how far those up to each one go.
    """
    shared: defaultdict[int, int] = defaultdict(int)
    for span in spans:
        for one, utterance in islice(uttered, bisect_right(reach, span.start), None):
            if one.start >= span.end:
                break
            if one.overlaps(span):
                shared[utterance] += min(one.end, span.end) - max(one.start, span.start)
    size = sum(span.end - span.start for span in spans)
    within = (utterance for utterance, many in shared.items() if 2 * many >= size)
    return frozenset(shared), frozenset(within)


def _amounts(marks: Marks, spans: Sequence[Span]) -> Mapping[str, Collection[float]]:
    found: defaultdict[str, set[float]] = defaultdict(set)
    for span in spans:
        first, last = (
            bisect_left(marks.figures, at, key=lambda figure: figure.span.start)
            for at in (span.start, span.end)
        )
        for figure in marks.figures[first:last]:
            scale = measures.scale(figure.unit, measures.kind(figure.unit))
            found[measures.kind(figure.unit)].update(
                end * scale for end in (figure.low, figure.high) if end is not None
            )
    return found


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
    pairs = list(_candidates(told))
    texts = {
        at: " ".join(span.of(marks[told[at].document].document.text) for span in told[at].content)
        for at in sorted({at for pair in pairs for at in pair})
    }
    rows = dict(zip(texts, vectors(list(texts.values())), strict=True))
    near = _nearest({(a, b): float(rows[a] @ rows[b]) for a, b in pairs})
    same = {(a, b) for a, b in near if _is_same(told[a], told[b])}
    seen = {(a, b): _seen(told[a], told[b]) for a, b in near if (a, b) not in same}
    for ways, turn in ((2, 1), (1, -1)):  # how many are left, and the next of them
        asked = [pair for pair, one in seen.items() if _may_tell(one, near[pair], ways)]
        said = relate([(texts[a], texts[b]) for a, b in (pair[::turn] for pair in asked)])
        for (a, b), one in zip(asked, said, strict=True):
            meant = _turned(one) if told[a].denied != told[b].denied else one
            seen[a, b] = _heard(seen[a, b], meant)
    weighed = {pair: _weigh(one, near[pair]) for pair, one in seen.items()}
    found = []
    for (a, b), (relation, score) in (weighed | dict.fromkeys(same, _AGREED)).items():
        if relation:
            places = tuple(
                Place.at(marks[told[at].document].document, *told[at].spans) for at in (a, b)
            )
            found.append(Contradiction(places, relation, story.id, score))
    order: tuple[Agreement, ...] = ("contradict", "agree", "differ")
    return sorted(found, key=lambda one: (order.index(one.relation), -one.score))


def _is_same(one: _Told, other: _Told) -> bool:
    """Whether two claims have the same words with meaning in one order, both denied or neither."""
    return one.wording.telling_stems == other.wording.telling_stems and one.denied == other.denied


def _seen(one: _Told, other: _Told) -> Evidence:
    seen = evidence(one.wording, other.wording)
    return seen._replace(
        negated=abs(seen.negated - (one.denied != other.denied)),
        numbers=max(seen.numbers, float(_is_other_amount(one.amounts, other.amounts))),
    )


def _is_other_amount(
    one: Mapping[str, Collection[float]], other: Mapping[str, Collection[float]]
) -> bool:
    """Whether both count by one measure, and nothing is as much as something there, or about."""
    return any(
        not any(
            abs(a - b) <= (1 - _ABOUT) * max(abs(a), abs(b)) for a in one[kind] for b in other[kind]
        )
        for kind in one.keys() & other.keys()
        if one[kind] and other[kind]
    )


def _turned(said: Relation) -> Relation:
    """What the network says of a claim and another, for that and the denial of the other."""
    return replace(said, contradicts=said.entails, entails=said.contradicts)


def _heard(seen: Evidence, said: Relation) -> Evidence:
    """The evidence with what the network says of the two claims, one way."""
    return seen._replace(
        contradicts=seen.contradicts + said.contradicts / 2,
        entails=seen.entails + said.entails / 2,
    )


def _may_tell(seen: Evidence, near: float, ways: int) -> bool:
    """Whether what the network says in so many ways more can change what is shown."""
    most = ways / 2
    ends = (
        seen._replace(contradicts=seen.contradicts + most),
        seen._replace(entails=seen.entails + most),
    )
    return any(_weigh(end, near)[0] for end in ends)


def evidence(one: Wording, other: Wording) -> Evidence:
    """What the words of two claims show."""
    return Evidence(
        contradicts=0.0,
        entails=0.0,
        shared=_shared(one, other),
        negated=float(_is_negated(one, other)),
        opposed=float(_is_opposed(one, other)),
        numbers=float(_is_other_number(one, other)),
        supposed=float(_SUPPOSING.isdisjoint(one.stems) != _SUPPOSING.isdisjoint(other.stems)),
    )


def _shared(one: Wording, other: Wording) -> float:
    """The share of the lighter one's weight that the other has too, in whatever order."""
    lighter, heavier = sorted((one, other), key=lambda wording: wording.weight)
    both = sum(word.weight for word in lighter.telling if word.stem in heavier.stems)
    return both / lighter.weight if lighter.weight else 0.0


def _weigh(seen: Evidence, near: float) -> tuple[Agreement | None, float]:
    """How the claims stand to each other and how sure that is; None where nothing is sure."""
    shown = seen.negated or seen.opposed
    contradicts = _chance(seen, _CONTRADICTS)
    said = seen.contradicts >= _SAID and seen.shared >= _LEAST
    if shown and said and contradicts >= SURE:
        return "contradict", contradicts
    agrees = _chance(seen, _ENTAILS)
    if not (shown or seen.numbers or seen.supposed) and agrees >= _AGREE and near >= _NEARER:
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
    return decoding.weighed(seen[: len(factors)], factors, bias)


_CONTRADICTS = (4.0, -1.0, 4.0, 1.5, 1.5, -6.9)  # of the first parts of `Evidence`, and the bias
_ENTAILS = (-3.0, 3.0, 3.0, -2.0, -2.0, -2.0, -3.0)
_AGREED: tuple[Agreement, float] = "agree", 1.0


def _candidates(told: Sequence[_Told]) -> Iterator[tuple[int, int]]:
    """Pairs of claims of different documents that share enough words, each once."""
    keys = [{word.stem for word in claim.wording.words if not word.is_small} for claim in told]
    for a, b in dict.fromkeys(grouping.sharing(keys)):
        one, other = told[a], told[b]
        if (
            one.document != other.document
            and one.within.isdisjoint(other.touching)
            and other.within.isdisjoint(one.touching)
            and _shared(one.wording, other.wording) >= _FAR
        ):
            yield a, b


def _nearest(cosines: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """The pairs that lie near, each claim with its nearest partners; sorted."""
    partners: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for (a, b), cosine in cosines.items():
        if cosine >= _NEAR:
            partners[a].append((-cosine, b))
            partners[b].append((-cosine, a))
    found = {
        (min(at, other), max(at, other)): -cosine
        for at, others in partners.items()
        for cosine, other in sorted(others)[:_PARTNERS]
    }
    return dict(sorted(found.items()))


def _is_negated(one: Wording, other: Wording) -> bool:
    """Whether one says "not" of what the other, which denies nothing, says beside the same."""
    return any(
        not other_denied
        and any(not denied[stem].isdisjoint(said[stem]) for stem in denied.keys() & said.keys())
        for (denied, _), (other_denied, said) in permutations((one.denied, other.denied))
    )


def _is_opposed(one: Wording, other: Wording) -> bool:
    """Whether words that are each other's opposite stand in one place, none or both denied."""
    if one.opposites.isdisjoint(other.stems):
        return False
    pairs = alignment.align(one.words, other.words)
    denied, other_denied = one.denied[0], other.denied[0]
    return any(
        (stem in denied) == (opposite in other_denied)
        for here, there in alignment.parts(one.words, other.words, pairs)
        for stem in {word.stem for word in here}
        for opposite in opposites().get(stem, frozenset()) & {word.stem for word in there}
    )


def _is_other_number(one: Wording, other: Wording) -> bool:
    """Whether both have numbers in figures, and none is the same."""
    return bool(one.figures and other.figures and not one.figures & other.figures)
