"""Who speaks, across documents: one identity for each speaker, by all its names.

In: the marks of many documents. Out: a `Cast`. Within a document the marks say who is who; across
documents two names are joined where they agree and more speaks for it: a role, the body somebody
belongs to, the other names of the same story. Two people of one name stay apart, and so does a
surname that two people can be meant by. Sources without a name have no identity.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from unspin.comparing import bodies, contexts, countries, described, naming, people
from unspin.comparing.described import ARTICLE, Office
from unspin.comparing.heard import SURE, Cluster, Source
from unspin.types import Copy, Identity, Marks, Place, Speaker, WhoKind

_USUAL = 3  # a name is usual that one document has for so many that have another
_SEVERAL = 2  # documents
_LONGEST = 4  # words of a person's name
_ACRONYM = re.compile(r"[A-Z]{2,8}")
_SPACED = re.compile(r"\s+(?=[’'])")
_ADDRESSED = re.compile(r"M(?:r|rs|s)\.?[ ][^\W\d_a-z][\w’'-]+(?<![’']s)")
_LETTER = re.compile(r"\w\.?")  # of somebody whose name is withheld
_PRONOUNS: Mapping[str, described.Sex] = {"he": "m", "she": "f"}
_BODIES = frozenset({"government", "organisation", "group"})


@dataclass(frozen=True, slots=True)
class Cast:
    """All speakers, and which of them speaks where."""

    identities: tuple[Identity, ...]  # by id
    speaking: Mapping[tuple[str, int, int], str]  # document, statement, speaker -> identity

    def of(self, document: str, statement: int, speaker: int) -> str | None:
        """The identity of one speaker of one statement; None for who is not named."""
        return self.speaking.get((document, statement, speaker))


def find(marks: Sequence[Marks], copies: Sequence[Copy] = ()) -> Cast:
    """The speakers of all documents; the same for any order of them.

    An author speaks for every document of the same authors and outlet. Copies are one text: a name
    is the same speaker's in all of them.
    """
    documents = sorted(marks, key=lambda one: (*_day(one), one.document.id))
    persons, others, authors = _sorted_out(list(_sources(documents)))
    context = contexts.of(documents)
    clusters = [
        *_reprinted(people.find(persons, context), copies),
        *_reprinted(bodies.find(others, context), copies),
        *_authors(authors),
    ]
    ids = _ids(clusters)
    sides = _sides(clusters, ids)
    speaking = {
        (source.marks.document.id, *place): name
        for cluster, name in zip(clusters, ids, strict=True)
        for source in cluster.sources
        for place in source.places
    }
    identities = map(_identity, clusters, ids, sides)
    return Cast(tuple(sorted(identities, key=lambda one: one.id)), speaking)


def _day(marks: Marks) -> tuple[bool, str]:
    """The day of a document, as a key that puts those without one last."""
    published = marks.document.published
    return published is None, published.isoformat()[:10] if published else ""


def _sources(documents: Sequence[Marks]) -> Iterator[Source]:
    """Who speaks in each document by a name, or by an office that somebody can be known to hold."""
    for number, one in enumerate(documents):
        found: dict[tuple[str, bool], Source] = {}
        for at, statement in enumerate(one.statements):
            for place, speaker in enumerate(statement.speakers):
                words = " ".join(span.of(one.document.text) for span in speaker.words)
                name, kind, office = _naming(speaker, words)
                if not name and not office:
                    continue
                source = found.setdefault(
                    (name or words.casefold(), speaker.who_kind == "author"),
                    Source(number, one, {}, kind, [], office=office),
                )
                if name and _is_body(name, words, source):
                    source.kind = "organisation"
                if name:
                    source.names[name] = None
                source.kind = source.kind or kind
                source.places.append((at, place))
                if words.casefold() in _PRONOUNS:
                    source.told.pronouns[_PRONOUNS[words.casefold()]] += 1
        yield from found.values()


def _naming(speaker: Speaker, words: str) -> tuple[str | None, WhoKind | None, Office | None]:
    """The name by which a speaker is known, the kind it is of, or the office in its place."""
    name, kind = speaker.who, speaker.who_kind
    if kind == "document" or _LETTER.fullmatch(name or ""):
        return None, kind, None
    if name is not None and described.is_office(name):
        name = naming.apposed(words)
        return name, "person", None if name else described.office(words)
    if name is not None and kind != "person" and " of " in name and (first := _opening(name)):
        return first, "person", None
    if name is not None and words.endswith(f" {name}"):
        if naming.is_younger(words):
            return words, "person", None
        if body := bodies.headed(name, words):
            name, kind = body, "organisation"
        elif kind in _BODIES:
            name = bodies.whole(name, words)
    if name is not None:
        return None if described.is_partisan(name) else _SPACED.sub("", name), kind, None
    if kind != "unnamed" and (name := _opening(words) or naming.apposed(words)):
        return name, None if kind in _BODIES else kind, None
    if name := bodies.named(words) or bodies.spoken_for(words):
        return name, kind if kind in _BODIES else "organisation", None
    return None, kind, None if kind == "unnamed" else described.office(words)


def _opening(words: str) -> str | None:
    """The name of a person that words are, or begin with: "Queen Ana", "Ana Rell of Kell"."""
    if _is_titled(words) and all(word[0].isupper() for word in words.split()):
        return words
    if _ADDRESSED.fullmatch(words):
        return words
    first, of, _ = words.partition(" of ")
    name = naming.untitled(first)
    given, _, surname = name.partition(" ")
    return name if of and surname and naming.is_given(naming.fold(given)) else None


def _is_body(name: str, words: str, source: Source) -> bool:
    """Whether a name that the marks have for nothing, or for a person's, is a body's."""
    text = source.marks.document.text
    if source.kind is None and naming.is_body(name, words):
        return True
    return source.kind in {None, "person"} and (
        bodies.is_lettered(name, text) or bodies.is_called(name, text)
        if " " in name
        else described.is_thing(name, text)
    )


def _is_place(name: str, text: str) -> bool:
    """Whether a text has a word as one has places: "in Kell", and not "in Kell's view"."""
    return re.search(rf"\b[Ii]n[ ]{re.escape(name)}\b(?![ ]?[’']s|[ ][A-Z])", text) is not None


def _sorted_out(sources: Sequence[Source]) -> tuple[list[Source], list[Source], list[Source]]:
    """The sources that are people, bodies and authors.

    An article names a person in full once: of no known kind, a word that stands alone through one
    is a body's, but in a short text, or where a person has that name, it is taken for a surname.
    """
    known = {
        bodies.key_of(name)
        for source in sources
        for name in source.names
        if (source.kind in _BODIES and " " in name) or bodies.is_legal(name)
    }
    surnames = {
        naming.word(word).sound
        for source in sources
        if source.kind == "person" and not any(map(bodies.is_legal, source.names))
        for name in source.names
        for word in naming.untitled(name).split(" ")
        if not _ACRONYM.fullmatch(word) and not bodies.is_generic(bodies.key_of(word))
    }
    bodily = _bodily(sources)
    persons: list[Source] = []
    others: list[Source] = []
    authors: list[Source] = []
    for source in sources:
        name = min(source.names, default="")
        words = naming.person(name).words
        text = source.marks.document.text
        if source.kind == "author":
            authors.append(source)
            continue
        if _is_titled(name) and source.kind in _BODIES:
            source.kind = "person"  # "Foreign Ministry spokesman Ana Rell"
        if (
            name in bodily
            or _is_collective(name, source.kind)
            or (bodies.key_of(name) in known and not _is_somebody(source))
        ):
            source.kind = None if source.kind == "person" else source.kind
            others.append(source)
            continue
        unsure = source.kind is None and (
            " " in name
            or (not name.isupper() and len(text) < ARTICLE and not _is_place(name, text))
            or any(one.sound in surnames for one in words)
        )
        is_person = source.office is not None or (
            not (_ACRONYM.fullmatch(name) and not any(one.sound in surnames for one in words))
            and (source.kind == "person" or unsure or _is_titled(name))
        )
        (persons if is_person else others).append(source)
    return persons, others, authors


def _is_somebody(source: Source) -> bool:
    """Whether a text tells of the bearer of a name as of a person."""
    names = sorted(source.names, key=len, reverse=True)
    (told,) = described.people(source.marks.document.text, [names])
    told.include(source.told)
    return any(map(_is_titled, names)) or bool(
        told.roles or told.likely or told.ages or {"m", "f"} & {*told.sexes, *told.pronouns}
    )


def _bodily(sources: Sequence[Source]) -> set[str]:
    """The names that several more documents have for a body's than for a person's."""
    votes = Counter[str]()
    for source in sources:
        if source.kind in _BODIES or source.kind == "person":
            for name in source.names:
                votes[name] += 1 if source.kind in _BODIES and not _is_titled(name) else -1
    return {name for name, count in votes.items() if count >= _SEVERAL}


def _is_collective(name: str, kind: WhoKind | None) -> bool:
    """Whether a name is no person's by what it ends in: "House Republicans", "the Kell FBI".

    One that the marks have for a person's is believed but where its last word means many.
    """
    *before, last = naming.untitled(name).split(" ")
    if naming.is_given(naming.fold(before[0] if before else last)):
        return False
    if bodies.is_generic(bodies.key_of(last)) and last.endswith("s"):
        return True
    if not before or all(key.startswith("=") for key in countries.keys(name)):
        return bool(before)
    return kind is None and (
        bodies.is_generic(bodies.key_of(last)) or _ACRONYM.fullmatch(last) is not None
    )


def _is_titled(name: str) -> bool:
    """Whether a name is a person's with a title before it, whatever it was taken for."""
    bare = naming.untitled(name)
    words = bare.split(" ")
    return (
        bare != name
        and 1 < len(words) <= _LONGEST
        and all(word[:1].isupper() for word in words)
        and any(map(naming.is_title, name.removesuffix(bare).split()))
        and not any(bodies.is_generic(bodies.key_of(word)) for word in words)
    )


