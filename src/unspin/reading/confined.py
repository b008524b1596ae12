"""Work on hostile bytes in a child process that may hang or die without harm.

In: a module and function of unspin, bytes, and plain arguments. Out: the plain value it returned.
One child is kept and reused, with a wall limit for each task and a limit on its memory; after a
death the next task gets a fresh one. What comes back is JSON, so a child that its input took over
cannot make the parent run anything.
"""

import atexit
import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import IO, Any

_MEMORY = 1_500_000_000  # bytes of address space
_TASKS = 500  # after so many a fresh child is taken, against what libraries leak
_HEAD = 8  # bytes that give the length of the message after them
_START = "from unspin.reading.confined import serve; serve()"
_FAULT = "child"  # key of the answer that carries an exception of the task


class ConfinedError(Exception):
    """The task did not come to its end: `reason` is "timeout", "crash" or "fault"."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def call(task: str, content: bytes, arguments: list[Any], *, seconds: float) -> Any:  # noqa: ANN401 - whatever plain value the task returns
    """What `task` ("package.module:function") returns for `content` and `arguments`.

    ConfinedError after `seconds` of wall time, when the child dies, or when the task raises.
    """
    with _LOCK:
        return _held().ask(task, content, arguments, seconds)


@atexit.register
def forget() -> None:
    """End the child that is kept; the next task starts another."""
    for child in _CHILDREN:
        if child.owner == os.getpid():
            child.end()
    _CHILDREN.clear()


def serve() -> None:
    """Answer tasks from standard input until it ends; this is what the child runs."""
    _limit()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand among the answers
    while (header := _take(sys.stdin.buffer)) is not None:
        order = json.loads(header)
        content = _take(sys.stdin.buffer)
        if content is None:
            return
        _give(answers, json.dumps(_answer(order, content)).encode())


@dataclass(slots=True)
class _Child:
    process: "subprocess.Popen[bytes]"
    owner: int  # the process that started it; a fork of that one must not share its pipes
    tasks: int = 0
    late: threading.Event = field(default_factory=threading.Event)

    def ask(self, task: str, content: bytes, arguments: list[Any], seconds: float) -> Any:  # noqa: ANN401 - see `call`
        self.tasks += 1
        timer = threading.Timer(seconds, self._stop)
        timer.daemon = True
        timer.start()
        try:
            answer = self._exchange(task, content, arguments, seconds)
        except BaseException:
            self.end()  # a half-read answer must never be taken for that of the next task
            raise
        finally:
            timer.cancel()
        if answer is None:
            self.end()
            reason = "timeout" if self.late.is_set() else "crash"
            raise ConfinedError(reason)
        if isinstance(answer, dict) and _FAULT in answer:
            reason = "fault"
            raise ConfinedError(reason, str(answer[_FAULT]))
        return answer

    def end(self) -> None:
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        self.process.wait()

    def _exchange(self, task: str, content: bytes, arguments: list[Any], seconds: float) -> Any:  # noqa: ANN401 - see `call`
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:  # never so: both are asked for below
            return None
        order = {"task": task, "arguments": arguments, "seconds": seconds}
        with contextlib.suppress(OSError, ValueError):
            _give(stdin, json.dumps(order).encode())
            _give(stdin, content)
            reply = _take(stdout)
            return None if reply is None else json.loads(reply)
        return None

    def _stop(self) -> None:
        self.late.set()
        self.process.kill()


_LOCK = threading.Lock()
_CHILDREN: list[_Child] = []  # the one that is kept, or none


def _held() -> _Child:
    child = _CHILDREN[0] if _CHILDREN else None
    if child and child.owner != os.getpid():
        _CHILDREN.clear()
        child = None
    if child and (child.process.poll() is not None or child.tasks >= _TASKS):
        child.end()
        child = None
    if child is None:
        child = _start()
        _CHILDREN[:] = [child]
    return child


def _start() -> _Child:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    process = subprocess.Popen(  # noqa: S603 - this interpreter with a constant command
        [sys.executable, "-P", "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    return _Child(process, os.getpid())


def _limit() -> None:
    """Bound the memory of this process where the platform can, and leave no core behind."""
    try:
        import resource
    except ImportError:  # Windows has none; the wall limit holds there too
        return
    for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _answer(order: dict[str, Any], content: bytes) -> Any:  # noqa: ANN401 - see `call`
    module, _, name = order["task"].partition(":")
    if hasattr(signal, "alarm"):  # should the parent die first, nothing else would stop the child
        signal.alarm(int(order["seconds"]) + 5)
    try:
        return getattr(importlib.import_module(module), name)(content, *order["arguments"])
    except Exception as error:  # noqa: BLE001 - whatever it was, the parent must hear of it
        return {_FAULT: f"{type(error).__name__}: {error}"[:200]}
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def _give(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(_HEAD, "big"))
    pipe.write(message)
    pipe.flush()


def _take(pipe: IO[bytes]) -> bytes | None:
    head = pipe.read(_HEAD)
    if len(head) < _HEAD:
        return None
    length = int.from_bytes(head, "big")
    message = pipe.read(length)
    return message if len(message) == length else None
