"""Labelled data sets, read in the formats they are published in.

A set is known by the fields of its rows, never by the name of its file, so any split of it will do.
What does not fit is a FormatError that names the file, the line and the field. The sets are JSON
lines or tables parted by tabs, gzipped or not; spans are code points, the end not included.
"""

import gzip
import hashlib
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from unspin import wire
from unspin.bench.gold import GoldPage
from unspin.errors import FormatError, UsageError
from unspin.types import Span

_SUFFIXES = (".jsonl", ".jsonl.gz")
_TABLES = (".tsv", ".tsv.gz")
_LANGUAGE = re.compile(r"_(?!en\.)[a-z]{2}\.")  # dev_de.tsv, of a set in several languages
_DOUBLED = re.compile(r'"(?=.*"")((?:[^"]|"")*)"', re.DOTALL)  # a cell quoted as in CSV
_log = logging.getLogger(__name__)
Gold = TypeVar("Gold")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file; what it is asked for and does not have is a FormatError."""

    path: Path
    line: int
    fields: Mapping[str, Any]

    def refused(self, field: str, wanted: str) -> FormatError:
        """The error that `field` is not what it must be."""
        got = f"got {self.fields[field]!r:.60}" if field in self.fields else "it is not there"
        return FormatError(f"{self.path}, line {self.line}: {field}: expected {wanted}, {got}")

    def text(self, field: str) -> str:
        """The text in `field`."""
        value = self.fields.get(field)
        if not isinstance(value, str):
            raise self.refused(field, "text")
        return value

    def choice(self, field: str, values: Mapping[str, Value]) -> Value:
        """What the word in `field` stands for, capitals apart."""
        word = self.text(field).strip().lower()
        if word not in values:
            raise self.refused(field, f"one of {', '.join(values)}")
        return values[word]

    def flag(self, field: str) -> bool:
        """Whether `field` is 1 rather than 0, as a number or in writing."""
        value = self.fields.get(field)
        if value not in (0, 1, "0", "1"):
            raise self.refused(field, "0 or 1")
        return int(value) == 1

    def items(self, field: str) -> list[Any]:
        """The list in `field`."""
        value = self.fields.get(field)
        if not isinstance(value, list):
            raise self.refused(field, "a list")
        return value

    def row(self, field: str) -> "Row":
        """The object in `field`."""
        value = self.fields.get(field)
        if not isinstance(value, dict):
            raise self.refused(field, "an object")
        return Row(self.path, self.line, value)

    def rows(self, field: str) -> list["Row"]:
        """The objects listed in `field`."""
        if not all(isinstance(item, dict) for item in self.items(field)):
            raise self.refused(field, "a list of objects")
        return [Row(self.path, self.line, item) for item in self.items(field)]

    def span(self, value: object, field: str, text: str) -> Span:
        """`value` as a span inside `text`."""
        match value:
            case [int(start), int(end)] if 0 <= start <= end <= len(text):
                return Span(start, end)
        raise self.refused(field, "[start, end] inside the text")

    def spans(self, field: str, text: str) -> tuple[Span, ...]:
        """The spans of `text` listed in `field`."""
        return tuple(self.span(value, field, text) for value in self.items(field))


@dataclass(frozen=True, slots=True)
class Form(Generic[Gold]):
    """How the rows of one data set are known and read; what `build` gives None for is no gold."""

    has: frozenset[str]
    build: Callable[[Row], Gold | None]
    lacks: frozenset[str] = frozenset()

    def fits(self, row: Row) -> bool:
        """Whether the row has the fields of this set."""
        return self.has <= row.fields.keys() and not self.lacks & row.fields.keys()


def fields(names: str) -> frozenset[str]:
    """The names in a text of them."""
    return frozenset(names.split())


def files(paths: Sequence[Path]) -> list[Path]:
    """The data files among `paths` and in the folders among them, sorted; UsageError for none."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(item for item in path.iterdir() if item.name.endswith(_SUFFIXES))
        elif path.is_file():
            found.append(path)
        else:
            raise _missing(path)
    if not found:
        msg = (
            f"{', '.join(map(str, paths))}: no .jsonl or .jsonl.gz file. Give the data with --data."
        )
        raise UsageError(msg)
    return found


