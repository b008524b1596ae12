"""The disk: a folder to the files in it worth reading, a file or standard input to its bytes.

Bytes are never read beyond `CAP`. Originals are kept under their sha256.
"""

import hashlib
import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from unspin.errors import RefusedError, SourceError, UsageError
from unspin.reading.resources import Resource

CAP = 50_000_000  # bytes
STANDARD_INPUT = "-"
_SKIPPED = {  # what lies beside articles in a folder and is none
    "picture": ".avif .bmp .gif .heic .ico .jpeg .jpg .png .psd .svg .tif .tiff .webp",
    "style sheet, script or font": ".css .eot .js .map .mjs .otf .scss .ts .ttf .wasm .woff .woff2",
    "sound or film": ".aac .avi .flac .m4a .m4v .mkv .mov .mp3 .mp4 .mpeg .ogg .wav .webm",
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
        _log.info("%s: %d files passed over (%s)", folder, skipped.total(), kinds)


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
    """Write `content` to `target`, whole or not at all."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _walk(folder: Path, skipped: Counter[str]) -> Iterator[Path]:
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    pages = {Path(entry.name).stem for entry in entries if entry.is_file()}
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            skipped["hidden"] += 1
        elif entry.is_dir(follow_symlinks=False):
            if entry.name.endswith("_files") and entry.name.removesuffix("_files") in pages:
                skipped["parts of a saved page"] += sum(1 for part in path.rglob("*"))
            else:
                yield from _walk(path, skipped)
        elif not entry.is_file():
            skipped["link to a folder, pipe or device"] += 1
        elif kind := _KIND_OF.get(path.suffix.lower()):
            skipped[kind] += 1
        elif path.stem.lower() in _NOTES:
            skipped["note on the folder"] += 1
        else:
            yield path


def _bounded(file: BinaryIO, location: str) -> bytes:
    content = file.read(CAP + 1)
    if len(content) > CAP:
        raise RefusedError(
            location,
            "too-large",
            f"larger than {CAP // 1_000_000} MB",
            "Split it, or save the article alone",
        )
    return content
