import gzip
import socket
import ssl
import threading
import time
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading.servers import Talk, answer, redirect, serving, unsized
from unspin.errors import RefusedError, SourceError
from unspin.reading.web import Resolve, Web, look_up, public

# For desk.example, signed by itself and valid for a hundred years; it guards nothing.
CERTIFICATE = """-----BEGIN CERTIFICATE-----
MIIBnjCCAUSgAwIBAgIUb5I2hOKmqvvZLsUy4JlzcNsAv8AwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMZGVzay5leGFtcGxlMCAXDTI2MTEyMzIyMjExN1oYDzIxMjYx
MDMwMjIyMTE3WjAXMRUwEwYDVQQDDAxkZXNrLmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAATHdbpA78iCDGvgHvHnjEUEMHDn9jcO6O/dS7zqp7zojl+e
ap2z4TTmYaAi0xfx9U0BLvnnCw/kPQ2tIvH77cjoo2wwajAdBgNVHQ4EFgQUUpUh
I9CKpRxdCrJW/wrlNNWzjCswHwYDVR0jBBgwFoAUUpUhI9CKpRxdCrJW/wrlNNWz
jCswDwYDVR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggxkZXNrLmV4YW1wbGUwCgYI
KoZIzj0EAwIDSAAwRQIgMKPvOHucFmxURJ31umvRp2YKoPa634Nea8WgITUVpusC
IQCc2pJxbvY6rXV3gH/F+AkfaO1lVHQQkXg0eIl4LVptOA==
-----END CERTIFICATE-----
"""
KEY = """-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgd10JVRAhE0VDFzwV
VVSzy85tCgxh0ZVTGmo8ooobhT6hRANCAATHdbpA78iCDGvgHvHnjEUEMHDn9jcO
6O/dS7zqp7zojl+eap2z4TTmYaAi0xfx9U0BLvnnCw/kPQ2tIvH77cjo
-----END PRIVATE KEY-----
"""
STORY = b"<title>Ferry talks resume</title><p>Talks on the ferry resumed in Port Varr.</p>"

NOT_PUBLIC = [
    "127.0.0.1",
    "0.0.0.0",  # noqa: S104 - nothing is bound to it
    "10.0.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:0:127.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "fe80::1",
    "fd00::1",
    "fec0::1",
    "ff02::1",
    "100::1",
    "5f00::1",
    "3fff::1",
    "fe80::1%lo",
    "2600::1%lo",
    "localhost",
    "127.1",
]


def web(*, timeout: float = 30.0, cache: Path | None = None, resolve: Resolve = look_up) -> Web:
    return Web(local=True, pause=0, timeout=timeout, cache=cache, resolve=resolve)


