"""The order of the stages: sources to documents to marks, each failure a value in its place.

Nothing is printed here. This is what the commands call, and what a program calls that has many
sources at once.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from unspin import reading
from unspin.errors import SourceError, UnspinError, unexpected
from unspin.types import LAYERS, Document, Layer, Marks


@dataclass(frozen=True, slots=True)
class Access:
    """How sources are reached and what is kept of them."""

    local: bool = False  # whether addresses that are not public are fetched
    cache: Path | None = None  # folder of what was fetched before
    keep: Path | None = None  # folder for the original bytes
    limit: int = reading.LIMIT  # entries of a feed or sitemap


def read(
    sources: Iterable[str | Path], access: Access = Access()
) -> Iterator[Document | SourceError]:
    """The documents of all sources, in order; a failure stands where its document would."""
    from unspin.reading.web import Web

    web = Web(local=access.local, cache=access.cache)
    for source in sources:
        yield from reading.read(source, web=web, keep=access.keep, limit=access.limit)


def mark(
    sources: Iterable[str | Path], access: Access = Access(), *, layers: tuple[Layer, ...] = LAYERS
) -> Iterator[Marks | SourceError]:
    """The marks of all documents of all sources, in order, failures in their places.

    As many documents are marked at once as there are cores; only so many are read ahead.
    """
    cores = os.cpu_count() or 1
    with ThreadPoolExecutor(cores) as pool:
        waiting: deque[Future[Marks | SourceError]] = deque()
        for document in read(sources, access):
            waiting.append(pool.submit(_mark, document, layers))
            if len(waiting) > cores:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def marked(document: Document, layers: tuple[Layer, ...] = LAYERS) -> Marks:
    """The marks of one document, with the encoder that comes with unspin.

    BundleError where the bundle is damaged.
    """
    from unspin import marking
    from unspin.model.encoder import Encoder

    encoder = Encoder.load()
    return marking.mark(document, layers=layers, see=encoder.see, bundle=encoder.manifest.name)


def _mark(document: Document | SourceError, layers: tuple[Layer, ...]) -> Marks | SourceError:
    if isinstance(document, SourceError):
        return document
    try:
        return marked(document, layers)
    except UnspinError:
        raise  # a damaged bundle is no fault of the document
    except Exception as error:  # noqa: BLE001 - a bug met in one document must not stop the others
        return unexpected(document.origin.location, error)
