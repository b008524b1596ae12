"""Figures and dates that documents give for one thing, and that differ.

How alike two amounts of a story are gives the odds that they are of one thing: what their sentences
and clauses mean, which words stand near both, what happened to the counted, how far the numbers
lie apart. An amount has at most one partner in another document, so odds compete: with those of all
other partners that either might have, and with what the documents tell besides, which is more the
longer they are. Where each is the other's likeliest partner, and the numbers differ, the difference
is sorted.
"""

import math
import operator
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unspin.comparing import amounts, differing, grouping, measures, sources
from unspin.comparing.amounts import Amount
from unspin.comparing.speakers import Cast
from unspin.model.signals import Vectors
from unspin.types import Conflict, ConflictKind, Copy, Marks, Story

SAME = 0.48  # from here on two amounts are of one thing
_STRETCH = 400  # characters of the shorter document, which weigh as much as one rival of even odds
_LEAST = 0.5  # such stretches that a document is held to have
_MORE = 1.0  # power of a length that it weighs more by, for there are more pairs to be mistaken
_CROWD = 48  # amounts that share a key and are held against one another
_RARE = 6  # words of the context that an amount is looked up by
_SEVERITY: tuple[ConflictKind, ...] = ("conflict", "update", "scope", "rounding")
_UNTOLD = ("month-of-age", "time")  # there are many, and nothing tells of what
_GATHERED = frozenset({"gathered", "protester"})  # of crowds
_LOOSE = 0.5  # of what two counts of one thing differ by, those of a crowd tell
_POLL = "poll"  # as amounts call it
_ENOUGH = 2.0  # words told near both amounts that say as much as more would
_NAMES = 3  # that two sentences share say as much as more would
_SMALL = 10
_BESIDE = timedelta(days=3)
_LONG = timedelta(days=30)  # one event may last; two lie further apart
_MANY = 1000  # from here on a number tells something though its words do not
_BESIDES = 0.03  # powers of ten within which numbers that are not small hardly meet by chance
_HAIR = 0.005  # powers of ten that a rounded number lies off
_ALIKE = 0.2  # from here on two amounts of one value are of one thing
_NEIGHBOURS = 4  # amounts on either side that are told beside one
_SLIP = 0.3  # powers of ten that "million" for "billion" is held to be worth


def find(
    marks: Sequence[Marks],
    stories: Sequence[Story],
    copies: Sequence[Copy],
    cast: Cast,
    vectors: Vectors,
) -> tuple[Conflict, ...]:
    """The differences of all stories, the gravest kinds of a story first."""
    found: list[Conflict] = []
    for story, numbers in sources.told(marks, stories, copies):
        told = [one for number in numbers for one in amounts.read(marks[number], number, cast)]
        found += _of_story(marks, story, told, vectors)
    return tuple(found)


class _Meaning(NamedTuple):
    """What the encoder makes of the amounts of a story: a row each, of length 1."""

    sentences: NDArray[np.float32]
    clauses: NDArray[np.float32]
    heads: NDArray[np.float32]  # of what is counted


def _meaning(
    marks: Sequence[Marks],
    told: Sequence[Amount],
    vectors: Vectors,
) -> _Meaning:
    texts = [marks[one.document].document.text for one in told]
    return _Meaning(
        vectors([one.sentence.of(text) for one, text in zip(told, texts, strict=True)]),
        vectors([one.clause.of(text) for one, text in zip(told, texts, strict=True)]),
        vectors([one.head or "-" for one in told]),
    )


