"""Labelled data sets, read in the formats they are published in."""

import gzip
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unspin import wire
from unspin.errors import FormatError, UsageError

_SUFFIXES = (".jsonl", ".jsonl.gz")


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A saved page and what a person found on it; None where the set does not say."""

    corpus: str  # "scrapinghub" or "wcxb"
    id: str
    address: str | None
    markup: str
    body: str
    title: str | None
    author: str | None
    published: str | None  # as the set writes it
    must: tuple[str, ...]  # snippets of the article
    must_not: tuple[str, ...]  # snippets of the furniture


def files(paths: Sequence[Path]) -> list[Path]:
    """The data files among `paths` and in the folders among them, sorted; UsageError for none."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(item for item in path.iterdir() if item.name.endswith(_SUFFIXES))
        elif path.is_file():
            found.append(path)
        else:
            msg = f"{path}: no such file or folder. Give the data with --data."
            raise UsageError(msg)
    if not found:
        msg = (
            f"{', '.join(map(str, paths))}: no .jsonl or .jsonl.gz file. Give the data with --data."
        )
        raise UsageError(msg)
    return found


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
