"""The only door to the network: an address comes in, the bytes that stand there go out.

Nothing but public hosts on the web's own ports is reached, and that is decided on the very address
connected to: a name is resolved once, each of its addresses is checked, and the connection goes to
the one that was checked, for redirects as for first requests. robots.txt is obeyed (RFC 9309),
hosts are given time between requests, and every answer is bounded: in time, on the wire and when
unpacked.

No proxy and no cookie is used. Each request has a connection of its own: with the pause between two
requests to a host there is little to gain from keeping one, and no stale address to be caught by.
"""

import hashlib
import json
import os
import re
import socket
import ssl
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from unspin.errors import RefusedError, SourceError
from unspin.reading.resources import Resource

if TYPE_CHECKING:
    from httpcore2 import SOCKET_OPTION, NetworkBackend, NetworkStream
    from httpx2 import URL
    from protego import Protego
else:
    # The bases only declare; importing them here would cost every start of unspin a tenth of a
    # second.
    NetworkBackend = NetworkStream = object

Resolve: TypeAlias = Callable[[str], Sequence[str]]  # a host name to its addresses in order

WIRE = 20_000_000  # bytes of a body as sent
UNPACKED = 50_000_000  # bytes of a body once decompressed
_REDIRECTS = 5
_ROBOTS = 500 * 1024  # bytes of robots.txt that count, the least RFC 9309 asks for
_ROBOTS_KEPT = 24 * 3600.0  # seconds, the most RFC 9309 allows
_ROBOTS_RETRY = 60.0
_LONGEST_DELAY = 300.0
_PARKED = (60.0, 3600.0)  # seconds a host is left alone when it asks for it: by default, at most
_ATTEMPT = 5.0  # seconds for one of several addresses of a host
_PIECE = 1 << 20
_AGENT = "unspin"
_PORTS = frozenset({80, 443})
_MOVED = frozenset({301, 302, 303, 307, 308})
_HOST = re.compile(rb"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?|[0-9a-f:.]*:[0-9a-f:.]*")
_AGENT_LINE = re.compile(r"\s*user[- ]?agent(?:\s*:|\s)\s*([^#]*)", re.IGNORECASE)

# IANA's special-purpose registries, and what else is no host of the public web.
_CLOSED_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carriers' NAT
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud's own services to its machines
        "169.254.0.0/16",  # link-local, and the metadata services of clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_OPEN_6 = IPv6Network("2000::/3")
# Tunnels (Teredo, 6to4) are closed whole: no outlet is published through one, and the IPv4 address
# inside may be any.
_CLOSED_6 = tuple(
    IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3ffe::/16", "3fff::/20")
)
# Here the IPv4 address inside decides: mapped, and NAT64, the only way to IPv4 on some networks.
_UNWRAPPED = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))


