"""The disk: a folder to the files in it worth reading, a file or standard input to its bytes.

Bytes are never read beyond `CAP`. Originals are kept under their sha256.
"""

import gzip
import hashlib
import io
import logging
import os
import sys
import zlib
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from unspin.errors import RefusedError, SourceError, UsageError
from unspin.reading.resources import Resource

CAP = 50_000_000  # bytes
STANDARD_INPUT = "-"
HEAD = 1000  # bytes in which a page of ours says so
_OURS = b'<meta name="generator" content="unspin">'
_PAGES = frozenset({".htm", ".html"})
_SKIPPED = {  # what lies beside articles in a folder and is none
    "picture": ".avif .bmp .gif .heic .ico .jpeg .jpg .png .psd .svg .tif .tiff .webp",
    "style sheet, script or font": ".css .eot .js .map .mjs .otf .scss .ts .ttf .wasm .woff .woff2",
    "sound or film": ".aac .avi .flac .m4a .m4v .mkv .mov .mp3 .mp4 .mpeg .ogg .wav .webm",
    "library or other database": ".db .db-journal .db-shm .db-wal .sqlite .sqlite3",
    "table": ".csv .ods .tsv .xls .xlsx",
    "program": ".bat .class .dll .dylib .exe .o .pyc .so",
}
_NOTES = {"changelog", "contributing", "copying", "licence", "license", "makefile", "readme"}
_KIND_OF = {suffix: kind for kind, suffixes in _SKIPPED.items() for suffix in suffixes.split()}
_log = logging.getLogger(__name__)


def walk(folder: Path) -> Iterator[Path]:
    """The files of `folder` and its subfolders in order of their path.

    Hidden files, what browsers store beside a saved page (`NAME_files`), links to folders, and
    files that cannot be articles are passed over; how many of which kind is logged.
    """
    skipped: Counter[str] = Counter()
    yield from _walk(folder, skipped)
    if skipped:
        kinds = ", ".join(f"{kind}: {count}" for kind, count in sorted(skipped.items()))
        _log.info("%s: %d passed over (%s)", folder, skipped.total(), kinds)


def load(location: str) -> Resource:
    """The bytes of a file, or of standard input for `-`."""
    try:
        if location == STANDARD_INPUT:
            return Resource(location, _bounded(sys.stdin.buffer, location))
        with Path(location).open("rb") as file:
            return Resource(location, _bounded(file, location))
    except FileNotFoundError as error:
        raise SourceError(
            location,
            "not-found",
            "no such file or folder",
            "Check the path; an address starts with https://",
        ) from error
    except PermissionError as error:
        raise SourceError(
            location, "not-readable", "permission denied", "Make the file readable for you"
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(
            location, "not-readable", f"cannot be read ({reason})", "Check the path and the disk"
        ) from error


def is_ours(content: bytes) -> bool:
    """Whether the bytes are a page that unspin wrote."""
    return _OURS in content[:HEAD]


def unpack(resource: Resource) -> Resource:
    """The resource inside where the bytes are one gzip file, else the resource itself."""
    if not resource.content.startswith(b"\x1f\x8b"):
        return resource
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(resource.content)) as file:
            content = _bounded(file, resource.location)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(
            resource.location,
            "not-readable",
            f"a damaged gzip file ({error})",
            "Get it again, or give the file inside",
        ) from error
    return replace(resource, content=content, declared=None)


def keep(resource: Resource, folder: Path) -> None:
    """Store the bytes in `folder` under their sha256."""
    target = folder / hashlib.sha256(resource.content).hexdigest()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            store(target, resource.content)
    except OSError as error:
        msg = f"{folder}: originals cannot be kept there ({error.strerror}). Choose another folder."
        raise UsageError(msg) from error


def store(target: Path, content: bytes) -> None:
    """Write `content` to `target`, whole or not at all; what it links to is written, not the link.

    A device or a pipe takes what it is given.
    """
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    target = target.resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _walk(folder: Path, skipped: Counter[str]) -> Iterator[Path]:
    pending = [folder]
    while pending:
        path = pending.pop()
        if not path.is_dir():
            yield path
            continue
        try:
            with os.scandir(path) as listing:
                entries = sorted(listing, key=lambda entry: entry.name, reverse=True)
        except OSError:
            yield path  # whoever loads it says what is wrong with it
            continue
        pages = {Path(entry.name).stem for entry in entries if entry.is_file()}
        for entry in entries:
            if kind := _passed_over(entry, pages):
                skipped[kind] += 1
            else:
                pending.append(Path(entry.path))


def _passed_over(entry: "os.DirEntry[str]", pages: Container[str]) -> str | None:
    """Why an entry of a folder holds no article; None where it may hold one."""
    name = Path(entry.name)
    if entry.name.startswith("."):
        return "hidden"
    if entry.is_dir(follow_symlinks=False):
        stem = entry.name.removesuffix("_files")
        return "parts of a saved page" if stem != entry.name and stem in pages else None
    if not entry.is_file():
        return "link to a folder, pipe or device"
    if _is_written(entry):
        return "what is being written"
    if name.stem.lower() in _NOTES:
        return "note on the folder"
    if name.suffix.lower() in _PAGES and _begins_as_ours(Path(entry.path)):
        return "page of unspin"
    return _KIND_OF.get(name.suffix.lower())


def _is_written(entry: "os.DirEntry[str]") -> bool:
    """Whether standard output goes there: `unspin mark . --json > marks.jsonl`."""
    try:
        return os.path.samestat(entry.stat(), os.fstat(1))
    except OSError:  # closed, or a link to nowhere
        return False


def _begins_as_ours(page: Path) -> bool:
    try:
        with page.open("rb") as file:
            return is_ours(file.read(HEAD))
    except OSError:  # whoever loads it says what is wrong with it
        return False


def _bounded(file: BinaryIO | gzip.GzipFile, location: str) -> bytes:
    content = file.read(CAP + 1)
    if len(content) > CAP:
        raise RefusedError(
            location,
            "too-large",
            f"larger than {CAP // 1_000_000} MB",
            "Split it, or save the article alone",
        )
    return content
