"""The library: one SQLite file that keeps documents and their marks.

A document is kept once, by its id, in the order it came; its marks once for every choice of layers,
the newest made. A document and its marks come in by one transaction: an interrupted run leaves
whole documents. Several processes may read and write one library at once.

Values are the JSON of `unspin.wire`, packed with zlib; the other columns are there to search by.
"""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, get_type_hints

from unspin import sound, wire
from unspin.errors import FormatError, LibraryError, SourceError
from unspin.types import Document, Found, MadeBy, Marks, Origin

_APPLICATION = int.from_bytes(b"unsp")  # stands in the file, so that it is known as a library
_MAGIC = b"SQLite format 3\x00"
_LARGEST = 150_000_000  # bytes of a value: three times what the largest file has
_WAIT = 60.0  # seconds for another process to finish its transaction, which takes milliseconds
_NOWHERE = Origin("", "", "", "", None)
_LAYERS = {
    name: hint
    for name, hint in get_type_hints(Marks).items()
    if name not in {"document", "made_by"}
}
_DAMAGED = ("damaged", "the library is damaged", "Restore it from a copy")
_FAILURES = {  # by the name of SQLite's error, or its first two words: code, reason, next step
    "SQLITE_NOTADB": ("not-a-library", "it is no library of unspin", "Give another file"),
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_ERROR": _DAMAGED,  # a table or a column is not there
    "SQLITE_CANTOPEN": (
        "not-readable",
        "no library can be opened there",
        "Check the path, and whether you may write there",
    ),
    "SQLITE_READONLY": ("read-only", "the library is read-only", "Make it writable for you"),
    "SQLITE_READONLY_ROLLBACK": (
        "interrupted",
        "writing to it was cut off",
        "Give it with --library once, which takes back what was half written",
    ),
    "SQLITE_FULL": (
        "disk-full",
        "the disk is full",
        "Make room and give the same command again: what was kept is not marked again",
    ),
    "SQLITE_BUSY": (
        "locked",
        f"another process has held it for more than {_WAIT:.0f} seconds",
        "End that one, or wait for it",
    ),
    "SQLITE_LOCKED": ("locked", "another process holds it", "End that one, or wait for it"),
}


def is_library(path: str | Path) -> bool:
    """Whether a library of unspin, of any version, lies there."""
    try:
        if not Path(path).is_file():  # what is read from a pipe is gone
            return False
        with Path(path).open("rb") as file:
            head = file.read(72)
    except (OSError, ValueError):  # not to be read; a NUL in the path
        return False
    return head.startswith(_MAGIC) and head[68:] == _APPLICATION.to_bytes(4)


def basis(document: Document) -> str:
    """The digest of all that marks depend on: the document without where and how it was found."""
    bare = replace(document, found=Found(), furniture=(), origin=_NOWHERE, warnings=())
    return hashlib.sha256(_bytes(wire.dumps(bare))).hexdigest()


class Library:
    """Documents and their marks in one file. Made by `open` or `read`; a context manager.

    LibraryError wherever the file fails: full disk, damage, a lock that is never released.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """The library in `path` to read and write, made where there is none."""
        with _failing(path):
            library = cls(path, _connected(path, "rwc"))
            with library._closing_on_failure():
                library._migrate()
                library._must_be_writable()
            return library

    @classmethod
    def read(cls, path: Path) -> Self:
        """The library in `path` to read; nothing is written, beside it neither."""
        with _failing(path):
            library = cls(path, _connected(path, "ro"))
            with library._closing_on_failure():
                match library._version():
                    case 0:
                        raise LibraryError(str(path), *_FAILURES["SQLITE_NOTADB"])
                    case version if version < len(_MIGRATIONS):
                        reason = f"an older unspin wrote it (schema {version})"
                        step = "Give it with --library once, which brings it up to date"
                        raise LibraryError(str(path), "older-library", reason, step)
            return library

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def count(self) -> int:
        """How many documents it holds."""
        with _failing(self.path):
            (count,) = self._connection.execute("SELECT count(*) FROM documents").fetchone()
            return int(count)

    def keep(self, marks: Marks) -> None:
        """Keep marks with their document, in the place of older ones of the same layers.

        The file stays as it is where it holds just these.
        """
        document, made_by = marks.document, marks.made_by
        layers = {name: wire.plain(getattr(marks, name)) for name in _LAYERS}
        kept = _key(document, made_by) | {
            "title": _column(document.title),
            "outlet": _column(document.outlet),
            "published": document.published.isoformat() if document.published else None,
            "location": _column(document.origin.location),
            "document": _packed(wire.dumps(document)),
            "marks": _packed(json.dumps(layers, ensure_ascii=False, separators=(",", ":"))),
        }
        with _failing(self.path), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute(_KEEP_DOCUMENT, kept)
            self._connection.execute(_KEEP_MARKS, kept)

    def marks(self, document: Document, made_by: MadeBy) -> Marks | None:
        """The marks kept of `document` by that maker.

        None: there are none, they were made of a document read otherwise, or they are damaged.
        """
        with _failing(self.path):
            wanted = _key(document, made_by) | {"largest": _LARGEST}
            row = self._connection.execute(_FIND_MARKS, wanted).fetchone()
        if row is None:
            return None
        try:
            value = wire.loads(_unpacked(row[0]))
            layers: dict[str, Any] = {
                name: wire.build(hint, value[name], name) for name, hint in _LAYERS.items()
            }
        except (FormatError, KeyError, TypeError, UnicodeError, zlib.error):
            return None
        marks = Marks(document=document, made_by=made_by, **layers)
        return marks if sound.marks(marks) else None

    def documents(self) -> Iterator[Document | SourceError]:
        """All documents, in the order they came; a damaged one is an error in its place.

        One is held at a time, and no lock between two: what comes in meanwhile is read too.
        """
        last = 0
        while True:
            with _failing(self.path):
                after = {"last": last, "largest": _LARGEST}
                row = self._connection.execute(_NEXT_DOCUMENT, after).fetchone()
            if row is None:
                return
            last, name, value = row
            reason, step = "what the library holds of it is damaged", "Read its source again"
            damaged = SourceError(f"{self.path}#{name}", "damaged", reason, step)
            try:
                document = wire.build(Document, wire.loads(_unpacked(value)))
            except (FormatError, TypeError, UnicodeError, zlib.error):
                yield damaged
            else:
                yield document if sound.document(document) else damaged

    @contextmanager
    def _closing_on_failure(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise

    def _version(self) -> int:
        """The number of the file's schema; 0 for an empty file; LibraryError if it is not ours."""
        (application,) = self._connection.execute("PRAGMA application_id").fetchone()
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        (tables,) = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application != _APPLICATION and (application or version or tables):
            raise LibraryError(str(self.path), *_FAILURES["SQLITE_NOTADB"])
        if version < 0 or (tables and not version):
            raise LibraryError(str(self.path), *_DAMAGED)
        if version > len(_MIGRATIONS):
            raise LibraryError(
                str(self.path),
                "newer-library",
                f"a newer unspin wrote it (schema {version}; this one reads {len(_MIGRATIONS)})",
                "Install the newest unspin",
            )
        return int(version)

    def _migrate(self) -> None:
        """Bring the schema up to date, whole or not at all."""
        if self._version() == len(_MIGRATIONS):
            return
        with self._connection:
            self._connection.execute("BEGIN EXCLUSIVE")
            for migration in _MIGRATIONS[self._version() :]:  # another process may have been first
                migration(self._connection)
            self._connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            self._connection.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")

    def _must_be_writable(self) -> None:
        """An error now, rather than after the first document was marked."""
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")


