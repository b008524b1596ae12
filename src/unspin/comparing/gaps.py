"""What most sources of a story carry and a document does not, and what it alone carries.

Only stories of three independent sources or more have gaps, and they say nothing of what no
document here carries. Copies of one text are one source; each of them has its own gaps, for an
edit may have cut what the others kept.

A fact is a claim worth checking that names or counts something; claims of several sources are one
fact where they are near in meaning and agree in names and figures. An actor is a speaker of any
document that another may speak of without quoting it, found by its names; a source is one that is
quoted. A document that comes near a fact in any sentence is not said to lack it, and neither is a
fact said to be in one document only then: what is told differently is no gap.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unspin import text as reading
from unspin.comparing import alignment, grouping
from unspin.comparing.sources import fullest
from unspin.comparing.speakers import Cast
from unspin.model.signals import Vectors
from unspin.types import Carried, CarriedKind, Copy, Gap, Identity, Marks, Place, Span, Story

_FEWEST = 3  # independent sources of a story before any of them can lack a thing
_WORTH = 0.5  # score of a claim from which it is a fact of the story
_SAME = 0.7  # cosine from which two claims say one thing
_NEAR = 0.5  # and from which a sentence may say it
_SHARED = 0.4  # share of a claim's words that a sentence has to have for the same
_SPECIFIC = 5  # words with a meaning that a claim has to have
_TOUCHING = 2  # words they share before their meaning is looked at
_BODIES = frozenset({"organisation", "government"})
_PART = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"(?<![^\W_])(?=[^\W\d_a-z])[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim or a sentence of one document of a story."""

    document: int  # of the story's, in order
    span: Span
    stems: frozenset[str]  # of the words with a meaning
    names: frozenset[str]  # those of them that are written with a capital inside the sentence
    figures: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Thing:
    """A fact, an actor or a source, and who carries it."""

    kind: CarriedKind
    what: str
    places: Mapping[int, Place]  # by the number of the document in its story
    open: frozenset[int]  # other documents that are not said to lack it
    alone: bool  # whether no other document comes near it, where one source has it


def find(
    marks: Sequence[Marks],
    stories: Sequence[Story],
    copies: Sequence[Copy],
    cast: Cast,
    vectors: Vectors,
) -> tuple[Gap, ...]:
    """The gaps of each document that has any, story by story, in the order of the documents.

    What most sources carry comes first.
    """
    by_id = {one.document.id: one for one in marks}
    first = fullest(copies)
    found: list[Gap] = []
    for story in stories:
        if story.sources >= _FEWEST:
            documents = [by_id[document] for document in story.documents]
            sources = [first.get(document, document) for document in story.documents]
            things = [*_spoken_of(documents, cast), *_facts(documents, sources, vectors)]
            found += _gaps(documents, sources, things)
    return tuple(found)


def _gaps(
    documents: Sequence[Marks], sources: Sequence[str], things: Sequence[_Thing]
) -> Iterator[Gap]:
    every = len(set(sources))
    missing: defaultdict[int, list[Carried]] = defaultdict(list)
    alone: defaultdict[int, list[Carried]] = defaultdict(list)
    for thing in things:
        carrying = {sources[at] for at in thing.places}
        carried = Carried(
            kind=thing.kind,
            what=thing.what,
            places=tuple(thing.places[at] for at in sorted(thing.places)),
            sources=len(carrying),
            of=every,
        )
        if 2 * len(carrying) > every:
            for at in range(len(documents)):
                if at not in thing.places and at not in thing.open:
                    missing[at].append(carried)
        if len(carrying) == 1 and thing.alone:
            for at in thing.places:
                alone[at].append(carried)
    for at, one in enumerate(documents):
        if missing[at] or alone[at]:
            yield Gap(
                document=one.document.id,
                missing=tuple(sorted(missing[at], key=_order)),
                only_here=tuple(sorted(alone[at], key=_order)),
            )


def _order(carried: Carried) -> tuple[int, str, tuple[Span, ...], str]:
    return -carried.sources, carried.kind, carried.places[0].spans, carried.what


