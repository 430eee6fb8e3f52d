"""Fetches from addresses that others wrote down, without ever reaching into a private network (RFC 6890).

A name is asked for once, every answer must be a public address, and the connection goes to one of those very
answers, so that a name which answers differently the second time gains nothing. Resolver and connector are arguments:
tests bring their own, and no setting opens the gate.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

PORTS = {"https": 443, "http": 80}
REDIRECTS = {301, 302, 303, 307, 308}
DNS_SECONDS, CONNECT_SECONDS = 2.0, 3.0
CHUNK = 65_536
AGENT = "Loa/1 (safe_fetch)"
# What `is_global` of Python 3.11 takes for public: 6to4's relays, protocol assignments, NAT64, 6to4, Teredo, ORCHID,
# addresses that carry another one, and site-local ones.
_NOT_FOR_US = [
    ipaddress.ip_network(network)
    for network in (
        *("192.0.0.0/24", "192.88.99.0/24", "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"),
        *("2001::/23", "2002::/16", "fec0::/10", "fc00::/7", "fe80::/10", "5f00::/16", "3fff::/20"),
    )
]


class CannotFetch(Exception):
    """Nothing was fetched; the text says why, for the person who wrote the address down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a fetch may go: bytes of the body, seconds in all, other addresses it may be sent on to."""

    most_bytes: int = 5_000_000
    seconds: float = 10.0
    redirects: int = 0
    schemes: tuple[str, ...] = ("https",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came, and from which address in the end; the type is what the server called it, in lower case."""

    url: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where one request goes."""

    scheme: str
    host: str  # ASCII, as DNS and TLS know it
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


Resolver = Callable[[str], list[str]]
Connector = Callable[[str, Target, float], socket.socket]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open Internet; anything that is no address does not."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if any(ip.version == network.version and ip in network for network in _NOT_FOR_US):
        return False
    return ip.is_global and not ip.is_multicast


def resolve(host: str) -> list[str]:
    """Every address of a name, asked once; DNS has no time limit of its own, so a thread waits for it."""
    found: list[str] = []

    def ask() -> None:
        try:
            found.extend(str(answer[4][0]) for answer in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            return

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(DNS_SECONDS)
    return list(dict.fromkeys(found))


def connect(address: str, target: Target, seconds: float) -> socket.socket:
    """A connection to this very address; with TLS the certificate must be the name's."""
    plain = socket.create_connection((address, target.port), timeout=seconds)
    if target.scheme == "http":
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
    except BaseException:
        plain.close()
        raise


DEFAULT = Limits()


def fetch(
    url: str, *, limits: Limits = DEFAULT, resolver: Resolver = resolve, connector: Connector = connect
) -> Fetched:  # fmt: skip
    """GET an address. Raises CannotFetch for whatever is not a whole answer 200 from the open Internet."""
    deadline = time.monotonic() + limits.seconds
    for _ in range(limits.redirects + 1):
        target = read_address(url, limits.schemes)
        response = _ask(target, deadline, resolver, connector)
        with response:
            if response.status in REDIRECTS and (onward := response.headers.get("Location")):
                url = _onward(url, onward)  # checked like the first one at the head of the loop
                continue
            return Fetched(url=url, content_type=_type(response), body=_whole(response, limits.most_bytes))
    raise CannotFetch("it leads on to other addresses too often" if limits.redirects else "it leads on elsewhere")


def _onward(url: str, onward: str) -> str:
    try:
        return urljoin(url, onward)
    except ValueError as error:  # "http://[": whoever runs the server sends what they like
        raise CannotFetch("it leads on to what is no web address") from error


def read_address(url: str, schemes: tuple[str, ...]) -> Target:
    """The parts of an address. Raises CannotFetch for one that no web page has."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise CannotFetch("it is no web address") from error
    if parts.scheme not in schemes:
        raise CannotFetch(f"it does not begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    if parts.username is not None or parts.password is not None or not parts.hostname:
        raise CannotFetch("it is no web address")
    if port not in (None, PORTS[parts.scheme]):
        raise CannotFetch("it names a port")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return Target(scheme=parts.scheme, host=_ascii(parts.hostname), port=PORTS[parts.scheme], path=path + query)


def _ascii(host: str) -> str:
    try:
        name = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise CannotFetch("its name cannot be read") from error
    if any(letter <= " " or letter in "/\\@#?\x7f" for letter in name):
        raise CannotFetch("its name cannot be read")
    return name


def _ask(target: Target, deadline: float, resolver: Resolver, connector: Connector) -> http.client.HTTPResponse:
    addresses = resolver(target.host)
    if not addresses:
        raise CannotFetch(f"no server answers to {target.host}")
    # One private answer among public ones is no accident: nothing of such a name is followed.
    if not all(is_public(address) for address in addresses):
        raise CannotFetch(f"{target.host} is not on the open Internet")
    try:
        line = _Line(connector(addresses[0], target, min(CONNECT_SECONDS, _left(deadline))), deadline)
    except OSError as error:
        raise CannotFetch(f"{target.host} could not be reached") from error
    try:
        line.send(_request(target))
        # HTTPResponse asks its socket for nothing but a file to read from.
        response = http.client.HTTPResponse(line, method="GET")  # type: ignore[arg-type]
        response.begin()
    except (OSError, http.client.HTTPException) as error:
        line.close()
        raise CannotFetch(f"{target.host} did not answer as a web server does") from error
    return response


def _request(target: Target) -> bytes:
    head = (f"GET {target.path} HTTP/1.1", f"Host: {target.authority}", f"User-Agent: {AGENT}", "Accept: */*")
    return "\r\n".join([*head, "Accept-Encoding: identity", "Connection: close", "", ""]).encode("ascii")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Line(io.RawIOBase):
    """One connection that ends at a moment, however slowly the other side drips."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection, self._deadline = connection, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        self._connection.settimeout(_left(self._deadline))
        return self._connection.recv_into(buffer)

    def send(self, data: bytes) -> None:
        self._connection.settimeout(_left(self._deadline))
        self._connection.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """As a socket has it."""
        return io.BufferedReader(self)

    def close(self) -> None:
        if not self.closed:
            self._connection.close()
        super().close()


def _type(response: http.client.HTTPResponse) -> str:
    return response.headers.get_content_type().lower()


def _whole(response: http.client.HTTPResponse, most: int) -> bytes:
    if response.status != 200:
        raise CannotFetch(f"the server answered {response.status}")
    if response.headers.get("Content-Encoding", "identity").lower() not in ("", "identity"):
        raise CannotFetch("the server packed what it sent")  # small when packed says nothing about how large it is
    if (response.length or 0) > most:
        raise CannotFetch(f"it is larger than {most // 1_000_000} MB")
    body = bytearray()
    try:
        while part := response.read(min(CHUNK, most + 1 - len(body))):
            body += part
            if len(body) > most:
                raise CannotFetch(f"it is larger than {most // 1_000_000} MB")
    except (OSError, http.client.HTTPException) as error:
        raise CannotFetch("the server stopped before the end, or took too long") from error
    if response.length:  # fewer bytes came than were promised
        raise CannotFetch("the server stopped before the end, or took too long")
    return bytes(body)
