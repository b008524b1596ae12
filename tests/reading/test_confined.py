"""Tasks are functions of this very module: the child imports it by its name."""

import os
import sys
import time
from pathlib import Path

import pytest

from unspin.reading import confined

_HERE = Path(__file__).stem


def pid(content: bytes) -> int:
    del content
    return os.getpid()


def echo(content: bytes, *arguments: object) -> list[object]:
    return [len(content), *arguments]


def sleep(content: bytes) -> None:
    del content
    time.sleep(60)


def die(content: bytes) -> None:
    del content
    os.abort()


def fail(content: bytes) -> None:
    raise ValueError(content.decode())


def chatter(content: bytes) -> str:
    os.write(1, content)
    return "done"


def hoard(content: bytes) -> int:
    del content
    return len(bytearray(2_000_000_000))


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    confined.forget()


def _call(name: str, content: bytes = b"", *arguments: object, seconds: float = 20) -> object:
    return confined.call(f"{_HERE}:{name}", content, list(arguments), seconds=seconds)


def test_a_task_is_given_bytes_and_plain_values_and_gives_one_back() -> None:
    assert _call("echo", b"x" * 3_000_000, 1, "ä", None) == [3_000_000, 1, "ä", None]


def test_the_child_is_another_process_and_kept() -> None:
    first = _call("pid")
    assert first != os.getpid()
    assert _call("pid") == first


@pytest.mark.parametrize(
    ("task", "reason"), [("sleep", "timeout"), ("die", "crash"), ("fail", "fault")]
)
def test_what_ends_a_task_is_told_and_the_next_one_runs(task: str, reason: str) -> None:
    with pytest.raises(confined.ConfinedError) as told:
        _call(task, b"no", seconds=3)
    assert told.value.reason == reason
    assert _call("echo", b"ab") == [2]


def test_what_a_task_prints_is_no_answer() -> None:
    assert _call("chatter", b'{"child": "no"}') == "done"


@pytest.mark.skipif(sys.platform != "linux", reason="only there is memory bounded for certain")
def test_memory_is_bounded() -> None:
    with pytest.raises(confined.ConfinedError):
        _call("hoard")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this platform")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_fork_takes_a_child_of_its_own() -> None:
    mine = _call("pid")
    reader, writer = os.pipe()
    forked = os.fork()
    if forked == 0:
        os.write(writer, str(_call("pid")).encode())
        os._exit(0)
    os.waitpid(forked, 0)
    assert int(os.read(reader, 20)) != mine
    assert _call("pid") == mine
    os.close(reader)
    os.close(writer)
