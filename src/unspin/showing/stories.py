"""A comparison as the page shows it: everything the templates are given, named, cut and worded.

In: an Account of a story, or a part of a comparison, and the documents behind it. Out: values only.
Each item has an anchor of a letter and a number: `y` a story, `q` a quotation, `f` a figure or
date, `c` a pair of claims, `g` something carried or missing, `w` a speaker, `p` a position, `d` a
document.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from unspin.showing import accounts, cards, charts, matrix, phrases, rooms, sides
from unspin.showing.accounts import Account, Named
from unspin.showing.cards import Anchors
from unspin.showing.sides import Shelf, Side, Sides
from unspin.types import Agreement, ConflictKind, Held, Identity, Position

_SIGNS = {"promising": "promise", "denying": "denial"}
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
class StoryShown:
    """All that is shown of one story."""

    anchor: str
    title: str
    headline: Named | None  # the document whose title it is
    days: str | None
    sources: str
    documents: tuple[Named, ...]
    glance: tuple[tuple[str, str], ...]  # what, and the anchor that leads there
    matrix: tuple[matrix.Group, ...]
    items: cards.Items
    sourcing: rooms.SideShares | None
    voices: rooms.Voices | None


@dataclass(frozen=True, slots=True)
class HeldShown:
    """One dated statement of a position."""

    number: int
    day: str
    iso: str | None
    words: str
    side: Side
    sign: str
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
    anchor = new("y")
    items = cards.items(account, shelf, new)
    several = len(account.documents) > 1
    title = accounts.title(account)
    return StoryShown(
        anchor=anchor,
        title=title,
        headline=next((one for one in account.documents if several and one.title == title), None),
        days=accounts.days(account.story) if account.story else None,
        sources=phrases.count(account.story.sources, "independent source") if account.story else "",
        documents=account.documents,
        glance=tuple(_glance(items, anchor)),
        matrix=tuple(matrix.groups(account, items, called, anchor)) if several else (),
        items=items,
        sourcing=rooms.sourcing(account.sourcing, account.documents, called),
        voices=rooms.voices(account.voices, called),
    )


def position(found: Position, shelf: Shelf, anchor: str) -> PositionShown:
    """The position in time, and what parts in it."""
    passages = sides.sides(shelf, anchor, found.places)
    held = tuple(
        _held(number, one, side, shelf)
        for number, (one, side) in enumerate(zip(found.places, passages.places, strict=True), 1)
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
        topic=phrases.line(found.topic),
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
        sides=passages,
    )


def known(identity: Identity, shelf: Shelf) -> Known:
    """The speaker by all its names, and where they stand."""
    places = accounts.grouped(
        (
            shelf.called.document(place.document),
            (accounts.content(place), sides.paragraph(shelf, place)),
        )
        for place in identity.places
    )
    return Known(
        shelf.called.speaker(identity.id),
        phrases.WHO[identity.who_kind],
        tuple(name for name in identity.names if name != identity.who),
        None if identity.side is None else shelf.called.speaker(identity.side),
        f"{identity.score:.2f}",
        tuple((document, tuple(dict.fromkeys(found))) for document, found in places.items()),
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


def _glance(items: cards.Items, anchor: str) -> Iterator[tuple[str, str]]:
    varied = sum(quoted.varied for quoted in items.quotations)
    if items.quotations:
        told = phrases.count(len(items.quotations), "utterance")
        compared = f"{told} compared, {varied:,}" if varied < len(items.quotations) else told
        yield f"{compared} given in more than one way", f"{anchor}-quotations"
    for kind, how in _WITH.items():
        number = sum(figure.kind == kind for figure in items.figures)
        if number:
            told = phrases.count(number, "figure or date", "figures or dates")
            yield f"{told} {how}", f"{anchor}-figures"
    for relation, that in _THAT.items():
        number = sum(pair.relation == relation for pair in items.pairs)
        if number:
            told = phrases.count(number, "pair of claims that", "pairs of claims that")
            yield f"{told} {that}", f"{anchor}-claims"
    if items.only:
        number = sum(len(alone) for _, alone in items.only)
        told = phrases.count(number, "thing that", "things that")
        yield f"{told} one source alone carries", f"{anchor}-only"
    if items.missing:
        told = phrases.count(len(items.missing), "thing that", "things that")
        yield f"{told} most carry and others lack", f"{anchor}-missing"


def _held(number: int, one: Held, side: Side, shelf: Shelf) -> HeldShown:
    return HeldShown(
        number,
        phrases.dated(one.day),
        one.day.isoformat() if one.day else None,
        accounts.content(one),
        side,
        _SIGNS.get(one.cue_kind or "", ""),
        tuple(
            (
                shelf.called.document(place.document),
                accounts.content(place),
                sides.paragraph(shelf, place),
            )
            for place in one.repeats
        ),
    )
