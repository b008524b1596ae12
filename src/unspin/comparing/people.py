"""People across documents: which names of which documents are one person's.

A name joins a cluster where the two agree and enough speaks for it in sum: how much of the name is
the same, roles, the country or body somebody belongs to, age, and the names that the documents
share besides. The weights are log-odds. Full names come first; a surname alone joins one of them
only where that leads any other clearly. It is the cluster as a whole that must agree.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from unspin.comparing import countries, described, naming
from unspin.comparing.contexts import Contexts
from unspin.comparing.described import Described, Role
from unspin.comparing.heard import Cluster, Source
from unspin.comparing.naming import Likeness, Person

_JOINS = 1.0  # log-odds from which two are one
_MARGIN = 1.0  # by how much the best answer must lead the second
_CANDIDATES = 64  # clusters a name is weighed against
_SAMPLED = 8  # documents of a cluster, and documents near each, that are looked at
_BASE: Mapping[Likeness, float] = {
    "full": 1.5,
    "variant": 0.8,
    "part": 0.3,
    "initial": -0.3,
    "surname": -0.8,
    "sound": -1.6,
    "first": -1.2,
}
_SAME_ROLE, _SAME_OFFICE = 1.0, 1.5
_OTHER_ROLE, _OTHER_OFFICE, _OTHER_FIELD = -0.5, -1.5, -3.0
_SAME_OWNER, _OTHER_OWNER, _OTHER_SEAT = 1.0, -0.7, -3.0
_SAME_AGE = 1.0
_NAMED_IN_FULL, _NAMED_OTHERWISE = 2.0, -2.0
_OFFICES = frozenset(  # what one person is at one place and for one matter at a time
    """president vice-president premier minister mayor governor monarch ambassador speaker
    royal""".split()
) | {"deputy minister", "party leader", "secretary-general"}
_FREE = frozenset({"any"})  # fields whose roles go with any other


def find(sources: Sequence[Source], contexts: Contexts) -> list[Cluster]:
    """The people that the sources are, each as a cluster of them; every source is in one."""
    people = [Cluster.of(source) for source in _within(sources)]
    full = [one for one in people if _is_full(one)]
    full.sort(key=lambda one: (-max(len(name.words) for name in one.persons), one.order))
    found: list[Cluster] = []
    shelves: dict[str, list[Cluster]] = defaultdict(list)
    for one in (*full, *(one for one in people if not _is_full(one))):
        weighed = _weighed(one, _candidates(one, shelves, contexts), contexts)
        if weighed and _is_clear(weighed, contexts):
            weighed[0][1].join(one, weighed[0][0])
        else:
            found.append(one)
            for end in _ends(one):
                shelves[end].append(one)
    return _consolidated(found, contexts)


def _is_full(cluster: Cluster) -> bool:
    return any(name.full for name in cluster.persons)


def _candidates(
    one: Cluster, shelves: Mapping[str, Sequence[Cluster]], contexts: Contexts
) -> list[Cluster]:
    """The clusters that share a word with a name, at most so many: those of documents near it."""
    chosen = list({id(each): each for end in _ends(one) for each in shelves.get(end, ())}.values())
    if len(chosen) > _CANDIDATES:
        near = {place for document in one.documents for place in contexts.near[document]}
        chosen.sort(key=lambda each: (-len(near & each.documents), each.order))
    return chosen[:_CANDIDATES]


def _weighed(
    one: Cluster, others: Iterable[Cluster], contexts: Contexts
) -> list[tuple[float, Cluster]]:
    """The clusters that one can be, with the log-odds that it is, best first."""
    weighed = [
        (odds, other)
        for other in others
        if other is not one and (odds := _odds(one, other, contexts)) is not None
    ]
    return sorted(weighed, key=lambda each: (-each[0], each[1].order))


def _is_clear(weighed: Sequence[tuple[float, Cluster]], contexts: Contexts) -> bool:
    """Whether the best answer is good enough, and leads every other that is not the same."""
    best, chosen = weighed[0]
    if best < _JOINS:
        return False
    for odds, rival in weighed[1:]:
        if odds <= best - _MARGIN:
            return True
        both = _odds(chosen, rival, contexts)
        if both is None or both < _JOINS:
            return False
    return True


def _consolidated(clusters: Sequence[Cluster], contexts: Contexts) -> list[Cluster]:
    """The clusters, those made one that turn out to be one when all their sources are known."""
    shelves: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        for end in _ends(cluster):
            shelves[end].append(cluster)
    gone: set[int] = set()
    for _, shelf in sorted(shelves.items()):
        shelf.sort(key=lambda each: (-len(each.documents), each.order))
        changed = len(shelf) > 1
        while changed:
            changed = False
            here = [each for each in shelf[:_CANDIDATES] if id(each) not in gone]
            for one in reversed(here):
                weighed = _weighed(one, here, contexts)
                if weighed and _is_clear(weighed, contexts):
                    weighed[0][1].join(one, weighed[0][0])
                    gone.add(id(one))
                    changed = True
                    break
    return [each for each in clusters if id(each) not in gone]


def _within(sources: Sequence[Source]) -> list[Source]:
    """The sources with what their documents say of them, those of one person in a document one."""
    documents: dict[int, list[Source]] = defaultdict(list)
    for source in sources:
        source.person = max(map(naming.person, source.names), key=lambda one: len(one.words))
        if source.person.words:
            documents[source.document].append(source)
    people = []
    for some in documents.values():
        merged = _merged(some)
        people += merged
        forms = {str(place): _forms(one) for place, one in enumerate(merged)}
        told = described.people(some[0].marks.document.text, forms)
        for place, one in enumerate(merged):
            one.told = told[str(place)]
            for name in one.names:
                one.told.read(name.removesuffix(naming.untitled(name)), "")
    return people


def _merged(sources: Sequence[Source]) -> list[Source]:
    """The sources of one document; those whose names can be of nobody else there made one."""
    found: list[Source] = []
    for source in sorted(sources, key=lambda one: (-len(_words(one)), one.order)):
        alike = [one for one in found if naming.likeness(_name(one), _name(source)) != "apart"]
        if len(alike) == 1:
            alike[0].names.update(source.names)
            alike[0].places += source.places
            alike[0].kind = alike[0].kind or source.kind
        else:
            found.append(source)
    return found


def _name(source: Source) -> Person:
    return source.person or Person((), None)


def _words(source: Source) -> Sequence[naming.Word]:
    return _name(source).words


def _forms(source: Source) -> list[str]:
    """How the name is written in the document: in full, and by the surname."""
    names = [naming.untitled(name) for name in source.names]
    return list(dict.fromkeys([*sorted(names, key=len, reverse=True), names[0].split(" ")[-1]]))


def _ends(cluster: Cluster) -> list[str]:
    """The words that stand for all of its names, by sound."""
    ends = (word.sound for one in cluster.persons for word in (one.words[-1], one.words[0]))
    return list(dict.fromkeys(ends))


def _odds(one: Cluster, other: Cluster, contexts: Contexts) -> float | None:
    """How much speaks for two clusters being one; None where they cannot be."""
    alike = {naming.likeness(mine, yours) for mine in one.persons for yours in other.persons}
    sexes = one.told.sex, other.told.sex
    if "apart" in alike or (None not in sexes and sexes[0] != sexes[1]):
        return None
    aged = _by_age(one, other)
    if aged is None:
        return None
    own = {word.spelt for each in (*one.persons, *other.persons) for word in each.words}
    shared = max(contexts.odds(mine, yours, own) for mine, yours in _nearest(one, other, contexts))
    return (
        max(_BASE[each] for each in alike)
        + aged
        + _by_role(one.told, other.told)
        + _by_given(one, other)
        + shared
    )


def _nearest(one: Cluster, other: Cluster, contexts: Contexts) -> list[tuple[int, int]]:
    """Pairs of documents of the two that are like each other, and their first ones."""
    few, many = sorted((one, other), key=lambda each: len(each.documents))
    pairs = [
        (mine, yours)
        for mine in sorted(few.documents)[:_SAMPLED]
        for yours in [place for place in contexts.near[mine] if place in many.documents][:_SAMPLED]
    ]
    return [*pairs, (min(few.documents), min(many.documents))]


def _by_age(one: Cluster, other: Cluster) -> float | None:
    """What the ages say: None where they cannot be one person's."""
    found = 0.0
    for age, year in _ages(one.sources):
        for aged, then in _ages(other.sources):
            if abs((age - aged) - (year - then)) > 1.5:  # noqa: PLR2004 - years
                return None
            found = _SAME_AGE
    return found


