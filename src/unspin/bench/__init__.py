"""Scores on labelled data, by the official metric of each set."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import unspin
from unspin.bench import corpora
from unspin.errors import UsageError


@dataclass(frozen=True, slots=True)
class Report:
    """What one task scored on one body of data."""

    task: str
    data: tuple[str, ...]  # file names
    digest: str  # sha256 of the files, in order
    made_by: str  # "unspin" and its version
    scores: dict[str, float]
    by: dict[str, dict[str, float]]


Progress = Callable[[int], None]
Scores = tuple[dict[str, float], dict[str, dict[str, float]]]  # of all, and by group


def tasks() -> tuple[str, ...]:
    """The names of the tasks."""
    return ("reading",)


def run(task: str, paths: Sequence[Path], progress: Progress = lambda _: None) -> Report:
    """The report of `task` on the data at `paths`; `progress` is told how many items are done."""
    if task not in tasks():
        msg = f"{task}: no such task. The tasks are: {', '.join(tasks())}."
        raise UsageError(msg)
    from unspin.bench import reading

    files = corpora.files(paths)
    started = time.perf_counter()
    scores, by = reading.score(corpora.pages(files), progress)
    pages = sum(group["pages"] for name, group in by.items() if "/" not in name)
    scores["pages_per_second"] = pages / (time.perf_counter() - started)
    return Report(
        task=task,
        data=tuple(path.name for path in files),
        digest=corpora.digest(files),
        made_by=f"unspin {unspin.__version__}",
        scores=scores,
        by=by,
    )
