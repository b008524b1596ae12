"""What most sources of a story carry and a document does not, and what it alone carries.

Only stories of three independent sources or more have gaps, and they say nothing of what no
document here carries. Copies of one text are one source; each of them has its own gaps, for an
edit may have cut what the others kept.

A fact is a claim worth checking that names or counts something; claims of several sources are one
fact where they are near in meaning and agree in names and figures. It is told in its sentence,
which says who says so. What one document alone carries may be any claim worth checking, and
whatever else it counts, none of something too; first comes what has most words, names and numbers
that no other document has. An actor is a speaker of any document that another may speak of without
quoting it, found by its names; a source is one that is quoted, and where one document alone quotes
it, it is told if it has a name. A document that comes near a fact in any sentence is not said to
lack it, and neither is a fact said to be in one document only then, or where the others together
have its words, names and numbers: what is told differently, or in parts, is no gap.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from unspin import text as reading
from unspin.comparing import alignment, grouping, measures
from unspin.comparing.sources import fullest
from unspin.comparing.speakers import Cast
from unspin.model.signals import Vectors
from unspin.types import (
    Carried,
    CarriedKind,
    Copy,
    Figure,
    Gap,
    Identity,
    Marks,
    Place,
    Span,
    Story,
    Voice,
)

_LAYERS = frozenset({"statements", "claims"})  # a document without them is not said to lack a thing
_FEWEST = 3  # independent sources of a story before any of them can lack a thing
_WORTH = 0.5  # score of a claim from which it is a fact of the story
_SAME = 0.7  # cosine from which two claims say one thing
_NEAR = 0.5  # and from which a sentence may say it
_NOT_FAR = 0.35  # the same where it has many of the words
_NEARER = 0.6  # and where it counts nothing like what the claim counts
_SHARED = 0.4  # share of a claim's words that are many
_TOLD = 0.8  # of its words, and all names and numbers, that others together have: no news
_LIKE = 0.8  # of the greater of two numbers that the smaller must be to count about as much
_SPECIFIC = 5  # words with a meaning that a claim has to have
_COUNTING = 4  # and a clause that counts something and has a number or a name in it
_COUNTED = 0.45  # worth of that
_MOST = 10  # things that one document alone carries, the first ones
_NEW_NAME, _NEW_NUMBER = 0.25, 0.25  # what one that no other document has adds to the worth
_PERSON, _BODY, _KNOWN = 1.2, 1.0, 0.7  # worth of whom one alone quotes; _KNOWN: others name them
_TOUCHING = 2  # words they share before their meaning is looked at
_COMMON = 256  # sentences of a story that share a word: a word of more tells nothing
_BODIES = frozenset({"organisation", "government"})
_ENDS = (".", ".”", '."', ".’")  # of a whole sentence that asks nothing
_BREAK = re.compile(r"[;:—–()]|,(?!\d)")
_NONE = re.compile(r"\b(?i:no(?! (?:longer|matter|doubt|wonder))|nobody|none|nothing)\b")
_THAN = re.compile(r"\bthan\b")
_PART = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"(?<![^\W_])(?=[^\W\d_a-z])[^\W_]+")

_Order = tuple[int, str, tuple[Span, ...], str]
_Quoted = dict[str, tuple[Identity, Place]]  # by id: whom a document quotes, and where first


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim or a sentence of one document of a story."""

    document: int  # of the story's, in order
    span: Span
    stems: frozenset[str]  # of the words with a meaning
    names: frozenset[str]  # those of them that are written with a capital inside the sentence
    figures: frozenset[str]
    worth: float  # how worth checking it is
    counts: tuple[float, ...] = ()  # numbers of a sentence, or the one a claim is told for

    @property
    def is_specific(self) -> bool:
        """Whether it names or counts something."""
        return bool(self.names or self.figures)


