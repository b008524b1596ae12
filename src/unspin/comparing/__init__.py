"""Marks of many documents → Comparison: where the accounts agree and where they part.

`compare` reads like the table of parts. Every part gets the documents in one order, whatever order
they came in, and each document once.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from unspin import __version__
from unspin.comparing import (
    conflicts,
    contradictions,
    copies,
    gaps,
    positions,
    quotations,
    sourcing,
    speakers,
    stories,
    voices,
)
from unspin.model.signals import Relate, Vectors
from unspin.types import LAYERS, Comparison, Document, Listed, MadeBy, Marks, Settings


def compare(
    marks: Iterable[Marks],
    *,
    vectors: Vectors,
    relate: Relate,
    progress: Callable[[str], None] = lambda _: None,
) -> Comparison:
    """The comparison of all documents that `marks` are of; the same for any order of them.

    `vectors` gives a row of length 1 for each text, texts of like meaning near each other; `relate`
    what the first of each two texts says of the second. `progress` is told which part is next.
    """
    told = _ordered(marks)
    vectors = _once(vectors)
    progress("copies")
    alike = copies.find(told)
    progress("stories")
    grouped = stories.find(told, alike, vectors)
    progress("speakers")
    cast = speakers.find(told, alike)
    progress("quotations")
    quoted = quotations.find(told, grouped, alike, cast, vectors)
    progress("figures and dates")
    parted = conflicts.find(told, grouped, alike, cast, vectors)
    progress("claims")
    answered = contradictions.find(told, grouped, alike, quoted, vectors=vectors, relate=relate)
    progress("gaps")
    left = gaps.find(told, grouped, alike, cast, vectors)
    progress("positions")
    held = positions.find(told, cast, vectors, relate)
    return Comparison(
        documents=tuple(_listed(one.document) for one in told),
        stories=grouped,
        copies=alike,
        speakers=cast.identities,
        quotations=quoted,
        conflicts=parted,
        contradictions=answered,
        gaps=left,
        sourcing=sourcing.find(told, cast),
        positions=held,
        voices=voices.find(told),
        made_by=_made_by(told),
    )


def _once(vectors: Vectors) -> Vectors:
    """The same, each text asked for once: the parts look at many of the same sentences."""
    known: dict[str, NDArray[np.float32]] = {}

    def remembered(texts: Sequence[str]) -> NDArray[np.float32]:
        new = list(dict.fromkeys(text for text in texts if text not in known))
        known.update(zip(new, vectors(new), strict=True))
        return np.stack([known[text] for text in texts]) if texts else vectors(texts)

    return remembered


def _ordered(marks: Iterable[Marks]) -> list[Marks]:
    """Each document once, by day of publication, undated last; then by outlet."""
    once: dict[str, Marks] = {}
    for one in marks:
        other = once.get(one.document.id, one)
        once[one.document.id] = one if one == other else min(one, other, key=_choice)
    return sorted(once.values(), key=lambda one: _order(one.document))


def _choice(marks: Marks) -> tuple[tuple[bool, str, str, str], str]:
    """An order of all that can be told of one document, whichever came first."""
    return _order(marks.document), repr(marks)


def _order(document: Document) -> tuple[bool, str, str, str]:
    published = document.published
    day = published.isoformat() if published else ""
    return (published is None, day, document.outlet or "", document.id)


def _listed(document: Document) -> Listed:
    return Listed(document.id, document.title, document.outlet, document.published)


def _made_by(told: Sequence[Marks]) -> MadeBy:
    """This unspin, and what marked the documents: every bundle, the layers that all have."""
    bundles = sorted({one.made_by.bundle for one in told})
    common = tuple(
        layer for layer in LAYERS if all(layer in one.made_by.settings.layers for one in told)
    )
    return MadeBy(unspin=__version__, bundle=", ".join(bundles), settings=Settings(common))
