"""unspin: who said what, in whose voice, and where the accounts part.

    for document in unspin.read("articles/"):
        marks = unspin.mark(document)

`read` gives an `unspin.SourceError` in the place of what could not be read. The other types are in
`unspin.types`, the way to JSON and Arrow in `unspin.wire`, the network in `unspin.reading.web`.
"""

__version__ = "0.1.0"

from unspin.errors import SourceError, UnspinError
from unspin.reading import read
from unspin.types import LAYERS, Document, Layer, Marks, Span

__all__ = ["Document", "Marks", "SourceError", "Span", "UnspinError", "mark", "read"]


def mark(document: Document, *, layers: tuple[Layer, ...] = LAYERS) -> Marks:
    """The marks of `document`, of all layers that unspin makes unless `layers` names fewer."""
    from unspin import flow  # a tenth of a second that `unspin --help` does without

    return flow.marked(document, layers)