@dataclass(frozen=True, slots=True)
class _Thing:
    """A fact, an actor or a source, and who carries it."""

    kind: CarriedKind
    what: str
    places: Mapping[int, Place]  # by the number of the document in its story
    open: frozenset[int]  # other documents that are not said to lack it
    alone: bool  # whether no other document comes near it, where one source has it
    worth: float = 0.0  # of what one document alone carries, the highest first


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
    quoting = _quoting(cast)
    found: list[Gap] = []
    for story in stories:
        told = [one for one in story.documents if {*by_id[one].made_by.settings.layers} >= _LAYERS]
        sources = [first.get(document, document) for document in told]
        if len(set(sources)) >= _FEWEST:
            documents = [by_id[document] for document in told]
            quoted = [quoting.get(document, {}) for document in told]
            things = [*_spoken_of(documents, quoted), *_facts(documents, sources, vectors)]
            found += _gaps(documents, sources, things)
    return tuple(found)


def _gaps(
    documents: Sequence[Marks], sources: Sequence[str], things: Sequence[_Thing]
) -> Iterator[Gap]:
    every = len(set(sources))
    missing: defaultdict[int, list[Carried]] = defaultdict(list)
    alone: defaultdict[int, dict[Carried, float]] = defaultdict(dict)
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
                alone[at][carried] = max(thing.worth, alone[at].get(carried, 0.0))
    for at, one in enumerate(documents):
        if missing[at] or alone[at]:
            yield Gap(
                document=one.document.id,
                missing=tuple(sorted(set(missing[at]), key=_order)),
                only_here=tuple(sorted(alone[at], key=_worthiest(alone[at]))[:_MOST]),
            )


def _worthiest(worth: Mapping[Carried, float]) -> Callable[[Carried], tuple[float, _Order]]:
    """What sorts things by their worth, the highest first."""
    return lambda carried: (-round(worth[carried], 5), _order(carried))


def _order(carried: Carried) -> _Order:
    return -carried.sources, carried.kind, carried.places[0].spans, carried.what


def _quoting(cast: Cast) -> dict[str, _Quoted]:
    """Whom each document quotes of those that are named, and where first."""
    found: defaultdict[str, _Quoted] = defaultdict(dict)
    for identity in filter(_is_named, cast.identities):
        for place in identity.places:
            found[place.document].setdefault(identity.id, (identity, place))
    return found


def _spoken_of(documents: Sequence[Marks], quoting: Sequence[_Quoted]) -> Iterator[_Thing]:
    """The actors, and those who are quoted as sources: all of them are quoted somewhere.

    A document that does not speak of somebody lacks the actor, and nothing is said of the source;
    what one document has alone is the source. Where a name that several have stands, or no more
    than the end of one, it is left open who is spoken of; and whether a source is one document's
    alone where another quotes somebody whose name has the same last word.
    """
    quoted: defaultdict[str, dict[int, Place]] = defaultdict(dict)
    by_id: dict[str, Identity] = {}
    for at, some in enumerate(quoting):
        for identity, place in some.values():
            by_id[identity.id] = identity
            quoted[identity.id][at] = place
    people = [by_id[one] for one in sorted(by_id)]
    names = _names(people)
    alike = _alike([one for one in people if one.who_kind not in _BODIES])
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
        known = len(spoken) > len(quoted[identity.id]) or bool(unsure)
        yield _Thing(
            kind="source",
            what=identity.id,
            places=quoted[identity.id],
            open=silent,
            alone=_is_proper(identity.who)
            and not (known and identity.who_kind in _BODIES)
            and all(quoted[one].keys() <= quoted[identity.id].keys() for one in alike[identity.id]),
            worth=_KNOWN if known else _BODY if identity.who_kind in _BODIES else _PERSON,
        )


def _is_named(identity: Identity) -> bool:
    """Whether the identity is somebody by a full name, or a body, and no crowd."""
    if identity.who_kind in _BODIES:
        return True
    return identity.who_kind in {"person", None} and len(identity.who.split()) > 1


