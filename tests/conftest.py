"""A site on this machine, and the program run as a person runs it."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import settings

settings.register_profile("house", settings(deadline=None))  # a busy machine is no failure
settings.load_profile("house")


@dataclass
class Site:
    """Pages by their path; what is not there is a 404. `asked` are the paths asked for."""

    address: str = ""
    pages: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def add(self, path: str, content: str, media_type: str = "text/html; charset=utf-8") -> str:
        self.pages[path] = (media_type, content.encode())
        return self.address + path


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            media_type, content = found.pages.get(self.path, ("text/plain", b""))
            self.send_response(200 if self.path in found.pages else 404)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield found
        server.shutdown()
        thread.join()


Unspin = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def unspin() -> Unspin:
    """Runs `unspin ARGUMENTS` in a process of its own and gives back how it ended."""

    def run(
        *arguments: object, given: bytes = b"", environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603 - this interpreter and the test's own arguments
            [sys.executable, "-c", "from unspin.cli import main; main()", *map(str, arguments)],
            input=given,
            capture_output=True,
            timeout=120,
            check=False,
            env=environment,
        )

    return run
