"""unspin: who said what, in whose voice, and where the accounts part.

    marks = [unspin.mark(document) for document in unspin.read("articles/")]
    comparison = unspin.compare(marks)

`read` gives an `unspin.SourceError` in the place of what could not be read. The other types are in
`unspin.types`, the way to JSON and Arrow in `unspin.wire`, the network in `unspin.reading.web`.
"""

__version__ = "0.1.0"

from collections.abc import Iterable

from unspin.errors import SourceError, UnspinError
from unspin.reading import read
from unspin.types import LAYERS, Comparison, Document, Layer, Marks, Span

__all__ = [
    "Comparison",
    "Document",
    "Marks",
    "SourceError",
    "Span",
    "UnspinError",
    "compare",
    "mark",
    "read",
]


def mark(document: Document, *, layers: tuple[Layer, ...] = LAYERS) -> Marks:
    """The marks of `document`, of all layers that unspin makes unless `layers` names fewer."""
    from unspin import flow  # a tenth of a second that `unspin --help` does without

    return flow.marked(document, layers)


def compare(marks: Iterable[Marks]) -> Comparison:
    """Where the accounts of the marked documents agree and where they part."""
    from unspin import flow

    return flow.compared(marks)
