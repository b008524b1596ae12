"""Whether a document and its marks hold together, for whatever came through other hands."""

from dataclasses import fields, is_dataclass
from datetime import datetime

from unspin.types import LAYERS, Document, Marks, Span


def document(found: Document) -> bool:
    """Whether all blocks end within the text."""
    return all(block.span.end <= len(found.text) for block in found.blocks)


def marks(found: Marks) -> bool:
    """Whether the spans lie in the text, voices and statements in statements, and dates are days.

    No statement lies in itself, and the voices, where there are any, part the text.
    """
    length, count = len(found.document.text), len(found.statements)
    layers = (getattr(found, name) for name in LAYERS)
    return (
        all(_fits(layer, length, count) for layer in layers)
        and _parts(found)
        and not _nested_in_itself(found)
    )


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
        case datetime():  # a mark tells of days
            return False
    if is_dataclass(mark):
        return all(_fits(getattr(mark, field.name), length, count) for field in fields(mark))
    return True


def _parts(found: Marks) -> bool:
    ends = [0, *(voice.span.end for voice in found.voices)]
    starts = [*(voice.span.start for voice in found.voices), len(found.document.text)]
    return not found.voices or starts == ends


def _nested_in_itself(found: Marks) -> bool:
    """Whether following `within` from any statement would never end."""
    ending: set[int] = set()
    for place in range(len(found.statements)):
        way: set[int] = set()
        at: int | None = place
        while at is not None and at not in ending:
            if at in way:
                return True
            way.add(at)
            at = found.statements[at].within
        ending.update(way)
    return False