def code(address: str, door: Web) -> str:
    with pytest.raises(SourceError) as raised:
        door.fetch(address)
    assert raised.value.location == address
    assert str(raised.value).endswith(".")
    return raised.value.code


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_address_that_is_not_public(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2600::1", "64:ff9b::5db8:d822"])
def test_address_that_is_public(address: str) -> None:
    assert public(address)


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_does_not_change_whether_it_is_public(address: object) -> None:
    assert public(str(address)) == public(f"::ffff:{address}") == public(f"64:ff9b::{address}")


@given(st.ip_addresses())
def test_nothing_private_is_public(address: object) -> None:
    private = any(
        getattr(address, name)
        for name in ("is_private", "is_loopback", "is_link_local", "is_multicast", "is_reserved")
    )
    wrapped = str(address).startswith(("::ffff:", "64:ff9b::"))
    assert wrapped or not (private and public(str(address)))


@pytest.mark.parametrize("address", [a for a in NOT_PUBLIC if "%" not in a])
def test_host_at_an_address_that_is_not_public_is_refused_unasked(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    assert code(f"http://{host}/", Web(pause=0)) == "address"


def test_every_address_of_a_host_must_be_public() -> None:
    door = Web(pause=0, resolve=lambda _: ["93.184.216.34", "127.0.0.1"])
    assert code("http://desk.example/", door) == "address"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("file:///etc/passwd", "scheme"),
        ("gopher://127.0.0.1/", "scheme"),
        ("ftp://desk.example/", "scheme"),
        ("data:text/html,x", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("//desk.example", "scheme"),
        ("", "scheme"),
        ("http:///x", "url"),
        ("http://[::1", "url"),
        ("http://a b/", "url"),
        ("http:\\\\desk", "url"),
        ("http://exa\uff0fmple.com/", "url"),
        ("http://x/\ud800", "url"),
        ("http://x/\n1", "url"),
        ("http://[fe80::1%25lo]/", "url"),
        ("http://..", "url"),
        ("http://desk.example:99999/", "port"),
        ("http://desk.example:22/", "port"),
        ("http://desk.example:0/", "port"),
        ("http://pat@desk.example/", "credentials"),
        ("http://pat:secret@desk.example/", "credentials"),
        ("http://⑫⑦.⓪.⓪.①/", "url"),
        ("http://127。0。0。1/", "address"),
        ("http://0x7f000001/", "address"),
        ("http://2130706433/", "address"),
        ("http://0177.0.0.1/", "url"),
        ("http://LOCALHOST/", "address"),
    ],
)
def test_address_out_of_bounds(address: str, expected: str) -> None:
    door = Web(pause=0)
    assert code(address, door) == expected
    with pytest.raises(RefusedError):
        door.fetch(address)


@settings(deadline=None)  # some go as far as a thread for the resolver
@given(st.one_of(st.text(), st.text().map("http://{}".format), st.text().map("//{}/".format)))
def test_any_text_as_an_address_is_refused_with_a_code(text: str) -> None:
    with pytest.raises(SourceError):
        Web(pause=0, resolve=lambda _: ["127.0.0.1"]).fetch(text)


def test_page() -> None:
    with serving({"/a?b=%C3%A4": answer(STORY, "Content-Type: text/html; x=y\r\n")}) as server:
        before = datetime.now(UTC)
        resource = web().fetch(f" {server.at('/a?b=ä#part')}\n")
        assert resource.location == server.at("/a?b=%C3%A4")
        assert resource.content == STORY
        assert resource.declared == "text/html; x=y"
        assert resource.fetched is not None
        assert before <= resource.fetched <= datetime.now(UTC)
        assert server.paths == ["/robots.txt", "/a?b=%C3%A4"]
        assert server.requests[1].headers["user-agent"].startswith("unspin/")
        assert server.requests[1].headers["host"] == f"127.0.0.1:{server.port}"


def test_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({}) as proxy, serving({"/": answer(STORY)}) as server:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.at(""))
        assert web().fetch(server.at("/")).content == STORY
        assert proxy.connections == 0


def test_connection_goes_to_the_address_that_was_checked() -> None:
    with (
        serving({"/": answer(b"one")}) as first,
        serving({"/": answer(b"two")}, host="127.0.0.2", port=first.port) as second,
    ):
        asked: list[str] = []

        def resolve(host: str) -> list[str]:
            asked.append(host)
            return ["127.0.0.1"] if len(asked) < 3 else ["127.0.0.2"]

        door = web(resolve=resolve)
        address = f"http://desk.example:{first.port}/"
        assert [door.fetch(address).content for _ in "12"] == [b"one", b"two"]
        assert asked == ["desk.example"] * (first.connections + second.connections)


def test_next_address_of_a_host_is_tried() -> None:
    with serving({"/": answer(STORY)}) as server:
        door = web(resolve=lambda _: ["127.0.0.9", "127.0.0.1"])
        assert door.fetch(f"http://desk.example:{server.port}/").content == STORY


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    (tmp_path / "certificate.pem").write_text(CERTIFICATE)
    (tmp_path / "key.pem").write_text(KEY)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    return context


def test_certificate_is_checked_for_the_name_and_not_the_address(tls: ssl.SSLContext) -> None:
    with serving({"/": answer(STORY)}, tls=tls) as server:
        door = web(resolve=lambda _: ["127.0.0.1"])
        assert door.fetch(f"https://desk.example:{server.port}/").content == STORY
        assert code(f"https://other.example:{server.port}/", door) == "certificate"


