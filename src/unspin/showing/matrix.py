"""Who carries what: articles in columns, and a row for each quotation, figure, fact and speaker.

In: the items of a story. Out: the groups of rows. A cell says by a sign and a word what its
document has, and leads to the passage.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from unspin.showing import accounts, phrases
from unspin.showing.accounts import Account, Named, Names
from unspin.showing.cards import Differing, Heard, Item, Items, Quoted
from unspin.types import Conflict, Quotation

_SHORT = 90  # characters of what is named in a row
_CELLS = 6000  # of one group: more would be neither read nor loaded


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


def groups(account: Account, items: Items, called: Names, anchor: str) -> Iterator[Group]:
    """The groups that have rows; where there are very many, only those there is room for."""
    documents = account.documents
    found = (
        (
            "Quotations",
            [
                _quotation_row(documents, quotation, quoted)
                for quotation, quoted in zip(account.quotations, items.quotations, strict=True)
            ],
        ),
        (
            "Figures and dates",
            [
                _figure_row(documents, conflict, figure)
                for conflict, figure in zip(account.conflicts, items.figures, strict=True)
            ],
        ),
        (
            "Facts, actors and sources",
            [
                _item_row(documents, item)
                for item in (
                    *items.missing,
                    *(item for _, alone in items.only for item in alone),
                )
            ],
        ),
        (
            "Speakers",
            [_speaker_row(documents, heard, called) for heard in items.speakers],
        ),
    )
    for number, (heading, rows) in enumerate(found, 1):
        if rows:
            room = max(_CELLS // len(documents), 1)
            kept = tuple(rows[:room])
            yield Group(f"{anchor}-m{number}", heading, kept, len(rows) - len(kept))


def _quotation_row(documents: Sequence[Named], found: Quotation, quoted: Quoted) -> MatrixRow:
    given: dict[int, Cell] = {}
    for variant, side in zip(found.variants, quoted.sides.places, strict=True):
        sign, word, _ = accounts.TELLINGS[accounts.telling(variant, found.variants[0])]
        cue = accounts.cue(variant)
        told = f"{word}, {variant.speech}" + (f", introduced by “{cue}”" if cue else "")
        given.setdefault(side.document.number, Cell(sign, word, side.anchor, told))
    left_out = {document.number: _LEFT_OUT for document in quoted.left_out}
    words = (
        "".join(piece.text for piece in quoted.wordings[0].pieces if piece.kind != "cut")
        if quoted.wordings
        else ""
    )
    label = f"{quoted.speaker}: “{_clip(words)}”"
    return _row(documents, label, quoted.anchor, left_out | given)


def _figure_row(documents: Sequence[Named], found: Conflict, figure: Differing) -> MatrixRow:
    given: dict[int, Cell] = {}
    for side, place in zip(figure.sides.places, found.places, strict=True):
        told = accounts.reading(place, found.unit)
        brief = accounts.brief(place, found.unit)
        given.setdefault(side.document.number, Cell("", brief, side.anchor, told))
    return _row(documents, f"{_clip(figure.counted)} ({figure.name})", figure.anchor, given)


def _item_row(documents: Sequence[Named], item: Item) -> MatrixRow:
    lacking = {document.number: _LACKS for document in item.lacking}
    given = {
        side.document.number: Cell("●", "yes", side.anchor, "carries it")
        for side in reversed(item.sides.places)
    }
    return _row(documents, _clip(item.what), item.anchor, lacking | given)


def _speaker_row(documents: Sequence[Named], heard: Heard, called: Names) -> MatrixRow:
    at = {side.document.number: side.anchor for side in heard.sides.places}
    given: dict[int, Cell] = {}
    for one in heard.given:
        number = called.document(one.document).number
        share = accounts.percent(one.share)
        told = f"{phrases.count(one.statements, 'statement')}, {share} of the words"
        given[number] = Cell("", share, at.get(number), told)
    href = heard.anchor if heard.sides.places else None
    return _row(documents, _clip(heard.name), href, given)


def _row(
    documents: Sequence[Named],
    label: str,
    href: str | None,
    cells: Mapping[int, Cell],
) -> MatrixRow:
    """The row of the cells, by the number of their document."""
    return MatrixRow(label, href, tuple(cells.get(one.number, _NOT) for one in documents))


def _clip(words: str) -> str:
    return phrases.clipped(phrases.line(words), _SHORT)
