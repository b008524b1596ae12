"""A server on the loopback interface that answers with exactly the bytes a test gives it."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Talk = Callable[[socket.socket], None]  # for an answer that takes its time
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True)
class Request:
    path: str
    headers: Mapping[str, str]
    moment: float  # monotonic


@dataclass
class Loopback:
    port: int
    host: str = "127.0.0.1"
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    def at(self, path: str) -> str:
        return f"http://{self.host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


@contextmanager
def serving(
    answers: Mapping[str, bytes | Talk],
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    tls: ssl.SSLContext | None = None,
) -> Iterator[Loopback]:
    """Answers by path; 404 for any other, so for robots.txt if a test does not say otherwise."""
    with socket.create_server((host, port)) as listener:
        server = Loopback(listener.getsockname()[1], host)
        over = threading.Event()
        threads: list[threading.Thread] = []

        def accept() -> None:
            while True:
                connection, _ = listener.accept()
                if over.is_set():
                    connection.close()
                    return
                server.connections += 1
                thread = threading.Thread(target=talk, args=(connection,))
                threads.append(thread)
                thread.start()

        def talk(plain: socket.socket) -> None:
            with plain, suppress(OSError):  # the client is free to hang up
                connection = tls.wrap_socket(plain, server_side=True) if tls else plain
                with connection:
                    request = _request(connection)
                    server.requests.append(request)
                    answer = answers.get(request.path, NOT_FOUND)
                    if callable(answer):
                        answer(connection)
                    else:
                        connection.sendall(answer)

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield server
        finally:
            over.set()
            socket.create_connection((host, server.port)).close()  # wakes the one who waits
            accepting.join()
            for thread in threads:
                thread.join()


def answer(body: bytes = b"", headers: str = "", status: str = "200 OK") -> bytes:
    """An HTTP answer of known length."""
    length = f"Content-Length: {len(body)}\r\n"
    return f"HTTP/1.1 {status}\r\n{length}{headers}\r\n".encode() + body


def unsized(body: bytes = b"", headers: bytes = b"") -> bytes:
    """An HTTP answer that ends when the connection does, whatever its headers say."""
    return b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n" + body


def redirect(target: str) -> bytes:
    return answer(headers=f"Location: {target}\r\n", status="302 Found")


def _request(connection: socket.socket) -> Request:
    received = b""
    while b"\r\n\r\n" not in received:
        data = connection.recv(65536)
        if not data:
            raise ConnectionError
        received += data
    first, *lines = received.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    headers = {name.lower(): value for name, _, value in pairs}
    return Request(first.split()[1], headers, time.monotonic())
