"""Gates: what fails, what is written, and that no floor is ever lowered."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conftest import Unspin
from unspin.bench import Report, gates
from unspin.errors import FormatError, UsageError

REPORT = Report(
    task="claims",
    data=("a.jsonl",),
    digest="d1",
    made_by="unspin",
    scores={"f1": 0.87654, "ece": 0.0321, "documents_per_second": 7.5},
    by={},
)


def gate(path: Path, **changed: object) -> Path:
    value = {"task": "claims", "digest": "d1", "floors": {"f1": 0.85}, "ceilings": {"ece": 0.05}}
    path.write_text(json.dumps(value | changed), "utf-8")
    return path


def held(path: Path, report: Report = REPORT, *, raising: bool = False) -> tuple[str, ...]:
    return gates.hold(path, gates.read(path, raising=raising), report, raising=raising)


def written(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return value


def test_a_report_above_its_floors_passes(tmp_path: Path) -> None:
    path = gate(tmp_path / "gate.json")
    before = path.read_bytes()
    assert held(path) == ()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"floors": {"f1": 0.9}}, "f1 is 0.8765, below its floor of 0.9"),
        ({"ceilings": {"ece": 0.03}}, "ece is 0.0321, above its ceiling of 0.03"),
        ({"floors": {"map": 0.5}}, "map has a limit of 0.5 and was not scored"),
        ({"floors": {"documents_per_second": 8}},
         "documents_per_second is 7.5000, below its floor of 8"),
        ({"digest": "d0", "floors": {"f1": 0.9}},
         "the data are not those of the gate: their digest is d1"),
        ({"task": "voices"}, "the gate is for voices, this is claims"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("raising", [False, True])
def test_each_fault_is_a_sentence_and_nothing_is_written(
    tmp_path: Path, changed: dict[str, object], fault: str, *, raising: bool
) -> None:
    path = gate(tmp_path / "gate.json", **changed)
    before = path.read_bytes()
    assert held(path, raising=raising) == (f"{path}: {fault}",)
    assert path.read_bytes() == before


def test_raising_tightens_and_never_loosens(tmp_path: Path) -> None:
    path = gate(tmp_path / "gate.json", floors={"f1": 0.85, "documents_per_second": 5})
    assert held(path, raising=True) == ()
    assert written(path)["floors"] == {"documents_per_second": 5, "f1": 0.876}
    assert written(path)["ceilings"] == {"ece": 0.033}
    worse = replace(REPORT, scores={"f1": 0.87, "ece": 0.0329, "documents_per_second": 9})
    assert len(held(path, worse, raising=True)) == 1
    assert written(path)["floors"]["f1"] == 0.876
    assert held(path, raising=True) == ()
    assert written(path)["ceilings"] == {"ece": 0.033}


def test_a_new_gate_pins_what_does_not_depend_on_the_machine(tmp_path: Path) -> None:
    path = tmp_path / "new.json"
    assert held(path, raising=True) == ()
    assert written(path) == {
        "task": "claims",
        "digest": "d1",
        "floors": {"f1": 0.876},
        "ceilings": {"ece": 0.033},
    }
    assert held(path) == ()


def test_what_cannot_be_read_is_told_before_the_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Make one with --raise"):
        gates.read(tmp_path / "none.json", raising=False)
    with pytest.raises(UsageError, match="no gate can be read"):
        gates.read(tmp_path / "no" / "folder.json", raising=True)
    with pytest.raises(UsageError, match="no gate can be read"):
        gates.read(tmp_path, raising=True)
    for value, message in (
        ([], "no gate"),
        ({"task": "a", "digest": "b"}, "no gate"),
        ({"task": "a", "digest": "b", "floors": {"f1": "high"}}, "f1: expected a number"),
        ({"task": "a", "digest": "b", "floors": {"f1": True}}, "f1: expected a number"),
        ({"task": "a", "digest": "b", "floors": {}, "ceilings": 1}, "ceilings: expected"),
    ):
        (tmp_path / "gate.json").write_text(json.dumps(value), "utf-8")
        with pytest.raises(FormatError, match=message):
            gates.read(tmp_path / "gate.json", raising=False)
    (tmp_path / "gate.json").write_text("{", "utf-8")
    with pytest.raises(FormatError, match=r"gate\.json: not valid JSON"):
        gates.read(tmp_path / "gate.json", raising=False)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    body = " ".join(f"The minister said on day {day} that it was safe." for day in range(12))
    markup = f"<html><body><h1>Bridge</h1><article><p>{body}</p></article></body></html>"
    row = {"id": "1", "url": "http://a.example/1", "articleBody": body, "html": markup}
    path = tmp_path / "pages.jsonl"
    path.write_text(json.dumps(row), "utf-8")
    return path


def test_the_program_makes_a_gate_and_holds_it(unspin: Unspin, page: Path, tmp_path: Path) -> None:
    path = tmp_path / "gate.json"
    run = ("bench", "reading", "--data", page, "--json", "--gate", path)
    made = unspin(*run, "--raise")
    assert (made.returncode, made.stderr) == (0, b"")
    assert written(path)["floors"]["f1"] == 1.0
    assert unspin(*run).returncode == 0
    path.write_text(json.dumps(written(path) | {"floors": {"f1": 1.1, "ledger": 2}}), "utf-8")
    ended = unspin(*run)
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["scores"]["f1"] == 1.0
    assert ended.stderr.decode().splitlines() == [
        f"unspin: {path}: f1 is 1.0000, below its floor of 1.1",
        f"unspin: {path}: ledger is 1.0000, below its floor of 2",
    ]


def test_wrong_gates_are_wrong_usage(unspin: Unspin, page: Path, tmp_path: Path) -> None:
    for options in (["--raise"], ["--gate", tmp_path / "none"], ["--bundle", tmp_path / "none"]):
        ended = unspin("bench", "reading", "--data", page, *options)
        assert (ended.returncode, ended.stdout) == (2, b"")
        assert ended.stderr.startswith(b"unspin: ")
        assert ended.stderr.count(b"\n") == 1