def _spoken_of(documents: Sequence[Marks], cast: Cast) -> Iterator[_Thing]:
    """The actors, and those who are quoted as sources: all of them are quoted somewhere.

    A document that does not speak of somebody lacks the actor, and nothing is said of the source;
    what one document has alone is the source. Where a name that several have stands, or no more
    than the end of one, it is left open who is spoken of.
    """
    number = {one.document.id: at for at, one in enumerate(documents)}
    quoted: dict[str, dict[int, Place]] = {}
    for identity in filter(_is_named, cast.identities):
        for place in identity.places:
            if place.document in number:
                own = quoted.setdefault(identity.id, {})
                own.setdefault(number[place.document], place)
    people = [identity for identity in cast.identities if identity.id in quoted]
    names = _names(people)
    texts = [_capitals(one.document.text) for one in documents]
    for identity in people:
        spoken = dict(quoted[identity.id])
        unsure = set()
        for at, one in enumerate(documents):
            if at not in spoken:
                named = _named(one, texts[at], names[identity.id])
                if named:
                    spoken[at] = named
                elif _last(identity.who) in texts[at]:
                    unsure.add(at)
        silent = frozenset(range(len(documents))) - spoken.keys()
        yield _Thing("actor", identity.id, spoken, open=frozenset(unsure), alone=False)
        yield _Thing("source", identity.id, quoted[identity.id], open=silent, alone=True)


def _is_named(identity: Identity) -> bool:
    """Whether the identity is somebody by a full name, or a body, and no crowd."""
    if identity.who_kind in _BODIES:
        return True
    return identity.who_kind in {"person", None} and len(identity.who.split()) > 1


def _names(people: Sequence[Identity]) -> dict[str, list[str]]:
    """The names that mean one of the people and no other, surnames too, the longest first."""
    forms: dict[str, set[str]] = {}
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for identity in people:
        surname = _last(identity.who)
        names = {identity.who, *identity.names}
        for name in {surname, *names}:
            owners[name].add(identity.id)
        if identity.who_kind == "person":
            names.add(surname)
        forms[identity.id] = {name for name in names if _last(name)[:1].isupper()}
    return {
        number: sorted(
            (name for name in names if len(owners[name]) == 1),
            key=lambda name: (-len(name), name),
        )
        for number, names in forms.items()
    }


def _capitals(text: str) -> dict[str, list[Span]]:
    """Where each word with a capital stands, the parts of compounds too."""
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for match in _CAPITAL.finditer(text):
        found[match.group()].append(Span(*match.span()))
    return found


def _last(name: str) -> str:
    """The last word of a name."""
    words = _PART.findall(name)
    return words[-1] if words else ""


def _named(
    marks: Marks, capitals: Mapping[str, Sequence[Span]], names: Sequence[str]
) -> Place | None:
    """The first words of a document that are one of the names."""
    text = marks.document.text
    spans = [
        Span(start, start + len(name))
        for name in names
        for word in capitals.get(_last(name), ())
        if (start := word.start - name.rindex(_last(name))) >= 0
        and text.startswith(name, start)
        and not text[max(0, start - 1) : start].isalnum()
    ]
    return Place.at(marks.document, min(spans)) if spans else None


def _facts(documents: Sequence[Marks], sources: Sequence[str], vectors: Vectors) -> list[_Thing]:
    claims = [claim for at, one in enumerate(documents) for claim in _claims(one, at)]
    texts = [claim.span.of(documents[claim.document].document.text) for claim in claims]
    rows = vectors(texts)
    number = {source: place for place, source in enumerate(dict.fromkeys(sources))}
    owners = [number[sources[claim.document]] for claim in claims]
    links: dict[tuple[int, int], float] = {}
    for a, b in sorted(set(grouping.sharing([claim.stems for claim in claims]))):
        near = float(rows[a] @ rows[b])
        if owners[a] != owners[b] and near >= _SAME and _agree(claims[a], claims[b]):
            links[a, b] = near
    groups = grouping.groups(links, owners)
    grouped = {at for group in groups for at in group}
    groups += [(at,) for at in range(len(claims)) if at not in grouped]
    asked = _asked(groups, owners, claims, len(number))
    near_ones = _near(documents, claims, rows, asked, vectors)
    return [
        _fact(documents, claims, rows, group, near=near_ones[group], sources=sources)
        for group in asked
    ]


def _claims(marks: Marks, at: int) -> Iterator[_Told]:
    text = marks.document.text
    for claim in marks.claims:
        if claim.score >= _WORTH:
            told = _told(text, claim.span, at)
            if len(told.stems) >= _SPECIFIC and (told.names or told.figures):
                yield told