def test_self_made_certificate_is_not_trusted(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with serving({"/": answer(STORY)}, tls=tls) as server:
        door = web(resolve=lambda _: ["127.0.0.1"])
        assert code(f"https://desk.example:{server.port}/", door) == "certificate"


def test_tls_with_a_server_that_has_none() -> None:
    with serving({}) as server:
        address = f"https://127.0.0.1:{server.port}/"
        assert code(address, web(timeout=2)) in {"certificate", "unreachable", "timeout"}


def test_redirects_are_followed_and_each_host_is_checked() -> None:
    answers = {
        "/1": redirect("/2"),
        "/2": redirect("3?a=ü"),
        "/3?a=%C3%BC": answer(STORY),
        "/away": redirect("http://elsewhere.example/"),
    }
    with serving(answers) as server:
        door = web(resolve=lambda host: ["127.0.0.1"] if host == "127.0.0.1" else [])
        assert door.fetch(server.at("/1")).location == server.at("/3?a=%C3%BC")
        assert code(server.at("/away"), door) == "no-such-host"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("file:///etc/passwd", "scheme"),
        ("http://[::1", "bad-redirect"),
        ("http://pat:secret@desk.example/", "credentials"),
        ("/loop", "redirects"),
    ],
)
def test_redirect_out_of_bounds(target: str, expected: str) -> None:
    with serving({"/loop": redirect(target)}) as server:
        assert code(server.at("/loop"), web()) == expected
        assert server.paths.count("/loop") == (6 if expected == "redirects" else 1)


def test_redirect_without_a_target() -> None:
    with serving({"/": answer(status="301 Moved")}) as server:
        assert code(server.at("/"), web()) == "bad-redirect"


def deflated(body: bytes, bits: int) -> bytes:
    machine = zlib.compressobj(9, zlib.DEFLATED, bits)
    packed: bytes = machine.compress(body) + machine.flush()
    return packed


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(STORY)),
        ("x-gzip", gzip.compress(STORY[:9]) + gzip.compress(STORY[9:])),
        ("gzip, identity", gzip.compress(STORY) + b"\0\0\0\0"),
        ("deflate", deflated(STORY, 15)),
        ("deflate", deflated(STORY, -15)),
    ],
    ids=["gzip", "two members", "gzip and more", "deflate", "raw deflate"],
)
def test_compressed_body(coding: str, packed: bytes) -> None:
    with serving({"/": answer(packed, f"Content-Encoding: {coding}\r\n")}) as server:
        assert web().fetch(server.at("/")).content == STORY


@given(st.binary(max_size=300), st.integers(1, 300), st.sampled_from(["gzip", "deflate"]))
def test_body_cut_off_while_compressed_is_never_taken_for_whole(
    body: bytes, cut: int, coding: str
) -> None:
    from unspin.reading.web import _unpacked

    packed = gzip.compress(body) if coding == "gzip" else deflated(body, 15)
    pieces = [packed[at : at + 7] for at in range(0, len(packed), 7)]
    assert b"".join(_unpacked(iter(pieces), [coding])) == body
    short = packed[: max(1, len(packed) - cut)]
    pieces = [short[at : at + 7] for at in range(0, len(short), 7)]
    with pytest.raises((EOFError, zlib.error)):
        list(_unpacked(iter(pieces), [coding]))


