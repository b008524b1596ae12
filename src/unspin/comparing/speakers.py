"""Who speaks, across documents: one identity for each speaker, by all its names.

In: the marks of many documents. Out: a `Cast`. Within a document the marks have said who is who;
across documents two names are joined where they agree and something more speaks for it: a role, the
body somebody speaks for, the other names of the same story. Two people of one name stay apart, and
so does a surname that two people may be meant by. A name joins what a cluster says as a whole,
never one member of it.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from unspin.comparing import described, naming
from unspin.comparing.described import Described, Role
from unspin.comparing.naming import Likeness, Person
from unspin.model import names
from unspin.types import Identity, Marks, Place, WhoKind


@dataclass(frozen=True, slots=True)
class Cast:
    """All speakers, and which of them speaks where."""

    identities: tuple[Identity, ...]  # by id
    speaking: Mapping[tuple[str, int, int], str]  # document, statement, speaker -> identity

    def of(self, document: str, statement: int, speaker: int) -> str | None:
        """The identity of one speaker of one statement; None for who is not named."""
        return self.speaking.get((document, statement, speaker))


def find(marks: Sequence[Marks]) -> Cast:
    """The speakers of all documents; the same for any order of them.

    Sources without a name, and documents that speak, are nobody: they have no identity.
    """
    sources = list(_sources(marks))
    clusters = [*_people(sources, marks), *_bodies(sources), *_authors(sources)]
    clusters.sort(key=lambda cluster: (_slug(cluster.who), cluster.first))
    ids = _ids(clusters)
    sides = _sides(clusters, ids)
    speaking = {
        (source.marks.document.id, *place): name
        for cluster, name in zip(clusters, ids, strict=True)
        for source in cluster.sources
        for place in source.places
    }
    identities = tuple(
        _identity(cluster, name, side)
        for cluster, name, side in zip(clusters, ids, sides, strict=True)
    )
    return Cast(tuple(sorted(identities, key=lambda one: one.id)), speaking)


_JOINS = 1.0  # log-odds from which two names are one speaker
_MARGIN = 1.0  # by how much the best answer must lead the second where a surname stands alone
_CANDIDATES = 64  # clusters a name is weighed against
_NEAREST = 8  # documents of a cluster that a context is compared with
_BASE: Mapping[Likeness, float] = {
    "full": 1.5,
    "variant": 0.8,
    "part": 0.3,
    "initial": -0.3,
    "surname": -0.8,
    "first": -1.3,
}


_NOBODY = Person((), None)


@dataclass(slots=True)
class _Source:
    """Who one document has speak under one name."""

    marks: Marks
    who: str
    kind: WhoKind | None
    places: list[tuple[int, int]] = field(default_factory=list)  # statement, speaker
    forms: set[str] = field(default_factory=set)
    person: Person = _NOBODY
    described: Described = field(default_factory=Described)

    @property
    def first(self) -> tuple[str, str]:
        """The day and the id of the document; undated ones last."""
        return _day(self.marks), self.marks.document.id


@dataclass(slots=True)
class _Cluster:
    """One speaker as far as it has been put together."""

    kind: WhoKind | None
    sources: list[_Source] = field(default_factory=list)
    odds: float = 4.0  # log-odds of the weakest join
    persons: dict[Person, None] = field(default_factory=dict)
    roles: set[Role] = field(default_factory=set)
    owners: Counter[str] = field(default_factory=Counter)
    sexes: set[str] = field(default_factory=set)
    ages: list[tuple[int, int]] = field(default_factory=list)  # age, day

    def add(self, source: _Source, odds: float) -> None:
        self.sources.append(source)
        self.odds = min(self.odds, odds)
        self.persons[source.person] = None
        self.roles |= source.described.roles
        self.sexes |= source.described.sexes
        for owner, count in source.described.owners.items():
            self.owners[owner] += count

    @property
    def first(self) -> tuple[str, str]:
        return min(source.first for source in self.sources)

    @property
    def who(self) -> str:
        """The fullest of the names."""
        person = self.kind in {"person", None} and any(one.words for one in self.persons)
        counted = Counter(
            naming.untitled(source.who) if person else source.who for source in self.sources
        )
        return min(counted, key=lambda name: (-len(name.split()), -counted[name], name))


def _sources(marks: Sequence[Marks]) -> Iterator[_Source]:
    """The named sources of each document, documents in the order of their days and ids."""
    for one in sorted(marks, key=lambda each: (_day(each), each.document.id)):
        found: dict[tuple[str, bool], _Source] = {}
        for at, statement in enumerate(one.statements):
            for place, speaker in enumerate(statement.speakers):
                if speaker.who and speaker.who_kind not in {"unnamed", "document"}:
                    key = (speaker.who, speaker.who_kind == "author")
                    source = found.setdefault(key, _Source(one, speaker.who, speaker.who_kind))
                    source.kind = source.kind or speaker.who_kind
                    source.places.append((at, place))
                    source.forms |= {span.of(one.document.text) for span in speaker.words}
        yield from found.values()


def _day(marks: Marks) -> str:
    published = marks.document.published
    return published.isoformat()[:10] if published else "9999"


def _people(sources: Sequence[_Source], marks: Sequence[Marks]) -> list[_Cluster]:
    people = [source for source in sources if _is_person(source)]
    by_document: dict[str, list[_Source]] = defaultdict(list)
    for source in people:
        source.person = naming.person(source.who)
        by_document[source.marks.document.id].append(source)
    for some in by_document.values():
        text = some[0].marks.document.text
        told = described.people(text, {one.who: _forms(one) for one in some})
        for one in some:
            one.described = told[one.who]
    contexts = _Contexts(marks)
    order = sorted(
        people, key=lambda one: (not one.person.full, -len(one.person.words), one.first, one.who)
    )
    clusters: list[_Cluster] = []
    shelves: dict[str, list[_Cluster]] = defaultdict(list)
    for source in order:
        if not source.person.words:
            continue
        ends = dict.fromkeys((source.person.words[-1].sound, source.person.words[0].sound))
        near = dict.fromkeys(id(one) for end in ends for one in shelves[end])
        by_id = {id(one): one for end in ends for one in shelves[end]}
        weighed = sorted(
            (
                (odds, -place, by_id[key])
                for place, key in enumerate(list(near)[:_CANDIDATES])
                if (odds := _odds(source, by_id[key], contexts)) is not None
            ),
            key=lambda one: one[:2],
            reverse=True,
        )
        best = weighed[0] if weighed else None
        second = weighed[1][0] if len(weighed) > 1 else -math.inf
        if best and best[0] >= _JOINS and best[0] - second >= _MARGIN:
            cluster = best[2]
        else:
            cluster = _Cluster(source.kind)
            clusters.append(cluster)
            for end in ends:
                shelves[end].append(cluster)
        cluster.add(source, best[0] if best and cluster is best[2] else 4.0)
        cluster.kind = cluster.kind or source.kind
    return clusters


def _is_person(source: _Source) -> bool:
    if source.kind is None:
        return " " in source.who or source.who.istitle()
    return source.kind == "person"


def _forms(source: _Source) -> list[str]:
    """How the name is written in the document: in full, and its last word."""
    name = naming.untitled(source.who)
    return list(dict.fromkeys((name, name.split(" ")[-1])))


def _odds(source: _Source, cluster: _Cluster, contexts: "_Contexts") -> float | None:
    """How much speaks for a name being the cluster's; None where something speaks against it."""
    alike = {naming.likeness(source.person, one) for one in cluster.persons}
    if "apart" in alike:
        return None
    odds = max(_BASE[one] for one in alike)
    told = source.described
    if len(told.sexes) == 1 and len(cluster.sexes) == 1 and told.sexes != cluster.sexes:
        return None
    odds += _by_roles(told.roles, cluster.roles)
    if told.owners and cluster.owners:
        shared = {_stem(one) for one in told.owners} & {_stem(one) for one in cluster.owners}
        odds += 1.5 if shared else -1.0
    return odds + contexts.shared(source, cluster)