def _told(text: str, span: Span, at: int) -> _Told:
    words = [word for word in alignment.words(text, (span,)) if not word.is_small]
    figures = {word.stem for word in words if word.form[0].isdigit()}
    return _Told(
        document=at,
        span=span,
        stems=frozenset(word.stem for word in words),
        names=frozenset(word.stem for word in words[1:] if word.form[0].isupper()),
        figures=frozenset(figures),
    )


def _agree(one: _Told, other: _Told) -> bool:
    """Whether two claims have the same figures, and a name in common where both name somebody."""
    if one.figures != other.figures and one.figures and other.figures:
        return bool(one.figures <= other.figures or other.figures <= one.figures)
    return not (one.names and other.names) or bool(
        (one.names & other.stems) or (other.names & one.stems)
    )


def _asked(
    groups: Sequence[tuple[int, ...]],
    owners: Sequence[int],
    claims: Sequence[_Told],
    every: int,
) -> list[tuple[int, ...]]:
    """The groups that most sources carry, or one alone, as they stand in their documents."""
    found = []
    for group in groups:
        carrying = len({owners[at] for at in group})
        if carrying == 1 or 2 * carrying > every:
            found.append(group)
    return sorted(found, key=lambda group: (claims[group[0]].document, claims[group[0]].span))


def _near(
    documents: Sequence[Marks],
    claims: Sequence[_Told],
    rows: NDArray[np.float32],
    groups: Sequence[tuple[int, ...]],
    vectors: Vectors,
) -> dict[tuple[int, ...], frozenset[int]]:
    """The documents that come near each group of claims in any sentence."""
    sentences = [
        _told(one.document.text, span, at)
        for at, one in enumerate(documents)
        for block in one.document.blocks
        for span in reading.sentences(one.document.text, block.span)
    ]
    having: defaultdict[str, list[int]] = defaultdict(list)
    for place, sentence in enumerate(sentences):
        for stem in sentence.stems:
            having[stem].append(place)
    touching = {group: _touching(group, claims, sentences, having) for group in groups}
    wanted = sorted({place for some in touching.values() for place in some})
    place_of = {place: row for row, place in enumerate(wanted)}
    read = vectors(
        [sentences[at].span.of(documents[sentences[at].document].document.text) for at in wanted]
    )
    return {
        group: frozenset(
            sentences[place].document
            for place, shared in some.items()
            if shared >= _SHARED
            or max(float(rows[at] @ read[place_of[place]]) for at in group) >= _NEAR
        )
        for group, some in touching.items()
    }


def _touching(
    group: Sequence[int],
    claims: Sequence[_Told],
    sentences: Sequence[_Told],
    having: Mapping[str, Collection[int]],
) -> dict[int, float]:
    """Sentences that share words with a claim of the group, and the share of the claim's words."""
    found: dict[int, float] = {}
    own = {claims[at].document for at in group}
    for at in group:
        counted: defaultdict[int, int] = defaultdict(int)
        for stem in claims[at].stems:
            for place in having.get(stem, ()):
                counted[place] += 1
        for place, many in counted.items():
            if many >= _TOUCHING and sentences[place].document not in own:
                found[place] = max(found.get(place, 0.0), many / len(claims[at].stems))
    return dict(sorted(found.items()))


def _fact(  # noqa: PLR0913 - a group of claims, and what they are compared with
    documents: Sequence[Marks],
    claims: Sequence[_Told],
    rows: NDArray[np.float32],
    group: Sequence[int],
    *,
    near: frozenset[int],
    sources: Sequence[str],
) -> _Thing:
    """The fact that a group of claims makes, in the words of the one most like the others."""
    nearness = rows[list(group)] @ rows[list(group)].sum(axis=0)
    clearest = claims[group[int(np.argmax(np.round(nearness, 5)))]]
    places: dict[int, Place] = {}
    for at in group:
        document = documents[claims[at].document].document
        places.setdefault(claims[at].document, Place.at(document, claims[at].span))
    words = clearest.span.of(documents[clearest.document].document.text)
    carrying = {sources[at] for at in places}
    return _Thing(
        kind="fact",
        what=" ".join(words.split()),
        places=places,
        open=near - places.keys(),
        alone={sources[at] for at in near} <= carrying,
    )