GZIP = b"Content-Encoding: gzip\r\n"
ZEROS = gzip.compress(bytes(60_000_000), 9)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        pytest.param(unsized(ZEROS, GZIP), "too-large", id="bomb"),
        pytest.param(
            unsized(deflated(bytes(60_000_000), -15), b"Content-Encoding: deflate\r\n"),
            "too-large",
            id="deflate-bomb",
        ),
        pytest.param(
            unsized(gzip.compress(ZEROS), b"Content-Encoding: gzip, gzip\r\n"),
            "coding-layers",
            id="layers",
        ),
        pytest.param(
            unsized(gzip.compress(ZEROS), GZIP + GZIP), "coding-layers", id="layers-in-two-headers"
        ),
        pytest.param(unsized(b"x" * 21_000_000), "too-large", id="endless"),
        pytest.param(unsized(b"", b"Content-Length: 30000000\r\n"), "too-large", id="announced"),
        pytest.param(unsized(b"hello", b"Content-Length: 1000\r\n"), "short-body", id="short"),
        pytest.param(
            unsized(gzip.compress(b"hello world " * 1000)[:-20], GZIP), "short-body", id="cut-gzip"
        ),
        pytest.param(unsized(b"hello", GZIP), "bad-encoding", id="not-gzip"),
        pytest.param(
            unsized(b"hello", b"Content-Encoding: br\r\n"), "bad-encoding", id="not-asked-for"
        ),
        pytest.param(
            unsized(headers=b"".join(b"X-%d: a\r\n" % i for i in range(50_000))),
            "headers",
            id="many-headers",
        ),
        pytest.param(
            unsized(headers=b"X: " + b"a" * 5_000_000 + b"\r\n"), "headers", id="long-header"
        ),
        pytest.param(
            unsized(b"FFFFFFFFFFFFFFFFFFFFFFFFF\r\nhello", b"Transfer-Encoding: chunked\r\n"),
            "bad-chunk",
            id="chunk",
        ),
        pytest.param(
            unsized(b"5\r\nhello\r\n", b"Transfer-Encoding: chunked\r\n"), "short-body", id="chunks"
        ),
        pytest.param(b"<html>hello</html>", "not-http", id="http-0.9"),
        pytest.param(b"SSH-2.0-desk\r\n\r\n", "not-http", id="ssh"),
        pytest.param(b"", "unreachable", id="silent"),
        pytest.param(answer(status="404 No"), "not-found", id="404"),
        pytest.param(answer(status="410 No"), "gone", id="410"),
        pytest.param(answer(status="401 No"), "forbidden", id="401"),
        pytest.param(answer(status="403 No"), "forbidden", id="403"),
        pytest.param(answer(status="451 No"), "withheld", id="451"),
        pytest.param(answer(status="418 No"), "http-status", id="418"),
        pytest.param(answer(status="304 No"), "http-status", id="304"),
        pytest.param(answer(status="500 No"), "server-error", id="500"),
        pytest.param(answer(status="503 No"), "server-error", id="503"),
    ],
)
def test_bad_answer(sent: bytes, expected: str) -> None:
    with serving({"/": sent, "/good": answer(STORY)}) as server:
        door = web(timeout=20)
        assert code(server.at("/"), door) == expected
        assert door.fetch(server.at("/good")).content == STORY