def look_up(host: str) -> Sequence[str]:
    """The addresses of `host` as the system's resolver gives them, each once, in its order."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Web:
    """The web as unspin may read it. Safe to share between threads.

    `local` opens it to hosts that are not public and to any port, for an intranet and for tests.
    `pause` and `timeout` are seconds: the least between two requests to one host, and the most a
    `fetch` may spend on the network, waiting for its turn not counted. `cache` is a folder in which
    bodies are kept and asked for again only if they changed.
    """

    def __init__(
        self,
        *,
        local: bool = False,
        pause: float = 1.0,
        timeout: float = 30.0,
        cache: Path | None = None,
        resolve: Resolve = look_up,
    ) -> None:
        from unspin import __version__  # the package's own front door may import this module

        self._local = local
        self._pause = pause
        self._timeout = timeout
        self._cache = cache
        self._resolve = resolve
        self._user_agent = f"{_AGENT}/{__version__}"
        self._hosts: dict[str, _Host] = {}
        self._hosts_lock = threading.Lock()

    def fetch(self, address: str) -> Resource:
        """What stands at `address`, redirects followed; `location` is where it was found.

        Raises RefusedError or SourceError and nothing else.
        """
        trip = _Trip(address, self._timeout)
        url, answer = self._follow(trip, _checked(trip, address.strip(), local=self._local))
        _demand_success(trip, url, answer)
        return Resource(
            location=str(url),
            content=answer.content,
            declared=answer.headers.get("content-type"),
            fetched=datetime.now(UTC),
        )

    def _follow(self, trip: "_Trip", url: "URL", *, robots: bool = False) -> "tuple[URL, _Answer]":
        """Where the redirects from `url` end, and the answer there; `robots` asks for the rules."""
        for _ in range(_REDIRECTS + 1):
            if robots:
                answer = self._exchange(trip, url, {}, clip=_ROBOTS)
            else:
                self._obey(trip, url)
                answer = self._revalidated(trip, url)
            if answer.status not in _MOVED:
                return url, answer
            url = _moved(trip, url, answer, local=self._local)
        raise RefusedError(
            trip.address,
            "redirects",
            f"it redirects more than {_REDIRECTS} times",
            "Open it in a browser and give the address it ends at",
        )

    def _obey(self, trip: "_Trip", url: "URL") -> None:
        rules = self._rules(trip, url)
        if rules.failure:
            failure = rules.failure
            raise type(failure)(trip.address, failure.code, failure.reason, failure.step)
        if rules.robots and not rules.robots.can_fetch(str(url), _AGENT):
            raise RefusedError(
                trip.address,
                "robots",
                f"robots.txt of {url.host} does not allow it",
                "Save the page in a browser and give the file, or ask the outlet",
            )

    def _rules(self, trip: "_Trip", url: "URL") -> "_Rules":
        host = self._host(url)
        authority = f"{url.scheme}://{url.netloc.decode('ascii')}"
        with host.rules_lock:
            known = host.rules.get(authority)
            if known and time.monotonic() < known.expires:
                return known
            try:
                _, answer = self._follow(trip, url.join("/robots.txt"), robots=True)
                rules = _parsed_rules(trip, url, answer)
            except SourceError as failure:
                rules = _without_rules(trip, failure)
            host.rules[authority] = rules
        with host.turn_lock:
            host.gap = max(host.gap, rules.delay)
        return rules

    def _revalidated(self, trip: "_Trip", url: "URL") -> "_Answer":
        """The answer at `url`, from the cache where the host says that it still holds."""
        if self._cache is None:
            return self._exchange(trip, url, {})
        kept = _load(self._cache, str(url))
        answer = self._exchange(trip, url, _conditions(kept) if kept else {})
        if kept and answer.status == 304:  # noqa: PLR2004 - Not Modified
            return kept
        if answer.status == 200 and "no-store" not in answer.headers.get("cache-control", ""):  # noqa: PLR2004 - OK
            # A cache that cannot be written costs a later download, not this result.
            with suppress(OSError):
                _store(self._cache, str(url), answer)
        return answer

    def _exchange(
        self, trip: "_Trip", url: "URL", conditions: Mapping[str, str], clip: int | None = None
    ) -> "_Answer":
        """One request and its answer, the body only of a success, at most `clip` bytes of it."""
        import httpcore2

        headers: list[tuple[str | bytes, str | bytes]] = [
            ("Host", url.netloc),
            ("User-Agent", self._user_agent),
            ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            ("Accept-Encoding", "gzip, deflate"),
            ("Connection", "close"),
            *conditions.items(),
        ]
        target = httpcore2.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        trusted = self._ssl_context if url.scheme == "https" else None
        answer: _Answer | None = None
        self._wait_turn(trip, url)
        try:
            with trip.running() as deadline, _told(trip, url, lambda: answer is not None):
                backend = _Guard(trip, deadline, self._resolve, local=self._local)
                with (
                    httpcore2.ConnectionPool(ssl_context=trusted, network_backend=backend) as pool,
                    pool.stream("GET", target, headers=headers) as response,
                ):
                    answer = _Answer(response.status, _headers(response.headers))
                    if 200 <= response.status < 300:  # noqa: PLR2004 - the statuses of success
                        body = response.iter_stream()
                        answer = _Answer(
                            answer.status, answer.headers, _body(trip, answer, body, clip)
                        )
        finally:
            self._end_turn(url, answer)
        return answer

    @cached_property
    def _ssl_context(self) -> ssl.SSLContext:
        import httpcore2

        return httpcore2.default_ssl_context()

    def _host(self, url: "URL") -> "_Host":
        with self._hosts_lock:
            return self._hosts.setdefault(url.host, _Host(self._pause))

    def _wait_turn(self, trip: "_Trip", url: "URL") -> None:
        host = self._host(url)
        with host.turn_lock:
            now = time.monotonic()
            if now < host.parked:
                _raise_parked(trip, url, host.parked - now)
            start = max(now, host.last + host.gap)
            host.last = start
        time.sleep(start - now)

    def _end_turn(self, url: "URL", answer: "_Answer | None") -> None:
        host = self._host(url)
        asked = answer.headers.get("retry-after") if answer else None
        with host.turn_lock:
            host.last = max(host.last, time.monotonic())
            if answer and (answer.status == 429 or (answer.status == 503 and asked)):  # noqa: PLR2004 - Too Many Requests, Service Unavailable
                host.parked = time.monotonic() + _retry_after(asked)


@dataclass(slots=True)
class _Trip:
    """One call of `fetch`: the address as given, and the seconds it may still spend."""

    address: str
    left: float
    heard: bool = False  # whether the last host connected to has sent anything

    @contextmanager
    def running(self) -> Iterator[float]:
        """The moment (monotonic) at which the time is up; what passes inside is spent."""
        self.heard = False
        start = time.monotonic()
        try:
            yield start + self.left
        finally:
            self.left -= time.monotonic() - start


@dataclass(slots=True)
class _Host:
    """What is remembered of a host: when it may be asked again, and its rules by authority."""

    gap: float  # seconds between two requests
    last: float = float("-inf")  # when the last request began or will begin
    parked: float = float("-inf")  # until when it asked to be left alone
    rules: "dict[str, _Rules]" = field(default_factory=dict)
    turn_lock: threading.Lock = field(default_factory=threading.Lock)
    rules_lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class _Rules:
    """A robots.txt: its rules, None where all is allowed, or the failure that forbids all."""

    robots: "Protego | None" = None
    failure: SourceError | None = None
    delay: float = 0.0
    expires: float = 0.0


@dataclass(frozen=True, slots=True)
class _Answer:
    """Status, headers by lower-case name, and body with its coding undone."""

    status: int
    headers: Mapping[str, str]
    content: bytes = b""


def _checked(trip: _Trip, text: str, *, local: bool) -> "URL":
    import httpx2

    try:
        url = httpx2.URL(text)
    except (httpx2.InvalidURL, ValueError):
        _raise_bad_address(trip, "it is not an address of the web")
    return _allowed(trip, url, local=local)


def _allowed(trip: _Trip, url: "URL", *, local: bool) -> "URL":
    """`url` without its fragment, if its form is one that unspin reads."""
    if url.scheme not in {"http", "https"}:
        raise RefusedError(
            trip.address,
            "scheme",
            f"{url.scheme or 'no scheme'} is not http or https",
            "Give an address that begins with http:// or https://, or the path of a file",
        )
    if not _HOST.fullmatch(url.raw_host):
        _raise_bad_address(trip, "it names no host")
    if url.userinfo:
        raise RefusedError(
            trip.address,
            "credentials",
            "it carries a user name or password",
            "Take the part before the @ out of the address",
        )
    if url.port is not None and url.port not in _PORTS and not local:
        raise RefusedError(
            trip.address,
            "port",
            f"port {url.port} is not one of the web's",
            "Allow local addresses (--local) if this is a server of your own",
        )
    return url.copy_with(fragment=None)


def _raise_bad_address(trip: _Trip, reason: str) -> NoReturn:
    raise RefusedError(trip.address, "url", reason, "Check how the address is written") from None


def _moved(trip: _Trip, url: "URL", answer: _Answer, *, local: bool) -> "URL":
    import httpx2

    try:
        target = url.join(answer.headers["location"])
    except (KeyError, httpx2.InvalidURL, ValueError):
        raise SourceError(
            trip.address,
            "bad-redirect",
            f"{url.host} redirects to something that is not an address",
            "Open it in a browser and give the address it ends at",
        ) from None
    return _allowed(trip, target, local=local)


def _parsed_rules(trip: _Trip, url: "URL", answer: _Answer) -> _Rules:
    from protego import Protego

    if answer.status >= 500:  # noqa: PLR2004 - the statuses of a failing server
        raise RefusedError(
            trip.address,
            "robots-unreachable",
            f"robots.txt of {url.host} answers {answer.status}, which forbids all for now",
            "Try again later",
        )
    expires = time.monotonic() + _ROBOTS_KEPT
    text = answer.content.decode("utf-8-sig", "replace").lstrip()
    # A page served in place of robots.txt says nothing about robots.
    if not 200 <= answer.status < 300 or text.startswith("<"):  # noqa: PLR2004 - the statuses of success
        return _Rules(expires=expires)
    if len(answer.content) >= _ROBOTS:
        text = text[: text.rfind("\n") + 1]  # half a line could forbid what the whole does not
    robots = Protego.parse("\n".join(_condensed(text)))
    return _Rules(robots, delay=_delay(robots.crawl_delay(_AGENT)), expires=expires)


def _condensed(text: str) -> Iterator[str]:
    """The lines of a robots.txt, every agent but ours and `*` under one name.

    The parser files each rule under each agent of its group, which a file of thousands of both
    makes slow.
    """
    for line in text.splitlines():
        if agent := _AGENT_LINE.match(line):
            name = agent.group(1).strip().lower().partition("/")[0]
            yield f"User-agent: {name if name in {'*', _AGENT} else 'another'}"
        else:
            yield line


def _delay(asked: float | None) -> float:
    if asked is None or not asked >= 0:  # not a number
        return 0.0
    return min(float(asked), _LONGEST_DELAY)


def _without_rules(trip: _Trip, failure: SourceError) -> _Rules:
    """All allowed where robots.txt lies behind too many redirects, else all forbidden for now."""
    if failure.code == "redirects":
        return _Rules(expires=time.monotonic() + _ROBOTS_KEPT)
    network = {"address", "no-such-host", "unreachable", "timeout", "certificate", "not-http"}
    if failure.code not in network | {"robots-unreachable", "too-many-requests"}:
        failure = RefusedError(
            trip.address,
            "robots-unreachable",
            f"its robots.txt could not be read ({failure.reason}), which forbids all for now",
            "Try again later",
        )
    return _Rules(failure=failure, expires=time.monotonic() + _ROBOTS_RETRY)


def _demand_success(trip: _Trip, url: "URL", answer: _Answer) -> None:
    status = answer.status
    if 200 <= status < 300:  # noqa: PLR2004 - the statuses of success
        return
    if status == 429:  # noqa: PLR2004 - Too Many Requests
        _raise_parked(trip, url, _retry_after(answer.headers.get("retry-after")))
    known = {
        401: ("forbidden", "asks for a log-in", "Save the page in a browser and give the file"),
        402: ("forbidden", "asks for payment", "Save the page in a browser and give the file"),
        403: ("forbidden", "does not let unspin in", "Save the page in a browser, give the file"),
        404: ("not-found", "has no such page", "Check the address, or look for an archived copy"),
        410: ("gone", "has taken the page down", "Look for an archived copy"),
        451: ("withheld", "withholds the page for legal reasons", "Look for an archived copy"),
    }
    code, does, step = known.get(
        status,
        ("server-error", "has a fault of its own", "Try again later")
        if status >= 500  # noqa: PLR2004 - the statuses of a failing server
        else ("http-status", "gives no page", "Open it in a browser to see what it says"),
    )
    raise SourceError(trip.address, code, f"{url.host} {does} (status {status})", step)


def _raise_parked(trip: _Trip, url: "URL", seconds: float) -> NoReturn:
    raise SourceError(
        trip.address,
        "too-many-requests",
        f"{url.host} asks for fewer requests",
        f"Try again in {max(1, round(seconds))} seconds",
    )


def _retry_after(asked: str | None) -> float:
    """The seconds a Retry-After header asks for, from 0 to an hour."""
    default, longest = _PARKED
    if asked is None:
        return default
    if asked.isdecimal():
        return min(float(asked[:9]), longest)
    try:
        until = parsedate_to_datetime(asked)
        seconds = (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):
        return default
    return min(max(seconds, 0.0), longest)


def _headers(raw: Sequence[tuple[bytes, bytes]]) -> Mapping[str, str]:
    """Headers by lower-case name; of a repeated one the first, of repeated codings all."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), _header_text(value)
        if key == "content-encoding" and key in headers:
            headers[key] += f", {text}"
        else:
            headers.setdefault(key, text)
    return headers


