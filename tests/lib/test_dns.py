"""dns: whether a domain takes mail, asked of a name server of this test's own."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loa.lib import dns

Records = dict[tuple[str, int], list[bytes] | None]
Serve = Callable[[Records], dns.Server]


def name(domain: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in domain.split(".") if label) + b"\0"


def answer_to(query: bytes, records: Records) -> bytes:
    end = query.index(b"\0", 12)
    labels, place = [], 12
    while place < end:
        labels.append(query[place + 1 : place + 1 + query[place]].decode())
        place += 1 + query[place]
    (kind,) = struct.unpack_from("!H", query, end + 1)
    found = records.get((".".join(labels), kind), [])
    flags = 0x8180 | (3 if found is None else 0)
    head = query[:2] + struct.pack("!HHHHH", flags, 1, len(found or []), 0, 0)
    rows = [b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 60, len(data)) + data for data in found or []]
    return head + query[12 : end + 5] + b"".join(rows)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a starter of a name server on the loopback that knows these records."""
    open_ones: list[socket.socket] = []

    def start(records: Records, spoil: Callable[[bytes], bytes] = lambda said: said) -> dns.Server:
        line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        line.bind(("127.0.0.1", 0))
        open_ones.append(line)

        def run() -> None:
            while True:
                try:
                    query, asker = line.recvfrom(4096)
                except OSError:
                    return
                if not query:
                    return
                line.sendto(spoil(answer_to(query, records)), asker)

        threading.Thread(target=run, daemon=True).start()
        host, port = line.getsockname()
        return host, port

    yield start
    for line in open_ones:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", line.getsockname())
        line.close()


def mx(exchange: str) -> bytes:
    return struct.pack("!H", 10) + name(exchange)


@pytest.mark.parametrize(
    ("records", "takes"),
    [
        ({("vidu.vn", dns.MX): [mx("thu.vidu.vn"), mx("thu2.vidu.vn")]}, True),
        ({("vidu.vn", dns.A): [b"\x01\x02\x03\x04"]}, True),
        ({("vidu.vn", dns.AAAA): [b"\0" * 16]}, True),
        ({("vidu.vn", dns.MX): [struct.pack("!H", 0) + b"\0"]}, False),
        ({("vidu.vn", dns.MX): None}, False),
        ({}, False),
    ],
)
def test_it_reads_what_the_records_say(serve: Serve, records: Records, takes: bool) -> None:
    assert dns.takes_mail("vidu.vn", [serve(records)]) is takes


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said: b"xx" + said[2:],
        lambda said: said[:20],
        lambda said: said[:2] + b"\x81\x82" + said[4:],
        lambda said: said[:12] + name("khac.vn") + said[21:],
        lambda said: said[:7] + b"\x09" + said[8:],
    ],
)
def test_what_cannot_be_believed_refuses_nobody(serve: Serve, spoil: Callable[[bytes], bytes]) -> None:
    server = serve({("vidu.vn", dns.MX): [mx("thu.vidu.vn")]}, spoil)  # type: ignore[call-arg]
    assert dns.takes_mail("vidu.vn", [server]) is None


def test_the_next_server_is_asked_when_one_is_silent(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dns, "SECONDS", 0.2)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        host, port = silent.getsockname()
        assert dns.takes_mail("vidu.vn", [(host, port)]) is None
        other = serve({("vidu.vn", dns.MX): [mx("thu.vidu.vn")]})
        assert dns.takes_mail("vidu.vn", [(host, port), other]) is True


def test_without_a_server_nobody_is_refused(tmp_path: Path) -> None:
    assert dns.takes_mail("vidu.vn", dns.servers(tmp_path / "none")) is None


def test_servers_are_those_of_the_machine(tmp_path: Path) -> None:
    file = tmp_path / "resolv.conf"
    file.write_text("# ours\nsearch vidu.vn\nnameserver 127.0.0.53\nnameserver\nnameserver ::1\n")
    assert dns.servers(file) == [("127.0.0.53", 53), ("::1", 53)]