def _by_roles(one: Iterable[Role], other: Iterable[Role]) -> float:
    one, other = set(one), set(other)
    if not one or not other:
        return 0.0
    kinds = {role.kind for role in one} & {role.kind for role in other}
    if kinds:
        return 1.5
    fields = {role.field for role in one}, {role.field for role in other}
    if "any" in fields[0] | fields[1]:
        return 0.0
    return -0.7 if fields[0] & fields[1] else -3.0


class _Contexts:
    """The other names of each document, and how much of them two documents share."""

    def __init__(self, marks: Sequence[Marks]) -> None:
        found = {one.document.id: _named(one.document.text) for one in marks}
        counts = Counter(name for some in found.values() for name in some)
        weight = {name: math.log(1 + len(found) / count) for name, count in counts.items()}
        self._weight = weight
        self._names = found

    def shared(self, source: _Source, cluster: _Cluster) -> float:
        """How much the contexts speak for one speaker, from -1 for nothing shared to 2.5."""
        own = {word.spelt for one in (*cluster.persons, source.person) for word in one.words}
        here = self._names[source.marks.document.id] - own
        best = 0.0
        for other in _nearest(source, cluster.sources):
            there = self._names[other.marks.document.id] - own
            both = sum(self._weight[name] for name in sorted(here & there))
            all_of_them = [
                sum(self._weight[name] for name in sorted(side)) for side in (here, there)
            ]
            best = max(best, both / (1.0 + math.sqrt(all_of_them[0] * all_of_them[1])))
        return min(2.5, 6 * best - 1)