def _is_proper(name: str) -> bool:
    """Whether a name has a capital that is not the one of a sentence's first word."""
    first, *others = name.split()
    return any(word[:1].isupper() for word in others) if others else first[:1].isupper()


def _alike(people: Sequence[Identity]) -> defaultdict[str, set[str]]:
    """By id the others of whom one's name has the last word of the other's."""
    words = {one.id: set(_PART.findall(one.who)) for one in people}
    having: defaultdict[str, set[str]] = defaultdict(set)
    for one in people:
        for word in words[one.id]:
            having[word].add(one.id)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in people:
        for other in having[_last(one.who)] - {one.id}:
            found[one.id].add(other)
            found[other].add(one.id)
    return found


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
    sentences = [
        replace(_told(one.document.text, span, at), counts=_numbers(_within(one.figures, span)))
        for at, one in enumerate(documents)
        for block in one.document.blocks
        for span in reading.sentences(one.document.text, block.span)
    ]
    claims = [claim for at, one in enumerate(documents) for claim in _claims(one, at)]
    claims += _counts(documents, sentences, claims)
    wholes = _wholes(claims, sentences)
    rows = vectors([_words(documents, claim) for claim in claims])
    number = {source: place for place, source in enumerate(dict.fromkeys(sources))}
    owners = [number[sources[claim.document]] for claim in claims]
    groups = grouping.groups(_links(claims, owners, rows), owners)
    grouped = {at for group in groups for at in group}
    groups += [(at,) for at in range(len(claims)) if at not in grouped]
    asked = _asked(groups, owners, claims, len(number))
    having: defaultdict[str, list[int]] = defaultdict(list)
    for place, sentence in enumerate(sentences):
        for stem in sentence.stems:
            having[stem].append(place)
    touching = {group: _touching(group, claims, sentences, having) for group in asked}
    near = _near(documents, sentences, rows, touching, vectors)
    found = []
    for group in asked:
        own = {sources[claims[at].document] for at in group}
        elsewhere = {
            stem
            for at in group
            for stem in claims[at].stems
            if any(sources[sentences[place].document] not in own for place in having[stem])
        }
        worth = max(_worth(claims[at], elsewhere) for at in group)
        is_new = any(_is_new(claims[at], elsewhere) for at in group)
        found.append(
            _fact(
                documents,
                claims,
                rows,
                group,
                wholes=wholes,
                near=near[group],
                sources=sources,
                worth=worth if is_new else None,
            )
        )
    return found


def _wholes(claims: Sequence[_Told], sentences: Sequence[_Told]) -> list[Span]:
    """The sentence that each claim stands in, or all from its first one to its last.

    A part alone does not say who says so.
    """
    order = [(one.document, one.span.start) for one in sentences]
    found = []
    for claim in claims:
        first = max(bisect_right(order, (claim.document, claim.span.start)) - 1, 0)
        last = max(bisect_left(order, (claim.document, claim.span.end)) - 1, first)
        around = [one.span for one in sentences[first : last + 1] if one.span.overlaps(claim.span)]
        spans = [claim.span, *around]
        found.append(Span(min(one.start for one in spans), max(one.end for one in spans)))
    return found


def _links(
    claims: Sequence[_Told], owners: Sequence[int], rows: NDArray[np.float32]
) -> dict[tuple[int, int], float]:
    """The claims of two sources, or of two copies, that say one thing, and how near they are."""
    found = {}
    for a, b in sorted(set(grouping.sharing([claim.stems for claim in claims]))):
        near = float(rows[a] @ rows[b])
        if owners[a] == owners[b]:
            alike = claims[a].document != claims[b].document and claims[a].stems == claims[b].stems
        else:
            alike = (
                near >= _SAME
                and _agree(claims[a], claims[b])
                and all(claims[at].worth >= _WORTH and claims[at].is_specific for at in (a, b))
            )
        if alike:
            found[a, b] = near
    return found


