"""The sides of known conflicts: `words/sides.txt` as values, and the rules every pair keeps.

A pair has two sides, A and B, which fill the same slots: country, capital, party, leader. The order
of the two says nothing about them. Nobody's side has a slot that the other lacks, and no term is on
both sides of one pair; `parse` refuses a table in which that is not so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from unspin.errors import FormatError

BESIDE = "adjective"  # a form may stand in this slot and in one other: "US", "Labour", "Greek"
UNPAIRED = "unpaired"  # its forms are recognised and have no partner: "her"


@dataclass(frozen=True, slots=True)
class Slot:
    """One part that both sides of a pair fill; the first form of each side is the one written."""

    name: str
    a: tuple[str, ...]
    b: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides that can be exchanged."""

    id: str
    slots: tuple[Slot, ...]


@cache
def pairs() -> tuple[Pair, ...]:
    """All pairs of the table, in its order."""
    return parse((files("unspin.model") / "words" / "sides.txt").read_text("utf-8"))


@cache
def forms() -> frozenset[str]:
    """All forms of all sides; those with an apostrophe in both spellings."""
    straight = {form for pair in pairs() for slot in pair.slots for form in slot.a + slot.b}
    return frozenset(straight | {form.replace("'", "\u2019") for form in straight})


def parse(text: str) -> tuple[Pair, ...]:
    """The pairs of a table as `words/sides.txt` describes it; FormatError where it is uneven."""
    slots: dict[str, list[Slot]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            if len(cells) != 4:  # noqa: PLR2004 - pair, slot and two sides
                msg = f"line {number} of the table of sides has {len(cells)} cells and not 4"
                raise FormatError(msg)
            name, slot, a, b = cells
            slots.setdefault(name, []).append(Slot(slot, tuple(a.split("|")), tuple(b.split("|"))))
    found = tuple(Pair(name, tuple(parts)) for name, parts in slots.items())
    for pair in found:
        for fault in _faults(pair):
            msg = f"the pair {pair.id} of the table of sides: {fault}"
            raise FormatError(msg)
    return found


def _faults(pair: Pair) -> Iterator[str]:
    names = [slot.name for slot in pair.slots]
    if len(set(names)) < len(names):
        yield "a slot stands there twice"
    sides = [
        _slots_of(side)
        for side in ([(s.name, s.a) for s in pair.slots], [(s.name, s.b) for s in pair.slots])
    ]
    for side in sides:
        for form, places in side.items():
            if not form or form != form.strip():
                yield f"a slot has an empty form or one with a space at its edge: {places}"
            if len(places) > 2 or (len(places) > 1 and BESIDE not in places):  # noqa: PLR2004
                yield f"{form!r} stands in the slots {places}"
    if both := sides[0].keys() & sides[1].keys():
        yield f"on both sides: {sorted(both)}"


def _slots_of(side: list[tuple[str, tuple[str, ...]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, spelt in side:
        for form in spelt:
            found.setdefault(form, []).append(name)
    return found