def _reprinted(clusters: Sequence[Cluster], copies: Sequence[Copy]) -> list[Cluster]:
    """The clusters, those made one that have one name in copies of one text.

    Not where one of the copies has two of that name.
    """
    groups = {document: at for at, copy in enumerate(copies) for document in copy.documents}
    called = defaultdict[tuple[int, str], list[tuple[Cluster, int]]](list)
    for cluster in sorted(clusters, key=lambda one: one.order):
        for source in cluster.sources:
            if (group := groups.get(source.marks.document.id)) is not None:
                for name in source.names:
                    called[group, name].append((cluster, source.document))
    into: dict[int, Cluster] = {}

    def whole(one: Cluster) -> Cluster:
        while id(one) in into:
            one = into[id(one)]
        return one

    for some in called.values():
        if len({document for _, document in some}) == len(some):
            for one, _ in some[1:]:
                first, other = whole(some[0][0]), whole(one)
                if first is not other:
                    first.join(other, SURE)
                    into[id(other)] = first
    return [one for one in clusters if id(one) not in into]


def _authors(sources: Sequence[Source]) -> list[Cluster]:
    """The authors: one for all documents of the same authors and outlet, or for a document."""
    found: dict[tuple[str | None, ...], Cluster] = {}
    for source in sources:
        document = source.marks.document
        key = (*document.authors, document.outlet) if document.authors else (document.id,)
        if key in found:
            found[key].add(source, found[key].odds)
        else:
            found[key] = Cluster.of(source)
    return list(found.values())