@settings(deadline=None, max_examples=50)  # each opens sockets
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_as_an_answer_end_in_a_resource_or_a_code(sent: bytes, begun: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    with serving({"/": (b"HTTP/1.1 200 OK\r\n" if begun else b"") + sent}) as server:
        with suppress(SourceError):
            web(timeout=5).fetch(server.at("/"))
        assert server.paths == ["/robots.txt", "/"]


def drip(start: bytes, piece: bytes) -> Talk:
    def talk(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(100):
            time.sleep(0.05)
            connection.sendall(piece)

    return talk


@pytest.mark.parametrize(
    "talk",
    [
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        drip(b"HTTP/1.1 200 OK\r\n", b"X-More: yes\r\n"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        lambda _: time.sleep(2),
    ],
    ids=["body", "headers", "continue", "nothing"],
)
def test_slow_answer_ends_in_time(talk: Talk) -> None:
    with serving({"/": talk}) as server:
        start = time.monotonic()
        assert code(server.at("/"), web(timeout=0.5)) == "timeout"
        assert time.monotonic() - start < 4  # the answers that drip take five


def test_slow_redirects_share_the_time() -> None:
    def slow(connection: socket.socket) -> None:
        time.sleep(0.3)
        connection.sendall(redirect("/"))

    with serving({"/": slow}) as server:
        assert code(server.at("/"), web(timeout=0.8)) == "timeout"


def test_resolver_that_hangs() -> None:
    released = threading.Event()

    def resolve(_: str) -> list[str]:
        released.wait(5)
        return []

    assert code("http://desk.example/", web(resolve=resolve, timeout=0.3)) == "timeout"
    released.set()


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert code(f"http://127.0.0.1:{port}/", web()) == "unreachable"


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        ("999999999999999999999", 3599, 3600),
        ("120", 119, 120),
        ("soon", 59, 60),
        ("-5", 59, 60),
        (f"{datetime.now(UTC) + timedelta(days=900):%a, %d %b %Y %H:%M:%S GMT}", 3599, 3600),
    ],
    ids=["endless", "two minutes", "a word", "negative", "a date"],
)
def test_host_that_asks_to_be_left_alone_is(asked: str, least: int, most: int) -> None:
    busy = answer(headers=f"Retry-After: {asked}\r\n", status="429 Slow down")
    with serving({"/": busy, "/good": answer(STORY)}) as server:
        door = web()
        for path in ("/", "/good"):
            with pytest.raises(SourceError, match=r"Try again in (\d+) seconds") as raised:
                door.fetch(server.at(path))
            assert raised.value.code == "too-many-requests"
            assert least <= int(raised.value.step.split()[3]) <= most
        assert server.paths == ["/robots.txt", "/"]


def rules(text: bytes) -> bytes:
    return answer(text, "Content-Type: text/plain\r\n")


FORBIDS = b"User-agent: *\nDisallow: /"


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        pytest.param(rules(FORBIDS), "robots", id="all"),
        pytest.param(rules(b"\xef\xbb\xbf" + FORBIDS), "robots", id="byte-order-mark"),
        pytest.param(rules(FORBIDS.replace(b"\n", b"\r")), "robots", id="carriage-returns"),
        pytest.param(rules(b"User-Agent: UNSPIN/9\nDisallow: /*.html$"), "robots", id="ours"),
        pytest.param(rules(b"User-agent: other\n" + FORBIDS), "robots", id="grouped"),
        pytest.param(
            rules(FORBIDS + b"\nAllow: /story\n\nUser-agent: unspinner\nDisallow: /story"),
            None,
            id="longest-wins",
        ),
        pytest.param(rules(b"User-agent: other\nDisallow: /"), None, id="not-ours"),
        pytest.param(rules(FORBIDS + b"\nUser-agent: unspin\nDisallow:"), None, id="ours-first"),
        pytest.param(rules(b"<html>404 " + FORBIDS), None, id="a-page"),
        pytest.param(rules(b"#" * 600_000 + b"\n" + FORBIDS), None, id="past-500-KiB"),
        pytest.param(
            rules(b"User-agent: *\nDisallow: /a" + b"a*" * 40 + b"$\n"), None, id="many-stars"
        ),
        pytest.param(rules(b"\x00\xff\xfe" * 999), None, id="rubbish"),
        pytest.param(rules(b""), None, id="empty"),
        pytest.param(answer(status="404 No"), None, id="404"),
        pytest.param(answer(status="403 No"), None, id="403"),
        pytest.param(answer(status="429 No"), "too-many-requests", id="429"),
        pytest.param(answer(status="500 No"), "robots-unreachable", id="500"),
        pytest.param(answer(status="503 No"), "robots-unreachable", id="503"),
        pytest.param(unsized(b"x", GZIP), "robots-unreachable", id="not-gzip"),
        pytest.param(redirect("file:///etc/passwd"), "robots-unreachable", id="bad-redirect"),
        pytest.param(redirect("/robots.txt"), None, id="endless"),
        pytest.param(redirect("/rules"), "robots", id="moved"),
    ],
)
def test_robots(robots: bytes, expected: str | None) -> None:
    answers = {"/robots.txt": robots, "/rules": rules(FORBIDS), "/story.html": answer(STORY)}
    with serving(answers) as server:
        door = web()
        for _ in range(2):  # the rules are asked for once
            if expected:
                assert code(server.at("/story.html"), door) == expected
            else:
                assert door.fetch(server.at("/story.html")).content == STORY
        assert server.paths.count("/story.html") == (0 if expected else 2)
        assert server.paths.count("/robots.txt") == (6 if robots == redirect("/robots.txt") else 1)