def _header_text(value: bytes) -> str:
    try:
        return value.decode("utf-8")  # addresses in Location are, where they are not ASCII
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _body(trip: _Trip, answer: _Answer, chunks: Iterable[bytes], clip: int | None) -> bytes:
    named = answer.headers.get("content-encoding", "").lower()
    codings = [coding for coding in map(str.strip, named.split(",")) if coding]
    codings = [coding for coding in codings if coding != "identity"]
    if len(codings) > 1:
        raise RefusedError(
            trip.address,
            "coding-layers",
            "its body is compressed more than once",
            "Save the page in a browser and give the file",
        )
    length = answer.headers.get("content-length", "")
    if clip is None and length.isdecimal() and int(length[:18]) > WIRE:
        _raise_too_large(trip, WIRE)
    content = bytearray()
    try:
        for piece in _unpacked(_counted(trip, chunks), codings):
            content += piece
            if clip is not None and len(content) >= clip:
                return bytes(content[:clip])
            if len(content) > UNPACKED:
                _raise_too_large(trip, UNPACKED)
    except EOFError:
        _raise_short(trip)
    except zlib.error:
        raise SourceError(
            trip.address,
            "bad-encoding",
            "its body is not compressed the way it says",
            "Save the page in a browser and give the file",
        ) from None
    return bytes(content)