def _of_story(
    marks: Sequence[Marks],
    story: Story,
    told: Sequence[Amount],
    vectors: Vectors,
) -> list[Conflict]:
    scores = _likenesses(marks, told, vectors)
    links = {
        (a, b): score
        for (a, b), score in _mutual(told, scores)
        if score >= (_ALIKE if _is_told_alike(told[a], told[b]) else SAME)
    }
    links = _spread(told, _without_two_things(told, scores, links))
    wholes = _wholes(told)
    kinds: dict[tuple[int, int], ConflictKind] = {
        (a, b): "scope" if _is_part(told[a], told[b], wholes) else kind
        for a, b in links
        if (kind := differing.kind(marks, told[a], told[b]))
    }
    groups = grouping.groups(links, _voices(told))
    calm = [
        group
        for group, inside in zip(groups, grouping.inside(groups, links), strict=True)
        if {kinds.get(pair) for pair in inside} <= {None, "rounding", "scope"}
    ]
    joined = _with_parts(told, groups, calm)
    alone = set(groups)
    conflicts = []
    for group, inside in zip(joined, grouping.inside(joined, links), strict=True):
        sorts = [kinds[pair] for pair in inside if pair in kinds]
        if group not in alone:
            sorts.append("scope")
        if sorts:
            conflicts.append(
                Conflict(
                    kind=min(sorts, key=_SEVERITY.index),
                    counted=_counted([told[at] for at in group]),
                    unit=(unit := told[group[0]].unit),
                    story=story.id,
                    places=tuple(amounts.given(marks, told[at], unit) for at in group),
                    score=sum(inside.values()) / len(inside),
                )
            )
    return sorted(conflicts, key=lambda one: _SEVERITY.index(one.kind))


def _without_two_things(
    told: Sequence[Amount],
    scores: Mapping[tuple[int, int], float],
    links: Mapping[tuple[int, int], float],
) -> dict[tuple[int, int], float]:
    """The links but for those of two numbers that a third document gives, each of one thing.

    Not where that document has two sources for them. Where it gives only one of the two, it must
    have nothing that is likelier to be what the other is of.
    """
    alike: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    best: defaultdict[tuple[int, int], tuple[float, int]] = defaultdict(lambda: (0.0, -1))
    for (a, b), score in scores.items():
        for one, other in ((a, b), (b, a)):
            key = one, told[other].document
            best[key] = max(best[key], (score, other))
            if score >= _ALIKE and _is_told_alike(told[a], told[b]):
                alike[one][key[1]].append(other)

    def are_two(a: int, b: int) -> bool:
        return any(
            told[one].sentence != told[other].sentence and told[one].speaker == told[other].speaker
            for document, ones in alike[a].items()
            for one in ones
            for other in alike[b].get(document, ())
        ) or any(
            best[y, document][0] >= _ALIKE
            and best[y, document][1] not in ones
            and {told[one].speaker for one in ones} == {told[best[y, document][1]].speaker}
            for x, y in ((a, b), (b, a))
            for document, ones in alike[x].items()
            if document != told[y].document
        )

    return {
        (a, b): score
        for (a, b), score in links.items()
        if _is_told_alike(told[a], told[b]) or not are_two(a, b)
    }


def _spread(
    told: Sequence[Amount], links: Mapping[tuple[int, int], float]
) -> dict[tuple[int, int], float]:
    """The links, and those of all who give one number with whatever one of them is linked with."""
    alike: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in links:
        if _is_told_alike(told[a], told[b]):
            alike[a].append(b)
            alike[b].append(a)
    found = dict(links)
    for (a, b), score in links.items():
        if not _is_told_alike(told[a], told[b]):
            for one, other in (
                *((a, each) for each in alike[b]),
                *((b, each) for each in alike[a]),
            ):
                if told[one].document != told[other].document:
                    pair = min(one, other), max(one, other)
                    found[pair] = max(score, found.get(pair, 0.0))
    return found


