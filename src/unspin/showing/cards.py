"""The items of a story as the page shows them: what is quoted, counted, claimed, carried, copied.

In: an Account of a story and the documents behind it. Out: values only. Each item has an anchor of
a letter and a number, each of its passages the same with `-` and a number behind it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from unspin.showing import accounts, charts, diffs, phrases, sides
from unspin.showing.accounts import Account, Named
from unspin.showing.sides import Shelf, Side, Sides
from unspin.types import (
    Carried,
    Conflict,
    Contradiction,
    Copy,
    Cut,
    Place,
    Quotation,
    Sourcing,
    Variant,
)

Anchors = Callable[[str], str]  # a new anchor for a letter each time it is asked


@dataclass(frozen=True, slots=True)
class Cued:
    """A cue and the documents that chose it."""

    cue: str | None
    kind: str | None  # None: a neutral one, or none
    tellers: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """Words that the fullest has or lacks and that may change what was said, and how."""

    where: str
    words: str
    changes: str
    href: str | None  # the paragraph where they stand


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of an utterance and the documents that have it."""

    sign: str
    word: str
    speech: str
    pieces: tuple[diffs.Piece, ...]
    cues: tuple[Cued, ...]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """An utterance as the documents give it."""

    anchor: str
    speaker: str
    told: str
    varied: bool
    wordings: tuple[Wording, ...]
    left_out: tuple[Named, ...]
    sides: Sides


@dataclass(frozen=True, slots=True)
class Figured:
    """A figure or date in one sentence, and the documents that have it."""

    tellers: tuple[Side, ...]
    sentence: tuple[sides.Piece, ...]
    reading: str
    said_by: str | None


