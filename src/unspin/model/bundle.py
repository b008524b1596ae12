"""A bundle: the folder that holds the trained networks, and the manifest that vouches for them.

Open formats only: `manifest.json`, ONNX graphs, `tokenizer.json`, a model card. Every file is
checked against its digest before it is used.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from unspin.errors import BundleError, FormatError
from unspin.wire import build

SCHEMA = 3


@dataclass(frozen=True, slots=True)
class Task:
    """What one output of a network says, and how its raw number becomes a probability.

    The probability is the logistic function of `scale` times the log odds, plus `shift` (Platt).
    Where several numbers tell, as for a statement, each has a weight in the place of `scale`.
    """

    name: str
    labels: tuple[str, ...] = ()  # in the order of the outputs
    scale: float = 1.0
    shift: float = 0.0
    threshold: float = 0.5  # of the probability; from there on the answer is yes
    weights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Training:
    """One data set that the networks were trained on."""

    name: str
    licence: str
    rows: int


@dataclass(frozen=True, slots=True)
class File:
    """One file of the bundle."""

    name: str
    digest: str  # sha256, 64 hexadecimal digits


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle is and holds."""

    schema: int
    name: str
    tasks: tuple[Task, ...]
    data: tuple[Training, ...]
    files: tuple[File, ...]

    def task(self, name: str) -> Task:
        """The task of that name; a plain one where the bundle says nothing of it."""
        return next((task for task in self.tasks if task.name == name), Task(name))

    def threshold(self, task: str) -> float:
        """From which probability on `task` says yes."""
        return self.task(task).threshold


@dataclass(frozen=True, slots=True)
class Bundle:
    """A folder that was found to be whole."""

    folder: Path
    manifest: Manifest

    def path(self, name: str) -> Path:
        """A file of the bundle; BundleError where the manifest does not name it."""
        if all(file.name != name for file in self.manifest.files):
            msg = f"{self.folder}: the bundle has no {name}. Choose another bundle."
            raise BundleError(msg)
        return self.folder / name


def default() -> Path:
    """The folder of the bundle that comes with unspin."""
    return Path(str(files("unspin.model").joinpath("networks")))


@cache
def load(folder: Path) -> Bundle:
    """The bundle in `folder`, every file checked; BundleError says what is wrong with it."""
    try:
        stated: Any = json.loads((folder / "manifest.json").read_bytes())
    except FileNotFoundError:
        msg = f"{folder}: no model bundle here (manifest.json is missing). Install unspin anew."
        raise BundleError(msg) from None
    except (OSError, ValueError, RecursionError) as error:
        msg = f"{folder}: the manifest cannot be read ({error}). Install unspin anew."
        raise BundleError(msg) from None
    schema = stated.get("schema") if isinstance(stated, dict) else None
    if schema != SCHEMA:
        msg = (
            f"{folder}: the bundle has schema {schema}, this unspin reads {SCHEMA}. "
            "Take the bundle and unspin of one version."
        )
        raise BundleError(msg)
    try:
        manifest = build(Manifest, stated)
    except FormatError as error:
        msg = f"{folder}: the manifest is damaged: {error}. Install unspin anew."
        raise BundleError(msg) from None
    for file in manifest.files:
        _check(folder, file)
    return Bundle(folder, manifest)


def _check(folder: Path, file: File) -> None:
    path = folder / file.name
    if path.resolve().parent != folder.resolve() or not path.is_file():
        msg = f"{folder}: {file.name} is missing from the bundle. Install unspin anew."
        raise BundleError(msg)
    with path.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != file.digest:
        msg = f"{folder}: {file.name} is damaged (its digest differs). Install unspin anew."
        raise BundleError(msg)