def _documents_and_marks(connection: sqlite3.Connection) -> None:
    connection.execute(
        "CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT,"
        " outlet TEXT, published TEXT, location TEXT NOT NULL, value BLOB NOT NULL)"
    )
    connection.execute(
        "CREATE TABLE marks (document TEXT NOT NULL REFERENCES documents (id),"
        " layers TEXT NOT NULL, unspin TEXT NOT NULL, bundle TEXT NOT NULL, basis TEXT NOT NULL,"
        " value BLOB NOT NULL, PRIMARY KEY (document, layers))"
    )


# How a library of each schema becomes one of the next: append only, change none.
_MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_documents_and_marks,)

_KEEP_DOCUMENT = """
    INSERT INTO documents (id, title, outlet, published, location, value)
    VALUES (:id, :title, :outlet, :published, :location, :document)
    ON CONFLICT (id) DO UPDATE SET title = excluded.title, outlet = excluded.outlet,
        published = excluded.published, location = excluded.location, value = excluded.value
    WHERE value IS NOT excluded.value
"""
_KEEP_MARKS = """
    INSERT INTO marks (document, layers, unspin, bundle, basis, value)
    VALUES (:id, :layers, :unspin, :bundle, :basis, :marks)
    ON CONFLICT (document, layers) DO UPDATE SET unspin = excluded.unspin,
        bundle = excluded.bundle, basis = excluded.basis, value = excluded.value
    WHERE (unspin, bundle, basis, value)
        IS NOT (excluded.unspin, excluded.bundle, excluded.basis, excluded.value)
"""
_FIND_MARKS = """
    SELECT CASE WHEN length(value) <= :largest THEN value END FROM marks WHERE document = :id
    AND layers = :layers AND unspin = :unspin AND bundle = :bundle AND basis = :basis
"""
_NEXT_DOCUMENT = """
    SELECT number, id, CASE WHEN length(value) <= :largest THEN value END FROM documents
    WHERE number > :last ORDER BY number LIMIT 1
"""


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    """A connection without transactions of its own making.

    The journal is SQLite's plain one: a library stays one file, and can be read where nothing can
    be written. Since no transaction outlasts one document, writers and readers wait little.
    """
    if "\0" in str(path):  # SQLite would take what stands before it for the path
        raise LibraryError(str(path), *_FAILURES["SQLITE_CANTOPEN"])
    address = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, timeout=_WAIT, isolation_level=None)
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")  # a damaged row's
    return connection


@contextmanager
def _failing(path: Path) -> Iterator[None]:
    """What SQLite fails on, told as a LibraryError."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        known = _FAILURES.get(name) or _FAILURES.get("_".join(name.split("_")[:2]))
        failure = known or ("not-readable", f"the library fails ({error})", "Check the disk")
        raise LibraryError(str(path), *failure) from error


def _column(text: str | None) -> str | None:
    """`text` as SQLite can hold it: without lone surrogates."""
    return None if text is None else text.encode("utf-8", "replace").decode()


def _key(document: Document, made_by: MadeBy) -> dict[str, str | bytes | None]:
    """What marks are found by: the document as it was read, and what made them."""
    return {
        "id": _column(document.id),
        "layers": ",".join(made_by.settings.layers),
        "unspin": _column(made_by.unspin),
        "bundle": _column(made_by.bundle),
        "basis": basis(document),
    }


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _packed(text: str) -> bytes:
    return zlib.compress(_bytes(text))


def _unpacked(value: bytes) -> str:
    """The text of a value; zlib.error for one that is not packed, not whole or too large."""
    unpacking = zlib.decompressobj()
    unpacked = unpacking.decompress(value, _LARGEST)
    if not unpacking.eof:
        msg = "larger than any that is kept, or cut off"
        raise zlib.error(msg)
    return unpacked.decode("utf-8", "surrogatepass")