def _ages(sources: Iterable[Source]) -> list[tuple[int, float]]:
    return [
        (age, source.marks.document.published.toordinal() / 365.25)
        for source in sources
        if source.marks.document.published
        for age in sorted(source.told.ages)
    ]


def _by_role(one: Described, other: Described) -> float:
    """What roles and the bodies they are held in say."""
    owners = [frozenset().union(*map(countries.keys, told.owners)) for told in (one, other)]
    same_owner = bool(owners[0] & owners[1])
    owned = _SAME_OWNER if same_owner else _OTHER_OWNER if owners[0] and owners[1] else 0.0
    kinds = {role.kind for role in one.roles} & {role.kind for role in other.roles}
    offices = kinds & _OFFICES
    if offices and owners[0] and owners[1] and not same_owner:
        return _OTHER_SEAT
    if any(_is_for_another(kind, one.roles, other.roles) for kind in kinds):
        return owned + _OTHER_OFFICE
    if kinds:
        return owned + (_SAME_OFFICE if offices else _SAME_ROLE)
    fields = [{role.field for role in told.roles} - _FREE for told in (one, other)]
    if not fields[0] or not fields[1]:
        return owned
    if not fields[0] & fields[1]:
        return owned + _OTHER_FIELD
    both = [{role.kind for role in told.roles} & _OFFICES for told in (one, other)]
    return owned + (_OTHER_OFFICE if both[0] and both[1] else _OTHER_ROLE)


def _is_for_another(kind: str, one: Collection[Role], other: Collection[Role]) -> bool:
    """Whether two hold one kind of role for two matters: foreign minister, finance minister."""
    matters = [{role.portfolio for role in some if role.kind == kind} for some in (one, other)]
    return None not in matters[0] | matters[1] and not matters[0] & matters[1]


def _by_given(one: Cluster, other: Cluster) -> float:
    """What the given names say that stand before a surname alone in the text."""
    alone, full = (other, one) if _is_full(one) else (one, other)
    firsts = {name.words[0] for name in full.persons if name.full}
    if _is_full(alone) or not firsts:
        return 0.0
    met = [
        any(naming.same_given(naming.word(given), first) != "apart" for first in firsts)
        for given in sorted(alone.told.given)
    ]
    others = [
        given
        for given, same in zip(sorted(alone.told.given), met, strict=True)
        if not same and naming.is_given(given)
    ]
    if others:
        return 0.0 if any(met) else _NAMED_OTHERWISE
    return _NAMED_IN_FULL if any(met) else 0.0
