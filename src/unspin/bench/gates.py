"""Floors that a task's scores may not fall below: a JSON file beside the code, raised on purpose.

    {"task": "claims", "digest": "…", "floors": {"f1": 0.85}, "ceilings": {"ece": 0.05}}

The digest is of the data the floors were measured on; on other data a gate says nothing and fails.
Scores of which less is better have ceilings. What depends on the machine (rates, memory) or on the
data alone is checked where somebody wrote a floor by hand, and never pinned by itself.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from unspin import wire
from unspin.bench import Report
from unspin.errors import FormatError, UsageError
from unspin.reading import files

_LESS_IS_BETTER = (  # how the names end
    "ece",
    "flip_rate",
    "flip_rate_worst",
    "flips_outside_band",
    "signed_gap_worst",
    "mean_abs_dp",
    "who_wrong",
    "spread_origin",
    "spread_gender",
    "false_alarms_per_1000_words",
    "invented",
    "queries_per_10",
    "ledger_unknown",
    "body_as_furniture",
    "speaker_wrong",
    "speaker_null",
    "scare_as_speech",
    "merge_errors",
)
_UNPINNED = ("_per_second", "_mb", "_ratio", "_by_chance")
_STEPS = 1000  # a floor is written in thousandths, rounded to the lenient side


@dataclass(frozen=True, slots=True)
class Gate:
    """The floors and ceilings of one task on one body of data."""

    task: str
    digest: str  # sha256 of the data
    floors: Mapping[str, float]
    ceilings: Mapping[str, float]


def read(path: Path, *, raising: bool) -> Gate | None:
    """The gate in the file; None for a file that is still to be made, which only raising may.

    UsageError for a file that is not there, FormatError for one that is no gate.
    """
    if not path.exists() and raising and path.absolute().parent.is_dir():
        return None
    try:
        value = wire.loads(path.read_bytes())
    except OSError as error:
        msg = f"{path}: no gate can be read there ({error.strerror}). Make one with --raise."
        raise UsageError(msg) from error
    except FormatError as error:
        msg = f"{path}: {error}"
        raise FormatError(msg) from error
    return _gate(path, value)


def hold(path: Path, gate: Gate | None, report: Report, *, raising: bool) -> tuple[str, ...]:
    """A sentence for each way in which the report fails the gate.

    Where it fails in none and `raising`, the file is written with the floors that the report makes
    possible; none is ever lowered.
    """
    faults = tuple(f"{path}: {fault}" for fault in _faults(gate, report)) if gate else ()
    if raising and not faults:
        files.store(path, _written(_raised(gate, report)))
    return faults


def _gate(path: Path, value: wire.Plain) -> Gate:
    match value:
        case {"task": str(task), "digest": str(digest), "floors": dict(floors)}:
            limits = (floors, value.get("ceilings", {}))
        case _:
            msg = f"{path}: no gate: expected an object with task, digest and floors"
            raise FormatError(msg)
    for name, limit in (item for some in limits for item in _items(path, some)):
        if isinstance(limit, bool) or not isinstance(limit, int | float):
            msg = f"{path}: {name}: expected a number, got {limit!r:.60}"
            raise FormatError(msg)
    return Gate(task, digest, *limits)


def _items(path: Path, limits: wire.Plain) -> list[tuple[str, wire.Plain]]:
    if not isinstance(limits, dict):
        msg = f"{path}: ceilings: expected an object, got {limits!r:.60}"
        raise FormatError(msg)
    return list(limits.items())


def _faults(gate: Gate, report: Report) -> list[str]:
    if gate.task != report.task:
        return [f"the gate is for {gate.task}, this is {report.task}"]
    if gate.digest != report.digest:
        return [f"the data are not those of the gate: their digest is {report.digest}"]
    faults = []
    for name, limit in sorted({**gate.floors, **gate.ceilings}.items()):
        value = report.scores.get(name)
        if value is None:
            faults.append(f"{name} has a limit of {limit:g} and was not scored")
        elif name in gate.floors and value < gate.floors[name]:
            faults.append(f"{name} is {value:.4f}, below its floor of {gate.floors[name]:g}")
        elif name in gate.ceilings and value > gate.ceilings[name]:
            faults.append(f"{name} is {value:.4f}, above its ceiling of {gate.ceilings[name]:g}")
    return faults


def _raised(gate: Gate | None, report: Report) -> Gate:
    """The gate with each limit as tight as the report allows; a new one pins every score."""
    steady = {k: v for k, v in report.scores.items() if not k.endswith(_UNPINNED)}
    if gate is None:
        floors = {k: _down(v) for k, v in steady.items() if not k.endswith(_LESS_IS_BETTER)}
        ceilings = {k: _up(v) for k, v in steady.items() if k.endswith(_LESS_IS_BETTER)}
        return Gate(report.task, report.digest, floors, ceilings)
    return replace(
        gate,
        floors={name: max(v, _down(steady.get(name, v))) for name, v in gate.floors.items()},
        ceilings={name: min(v, _up(steady.get(name, v))) for name, v in gate.ceilings.items()},
    )


def _down(value: float) -> float:
    return math.floor(value * _STEPS) / _STEPS


def _up(value: float) -> float:
    return math.ceil(value * _STEPS) / _STEPS


def _written(gate: Gate) -> bytes:
    value = {
        "task": gate.task,
        "digest": gate.digest,
        "floors": dict(sorted(gate.floors.items())),
        "ceilings": dict(sorted(gate.ceilings.items())),
    }
    return f"{json.dumps(value, indent=2)}\n".encode()
