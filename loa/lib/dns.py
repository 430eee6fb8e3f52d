"""Whether a domain takes mail, and what its text records say.

The one is asked in one datagram (RFC 1035; RFC 5321, section 5; RFC 7505) where somebody waits for a page; text
records may be long and stand behind aliases, so dnspython asks for them.
"""

import secrets
import socket
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

import dns.exception
import dns.resolver

PORT = 53
SECONDS = 1.5  # for one server's answer
A, MX, AAAA = 1, 15, 28
NO_SUCH_NAME = 3
_HEADER = struct.Struct("!HHHHHH")
_LONGEST = 4096  # bytes of an answer
_MOST_JUMPS = 64  # labels and pointers in one name

Server = tuple[str, int]


class NoAnswer(Exception):
    """No server said anything that can be believed."""


def servers(file: Path = Path("/etc/resolv.conf")) -> list[Server]:
    """The name servers of this machine."""
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    named = [words[1] for words in map(str.split, lines) if words[:1] == ["nameserver"] and len(words) > 1]
    return [(address, PORT) for address in named[:2]]


def takes_mail(domain: str, ask: Sequence[Server]) -> bool | None:
    """Say whether there is a mail server for a domain (in ASCII); None: nobody could tell, so refuse nobody.

    A domain takes mail by its MX records, without any by its addresses; one MX of the root says that it takes none.
    """
    try:
        exchanges = _look_up(domain, MX, ask)
        if exchanges is None:
            return False
        if exchanges:
            return exchanges != [b"\0"]
        return any(_look_up(domain, kind, ask) for kind in (A, AAAA))
    except NoAnswer:
        return None


def texts(domain: str, seconds: float = 8.0) -> list[str]:
    """The TXT records of a name (in ASCII), none where there is no such name. Raises NoAnswer where nobody could tell.

    The machine's own name servers are asked, over TCP where an answer is long.
    """
    try:
        asking = dns.resolver.Resolver()
        answer = asking.resolve(domain, "TXT", lifetime=seconds, raise_on_no_answer=False)
    except dns.resolver.NXDOMAIN:
        return []
    except (dns.exception.DNSException, OSError) as error:
        raise NoAnswer(domain) from error
    return [b"".join(row.strings).decode("utf-8", "replace") for row in answer.rrset or ()]


def _look_up(domain: str, kind: int, ask: Sequence[Server]) -> list[bytes] | None:
    """What the records of a kind hold (of MX the name alone, as bytes); None where there is no such name."""
    for server in ask:
        try:
            return _asked(domain, kind, server)
        except (OSError, struct.error, IndexError, ValueError):
            continue
    raise NoAnswer(domain)


def _asked(domain: str, kind: int, server: Server) -> list[bytes] | None:
    number = secrets.randbits(16)
    labels = domain.encode("ascii").split(b".")
    if not all(0 < len(label) < 64 for label in labels):
        raise ValueError(domain)
    name = b"".join(bytes([len(label)]) + label for label in labels) + b"\0"
    question = name + struct.pack("!HH", kind, 1)
    family = socket.AF_INET6 if ":" in server[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as line:
        line.settimeout(SECONDS)
        line.connect(server)  # answers of others are not read
        line.send(_HEADER.pack(number, 0x0100, 1, 0, 0, 0) + question)
        answer = line.recv(_LONGEST)
    said, flags, _questions, count, _, _ = _HEADER.unpack_from(answer)
    echoed = answer[_HEADER.size : _HEADER.size + len(question)]
    if said != number or not flags & 0x8000 or echoed.lower() != question.lower():
        raise ValueError("not the answer to this question")
    code = flags & 0x000F
    if code == NO_SUCH_NAME:
        return None
    if code:
        raise ValueError(f"rcode {code}")
    return list(_records(answer, _HEADER.size + len(question), count, kind))


def _records(answer: bytes, place: int, count: int, kind: int) -> Iterator[bytes]:
    for _ in range(count):
        place = _after_name(answer, place)
        found, _class, _ttl, length = struct.unpack_from("!HHIH", answer, place)
        place += 10
        if found == kind:
            yield answer[place + 2 : place + length] if kind == MX else answer[place : place + length]
        place += length


def _after_name(answer: bytes, place: int) -> int:
    """Where a name ends that begins here; a pointer is its end (RFC 1035, section 4.1.4)."""
    for _ in range(_MOST_JUMPS):
        length = answer[place]
        if length >= 0xC0:
            return place + 2
        place += 1 + length
        if not length:
            return place
    raise ValueError("a name without end")
