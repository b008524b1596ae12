"""A comparison as the page shows it: everything the templates are given, named, cut and worded.

In: an Account of a story and the documents behind it. Out: values only. Each item has an anchor of
a letter and a number: `y` a story, `q` a quotation, `f` a figure or date, `c` a pair of claims, `g`
something carried or missing, `w` a speaker, `p` a position, `d` a document; with `-` and a number
behind it, one of its passages.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from unspin.showing import accounts, charts, diffs, phrases, sides
from unspin.showing.accounts import Account, Named, Names
from unspin.showing.sides import Shelf, Side, Sides
from unspin.types import (
    Agreement,
    Carried,
    Conflict,
    ConflictKind,
    Contradiction,
    Copy,
    Cut,
    Held,
    Identity,
    Place,
    Position,
    Quotation,
    Sourcing,
    Variant,
    VoiceShare,
)

Anchors = Callable[[str], str]

_SHORT = 90  # characters of what is named in a row of the matrix
_CELLS = 6000  # of one group of the matrix: more would be neither read nor loaded
_SIDES = 5  # sides with bars of their own; the others are one
_SIGNS = {"promising": "promise", "denying": "denial"}
_UNNAMED = "not named"
_NO_SIDE = "no side known"
_OTHERS = "other sides"
_WITH: dict[ConflictKind, str] = {
    "conflict": "in conflict",
    "scope": "of different scope",
    "update": "updated",
    "rounding": "rounded",
}
_THAT: dict[Agreement, str] = {
    "contradict": "contradict each other",
    "differ": "are worded differently",
    "agree": "agree",
}


@dataclass(frozen=True, slots=True)
class Cued:
    """A cue and the documents that chose it, each with the anchor of its passage."""

    cue: str | None
    kind: str | None  # None: a neutral one, or none
    tellers: tuple[tuple[Named, str], ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """Words left out that may change what was said, and how."""

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

    tellers: tuple[tuple[Named, str], ...]  # and the anchors of their passages
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
    claims: tuple[tuple[Named, str, str], ...]  # document, words, anchor of the passage
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
class Cell:
    """What one document has of one row of the matrix."""

    sign: str
    word: str
    href: str | None
    told: str  # the same in full


_NOT = Cell("·", "", None, "not found here")
_LEFT_OUT = Cell("—", "left out", None, "left out")
_LACKS = Cell("—", "missing", None, "does not carry it")
_UNQUOTED = Cell("—", "no", None, "not quoted")


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One item and all documents."""

    label: str
    href: str | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one kind."""

    anchor: str
    heading: str
    rows: tuple[MatrixRow, ...]
    more: int  # rows that have no room here, and stand in the lists below only


@dataclass(frozen=True, slots=True)
class Copied:
    """Documents that are one text, and how the copies differ from the fullest."""

    documents: tuple[Named, ...]  # the fullest first
    copies: tuple[tuple[Named, tuple[diffs.Edit, ...]], ...]  # those that are edited
    agency: str | None


@dataclass(frozen=True, slots=True)
class Sourced:
    """One speaker in one document, in numbers."""

    document: Named
    speaker: str
    side: str
    statements: str
    words: str
    share: str
    first: str


@dataclass(frozen=True, slots=True)
class SideShares:
    """The room each side gets in each document."""

    chart: charts.Drawn | None
    columns: tuple[str, ...]
    rows: tuple[tuple[Named, tuple[str, ...]], ...]
    speakers: tuple[Sourced, ...]


@dataclass(frozen=True, slots=True)
class Voiced:
    """How one document divides between voices."""

    document: Named
    words: str
    report: str
    opinion: str
    quotation: str
    rate: str
    interval: str


@dataclass(frozen=True, slots=True)
class Voices:
    """The voices of the documents side by side."""

    chart: charts.Drawn | None
    rows: tuple[Voiced, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A speaker of the story: who, and where it is named as one."""

    anchor: str
    speaker: str  # id
    name: str
    sides: Sides


@dataclass(frozen=True, slots=True)
class StoryShown:
    """All that is shown of one story."""

    anchor: str
    title: str
    days: str | None
    sources: str
    documents: tuple[Named, ...]
    copies: tuple[Copied, ...]
    glance: tuple[tuple[str, str], ...]  # what, and the anchor that leads there
    matrix: tuple[Group, ...]
    quotations: tuple[Quoted, ...]
    figures: tuple[Differing, ...]
    pairs: tuple[Pair, ...]
    only: tuple[tuple[Named, tuple[Item, ...]], ...]
    missing: tuple[Item, ...]
    speakers: tuple[Heard, ...]
    sourcing: SideShares | None
    voices: Voices | None