def _nearest(source: _Source, sources: Sequence[_Source]) -> list[_Source]:
    day = _ordinal(source)
    return sorted(sources, key=lambda one: (abs(_ordinal(one) - day), one.first))[:_NEAREST]


def _ordinal(source: _Source) -> int:
    published = source.marks.document.published
    return published.toordinal() if published else 0


def _named(text: str) -> frozenset[str]:
    """The words of the names in a text, folded."""
    return frozenset(
        naming.fold(word)
        for veiled in names.find(text)
        if veiled.reading is None
        for word in re.findall(r"[^\W\d_]{3,}", veiled.span.of(text))
    )


def _stem(name: str) -> str:
    """A country or body without what makes an adjective of it: "Galdovia", "Galdovian"."""
    folded = " ".join(naming.fold(word) for word in name.split())
    return re.sub(r"(?<=\w{4})(?:ians?|ia|ans?|ish|ese|ic|is?|ers?|a|e)$", "", folded)


def _bodies(sources: Sequence[_Source]) -> list[_Cluster]:
    found: dict[frozenset[str], _Cluster] = {}
    for source in sources:
        if source.kind != "author" and not _is_person(source):
            key = _body_key(source.who)
            found.setdefault(key, _Cluster(source.kind)).add(source, 2.5)
            found[key].kind = found[key].kind or source.kind
    return list(found.values())


def _body_key(name: str) -> frozenset[str]:
    plain = re.sub(r"['’]s?(?=\s|$)", "", name)
    words = [naming.fold(word) for word in re.findall(r"[^\W_]+(?:[.&-][^\W_]+)*", plain)]
    return frozenset(_stem(word) for word in words if word not in _SMALL) or frozenset({name})


_SMALL = frozenset("the of for and in on at to affairs".split())


def _authors(sources: Sequence[_Source]) -> list[_Cluster]:
    found: dict[tuple[str, ...], _Cluster] = {}
    for source in sources:
        if source.kind == "author":
            document = source.marks.document
            key = (*document.authors, document.outlet or "") if document.authors else (document.id,)
            found.setdefault(key, _Cluster("author")).add(source, 4.0)
    return list(found.values())


def _ids(clusters: Sequence[_Cluster]) -> list[str]:
    """A readable id for each cluster, with a number from the second of its name on."""
    counts: Counter[str] = Counter()
    found = []
    for cluster in clusters:
        slug = _slug(cluster.who)
        counts[slug] += 1
        found.append(slug if counts[slug] == 1 else f"{slug}-{counts[slug]}")
    return found


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", " ".join(map(naming.fold, name.split()))).strip("-") or "speaker"


def _sides(clusters: Sequence[_Cluster], ids: Sequence[str]) -> list[str | None]:
    """For each cluster the id of the body it is said to belong to, where that body speaks."""
    by_key: dict[str, str] = {}
    for cluster, name in zip(clusters, ids, strict=True):
        if cluster.kind in {"government", "organisation", "group"}:
            for source in cluster.sources:
                for word in _body_key(source.who):
                    by_key.setdefault(word, name)
    found: list[str | None] = []
    for cluster in clusters:
        fitting = Counter({by_key[_stem(one)]: 0 for one in cluster.owners if _stem(one) in by_key})
        for owner, count in cluster.owners.items():
            if _stem(owner) in by_key:
                fitting[by_key[_stem(owner)]] += count
        found.append(min(fitting, key=lambda one: (-fitting[one], one)) if fitting else None)
    return found


def _identity(cluster: _Cluster, name: str, side: str | None) -> Identity:
    places = [
        Place.at(source.marks.document, *words)
        for source in sorted(cluster.sources, key=lambda one: one.first)
        for at, place in source.places
        if (words := source.marks.statements[at].speakers[place].words)
    ]
    forms = {source.who for source in cluster.sources}
    return Identity(
        id=name,
        who=cluster.who,
        who_kind=cluster.kind,
        names=tuple(sorted(forms)),
        side=side,
        places=tuple(places),
        score=round(1 / (1 + math.exp(-cluster.odds)), 4),
    )