def _with_parts(
    told: Sequence[Amount], groups: Sequence[tuple[int, ...]], calm: Sequence[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """The groups, a part's with that of its whole where a document tells it to be one.

    Only where some documents give the whole and not the part, and others the part alone; groups
    that are not `calm` differ in earnest and stay as they are.
    """
    own = {at: group for group in calm for at in group}
    for whole, part in _parts(told):
        one, other = own.get(whole, ()), own.get(part, ())
        telling = [{told[at].document for at in group} for group in (one, other)]
        if one != other and telling[0] - telling[1] and telling[1] - telling[0]:
            joined = tuple(sorted({*one, *other}))
            own.update(dict.fromkeys(joined, joined))
    return list(dict.fromkeys(own.get(group[0], group) for group in groups))


def _parts(told: Sequence[Amount]) -> Iterator[tuple[int, int]]:
    """Wholes, and their parts as one sentence tells them: "60 dead, 31 of them women and 9 men"."""
    whole, rest = None, 0.0
    for at, one in enumerate(told):
        before = told[at - 1] if at else None
        if not (before and _are_counted_beside(one, before)):
            whole = None
        elif one.extent.part and one.value < before.value:
            whole, rest = at - 1, before.value
        if whole is not None and one.value <= rest:
            rest -= one.value
            yield whole, at


def _wholes(told: Sequence[Amount]) -> Mapping[tuple[str, float], Sequence[Amount]]:
    """What each number is told to be a part of."""
    found: defaultdict[tuple[str, float], list[Amount]] = defaultdict(list)
    for whole, part in _parts(told):
        found[measures.kind(told[part].unit), told[part].value].append(told[whole])
    return found


def _is_part(
    one: Amount, other: Amount, wholes: Mapping[tuple[str, float], Sequence[Amount]]
) -> bool:
    """Whether some document tells that the smaller of two numbers is a part of the larger."""
    small, large = sorted((one, other), key=lambda amount: amount.value)
    key = measures.kind(small.unit), small.value
    return any(_is_told_alike(whole, large) for whole in wholes.get(key, ()))


def _are_counted_beside(one: Amount, other: Amount) -> bool:
    """Whether one sentence of a document counts both, and in one unit."""
    return (one.document, one.sentence, measures.kind(one.unit)) == (
        other.document,
        other.sentence,
        measures.kind(other.unit),
    )


def _voices(told: Sequence[Amount]) -> list[int]:
    """What speaks in each amount: its document, which says one thing in one way.

    Two numbers that a document gives are of two things, however alike.
    """
    ids: dict[tuple[int, str | None, float | None, float | None, date | None], int] = {}
    return [
        ids.setdefault((one.document, one.unit, one.low, one.high, one.earliest), len(ids))
        for one in told
    ]


def _likenesses(
    marks: Sequence[Marks],
    told: Sequence[Amount],
    vectors: Vectors,
) -> dict[tuple[int, int], float]:
    """How likely pairs of amounts of different documents are of one thing, 0 to 1."""
    rarity = _rarity(told)
    beside = _beside(told)
    pairs = list(_candidates(told, rarity, beside))
    weighed = sorted({at for pair in pairs for at in pair})
    row = {at: place for place, at in enumerate(weighed)}
    meaning = _meaning(marks, [told[at] for at in weighed], vectors)
    odds = {
        (a, b): _odds(
            (
                *_features(told[a], told[b], (row[a], row[b]), meaning, rarity),
                float(not beside[a].isdisjoint(beside[b])),
            )
        )
        for a, b in pairs
    }
    rivals = _rivals(told, odds)
    lengths = {one.document: _length(marks[one.document].document.text) for one in told}
    return {
        (a, b): one
        / (
            min(lengths[told[a].document], lengths[told[b].document])
            + rivals[a, told[b].document]
            + rivals[b, told[a].document]
            - one
        )
        for (a, b), one in odds.items()
    }


def _rivals(
    told: Sequence[Amount], odds: Mapping[tuple[int, int], float]
) -> Mapping[tuple[int, int], float]:
    """The odds of all partners that an amount might have in a document.

    What the document tells twice is one partner, unless the number is small and so common.
    """
    found: defaultdict[tuple[int, int], dict[object, float]] = defaultdict(dict)
    for (a, b), one in odds.items():
        for at, other in ((a, b), (b, a)):
            known, partner = found[at, told[other].document], told[other]
            number = other if _is_small(partner) else (partner.low, partner.high, partner.earliest)
            known[number] = max(one, known.get(number, 0.0))
    return {place: sum(known.values()) for place, known in found.items()}


def _length(text: str) -> float:
    """What else a text may tell, as so many rivals of even odds."""
    stretches = max(_LEAST, len(text) / _STRETCH)
    return stretches * math.pow(max(1.0, stretches), _MORE)


def _rarity(told: Sequence[Amount]) -> Mapping[str, float]:
    """What each word of the contexts counts for: the fewer sentences have it, the more."""
    sentences: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for amount in told:
        for name in amount.near:
            sentences[name].add((amount.document, amount.sentence.start))
    return {name: 1 / math.sqrt(len(places)) for name, places in sentences.items()}


def _beside(told: Sequence[Amount]) -> list[frozenset[tuple[str, float]]]:
    """The other numbers near each amount in its sentence, but for small ones."""
    found = []
    for at, one in enumerate(told):
        near = (*told[max(0, at - _NEIGHBOURS) : at], *told[at + 1 : at + 1 + _NEIGHBOURS])
        found.append(
            frozenset(
                (measures.kind(other.unit), other.value)
                for other in near
                if (other.document, other.sentence) == (one.document, one.sentence)
                if other.unit != "date" and not _is_small(other)
            )
        )
    return found


def _candidates(
    told: Sequence[Amount],
    rarity: Mapping[str, float],
    beside: Sequence[frozenset[tuple[str, float]]],
) -> Iterator[tuple[int, int]]:
    """Pairs of amounts of different documents whose units fit, those that share words first."""
    by: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, amount in enumerate(told):
        rare = sorted(amount.near, key=lambda name: (-rarity[name], name))[:_RARE]
        for name in sorted({*rare, *amount.told, *amount.things, ""}):
            by[measures.kind(amount.unit), name].append(number)
    found = {
        (a, b)
        for numbers in by.values()
        for at, b in enumerate(numbers)
        for a in numbers[max(0, at - _CROWD) : at]
        if _fits(told[a], told[b])
        and (_says_of_what(told[a], told[b]) or not beside[a].isdisjoint(beside[b]))
    }
    yield from sorted(found)


def _fits(one: Amount, other: Amount) -> bool:
    """Whether nothing forbids that the two are of one thing."""
    tolls = [amount.told & amounts.tolls() for amount in (one, other)]
    return (
        one.document != other.document
        and one.unit not in _UNTOLD
        and (one.unit != measures.AGE or not one.things.isdisjoint(other.things))
        and measures.fit(one.unit, other.unit)
        and one.extent.others == other.extent.others
        and one.extent.base == other.extent.base
        and one.extent.needed == other.extent.needed
        and not (one.change and other.level)
        and not (other.change and one.level)
        and (_is_same(one, other) or not differing.is_other_time(one, other, _LONG))
        and not (tolls[0] and tolls[1] and not tolls[0] & tolls[1])
        and not _are_of_other_polls(one, other)
    )


def _are_of_other_polls(one: Amount, other: Amount) -> bool:
    """Whether two shares are of those asked by people who have no name in common."""
    return (
        _POLL in one.near
        and _POLL in other.near
        and bool(one.names and other.names)
        and one.names.isdisjoint(other.names)
    )


def _says_of_what(one: Amount, other: Amount) -> bool:
    """Whether anything tells what one of the two counts."""
    return _is_told_of(one) or _is_told_of(other)


def _is_told_of(amount: Amount) -> bool:
    """Whether something tells what an amount counts; a large number alone says enough."""
    if amount.unit is None and not amount.things and amount.value % 1:
        return False  # a mark, or a strength
    return bool(amount.unit or amount.told or amount.things or amount.value >= _MANY)


def _features(
    one: Amount,
    other: Amount,
    rows: tuple[int, int],
    meaning: _Meaning,
    rarity: Mapping[str, float],
) -> tuple[float, ...]:
    """What tells whether two amounts are of one thing."""
    a, b = rows
    named = bool(one.things and other.things)
    beside = _is_day_beside(one, other)
    off = _off(one, other)
    small = all(_is_small(amount) for amount in (one, other))
    return (
        float(meaning.sentences[a] @ meaning.sentences[b]),
        float(meaning.clauses[a] @ meaning.clauses[b]),
        _shared(one.near, other.near, rarity),
        float(bool(one.told & other.told)),
        float(named and not one.things & other.things),
        float(one.unit == "date" and not beside),
        float(one.unit == "date" and beside and not (one.absolute and other.absolute)),
        off,
        float(one.unit != "date" and off < _BESIDES and not small),
        float(small),
        float(one.unit in measures.SHARES),
        float(
            differing.is_of_untold_time(one, other) or differing.is_of_untold_time(other, one),
        ),
        float(bool(one.things or other.things) and not (_is_told_of(one) and _is_told_of(other))),
        float(one.unit == measures.AGE),
        float(bool(one.whose and other.whose) and not _are_named_alike(one, other)),
        min(len(one.names & other.names), _NAMES) / _NAMES,
        float(bool(one.things & other.things)),
        float(meaning.heads[a] @ meaning.heads[b]) if one.head and other.head else 0.0,
        float(bool(one.pollsters & other.pollsters and one.told & other.told)),
    )


def _are_named_alike(one: Amount, other: Amount) -> bool:
    """Whether the sentence of each has the last name before the other."""
    return one.whose in other.names and other.whose in one.names


def _is_day_beside(one: Amount, other: Amount) -> bool:
    """Whether two days lie so near that one may be taken for the other."""
    if not (one.earliest and one.latest and other.earliest and other.latest):
        return False
    return max(one.earliest - other.latest, other.earliest - one.latest) <= _BESIDE


def _is_small(amount: Amount) -> bool:
    """Whether it is one of the numbers that count anything: "two officials", "one day"."""
    value = amount.value
    if amount.unit == "date" or amount.against is not None:
        return False
    return value <= _SMALL and value == int(value)


def _odds(features: Sequence[float]) -> float:
    """That two amounts are of one thing against that they are not, were there no others."""
    return math.exp(_BIAS + sum(map(operator.mul, _WEIGHTS, features)))


_WEIGHTS = (
    1.6, 2.2, 1.65, 1.85, -1.25, -4.5, -3.6, -4.4, 1.2, -0.75, -2.8, -3.0, -1.7, 5.0, -0.45, 0.7,
    -0.8, 0.8, 2.8, 0.65,
)  # fmt: skip
_BIAS = 0.95


def _shared(
    one: Mapping[str, float], other: Mapping[str, float], rarity: Mapping[str, float]
) -> float:
    """What is told near both, by how rare it is."""
    both = sorted(one.keys() & other.keys())
    return min(sum(rarity[name] * min(one[name], other[name]) for name in both), _ENOUGH)


def _is_crowd(amount: Amount) -> bool:
    """Whether it may be a number of people that nobody counted one by one."""
    return amount.unit in {None, "person"} and amount.value >= _MANY


def _off(one: Amount, other: Amount) -> float:
    """By how many powers of ten the numbers differ; a slip of a thousand counts for little."""
    values = [amount.low or amount.high for amount in (one, other)]
    if not values[0] or not values[1]:
        return 0.0
    if values[0] * values[1] < 0:
        return 1.0
    scale = measures.scale(one.unit, other.unit)
    powers = abs(math.log10(values[0] * scale / values[1]))
    if _is_crowd(one) and _is_crowd(other) and _GATHERED & (one.near.keys() | other.near.keys()):
        powers *= _LOOSE
    return min(powers, abs(powers - 3) + _SLIP)


def _mutual(
    told: Sequence[Amount], scores: Mapping[tuple[int, int], float]
) -> Iterator[tuple[tuple[int, int], float]]:
    """The pairs of which each is the other's likeliest partner in its document.

    One of the same value comes before all others: what is told alike leaves no partner over.
    """
    best: dict[tuple[int, int], tuple[float, int]] = {}
    for (a, b), score in scores.items():
        rank = score + (1.0 if score >= _ALIKE and _is_told_alike(told[a], told[b]) else 0.0)
        for one, other in ((a, b), (b, a)):
            key = (one, told[other].document)
            best[key] = max(best.get(key, (0.0, -1)), (rank, -other))
    for (a, b), score in scores.items():
        if best[a, told[b].document][1] == -b and best[b, told[a].document][1] == -a:
            yield (a, b), score


def _is_same(one: Amount, other: Amount) -> bool:
    return (one.low, one.high, one.against, one.earliest, one.latest) == (
        other.low,
        other.high,
        other.against,
        other.earliest,
        other.latest,
    )


def _is_told_alike(one: Amount, other: Amount) -> bool:
    """Whether both give one number, but for what rounding leaves out; no number that is small."""
    if (_is_small(one) and _is_small(other)) or not (one.value and other.value):
        return _is_same(one, other)
    return _is_same(one, other) or (one.unit != "date" and _off(one, other) < _HAIR)


def _counted(group: Sequence[Amount]) -> str | None:
    """What is counted and what is told of it, in the words that most of the amounts have."""
    heads = [amount.head.casefold() for amount in group if amount.head and amount.things]
    told = [name for amount in group for name in sorted(amount.told)]
    words = [
        min(names, key=lambda name: (-names.count(name), name)) for names in (heads, told) if names
    ]
    return ", ".join(words) or None
