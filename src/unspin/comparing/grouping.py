"""What may answer each other across documents, and groups of what does.

Candidates come from an inverted index over rare words, each word's list and each one's partners
bounded, so that their number grows with what there is to compare. Groups come from links between
pairs by average linkage: the surest links first, two groups become one where two in five pairs
between them are linked. So one odd link chains nothing together, and the groups do not depend on
any order but that of the scores.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence

_COMMON = 48  # that a word is looked up in: one that more share tells little
_PARTNERS = 24  # that each is weighed against, by the weight of what they share


def sharing(keys: Sequence[Collection[Hashable]]) -> Iterator[tuple[int, int]]:
    """Pairs (lower, higher) that share the most keys, rare ones above all; some come twice."""
    at: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, own in enumerate(keys):
        for key in own:
            at[key].append(number)
    for number, own in enumerate(keys):
        shared: defaultdict[int, float] = defaultdict(float)
        for places in sorted(at[key] for key in own):
            if len(places) <= _COMMON:
                for other in places:
                    shared[other] += 1 / math.sqrt(len(places))
        shared.pop(number, None)
        best = sorted(shared, key=lambda other: (-shared[other], other))[:_PARTNERS]
        yield from ((min(number, other), max(number, other)) for other in best)


def groups(
    links: Mapping[tuple[int, int], float], documents: Sequence[int]
) -> list[tuple[int, ...]]:
    """The groups of two or more, each ascending, sorted; `documents` says whose each one is.

    Two of one document say nothing for or against: a document may give one thing in pieces.
    """
    group = {at: at for pair in links for at in pair}
    members = {at: [at] for at in group}
    owners = {at: Counter([documents[at]]) for at in group}
    linked: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for a, b in links:
        if documents[a] != documents[b]:
            linked[a][b] += 1
            linked[b][a] += 1
    for pair in sorted(links, key=lambda pair: (-links[pair], pair)):
        less, more = sorted((group[at] for at in pair), key=lambda at: (len(members[at]), at))
        if less == more:
            continue
        inside = sum(many * owners[more][document] for document, many in owners[less].items())
        pairs = len(members[less]) * len(members[more]) - inside
        if 5 * linked[less][more] < 2 * pairs:
            continue
        group |= dict.fromkeys(members[less], more)
        members[more] += members.pop(less)
        owners[more] += owners.pop(less)
        for other, many in linked.pop(less).items():
            del linked[other][less]
            if other != more:
                linked[more][other] += many
                linked[other][more] += many
    return sorted(tuple(sorted(some)) for some in members.values())


def inside(
    groups: Sequence[Sequence[int]], links: Mapping[tuple[int, int], float]
) -> list[dict[tuple[int, int], float]]:
    """The links between members of each group, in their order."""
    group = {at: number for number, members in enumerate(groups) for at in members}
    found: list[dict[tuple[int, int], float]] = [{} for _ in groups]
    for (one, other), score in links.items():
        if group[one] == group[other]:
            found[group[one]][one, other] = score
    return found
