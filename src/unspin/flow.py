"""The order of the stages: sources to documents to marks to a comparison.

What fails is a value in its place. Nothing is printed here. This is what the commands call, and
what a program calls that has many sources at once.
"""

import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from unspin import library as libraries
from unspin import reading
from unspin.errors import LibraryError, SourceError, UnspinError, unexpected
from unspin.library import Library
from unspin.types import LAYERS, Comparison, Document, Layer, MadeBy, Marks

_log = logging.getLogger(__name__)
_Found = Document | Marks | SourceError
_Maker = Callable[[Document], MadeBy]  # what signs the marks of a document


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
    for found in _given(sources, access):
        yield found.document if isinstance(found, Marks) else found


def mark(
    sources: Iterable[str | Path],
    access: Access = Access(),
    *,
    layers: tuple[Layer, ...] = LAYERS,
    library: Library | None = None,
) -> Iterator[Marks | SourceError]:
    """The marks of all documents of all sources, in order, failures in their places.

    As many documents are marked at once as there are cores; only so many are read ahead. What the
    same unspin has marked in the same layers is not marked again: where a source is its output or a
    library, and where `library` holds it. New marks are kept in `library`; LibraryError where they
    cannot be.
    """
    maker = _maker(layers)
    yield from _marked(_given(sources, access, maker, library), maker, library)


def gather(
    sources: Iterable[str | Path],
    access: Access = Access(),
    *,
    library: Library | None = None,
) -> Iterator[Marks | SourceError]:
    """What is to be compared: as `mark`, each document once, and without its furniture.

    No comparison needs the furniture, and of many documents it takes much room.
    """
    maker = _maker(LAYERS)
    given = _distinct(_given(sources, access, maker, library))
    for found in _marked(given, maker, library):
        if isinstance(found, SourceError):
            yield found
        else:
            yield replace(found, document=replace(found.document, furniture=()))


def marked(document: Document, layers: tuple[Layer, ...] = LAYERS) -> Marks:
    """The marks of one document, with the encoder that comes with unspin.

    BundleError where the bundle is damaged.
    """
    from unspin import marking
    from unspin.model.encoder import Encoder

    encoder = Encoder.load()
    return marking.mark(document, layers=layers, see=encoder.see, bundle=encoder.manifest.name)


def compared(
    marks: Iterable[Marks], progress: Callable[[str], None] = lambda _: None
) -> Comparison:
    """The comparison of what was marked, with the network that comes with unspin.

    `progress` is told what is being done. BundleError where the bundle is damaged.
    """
    from unspin import comparing
    from unspin.model.pairs import Pairs

    pairs = Pairs.load()
    return comparing.compare(
        marks, vectors=pairs.vectors, relate=pairs.relations, progress=progress
    )


def _maker(layers: tuple[Layer, ...]) -> _Maker:
    from unspin import marking
    from unspin.model import bundle

    name = bundle.load(bundle.default()).manifest.name
    return partial(marking.made_by, layers=layers, bundle=name)


def _given(
    sources: Iterable[str | Path],
    access: Access,
    maker: _Maker | None = None,
    library: Library | None = None,
) -> Iterator[_Found]:
    """What the sources hold; of libraries but `library` the marks of that maker, where it has them.

    `library` is looked into for every document, wherever that comes from.
    """
    from unspin.reading.web import Web

    web = Web(local=access.local, cache=access.cache)
    for source in sources:
        if not libraries.is_library(source):
            yield from reading.given(source, web=web, keep=access.keep, limit=access.limit)
        elif library and library.path.samefile(source):
            yield from library.documents()
        else:
            yield from _kept(Path(source), maker)


def _kept(path: Path, maker: _Maker | None) -> Iterator[_Found]:
    try:
        with Library.read(path) as library:
            for found in library.documents():
                if maker and isinstance(found, Document):
                    yield library.marks(found, maker(found)) or found
                else:
                    yield found
    except LibraryError as error:
        yield error


def _distinct(given: Iterable[_Found]) -> Iterator[_Found]:
    """Each document once, wherever it was found; failures all."""
    seen: set[str] = set()
    again = 0
    for found in given:
        if not isinstance(found, SourceError):
            name = libraries.basis(found.document if isinstance(found, Marks) else found)
            if name in seen:
                again += 1
                continue
            seen.add(name)
        yield found
    if again:
        _log.info("%d came again; each article counts once", again)


def _marked(
    given: Iterable[_Found], maker: _Maker, library: Library | None
) -> Iterator[Marks | SourceError]:
    cores = os.cpu_count() or 1
    with ThreadPoolExecutor(cores) as pool:
        waiting: deque[tuple[Future[Marks | SourceError], bool]] = deque()

        def first() -> Marks | SourceError:
            future, new = waiting.popleft()
            result = future.result()
            if library and new and isinstance(result, Marks):
                library.keep(result)
            return result

        for found in given:
            unmarked = _unmarked(found, maker)
            known = library.marks(unmarked, maker(unmarked)) if library and unmarked else None
            waiting.append((pool.submit(_mark, known or unmarked or found, maker), not known))
            if len(waiting) > cores:
                yield first()
        while waiting:
            yield first()


def _unmarked(found: _Found, maker: _Maker) -> Document | None:
    """The document that `maker` has not marked; None for a failure and for marks of its own."""
    if isinstance(found, Marks):
        return None if found.made_by == maker(found.document) else found.document
    return found if isinstance(found, Document) else None


def _mark(given: _Found, maker: _Maker) -> Marks | SourceError:
    if not isinstance(given, Document):
        return given
    try:
        return marked(given, maker(given).settings.layers)
    except UnspinError:
        raise  # a damaged bundle is no fault of the document
    except Exception as error:  # noqa: BLE001 - a bug met in one document must not stop the others
        return unexpected(given.origin.location, error)