def _counted(trip: _Trip, chunks: Iterable[bytes]) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > WIRE:
            _raise_too_large(trip, WIRE)
        yield chunk


def _raise_too_large(trip: _Trip, cap: int) -> NoReturn:
    raise RefusedError(
        trip.address,
        "too-large",
        f"it is larger than {cap // 1_000_000} MB",
        "Save the part that matters and give the file",
    )


def _raise_short(trip: _Trip) -> NoReturn:
    raise SourceError(
        trip.address, "short-body", "the answer broke off before its end", "Try again"
    ) from None


def _unpacked(chunks: Iterator[bytes], codings: Sequence[str]) -> Iterator[bytes]:
    """The pieces of a body with its one coding undone; zlib.error, or EOFError if cut short."""
    if not codings:
        yield from chunks
    elif codings[0] in {"gzip", "x-gzip"}:
        yield from _inflated(chunks, 16 + zlib.MAX_WBITS)
    elif codings[0] == "deflate":
        head = b""
        for chunk in chunks:
            head += chunk
            if len(head) > 1:
                break
        # RFC 9110 means the zlib format; some servers send the bare stream.
        zlib_format = head[:1] and head[0] & 15 == 8 and int.from_bytes(head[:2]) % 31 == 0  # noqa: PLR2004 - RFC 1950
        bits = zlib.MAX_WBITS if zlib_format else -zlib.MAX_WBITS
        yield from _inflated(_chained(head, chunks), bits)
    else:
        msg = f"unknown coding {codings[0]}"
        raise zlib.error(msg)