def _words(documents: Sequence[Marks], told: _Told) -> str:
    return told.span.of(documents[told.document].document.text)


def _worth(claim: _Told, elsewhere: Collection[str]) -> float:
    """What a claim is worth that one document alone carries; `elsewhere` is what others say too."""
    new = claim.stems.difference(elsewhere)
    return (
        claim.worth
        + len(new) / (2 * len(claim.stems))
        + _NEW_NAME * bool(new & claim.names)
        + _NEW_NUMBER * bool(new & claim.figures)
    )


def _is_new(claim: _Told, elsewhere: Collection[str]) -> bool:
    """Whether the others together do not have all names and numbers of a claim and most words."""
    missing = claim.stems.difference(elsewhere)
    named = missing & (claim.names | claim.figures)
    return bool(named) or len(missing) > (1 - _TOLD) * len(claim.stems)


def _claims(marks: Marks, at: int) -> Iterator[_Told]:
    """The claims of a document that say enough to be told from others."""
    for claim in marks.claims:
        if claim.score >= _WORTH:
            told = _told(marks.document.text, claim.span, at, claim.score)
            if len(told.stems) >= _SPECIFIC:
                yield told


def _counts(
    documents: Sequence[Marks], sentences: Sequence[_Told], claims: Sequence[_Told]
) -> Iterator[_Told]:
    """What the documents count besides, in its whole sentence: each clause with a figure, and none.

    What a document says twice in the same words is no news, but part of its page.
    """
    taken: defaultdict[int, list[Span]] = defaultdict(list)
    for claim in claims:
        taken[claim.document].append(claim.span)
    times = Counter((one.document, _words(documents, one)) for one in sentences)
    for sentence in sentences:
        marks = documents[sentence.document]
        text, words = marks.document.text, _words(documents, sentence)
        if not words.endswith(_ENDS) or times[sentence.document, words] > 1:
            continue
        if (
            len(sentence.stems) >= _SPECIFIC
            and _tells_of_none(marks, words, sentence)
            and not any(sentence.span.overlaps(span) for span in taken[sentence.document])
        ):
            yield replace(sentence, worth=_COUNTED, counts=())
        for figure in _within(marks.figures, sentence.span):
            if not any(figure.span.overlaps(span) for span in taken[sentence.document]):
                clause = _told(text, _clause(text, sentence.span, figure.span), sentence.document)
                if len(clause.stems) >= _COUNTING and clause.is_specific:
                    counts = _numbers([figure])
                    yield replace(clause, span=sentence.span, worth=_COUNTED, counts=counts)


def _tells_of_none(marks: Marks, words: str, sentence: _Told) -> bool:
    """Whether the outlet itself says in a sentence that there is none of something."""
    none = _NONE.search(words)
    if not none or _THAN.search(words):  # "nobody has more than" counts nobody
        return False
    at = sentence.span.start + none.start()
    voice = bisect_right(marks.voices, at, key=_start) - 1
    return voice >= 0 and marks.voices[voice].voice == "report"


def _start(voice: Voice) -> int:
    return voice.span.start


def _within(figures: Sequence[Figure], sentence: Span) -> Sequence[Figure]:
    """Those of the figures, which stand in order, that begin in the sentence."""
    first, last = (
        bisect_left(figures, at, key=lambda figure: figure.span.start)
        for at in (sentence.start, sentence.end)
    )
    return figures[first:last]


def _numbers(figures: Iterable[Figure]) -> tuple[float, ...]:
    """What the figures count: of a range its two ends; one thing and a length of time are none."""
    ends = (
        abs(end)
        for figure in figures
        if measures.kind(figure.unit) != measures.kind("day")
        for end in (figure.low, figure.high)
        if end not in {None, 0, 1}
    )
    return tuple(dict.fromkeys(ends))


