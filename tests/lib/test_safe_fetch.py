"""What others write down as an address leads to the open Internet or nowhere, and never for long."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from loa.lib.safe_fetch import CannotFetch, Fetched, Limits, Target, fetch, is_public, read_address

PUBLIC = "93.184.216.34"
OPEN = Limits(schemes=("https", "http"), redirects=3)
Serve = Callable[..., list[bytes]]

PRIVATE = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.9.9",
    "192.0.0.1", "192.0.0.9", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
    "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1", "2001:2::1",
    "2001:db8::1", "2001:10::1", "2002:7f00:1::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1",
    "ff02::1", "5f00::1", "3fff::1", "localhost", "", "0x7f.1", "2130706433",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_address_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", PUBLIC, "2606:4700::1111", "2a00:1450:4001::200e"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[socket.socket], None]], Callable[..., socket.socket]]]:
    """Return a starter of a server on the loopback; it gives a connector that leads there whatever was resolved."""
    servers: list[socket.socket] = []

    def start(handle: Callable[[socket.socket], None]) -> Callable[..., socket.socket]:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def run() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with closing(connection):
                    try:
                        handle(connection)
                    except OSError:
                        continue

        threading.Thread(target=run, daemon=True).start()
        return lambda address, target, seconds: socket.create_connection(server.getsockname(), timeout=seconds)

    yield start
    for server in servers:
        server.close()


def answering(*answers: bytes) -> tuple[Callable[[socket.socket], None], list[bytes]]:
    """A handler that gives one answer after the other, and what it was asked."""
    asked: list[bytes] = []

    def handle(connection: socket.socket) -> None:
        asked.append(connection.recv(65536))
        connection.sendall(answers[min(len(asked), len(answers)) - 1])

    return handle, asked


def ok(body: bytes, kind: str = "image/png") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def to_public(host: str) -> list[str]:
    return [PUBLIC]


def get(url: str, connector: Callable[..., socket.socket], limits: Limits = OPEN) -> Fetched:
    return fetch(url, limits=limits, resolver=to_public, connector=connector)


def test_it_brings_the_body_and_its_type(serve: Serve) -> None:
    handle, asked = answering(ok(b"picture", "image/PNG; x=y"))
    found = get("https://ảnh.example.vn/một tấm.png?a=1&b=đ", serve(handle))
    assert (found.body, found.content_type) == (b"picture", "image/png")
    assert asked[0].startswith(b"GET /m%E1%BB%99t%20t%E1%BA%A5m.png?a=1&b=%C4%91 HTTP/1.1\r\nHost: xn--")
    assert b"Accept-Encoding: identity" in asked[0]


def test_it_connects_to_the_address_that_was_checked() -> None:
    """A name that answers differently the second time is asked only once."""
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    reached: list[str] = []

    def connector(address: str, target: Target, seconds: float) -> socket.socket:
        reached.append(address)
        raise OSError

    with pytest.raises(CannotFetch, match="could not be reached"):
        fetch("https://rebind.example/", resolver=lambda host: next(answers), connector=connector)
    assert reached == ["8.8.8.8"]


def test_one_private_answer_is_enough_to_refuse() -> None:
    def never(*_: object) -> socket.socket:
        raise AssertionError("it connected")

    with pytest.raises(CannotFetch, match="not on the open Internet"):
        fetch("https://mixed.example/", resolver=lambda host: [PUBLIC, "10.0.0.1"], connector=never)


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://0x7f.1/"],
)
def test_the_real_resolver_leads_to_no_loopback(url: str) -> None:
    with pytest.raises(CannotFetch):
        fetch(url)


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/", "file:///etc/passwd", "https://a:b@c.example/", "https://a.example:8443/", "https:///x",
     "https://a.example:x/", "//a.example/", "gopher://a.example/", "https://a\x00b.example/", "https://[::1/"],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(CannotFetch):
        read_address(url, ("https", "http"))


def test_http_is_refused_unless_asked_for() -> None:
    with pytest.raises(CannotFetch, match="https://"):
        fetch("http://a.example/")


def test_each_step_of_a_redirect_is_checked(serve: Serve) -> None:
    onward = b"HTTP/1.1 302 Found\r\nLocation: https://inside.example/secret\r\nContent-Length: 0\r\n\r\n"
    handle, asked = answering(onward)
    with pytest.raises(CannotFetch, match=r"inside\.example is not on the open Internet"):
        fetch(
            "https://a.example/", limits=OPEN, connector=serve(handle),
            resolver=lambda host: ["10.0.0.7" if host == "inside.example" else PUBLIC],
        )  # fmt: skip
    assert len(asked) == 1


def test_a_redirect_is_followed_where_it_may(serve: Serve) -> None:
    onward = b"HTTP/1.1 301 Moved\r\nLocation: /there.png\r\nContent-Length: 0\r\n\r\n"
    handle, asked = answering(onward, ok(b"x"))
    assert get("https://a.example/here.png", serve(handle)).url == "https://a.example/there.png"
    assert asked[1].startswith(b"GET /there.png ")


def test_a_redirect_is_refused_by_default(serve: Serve) -> None:
    onward = b"HTTP/1.1 301 Moved\r\nLocation: /there.png\r\nContent-Length: 0\r\n\r\n"
    handle, _ = answering(onward, ok(b"x"))
    with pytest.raises(CannotFetch, match="leads on elsewhere"):
        get("https://a.example/here.png", serve(handle), Limits())


def test_a_redirect_to_another_scheme_is_refused(serve: Serve) -> None:
    handle, _ = answering(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n")
    with pytest.raises(CannotFetch, match="does not begin with"):
        get("https://a.example/", serve(handle))


def test_a_circle_ends(serve: Serve) -> None:
    handle, asked = answering(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")
    with pytest.raises(CannotFetch, match="too often"):
        get("https://a.example/", serve(handle))
    assert len(asked) == 4


@pytest.mark.parametrize("is_said", [True, False], ids=["said", "not said"])
def test_more_than_the_limit_is_refused(serve: Serve, is_said: bool) -> None:
    body = b"x" * 200_000
    head = (
        b"HTTP/1.1 200 OK\r\n\r\n"
        if not is_said
        else f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    )
    handle, _ = answering(head + body)
    with pytest.raises(CannotFetch, match="larger"):
        get("https://a.example/", serve(handle), Limits(most_bytes=100_000))


def test_packed_bodies_are_refused(serve: Serve) -> None:
    """A bomb of a few kilobytes is never unpacked."""
    handle, _ = answering(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nxx")
    with pytest.raises(CannotFetch, match="packed"):
        get("https://a.example/", serve(handle))


def test_half_a_body_is_no_body(serve: Serve) -> None:
    handle, _ = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
    with pytest.raises(CannotFetch, match="before the end"):
        get("https://a.example/", serve(handle))


@pytest.mark.parametrize(
    "answer", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200]
)
def test_what_does_not_speak_http_is_refused(serve: Serve, answer: bytes) -> None:
    handle, _ = answering(answer)
    with pytest.raises(CannotFetch):
        get("https://a.example/", serve(handle))


@pytest.mark.parametrize("status", [204, 404, 500])
def test_only_a_whole_answer_counts(serve: Serve, status: int) -> None:
    handle, _ = answering(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode())
    with pytest.raises(CannotFetch, match=str(status)):
        get("https://a.example/", serve(handle))


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_is_left(serve: Serve, part: str) -> None:
    """Every byte comes in time, and the whole does not."""

    def drip(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + (b"" if part == "head" else b"\r\n"))
        while True:
            connection.sendall(b"a")
            time.sleep(0.02)

    with pytest.raises(CannotFetch):
        get("https://a.example/", serve(drip), Limits(seconds=0.3))


def test_a_redirect_to_what_no_program_can_read_is_refused(serve: Serve) -> None:
    """Whoever runs the server at the other end would otherwise stop all who look at links."""
    handle, _ = answering(b"HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n")
    with pytest.raises(CannotFetch, match="no web address"):
        get("https://a.example/", serve(handle))