def test_robots_of_a_redirect_target_counts() -> None:
    with (
        serving({"/robots.txt": rules(FORBIDS), "/": answer(STORY)}) as target,
        serving({"/": redirect(target.at("/"))}) as server,
    ):
        assert code(server.at("/"), web()) == "robots"
        assert target.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    "robots",
    [
        b"User-agent: *\n" + b"".join(b"Disallow: /p%d*x*y$\n" % i for i in range(100_000)),
        b"".join(b"User-agent: a%d\n" % i for i in range(15_000)) + b"Disallow: /q\n" * 20_000,
        b"".join(b"user agent a%d\n" % i for i in range(15_000)) + b"Disallow: /q\n" * 20_000,
    ],
    ids=["rules", "agents", "agents-without-colon"],
)
def test_large_robots_is_read_quickly(robots: bytes) -> None:
    with serving({"/robots.txt": rules(robots), "/": answer(STORY)}) as server:
        start = time.monotonic()
        assert web().fetch(server.at("/")).content == STORY
        assert time.monotonic() - start < 5


@pytest.mark.parametrize(("delay", "gap"), [("0.3", 0.3), ("0.01", 0.2), ("nan", 0.2), ("-9", 0.2)])
def test_requests_to_a_host_are_apart_by_pause_or_crawl_delay(delay: str, gap: float) -> None:
    robots = rules(f"User-agent: *\nCrawl-delay: {delay}".encode())
    with serving({"/robots.txt": robots, "/": answer(STORY)}) as server:
        door = Web(local=True, pause=0.2)
        threads = [threading.Thread(target=door.fetch, args=(server.at("/"),)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        moments = sorted(request.moment for request in server.requests)
        assert len(moments) == 4
        gaps = [later - earlier for earlier, later in pairwise(moments)]
        assert all(gap - 0.1 <= apart < gap + 0.5 for apart in gaps)


def test_crawl_delay_beyond_reason_is_capped() -> None:
    from unspin.reading.web import _delay

    assert [_delay(asked) for asked in (1e308, float("inf"), 5.0, None)] == [300, 300, 5, 0]


def test_cache_saves_what_has_not_changed(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "cache"
    headers = 'ETag: "1"\r\nLast-Modified: Mon, 02 Mar 2026 10:00:00 GMT\r\nContent-Type: a/b\r\n'
    answers = {"/": answer(STORY, headers)}
    with serving(answers) as server:
        first = web(cache=folder).fetch(server.at("/"))
        answers["/"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
        second = web(cache=folder).fetch(server.at("/"))
        assert (second.content, second.declared) == (STORY, "a/b") == (first.content, "a/b")
        assert first.fetched is not None
        assert second.fetched is not None
        assert second.fetched > first.fetched
        assert server.requests[-1].headers["if-none-match"] == '"1"'
        assert server.requests[-1].headers["if-modified-since"] == "Mon, 02 Mar 2026 10:00:00 GMT"
        answers["/"] = answer(b"changed", 'ETag: "2"\r\n')
        assert web(cache=folder).fetch(server.at("/")).content == b"changed"
        web(cache=folder).fetch(server.at("/"))
        assert server.requests[-1].headers["if-none-match"] == '"2"'
        assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("headers", ["", 'ETag: "1"\r\nCache-Control: private, no-store\r\n'])
def test_cache_leaves_out_what_it_cannot_or_may_not_keep(tmp_path: Path, headers: str) -> None:
    with serving({"/": answer(STORY, headers)}) as server:
        web(cache=tmp_path).fetch(server.at("/"))
        assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", [b"", b"\0", b"x" * 100])
def test_damaged_cache_is_not_believed(tmp_path: Path, damage: bytes) -> None:
    with serving({"/": answer(STORY, 'ETag: "1"\r\n')}) as server:
        web(cache=tmp_path).fetch(server.at("/"))
        (kept,) = tmp_path.iterdir()
        kept.write_bytes(kept.read_bytes()[:-1] + damage)
        assert web(cache=tmp_path).fetch(server.at("/")).content == STORY
        assert "if-none-match" not in server.requests[-1].headers


def test_cache_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    with serving({"/": answer(STORY, 'ETag: "1"\r\n')}) as server:
        assert web(cache=blocked).fetch(server.at("/")).content == STORY