def _chained(head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from chunks


def _inflated(chunks: Iterator[bytes], bits: int) -> Iterator[bytes]:
    machine = zlib.decompressobj(bits)
    data = b""
    begun = False
    for chunk in chunks:
        data += chunk
        while data:
            if machine.eof:
                if len(data) < 2:  # noqa: PLR2004 - the two bytes that open a gzip member
                    break
                if bits < 16 or not data.startswith(b"\x1f\x8b"):  # noqa: PLR2004 - gzip alone has members
                    return  # padding after the end
                machine = zlib.decompressobj(bits)
            begun = True
            yield machine.decompress(data, _PIECE)
            data = machine.unused_data if machine.eof else machine.unconsumed_tail
    if begun and not machine.eof:
        yield machine.flush()
        if not machine.eof:
            raise EOFError


@contextmanager
def _told(trip: _Trip, url: "URL", in_body: Callable[[], bool]) -> Iterator[None]:
    """Every failure of the exchange inside, as one of unspin's own errors."""
    import httpcore2

    again = "Try again later"
    try:
        yield
    except httpcore2.TimeoutException:
        raise SourceError(trip.address, "timeout", f"{url.host} took too long", again) from None
    except httpcore2.RemoteProtocolError as error:
        found = error.args[0] if error.args else None  # what the parser of HTTP raised, or a text
        hint = getattr(found, "error_status_hint", None)
        if "without sending complete message body" in str(error):
            _raise_short(trip)
        elif in_body():
            code, reason = "bad-chunk", f"{url.host} sends a body that is not well formed"
        elif hint == 431:  # noqa: PLR2004 - Request Header Fields Too Large
            code, reason = "headers", f"{url.host} sends more headers than are read"
        elif not trip.heard:
            code, reason = "unreachable", f"{url.host} closed the connection without an answer"
        else:
            code, reason = "not-http", f"{url.host} does not answer as a web server does"
        raise SourceError(trip.address, code, reason, again) from None
    except httpcore2.NetworkError as error:
        if error.args and isinstance(error.args[0], ssl.SSLError):
            raise SourceError(
                trip.address,
                "certificate",
                f"{url.host} could not prove who it is",
                "Check the address, and that this machine's date is right",
            ) from None
        raise SourceError(
            trip.address, "unreachable", f"{url.host} could not be reached", again
        ) from None
    except httpcore2.LocalProtocolError:
        _raise_bad_address(trip, "it holds characters that cannot be sent")


class _Guard(NetworkBackend):
    """What opens connections: to checked addresses only, and nothing past the deadline."""

    def __init__(self, trip: _Trip, deadline: float, resolve: Resolve, *, local: bool) -> None:
        self._trip = trip
        self._deadline = deadline
        self._resolve = resolve
        self._local = local

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: "Iterable[SOCKET_OPTION] | None" = None,
    ) -> NetworkStream:
        """A connection to the first address of `host` that answers, all of them checked before."""
        import httpcore2

        del timeout  # the deadline is the one limit
        addresses = self._addresses(host)
        opener = httpcore2.SyncBackend()
        for position, address in enumerate(addresses, start=1):
            left = _left(self._deadline)
            last = position == len(addresses)
            try:
                stream = opener.connect_tcp(
                    address,
                    port,
                    left if last else min(left, _ATTEMPT),
                    local_address,
                    socket_options,
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if last:
                    raise
            else:
                return _Bounded(self._trip, stream, self._deadline)
        raise httpcore2.ConnectError

    def _addresses(self, host: str) -> Sequence[str]:
        addresses = self._resolved(host)
        for address in addresses:
            if not self._local and not public(address):
                raise RefusedError(
                    self._trip.address,
                    "address",
                    f"{host} is {address}, which is not a public address",
                    "Allow local addresses (--local) if this is a server of your own",
                )
        return addresses

    def _resolved(self, host: str) -> Sequence[str]:
        import httpcore2

        # The system's resolver knows no deadline, so it is waited for, not called.
        answers: SimpleQueue[Sequence[str]] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(host))
            except (OSError, UnicodeError):
                answers.put(())

        threading.Thread(target=ask, daemon=True).start()
        try:
            addresses = answers.get(timeout=_left(self._deadline))
        except Empty:
            raise httpcore2.ConnectTimeout from None
        if not addresses:
            raise SourceError(
                self._trip.address,
                "no-such-host",
                f"no host is called {host}",
                "Check the address and the connection to the network",
            )
        return addresses


