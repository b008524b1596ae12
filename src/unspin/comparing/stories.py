"""Documents grouped by the event they tell of, by what they say and when.

Pairs are found in an inverted index over the rarest words of each document and judged two by two
(`likeness`); days between their publication count against them, where both are dated. Groups come
from average linkage: two become one where the mean over all pairs between them speaks for one
event, so that a chain of follow-ups does not grow into one story. A pair that no rare word brings
up counts as unlike. A document left alone then joins the one group it is clearly nearest to.

A document has a bounded number of partners, so the work grows with the number of documents. What
links no two documents cannot put them in one story: a new document therefore touches none but the
stories it links to, and those those link to (`known`).
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from unspin.comparing import likeness
from unspin.comparing.likeness import Pair, Profile
from unspin.comparing.sources import fullest
from unspin.model.signals import Vectors
from unspin.types import Copy, Document, Marks, Story

_KEYS = 24  # words a document is looked up by: its rarest and most frequent
_COMMON = 256  # documents that share a key: a key of more brings up nobody
_PARTNERS = 128  # that a document is judged with, those that share most
_ONE = 0.75  # mean log-odds from which two groups are one
_LONE = -2.0  # the same for a document alone
_CLEAR = 2.0  # by how much its group must be nearer than the next
_LINK = min(_ONE, _LONE)  # what no pair of a story reaches puts nobody in it
_UNLIKE = -4.0  # log-odds of what was not judged, and of what could not be less alike
_SURE = 6.0  # the most that likeness counts, so that days can outweigh it
_SOON = 2  # days in which an event is told of first
_LATER = 1.5  # log-odds that each doubling of the days after takes away

Links = Mapping[Pair, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """One text and its copies."""

    profile: Profile
    day: int | None  # the first it was published on
    documents: tuple[Document, ...]  # in the order of their days


def find(
    marks: Sequence[Marks],
    copies: Sequence[Copy],
    vectors: Vectors,
    known: Sequence[Story] = (),
) -> tuple[Story, ...]:
    """The stories of all documents, each in one; sorted by day and id, undated last.

    Copies of one text are of one story. With the stories `known` of some of the documents, as they
    were found before, only what the other documents touch is judged again.
    """
    sources = _sources([one.document for one in marks], copies)
    partners = _partners([source.profile for source in sources])
    old = {document: story for story in known for document in story.documents}
    begin = {
        at for at, one in enumerate(sources) if any(own.id not in old for own in one.documents)
    }
    mates: defaultdict[str, list[int]] = defaultdict(list)
    for at, source in enumerate(sources):
        if at not in begin:
            mates[old[source.documents[0].id].id].append(at)
    together = {at: some for some in mates.values() for at in some}
    touched, links = _linked(sources, partners, begin, together, vectors)
    groups = _grouped(links, touched)
    central = _central(groups, links)
    found = [_story(sources, group, central) for group in groups]
    kept = {old[sources[at].documents[0].id] for at in together.keys() - touched}
    return tuple(sorted([*found, *kept], key=_order))


def _sources(documents: Sequence[Document], copies: Sequence[Copy]) -> list[_Source]:
    """The independent sources, in the order of the ids of their fullest documents."""
    by_id = {one.id: one for one in documents}
    first = fullest(copies)
    together: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        together[first.get(document.id, document.id)].append(document)
    found = []
    for speaking in sorted(together):
        group = sorted(together[speaking], key=_when)
        days = [one.published.toordinal() for one in group if one.published]
        profile = likeness.profile(by_id.get(speaking, group[0]))
        found.append(_Source(profile, min(days, default=None), tuple(group)))
    return found


def _when(document: Document) -> tuple[bool, int, str]:
    day = document.published
    return day is None, day.toordinal() if day else 0, document.id


def _partners(profiles: Sequence[Profile]) -> list[list[int]]:
    """Who each is judged with, ascending; each is a partner of its partners."""
    keys = [_keys(one) for one in profiles]
    holders: defaultdict[int, list[int]] = defaultdict(list)
    weights: defaultdict[int, list[float]] = defaultdict(list)
    for at, own in enumerate(keys):
        for word, weight in own:
            holders[word].append(at)
            weights[word].append(weight)
    lists = {
        word: (np.array(some), np.array(weights[word]))
        for word, some in holders.items()
        if 1 < len(some) <= _COMMON
    }
    found: list[set[int]] = [set() for _ in profiles]
    for at, own in enumerate(keys):
        shared = [(*lists[word], weight) for word, weight in own if word in lists]
        if not shared:
            continue
        others, places = np.unique(
            np.concatenate([some for some, _, _ in shared]), return_inverse=True
        )
        sums = np.bincount(places, np.concatenate([held * own for _, held, own in shared]))
        sums[others == at] = 0.0
        nearest = np.lexsort((others, -sums))[:_PARTNERS]
        for other in others[nearest[sums[nearest] > 0]].tolist():
            found[at].add(other)
            found[other].add(at)
    return [sorted(some) for some in found]


def _keys(profile: Profile) -> list[tuple[int, float]]:
    """The words of a document that weigh most, and their weights."""
    words, weights = profile.whole.words, profile.whole.weights
    heaviest = np.sort(np.lexsort((words, -weights))[:_KEYS])
    return list(zip(words[heaviest].tolist(), weights[heaviest].tolist(), strict=True))


def _linked(
    sources: Sequence[_Source],
    partners: Sequence[Sequence[int]],
    begin: Collection[int],
    mates: Mapping[int, Collection[int]],
    vectors: Vectors,
) -> tuple[set[int], dict[Pair, float]]:
    """All that links lead to from where they begin, and the links among it.

    `mates` are of one story already: who touches one of them touches all.
    """
    touched: set[int] = set()
    links: dict[Pair, float] = {}
    meanings: dict[int, NDArray[np.float32]] = {}
    edge = set(begin)
    while edge:
        pairs = sorted(
            (min(at, other), max(at, other))
            for at in edge
            for other in partners[at]
            if other not in touched and (at < other or other not in edge)
        )
        involved = sorted({at for pair in pairs for at in pair})
        new = [at for at in involved if at not in meanings]
        meanings.update(zip(new, vectors([sources[at].profile.text for at in new]), strict=True))
        touched |= edge
        edge = set()
        for pair, odds in zip(pairs, _judged(sources, meanings, involved, pairs), strict=True):
            if odds > _UNLIKE:
                links[pair] = odds
            if odds >= _LINK:
                edge.update(mate for at in pair for mate in (at, *mates.get(at, ())))
        edge -= touched
    return touched, {pair: odds for pair, odds in links.items() if touched.issuperset(pair)}


def _judged(
    sources: Sequence[_Source],
    meanings: Mapping[int, NDArray[np.float32]],
    involved: Sequence[int],
    pairs: Sequence[Pair],
) -> Iterator[float]:
    if not pairs:
        return
    place = {at: number for number, at in enumerate(involved)}
    odds = likeness.log_odds(
        [sources[at].profile for at in involved],
        np.stack([meanings[at] for at in involved]),
        [(place[one], place[other]) for one, other in pairs],
    )
    for (one, other), alike in zip(pairs, odds.tolist(), strict=True):
        yield max(
            _UNLIKE, min(_SURE, alike) - _LATER * _later(sources[one].day, sources[other].day)
        )


def _later(one: int | None, other: int | None) -> float:
    """How often the days between the two double after the first ones; 0 where one is undated."""
    if one is None or other is None:
        return 0.0
    return math.log2(max(_SOON, abs(one - other)) / _SOON)


def _grouped(links: Links, members: Iterable[int]) -> list[tuple[int, ...]]:
    """The groups, each ascending.

    Of average linkage only the sums over the pairs that were judged are kept, each as what it lies
    above an unlike pair.
    """
    groups = {at: [at] for at in sorted(members)}
    above: dict[int, dict[int, float]] = {at: {} for at in groups}
    for (one, other), odds in sorted(links.items()):
        if odds > _UNLIKE:
            above[one][other] = above[other][one] = odds - _UNLIKE
    heap = [
        (-mean, one, other)
        for one, near in above.items()
        for other in near
        if one < other and (mean := _mean(groups, above, one, other)) >= _ONE
    ]
    heapq.heapify(heap)
    while heap:
        mean, one, other = heapq.heappop(heap)
        if other not in above.get(one, {}) or -mean != _mean(groups, above, one, other):
            continue  # one of the two has grown since
        groups[one] += groups.pop(other)
        gone = above.pop(other)
        for near, much in gone.items():
            del above[near][other]
            if near != one:
                above[one][near] = above[near][one] = above[one].get(near, 0.0) + much
        for near in above[one]:
            low, high = min(one, near), max(one, near)
            if (mean := _mean(groups, above, low, high)) >= _ONE:
                heapq.heappush(heap, (-mean, low, high))
    for alone, group in _joining(groups, above):
        groups[group] += groups.pop(alone)
    return [tuple(sorted(group)) for group in groups.values()]


def _mean(
    groups: Mapping[int, Sequence[int]],
    above: Mapping[int, Mapping[int, float]],
    one: int,
    other: int,
) -> float:
    return _UNLIKE + above[one][other] / (len(groups[one]) * len(groups[other]))


def _joining(
    groups: Mapping[int, Sequence[int]], above: Mapping[int, Mapping[int, float]]
) -> list[Pair]:
    """The documents that are alone and the groups they join."""
    found = []
    for alone, group in groups.items():
        if len(group) > 1:
            continue
        near = sorted(
            (-_mean(groups, above, alone, other), other)
            for other in above[alone]
            if len(groups[other]) > 1
        )
        nearest = -near[0][0] if near else _UNLIKE
        next_one = -near[1][0] if len(near) > 1 else _UNLIKE
        if nearest >= _LONE and nearest - next_one >= _CLEAR:
            found.append((alone, near[0][1]))
    return found


def _central(groups: Sequence[Sequence[int]], links: Links) -> dict[int, float]:
    """How much each is like the others of its group."""
    group = {at: number for number, members in enumerate(groups) for at in members}
    near = dict.fromkeys(sorted(group), 0.0)
    for (one, other), odds in sorted(links.items()):
        if group[one] == group[other]:
            near[one] += odds - _UNLIKE
            near[other] += odds - _UNLIKE
    return near


def _story(sources: Sequence[_Source], group: Sequence[int], central: Mapping[int, float]) -> Story:
    """The story of a group, under the title of the source that is most like the others."""
    documents = sorted((one for at in group for one in sources[at].documents), key=_when)
    days = sorted(one.published.toordinal() for one in documents if one.published)
    titles = [
        (-central[at], _when(one), one.title)
        for at in group
        for one in sources[at].documents
        if one.title
    ]
    return Story(
        id=documents[0].id,
        title=min(titles)[-1] if titles else None,
        first=date.fromordinal(days[0]) if days else None,
        last=date.fromordinal(days[-1]) if days else None,
        documents=tuple(one.id for one in documents),
        sources=len(group),
    )


def _order(story: Story) -> tuple[bool, int, str]:
    return story.first is None, story.first.toordinal() if story.first else 0, story.id