@dataclass(frozen=True, slots=True)
class HeldShown:
    """One dated statement of a position."""

    number: int
    day: str
    iso: str | None
    words: str
    document: Named
    sign: str
    href: str
    repeats: tuple[tuple[Named, str, str | None], ...]  # document, words, paragraph


@dataclass(frozen=True, slots=True)
class ShiftShown:
    """Two positions that part."""

    kind: str
    score: str
    before: HeldShown
    after: HeldShown


@dataclass(frozen=True, slots=True)
class PositionShown:
    """What one speaker said on one topic, in time."""

    anchor: str
    speaker: str
    topic: str
    chart: charts.Drawn | None
    held: tuple[HeldShown, ...]
    shifts: tuple[ShiftShown, ...]
    sides: Sides


@dataclass(frozen=True, slots=True)
class Known:
    """A speaker by all its names."""

    name: str
    kind: str
    names: tuple[str, ...]
    side: str | None
    score: str
    places: tuple[tuple[Named, tuple[tuple[str, str | None], ...]], ...]  # words and paragraph


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole article, as its passages lead there."""

    anchor: str
    document: Named
    language: str | None
    passages: tuple[tuple[str, str, str], ...]  # anchor, kind of block, words


def anchors() -> Anchors:
    """Gives a new anchor for a letter each time it is asked."""
    counts: dict[str, Iterator[int]] = {}
    return lambda letter: f"{letter}{next(counts.setdefault(letter, count(1)))}"


def story(account: Account, shelf: Shelf, new: Anchors) -> StoryShown:
    """The story as the page shows it."""
    called = shelf.called
    quotations = tuple(_quoted(found, shelf, new("q")) for found in account.quotations)
    figures = tuple(_differing(found, shelf, new("f")) for found in account.conflicts)
    pairs = tuple(_pair(found, shelf, new("c")) for found in account.contradictions)
    missing = tuple(
        _item(carried, lacking, shelf, new("g")) for carried, lacking in account.missing
    )
    only: dict[Named, list[Item]] = {}
    for document, carried in account.only:
        only.setdefault(document, []).append(_item(carried, (), shelf, new("g")))
    speakers = tuple(_heard(account, shelf, new))
    shown = StoryShown(
        anchor=new("y"),
        title=accounts.title(account),
        days=accounts.days(account.story) if account.story else None,
        sources=phrases.count(account.story.sources, "independent source") if account.story else "",
        documents=account.documents,
        copies=tuple(_copied(copy, shelf) for copy in account.copies),
        glance=(),
        matrix=(),
        quotations=quotations,
        figures=figures,
        pairs=pairs,
        only=tuple((document, tuple(items)) for document, items in only.items()),
        missing=missing,
        speakers=speakers,
        sourcing=_sourcing(account.sourcing, account.documents, called),
        voices=_voices(account.voices, called),
    )
    matrix = tuple(_matrix(account, shown, called)) if len(account.documents) > 1 else ()
    return replace(shown, matrix=matrix, glance=tuple(_glance(shown)))


def position(found: Position, shelf: Shelf, anchor: str) -> PositionShown:
    """The position in time, and what parts in it."""
    held = tuple(
        _held(number, one, shelf, f"{anchor}-{number}")
        for number, one in enumerate(found.places, 1)
    )
    moments = [
        charts.Moment(shown.number, one.day, shown.sign)
        for shown, one in zip(held, found.places, strict=True)
        if one.day
    ]
    rows = {moment.number - 1: at for at, moment in enumerate(moments)}
    speaker = shelf.called.speaker(found.speaker)
    shifts = [shift for shift in found.shifts if max(shift.before, shift.after) < len(held)]
    return PositionShown(
        anchor=anchor,
        speaker=speaker,
        topic=" ".join(found.topic.split()),
        chart=charts.timeline(
            f"What {speaker} said on {found.topic}, in time",
            moments,
            [
                (rows[shift.before], rows[shift.after], shift.kind)
                for shift in shifts
                if shift.before in rows and shift.after in rows
            ],
        ),
        held=held,
        shifts=tuple(
            ShiftShown(shift.kind, f"{shift.score:.2f}", held[shift.before], held[shift.after])
            for shift in shifts
        ),
        sides=sides.sides(shelf, anchor, found.places),
    )


def known(identity: Identity, shelf: Shelf) -> Known:
    """The speaker by all its names, and where they stand."""
    places: dict[Named, list[tuple[str, str | None]]] = {}
    for place in identity.places:
        at = sides.paragraph(shelf, place)
        words = accounts.content(place)
        found = places.setdefault(shelf.called.document(place.document), [])
        if (words, at) not in found:
            found.append((words, at))
    return Known(
        shelf.called.speaker(identity.id),
        phrases.WHO[identity.who_kind],
        tuple(name for name in identity.names if name != identity.who),
        None if identity.side is None else shelf.called.speaker(identity.side),
        f"{identity.score:.2f}",
        tuple((document, tuple(found)) for document, found in places.items()),
    )


def whole(name: str, shelf: Shelf) -> Whole:
    """The article of that id."""
    document = shelf.called.document(name)
    anchor = f"d{document.number}"
    return Whole(
        anchor,
        document,
        shelf.languages.get(name),
        tuple(
            (f"{anchor}-b{number}", block.kind, block.span.of(shelf.texts[name]))
            for number, block in enumerate(shelf.blocks.get(name, ()))
        ),
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
        told=phrases.count(len({v.place.document for v in found.variants}), "article"),
        varied=accounts.varied(found),
        wordings=tuple(
            _wording(found, group, shown[group[0]], passages.places, shelf) for group in groups
        ),
        left_out=shelf.called.listed(found.left_out),
        sides=passages,
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
    return Wording(
        sign=sign,
        word=word,
        speech=first.speech,
        pieces=pieces,
        cues=tuple(
            Cued(
                accounts.cue(found.variants[cued[0]]),
                found.variants[cued[0]].cue_kind
                if found.variants[cued[0]].cue_kind != "neutral"
                else None,
                tuple((passages[at].document, passages[at].anchor) for at in cued),
            )
            for cued in _cued(found, group)
        ),
        losses=tuple(_loss(cut, shelf) for cut in first.cut if cut.changes),
    )


def _cued(found: Quotation, group: Sequence[int]) -> list[list[int]]:
    """The variants of the group by the cue that introduces them."""
    keys = [(accounts.cue(found.variants[at]), found.variants[at].cue_kind) for at in group]
    return [[group[at] for at in cued] for cued in accounts.alike(keys)]


def _loss(cut: Cut, shelf: Shelf) -> Loss:
    return Loss(
        accounts.content(cut.place), accounts.changes(cut), sides.paragraph(shelf, cut.place)
    )


def _differing(found: Conflict, shelf: Shelf, anchor: str) -> Differing:
    name, meaning = accounts.CONFLICTS[found.kind]
    passages = sides.sides(shelf, anchor, found.places)
    readings = [accounts.reading(given, found.unit) for given in found.places]
    counted = " ".join((found.counted or "").split())
    groups = accounts.alike(accounts.same_figure(given) for given in found.places)
    return Differing(
        anchor=anchor,
        kind=found.kind,
        name=name,
        meaning=meaning,
        counted=counted or ("a date" if found.unit == "date" else "a figure"),
        score=f"{found.score:.2f}",
        chart=_scale(found, passages.places, counted),
        rows=tuple(
            Figured(
                tuple((passages.places[at].document, passages.places[at].anchor) for at in group),
                sides.within(shelf, given, given.sentence),
                readings[group[0]],
                shelf.called.speaker(given.said_by) if given.said_by else None,
            )
            for group in groups
            for given in (found.places[group[0]],)
        ),
        sides=passages,
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
            (side.document, accounts.content(place), side.anchor)
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


def _heard(account: Account, shelf: Shelf, new: Anchors) -> Iterator[Heard]:
    """The named speakers of the story, most widely quoted first."""
    called = shelf.called
    here = {document.number for document in account.documents}
    spread: dict[str, set[str]] = {}
    for one in account.sourcing:
        if one.speaker is not None:
            spread.setdefault(one.speaker, set()).add(one.document)
    for name in sorted(spread, key=lambda name: (-len(spread[name]), called.speaker(name), name)):
        places: dict[str, list[Place]] = {}
        identity = called.speakers.get(name)
        for place in identity.places if identity else ():
            if called.document(place.document).number in here:
                places.setdefault(place.document, []).append(place)
        merged = [
            Place(
                document,
                tuple(span for place in found for span in place.spans),
                tuple(words for place in found for words in place.words),
            )
            for document, found in places.items()
        ]
        anchor = new("w")
        yield Heard(anchor, name, called.speaker(name), sides.sides(shelf, anchor, merged))


def _sourcing(
    found: Sequence[Sourcing], listed: tuple[Named, ...], called: Names
) -> SideShares | None:
    if not found:
        return None

    def side(one: Sourcing) -> str:
        if not one.named:
            return _UNNAMED
        return called.speaker(one.side) if one.side else _NO_SIDE

    totals: dict[str, float] = {}
    for one in found:
        totals[side(one)] = totals.get(side(one), 0.0) + one.share
    sided = sorted(
        (name for name in totals if name not in {_UNNAMED, _NO_SIDE}),
        key=lambda name: (-totals[name], name),
    )
    kept = sorted(sided[:_SIDES])
    names = [
        *kept,
        *([_OTHERS] if len(sided) > _SIDES else []),
        *(name for name in (_NO_SIDE, _UNNAMED) if name in totals),
    ]
    documents = listed or called.listed(one.document for one in found)
    shares = {(document.number, name): 0.0 for document in documents for name in names}
    for one in found:
        name = side(one) if side(one) in names else _OTHERS
        shares[called.document(one.document).number, name] += one.share
    most = max(shares.values(), default=0.0) or 1.0
    return SideShares(
        chart=charts.columns(
            "Share of the words of each article given to each side",
            [document.label for document in documents],
            [
                charts.Column(
                    name,
                    [shares[document.number, name] for document in documents],
                    most=most,
                    percent=True,
                )
                for name in names
            ],
        ),
        columns=tuple(names),
        rows=tuple(
            (document, tuple(accounts.percent(shares[document.number, name]) for name in names))
            for document in documents
        ),
        speakers=tuple(
            Sourced(
                called.document(one.document),
                called.speaker(one.speaker) if one.named else "all who are not named",
                side(one),
                f"{one.statements:,}",
                f"{one.words:,}",
                accounts.percent(one.share),
                accounts.percent(one.first),
            )
            for one in sorted(
                found, key=lambda one: (called.document(one.document).number, one.first)
            )
        ),
    )


def _voices(found: Sequence[VoiceShare], called: Names) -> Voices | None:
    if not found:
        return None
    ordered = sorted(found, key=lambda voice: called.document(voice.document).number)
    shares = (
        ("report", [voice.report for voice in ordered]),
        ("opinion", [voice.opinion for voice in ordered]),
        ("quotation", [voice.quotation for voice in ordered]),
    )
    rates = charts.Column(
        "techniques/1,000",
        [voice.techniques_per_1000 for voice in ordered],
        [voice.low for voice in ordered],
        [voice.high for voice in ordered],
    )
    return Voices(
        chart=charts.columns(
            "Report, opinion and quotation in each article, and techniques of persuasion per "
            "1,000 words in the outlet\u2019s own voice with 95 % intervals",
            [called.document(voice.document).label for voice in ordered],
            [
                *(charts.Column(name, values, most=1, percent=True) for name, values in shares),
                rates,
            ],
        ),
        rows=tuple(
            Voiced(
                called.document(voice.document),
                f"{voice.words:,}",
                accounts.percent(voice.report),
                accounts.percent(voice.opinion),
                accounts.percent(voice.quotation),
                *accounts.rate(voice),
            )
            for voice in ordered
        ),
    )


def _matrix(account: Account, shown: StoryShown, called: Names) -> Iterator[Group]:
    groups = (
        (
            "Quotations",
            [
                _quotation_row(shown.documents, found, quoted)
                for found, quoted in zip(account.quotations, shown.quotations, strict=True)
            ],
        ),
        (
            "Figures and dates",
            [
                _figure_row(shown.documents, found, figure)
                for found, figure in zip(account.conflicts, shown.figures, strict=True)
            ],
        ),
        (
            "Facts, actors and sources",
            [
                _item_row(shown.documents, item)
                for item in (
                    *shown.missing,
                    *(item for _, items in shown.only for item in items),
                )
            ],
        ),
        (
            "Speakers",
            [
                _speaker_row(shown.documents, heard, account.sourcing, called)
                for heard in shown.speakers
            ],
        ),
    )
    for number, (heading, rows) in enumerate(groups, 1):
        if rows:
            room = max(_CELLS // len(shown.documents), 1)
            kept = tuple(rows[:room])
            yield Group(f"{shown.anchor}-m{number}", heading, kept, len(rows) - len(kept))


def _quotation_row(documents: Sequence[Named], found: Quotation, quoted: Quoted) -> MatrixRow:
    given: dict[int, Cell] = {}
    for variant, side in zip(found.variants, quoted.sides.places, strict=True):
        sign, word, _ = accounts.TELLINGS[accounts.telling(variant, found.variants[0])]
        cue = accounts.cue(variant)
        told = f"{word}, {variant.speech}" + (f", introduced by “{cue}”" if cue else "")
        given.setdefault(side.document.number, Cell(sign, word, side.anchor, told))
    left_out = {document.number for document in quoted.left_out}
    words = (
        "".join(piece.text for piece in quoted.wordings[0].pieces if piece.kind != "cut")
        if quoted.wordings
        else ""
    )
    return MatrixRow(
        f"{quoted.speaker}: “{_clip(words)}”",
        quoted.anchor,
        tuple(
            given.get(document.number) or (_LEFT_OUT if document.number in left_out else _NOT)
            for document in documents
        ),
    )


def _figure_row(documents: Sequence[Named], found: Conflict, figure: Differing) -> MatrixRow:
    given: dict[int, Cell] = {}
    for side, place in zip(figure.sides.places, found.places, strict=True):
        told = accounts.reading(place, found.unit)
        brief = accounts.brief(place, found.unit)
        given.setdefault(side.document.number, Cell("", brief, side.anchor, told))
    return MatrixRow(
        f"{_clip(figure.counted)} ({figure.name})",
        figure.anchor,
        tuple(given.get(document.number) or _NOT for document in documents),
    )


def _item_row(documents: Sequence[Named], item: Item) -> MatrixRow:
    at = {side.document.number: side.anchor for side in reversed(item.sides.places)}
    lacking = {document.number for document in item.lacking}
    return MatrixRow(
        _clip(item.what),
        item.anchor,
        tuple(
            Cell("●", "yes", at[document.number], "carries it")
            if document.number in at
            else (_LACKS if document.number in lacking else _NOT)
            for document in documents
        ),
    )


def _speaker_row(
    documents: Sequence[Named], heard: Heard, sourcing: Sequence[Sourcing], called: Names
) -> MatrixRow:
    at = {side.document.number: side.anchor for side in heard.sides.places}
    shares: dict[int, Sourcing] = {
        called.document(one.document).number: one
        for one in sourcing
        if one.speaker == heard.speaker
    }
    cells = []
    for document in documents:
        one = shares.get(document.number)
        if one is None:
            cells.append(_UNQUOTED)
            continue
        share = accounts.percent(one.share)
        told = f"{phrases.count(one.statements, 'statement')}, {share} of the words"
        cells.append(Cell("", share, at.get(document.number), told))
    return MatrixRow(_clip(heard.name), heard.anchor if heard.sides.places else None, tuple(cells))


def _glance(shown: StoryShown) -> Iterator[tuple[str, str]]:
    varied = sum(quoted.varied for quoted in shown.quotations)
    if shown.quotations:
        told = phrases.count(len(shown.quotations), "utterance")
        yield (
            f"{told} compared, {varied:,} given in more than one way",
            f"{shown.anchor}-quotations",
        )
    for kind, how in _WITH.items():
        number = sum(figure.kind == kind for figure in shown.figures)
        if number:
            told = phrases.count(number, "figure or date", "figures or dates")
            yield f"{told} {how}", f"{shown.anchor}-figures"
    for relation, that in _THAT.items():
        number = sum(pair.relation == relation for pair in shown.pairs)
        if number:
            told = phrases.count(number, "pair of claims that", "pairs of claims that")
            yield f"{told} {that}", f"{shown.anchor}-claims"
    if shown.only:
        number = sum(len(items) for _, items in shown.only)
        told = phrases.count(number, "thing that", "things that")
        yield f"{told} one article alone carries", f"{shown.anchor}-only"
    if shown.missing:
        told = phrases.count(len(shown.missing), "thing that", "things that")
        yield f"{told} most carry and others lack", f"{shown.anchor}-missing"


def _held(number: int, one: Held, shelf: Shelf, anchor: str) -> HeldShown:
    return HeldShown(
        number,
        phrases.day(one.day) if one.day else "undated",
        one.day.isoformat() if one.day else None,
        accounts.content(one),
        shelf.called.document(one.document),
        _SIGNS.get(one.cue_kind or "", ""),
        anchor,
        tuple(
            (
                shelf.called.document(place.document),
                accounts.content(place),
                sides.paragraph(shelf, place),
            )
            for place in one.repeats
        ),
    )


def _clip(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHORT else words[: _SHORT - 1] + "…"