class _Bounded(NetworkStream):
    """A connection on which every wait ends at the deadline."""

    def __init__(self, trip: _Trip, stream: NetworkStream, deadline: float) -> None:
        self._trip = trip
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        data = self._stream.read(max_bytes, _left(self._deadline))
        self._trip.heard = self._trip.heard or bool(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> NetworkStream:
        del timeout
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _Bounded(self._trip, stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    import httpcore2

    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout
    return left


def public(address: str) -> bool:
    """Whether an IP address is one of the public web; False for what is no IP address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        if any(parsed in network for network in _UNWRAPPED):
            parsed = IPv4Address(int(parsed) & 0xFFFFFFFF)
        else:
            return (
                parsed in _OPEN_6
                and parsed.scope_id is None
                and not any(parsed in network for network in _CLOSED_6)
            )
    return not any(parsed in network for network in _CLOSED_4)


def _conditions(kept: _Answer) -> dict[str, str]:
    pairs = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
    return {name: kept.headers[key] for name, key in pairs if key in kept.headers}


def _load(folder: Path, address: str) -> _Answer | None:
    """The answer kept for `address`; None where there is none or the file was damaged."""
    try:
        stored = _path(folder, address).read_bytes()
    except OSError:
        return None
    digest, _, rest = stored.partition(b"\n")
    if hashlib.sha256(rest).hexdigest().encode() != digest:
        return None
    head, _, content = rest.partition(b"\n")
    return _Answer(200, json.loads(head), content)


def _store(folder: Path, address: str, answer: _Answer) -> None:
    """Keeps what can be asked for again: the file is the digest of the rest, headers, body."""
    keys = ("etag", "last-modified", "content-type")
    headers = {key: answer.headers[key] for key in keys if key in answer.headers}
    if not headers.keys() & {"etag", "last-modified"} or not _sendable(headers):
        return
    rest = json.dumps(headers).encode() + b"\n" + answer.content
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # what was read is nobody else's business
    handle, name = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest)
        Path(name).replace(_path(folder, address))
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _sendable(headers: Mapping[str, str]) -> bool:
    return all(headers.get(key, "").isascii() for key in ("etag", "last-modified"))


def _path(folder: Path, address: str) -> Path:
    return folder / hashlib.sha256(address.encode()).hexdigest()
