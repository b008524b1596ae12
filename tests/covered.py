"""Coverage of one story for tests: texts marked by the rules, and vectors of their words."""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from inline import document
from unspin.comparing import alignment
from unspin.marking import mark
from unspin.types import Marks, Span, Story

FIRST = date(2024, 3, 14)
_WIDTH = 512


def marked(*texts: str, days: Sequence[int] = ()) -> list[Marks]:
    """The marks of texts of one day, or of the days given after it; each of its own outlet."""
    return [
        mark(
            replace(
                document(text, published=FIRST + timedelta(days[place] if days else 0)),
                id=f"{place:016x}",
                outlet=f"Outlet {place}",
            )
        )
        for place, text in enumerate(texts)
    ]


def story(marks: Sequence[Marks]) -> Story:
    """The story that all the documents are of."""
    ids = tuple(one.document.id for one in marks)
    return Story(ids[0], None, FIRST, FIRST, ids, len(ids))


def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """A row a text in the place of the encoder's: its words with meaning, hashed."""
    rows = np.zeros((len(texts), _WIDTH), np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in alignment.words(text, (Span(0, len(text)),)):
            if not word.is_small:
                row[zlib.crc32(word.stem.encode()) % _WIDTH] += 1
    lengths: NDArray[np.float32] = np.linalg.norm(rows, axis=1, keepdims=True)
    rows /= np.maximum(lengths, 1)
    return rows