@dataclass(frozen=True, slots=True)
class Differing:
    """Figures or dates that documents give for one thing."""

    anchor: str
    kind: str
    name: str
    meaning: str
    counted: str
    score: str
    chart: charts.Chart | None
    rows: tuple[Figured, ...]
    sides: Sides


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims side by side."""

    anchor: str
    relation: str
    name: str
    meaning: str
    score: str
    claims: tuple[tuple[Side, str], ...]  # and the words
    sides: Sides


@dataclass(frozen=True, slots=True)
class Item:
    """Something that some documents carry."""

    anchor: str
    what: str
    kind: str
    told: str  # by how many independent sources
    by: tuple[Named, ...]
    lacking: tuple[Named, ...]
    sides: Sides


@dataclass(frozen=True, slots=True)
class Copied:
    """Documents that are one text, and how the copies differ from the fullest."""

    documents: tuple[Named, ...]  # the fullest first
    copies: tuple[tuple[Named, tuple[diffs.Edit, ...]], ...]  # those that are edited
    agency: str | None


@dataclass(frozen=True, slots=True)
class Heard:
    """A speaker of the story: what it is given, and where it is named."""

    anchor: str
    name: str
    given: tuple[Sourcing, ...]
    sides: Sides


@dataclass(frozen=True, slots=True)
class Items:
    """All items of one story."""

    quotations: tuple[Quoted, ...]
    figures: tuple[Differing, ...]
    pairs: tuple[Pair, ...]
    missing: tuple[Item, ...]  # most carry it, and the documents it names lack it
    only: tuple[tuple[Named, tuple[Item, ...]], ...]  # by the document that alone carries it
    speakers: tuple[Heard, ...]  # the most widely quoted first
    copies: tuple[Copied, ...]


def items(account: Account, shelf: Shelf, new: Anchors) -> Items:
    """The items of the story, in the order of its account."""
    return Items(
        quotations=tuple(_quoted(found, shelf, new("q")) for found in account.quotations),
        figures=tuple(_differing(found, shelf, new("f")) for found in account.conflicts),
        pairs=tuple(_pair(found, shelf, new("c")) for found in account.contradictions),
        missing=tuple(
            _item(carried, lacking, shelf, new("g")) for carried, lacking in account.missing
        ),
        only=tuple(
            (document, tuple(_item(carried, (), shelf, new("g")) for carried in alone))
            for document, alone in account.only
        ),
        speakers=tuple(_heard(account, shelf, new)),
        copies=tuple(_copied(copy, shelf) for copy in account.copies),
    )


def _quoted(found: Quotation, shelf: Shelf, anchor: str) -> Quoted:
    passages = sides.sides(shelf, anchor, [variant.place for variant in found.variants])
    shown = [_pieces(found, variant, shelf) for variant in found.variants]
    groups = accounts.alike(
        (pieces, variant.speech, variant.cut)
        for pieces, variant in zip(shown, found.variants, strict=True)
    )
    return Quoted(
        anchor=anchor,
        speaker=shelf.called.speaker(found.speaker),
        told=accounts.told_in(found),
        varied=accounts.varied(found),
        wordings=tuple(
            _wording(found, group, shown[group[0]], passages.places, shelf) for group in groups
        ),
        left_out=shelf.called.listed(found.left_out),
        sides=passages,
    )


def _differing(found: Conflict, shelf: Shelf, anchor: str) -> Differing:
    name, meaning = accounts.CONFLICTS[found.kind]
    passages = sides.sides(shelf, anchor, found.places)
    counted = phrases.line(found.counted or "")
    groups = accounts.alike(accounts.same_figure(given) for given in found.places)
    return Differing(
        anchor=anchor,
        kind=found.kind,
        name=name,
        meaning=meaning,
        counted=phrases.line(accounts.counted(found)),
        score=f"{found.score:.2f}",
        chart=_scale(found, passages.places, counted),
        rows=tuple(
            Figured(
                tuple(passages.places[at] for at in group),
                sides.within(shelf, given, given.sentence),
                accounts.reading(given, found.unit),
                shelf.called.speaker(given.said_by) if given.said_by else None,
            )
            for group in groups
            for given in (found.places[group[0]],)
        ),
        sides=passages,
    )


def _pair(found: Contradiction, shelf: Shelf, anchor: str) -> Pair:
    name, meaning = accounts.RELATIONS[found.relation]
    passages = sides.sides(shelf, anchor, found.places)
    return Pair(
        anchor=anchor,
        relation=found.relation,
        name=name,
        meaning=meaning,
        score=f"{found.score:.2f}",
        claims=tuple(
            (side, accounts.content(place))
            for place, side in zip(found.places, passages.places, strict=True)
        ),
        sides=passages,
    )


def _item(carried: Carried, lacking: tuple[Named, ...], shelf: Shelf, anchor: str) -> Item:
    return Item(
        anchor=anchor,
        what=shelf.called.what(carried),
        kind=carried.kind,
        told=accounts.carried(carried),
        by=shelf.called.listed(place.document for place in carried.places),
        lacking=lacking,
        sides=sides.sides(shelf, anchor, carried.places),
    )


def _copied(copy: Copy, shelf: Shelf) -> Copied:
    first = copy.documents[0] if copy.documents else ""
    return Copied(
        tuple(shelf.called.document(name) for name in copy.documents),
        tuple(
            (
                shelf.called.document(edit.document),
                tuple(diffs.edits(edit.document, first, edit.diff, shelf.texts)),
            )
            for edit in copy.edits
        ),
        copy.agency,
    )


def _pieces(found: Quotation, variant: Variant, shelf: Shelf) -> tuple[diffs.Piece, ...]:
    return diffs.pieces(variant.place, found.variants[0].place, variant.diff, shelf.texts)


def _wording(
    found: Quotation,
    group: Sequence[int],
    pieces: tuple[diffs.Piece, ...],
    passages: Sequence[Side],
    shelf: Shelf,
) -> Wording:
    first = found.variants[group[0]]
    sign, word, _ = accounts.TELLINGS[accounts.telling(first, found.variants[0])]
    cued = accounts.grouped(
        ((accounts.cue(variant), variant.cue_kind), passages[at])
        for at in group
        for variant in (found.variants[at],)
    )
    return Wording(
        sign=sign,
        word=word,
        speech=first.speech,
        pieces=pieces,
        cues=tuple(
            Cued(cue, None if kind == "neutral" else kind, tuple(tellers))
            for (cue, kind), tellers in cued.items()
        ),
        losses=tuple(_loss(cut, first, shelf) for cut in first.cut if cut.changes),
    )


def _loss(cut: Cut, variant: Variant, shelf: Shelf) -> Loss:
    return Loss(
        "Only here" if accounts.is_own(cut, variant) else "Left out",
        accounts.content(cut.place),
        accounts.changes(cut),
        sides.paragraph(shelf, cut.place),
    )


def _scale(found: Conflict, places: Sequence[Side], counted: str) -> charts.Chart | None:
    """The values on one scale, each once with the first of those who give it."""
    values = accounts.alike(accounts.same_value(given) for given in found.places)
    reaches = []
    for group in values:
        given = found.places[group[0]]
        told = accounts.reading(replace(given, as_of=None), found.unit)
        more = f" +{len(group) - 1}" if len(group) > 1 else ""
        low, high = (
            (given.earliest, given.latest) if found.unit == "date" else (given.low, given.high)
        )
        label = f"{places[group[0]].document.label}{more} · {told}"
        reaches.append(charts.Reach(label, low, high, about=given.bound == "about"))
    readings = "; ".join(accounts.reading(found.places[group[0]], found.unit) for group in values)
    return charts.scale(f"{counted or 'What is given'}: {readings}", reaches)


def _heard(account: Account, shelf: Shelf, new: Anchors) -> Iterator[Heard]:
    """The named speakers of the story, most widely quoted first."""
    called = shelf.called
    here = {document.number for document in account.documents}
    given = accounts.grouped(
        (one.speaker, one) for one in account.sourcing if one.speaker is not None
    )
    spread = {name: len({one.document for one in found}) for name, found in given.items()}
    for name in sorted(spread, key=lambda name: (-spread[name], called.speaker(name), name)):
        identity = called.speakers.get(name)
        places = accounts.grouped(
            (place.document, place)
            for place in (identity.places if identity else ())
            if called.document(place.document).number in here
        )
        merged = [
            Place(
                document,
                tuple(span for place in found for span in place.spans),
                tuple(words for place in found for words in place.words),
            )
            for document, found in places.items()
        ]
        anchor = new("w")
        yield Heard(
            anchor, called.speaker(name), tuple(given[name]), sides.sides(shelf, anchor, merged)
        )