def fitting(paths: Sequence[Path], forms: Sequence[Form[Gold]]) -> list[Path]:
    """The files among `paths` and in the folders among them that one of the forms fits, sorted.

    The other files of a folder are left out and named in the log, and so are those that their name
    says are in another language than English. UsageError when none is left.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += (item for item in sorted(path.iterdir()) if _is_wanted(item, forms))
        elif path.is_file():
            found.append(path)
        else:
            raise _missing(path)
    if not found:
        msg = f"{', '.join(map(str, paths))}: no data of this task. Give other data with --data."
        raise UsageError(msg)
    return found


def read(paths: Sequence[Path], forms: Sequence[Form[Gold]]) -> Iterator[Gold]:
    """What the files hold, in order; all rows of a file are of the form of its first."""
    for path in paths:
        form: Form[Gold] | None = None
        for row in _table(path) if path.name.endswith(_TABLES) else _lines(path):
            form = form or _form(row, forms)
            if missing := sorted(form.has - row.fields.keys()):
                raise row.refused(missing[0], "a value")
            if (gold := form.build(row)) is not None:
                yield gold


def digest(paths: Sequence[Path]) -> str:
    """The sha256 of the data files, in order."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def pages(paths: Sequence[Path]) -> Iterator[GoldPage]:
    """The pages of article-extraction-scrapinghub and -wcxb files."""
    for path in paths:
        for number, row in enumerate(_rows(path), 1):
            try:
                yield _page(row)
            except (KeyError, TypeError, AttributeError) as error:
                msg = f"{path}, line {number}: not a page of a known set ({error!r})"
                raise FormatError(msg) from error


def _missing(path: Path) -> UsageError:
    return UsageError(f"{path}: no such file or folder. Give the data with --data.")


def _page(row: dict[str, Any]) -> GoldPage:
    if "articleBody" in row:
        return GoldPage(
            corpus="scrapinghub",
            id=row["id"],
            address=row["url"],
            markup=row["html"],
            body=row["articleBody"] or "",
            title=None,
            author=None,
            published=None,
            must=(),
            must_not=(),
        )
    gold = row["ground_truth"]
    return GoldPage(
        corpus="wcxb",
        id=row["id"],
        address=row["url"],
        markup=row["html"],
        body=gold["main_content"] or "",
        title=gold["title"] or None,
        author=gold["author"] or None,
        published=gold["publish_date"] or None,
        must=tuple(gold["with"] or ()),
        must_not=tuple(gold["without"] or ()),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as lines:
        for line in lines:
            if line.strip():
                yield wire.loads(line)


def _is_wanted(path: Path, forms: Sequence[Form[Gold]]) -> bool:
    """Whether a file of a folder is data of the task; if it is data at all, the log says no."""
    if not path.is_file() or not path.name.endswith((*_SUFFIXES, *_TABLES)):
        return False
    if _LANGUAGE.search(path.name):
        _log.info("%s: left out, not in English by its name", path)
        return False
    try:
        next(read([path], forms), None)
    except _OtherSetError:
        _log.info("%s: left out, no data of this task", path)
        return False
    return True


class _OtherSetError(FormatError):
    """The first row of a file is of no set of the task."""


def _form(row: Row, forms: Sequence[Form[Gold]]) -> Form[Gold]:
    for form in forms:
        if form.fits(row):
            return form
    wanted = " or ".join(sorted({", ".join(sorted(form.has)) for form in forms}))
    got = ", ".join(row.fields)
    msg = f"{row.path}, line {row.line}: no set of this task: expected {wanted}, got {got:.100}"
    raise _OtherSetError(msg)


def _lines(path: Path) -> Iterator[Row]:
    for number, line in _written(path):
        try:
            value = wire.loads(line)
        except FormatError as error:
            msg = f"{path}, line {number}: {error}"
            raise FormatError(msg) from error
        if not isinstance(value, dict):
            msg = f"{path}, line {number}: expected an object, got {value!r:.60}"
            raise FormatError(msg)
        yield Row(path, number, value)


def _table(path: Path) -> Iterator[Row]:
    """The rows of a table, the last cells of which may be left off.

    A cell whose quotation marks are doubled is taken out of the pair around it.
    """
    names: list[str] = []
    for number, line in _written(path):
        cells = [_DOUBLED.sub(_undoubled, cell) for cell in line.split("\t")]
        if not names:
            names = cells
        elif len(cells) > len(names):
            msg = f"{path}, line {number}: {len(cells)} cells, expected {len(names)}"
            raise FormatError(msg)
        else:
            yield Row(path, number, dict(zip(names, cells, strict=False)))


def _undoubled(cell: re.Match[str]) -> str:
    return cell.group(1).replace('""', '"')


def _written(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, and their numbers."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield (
                        number,
                        line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n"),
                    )
    except (OSError, EOFError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read ({error})"
        raise FormatError(msg) from error