def _clause(text: str, sentence: Span, figure: Span) -> Span:
    """The part of the sentence around a figure, up to the marks that part clauses."""
    start = max(
        (match.end() for match in _BREAK.finditer(text, sentence.start, figure.start)),
        default=sentence.start,
    )
    end = _BREAK.search(text, figure.end, sentence.end)
    return Span(start, end.start() if end else sentence.end)


def _told(text: str, span: Span, at: int, worth: float = 0.0) -> _Told:
    words = [word for word in alignment.words(text, (span,)) if not word.is_small]
    figures = {word.stem for word in words if word.form[0].isdigit()}
    return _Told(
        document=at,
        span=span,
        stems=frozenset(word.stem for word in words),
        names=frozenset(word.stem for word in words[1:] if word.form[0].isupper()),
        figures=frozenset(figures),
        worth=worth,
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
    sentences: Sequence[_Told],
    rows: NDArray[np.float32],
    touching: Mapping[tuple[int, ...], Mapping[int, float]],
    vectors: Vectors,
) -> dict[tuple[int, ...], frozenset[int]]:
    """The documents that come near each group of claims in any sentence, by words or by meaning.

    `rows` are those of the claims.
    """
    asked = sorted({place for some in touching.values() for place in some})
    row = {place: at for at, place in enumerate(asked)}
    read = vectors([_words(documents, sentences[place]) for place in asked])
    found = {}
    for group, some in touching.items():
        meant = {place: max(float(rows[at] @ read[row[place]]) for at in group) for place in some}
        found[group] = frozenset(
            sentences[place].document for place, near in meant.items() if near >= some[place]
        )
    return found


def _touching(
    group: Sequence[int],
    claims: Sequence[_Told],
    sentences: Sequence[_Told],
    having: Mapping[str, Collection[int]],
) -> dict[int, float]:
    """Sentences that share words with a claim of the group, and how near each must be to say it.

    What has many of the words need not be as near; what counts nothing like it must be nearer.
    """
    found: dict[int, float] = {}
    own = {claims[at].document for at in group}
    for at in group:
        counted: defaultdict[int, int] = defaultdict(int)
        for stem in claims[at].stems:
            places = having.get(stem, ())
            for place in places if len(places) <= _COMMON else ():
                counted[place] += 1
        for place, many in counted.items():
            if many >= _TOUCHING and sentences[place].document not in own:
                if not _counts_alike(claims[at], sentences[place]):
                    least = _NEARER
                else:
                    least = _NOT_FAR if many >= _SHARED * len(claims[at].stems) else _NEAR
                found[place] = min(found.get(place, least), least)
    return dict(sorted(found.items()))


def _counts_alike(claim: _Told, sentence: _Told) -> bool:
    """Whether the sentence has a number near each that the claim is told for."""
    return all(
        any(_LIKE * max(one, other) <= min(one, other) for other in sentence.counts)
        for one in claim.counts
    )


def _fact(  # noqa: PLR0913 - a group of claims, and what they are compared with
    documents: Sequence[Marks],
    claims: Sequence[_Told],
    rows: NDArray[np.float32],
    group: Sequence[int],
    *,
    wholes: Sequence[Span],
    near: frozenset[int],
    sources: Sequence[str],
    worth: float | None,
) -> _Thing:
    """The fact that a group of claims makes, in the sentence of the one most like the others."""
    nearness = rows[list(group)] @ rows[list(group)].sum(axis=0)
    clearest = group[int(np.argmax(np.round(nearness, 5)))]
    places: dict[int, Place] = {}
    for at in group:
        document = documents[claims[at].document].document
        places.setdefault(claims[at].document, Place.at(document, wholes[at]))
    words = wholes[clearest].of(documents[claims[clearest].document].document.text)
    carrying = {sources[at] for at in places}
    return _Thing(
        kind="fact",
        what=" ".join(words.split()),
        places=places,
        open=near - places.keys(),
        alone=worth is not None and {sources[at] for at in near} <= carrying,
        worth=worth or 0.0,
    )
