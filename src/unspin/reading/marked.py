"""Marks as `unspin mark --json` prints them, back from their plain values.

Marks that came through other hands may not fit their text: such are none, and their document is
read without them.
"""

from dataclasses import fields, is_dataclass

from unspin import wire
from unspin.errors import FormatError
from unspin.types import LAYERS, Marks, Span


def read(value: wire.Plain) -> Marks | None:
    """The marks that `value` holds; None where it holds none, or some that do not fit their text.

    That they fit means: spans end within the text, a voice or `within` is the index of a statement,
    no statement lies in itself, and the voices part the text.
    """
    try:
        marks = wire.build(Marks, value)
    except FormatError:
        return None
    length, count = len(marks.document.text), len(marks.statements)
    layers = (getattr(marks, name) for name in LAYERS)
    return marks if all(_fits(layer, length, count) for layer in layers) and _sound(marks) else None


def _fits(mark: object, length: int, count: int) -> bool:
    """Whether spans and indices of a mark are in bounds; its whole numbers are all indices."""
    match mark:
        case Span():
            return mark.end <= length
        case tuple():
            return all(_fits(part, length, count) for part in mark)
        case bool():
            return True
        case int():
            return 0 <= mark < count
    if is_dataclass(mark):
        return all(_fits(getattr(mark, field.name), length, count) for field in fields(mark))
    return True


def _sound(marks: Marks) -> bool:
    ends = [0, *(voice.span.end for voice in marks.voices)]
    starts = [*(voice.span.start for voice in marks.voices), len(marks.document.text)]
    return not _nested_in_itself(marks) and (not marks.voices or starts == ends)


def _nested_in_itself(marks: Marks) -> bool:
    """Whether following `within` from any statement would never end."""
    ending: set[int] = set()
    for place in range(len(marks.statements)):
        way: set[int] = set()
        at: int | None = place
        while at is not None and at not in ending:
            if at in way:
                return True
            way.add(at)
            at = marks.statements[at].within
        ending.update(way)
    return False