def _ids(clusters: Sequence[Cluster]) -> list[str]:
    """A readable id for each cluster; the second of one name, by first document, has a number."""
    slugs = [_slug(_who(cluster)) for cluster in clusters]
    places = defaultdict[str, list[int]](list)
    order = sorted(range(len(clusters)), key=lambda place: clusters[place].order)
    for place in order:
        places[slugs[place]].append(place)
    taken = set(slugs)
    found = list(slugs)
    for slug, some in sorted(places.items()):
        number = 2
        for place in some[1:]:
            while f"{slug}-{number}" in taken:
                number += 1
            found[place] = f"{slug}-{number}"
            taken.add(found[place])
    return found


def _slug(name: str) -> str:
    words = " ".join(naming.fold(word) for word in name.split())
    return re.sub(r"[\W_]+", "-", words).strip("-") or "speaker"


def _who(cluster: Cluster) -> str:
    """The fullest of the usual names; of an author the name in the byline, or the outlet.

    What few of its documents have is more often cut too wide than fuller.
    """
    if cluster.kind == "author":
        document = cluster.sources[0].marks.document
        return ", ".join(document.authors) or document.outlet or "author"
    names = Counter[str]()
    for name, count in cluster.names.items():
        names[naming.untitled(name) if cluster.persons else name] += count
    full = {name: count for name, count in names.items() if " " in name} or names
    usual = [name for name, count in full.items() if count * _USUAL >= max(full.values())]
    return min(usual, key=lambda name: (-len(name.split()), -names[name], -len(name), name))


def _sides(clusters: Sequence[Cluster], ids: Sequence[str]) -> list[str | None]:
    """For each cluster, the body it is said most to belong to, of those that speak.

    That is the body itself, or for a country the shortest name of those that are its own.
    """
    exact: dict[frozenset[str], tuple[int, int, str]] = {}
    owned: dict[frozenset[str], tuple[int, int, str]] = {}
    for cluster, name in zip(clusters, ids, strict=True):
        if cluster.kind not in {"person", "author"} and not cluster.persons:
            for one in cluster.names:
                key = bodies.key_of(one, seats=True)
                rank = (len(key), -len(cluster.sources), name)
                exact[key] = min(exact.get(key, rank), rank)
                own = _own(key)
                owned[own] = min(owned.get(own, rank), rank)
    owned.pop(frozenset(), None)
    found: list[str | None] = []
    for cluster, own_id in zip(clusters, ids, strict=True):
        named = Counter[str]()
        for owner, count in cluster.told.owners.items():
            key = bodies.key_of(owner, seats=True)
            side = exact.get(key) or owned.get(_own(key))
            if side and side[2] != own_id:
                named[side[2]] += count
        found.append(min(named, key=lambda side: (-named[side], side)) if named else None)
    return found


def _own(key: frozenset[str]) -> frozenset[str]:
    """The words of a body's key that are its own, those that say what kind it is left out."""
    return frozenset(word for word in key if not bodies.is_generic(frozenset({word})))


def _identity(cluster: Cluster, name: str, side: str | None) -> Identity:
    sources = sorted(cluster.sources, key=lambda source: source.order)
    places = tuple(
        Place.at(source.marks.document, *words)
        for source in sources
        for at, place in sorted(source.places)
        if (words := source.marks.statements[at].speakers[place].words)
    )
    return Identity(
        id=name,
        who=_who(cluster),
        who_kind=cluster.kind,
        names=tuple(sorted(cluster.names)),
        side=side,
        places=places,
        score=round(1 / (1 + math.exp(-cluster.odds)), 4),
    )
