"""Browse: ask the public pages of a portal as any reader asks them."""

import io
from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from loa.portals.models import Portal

PORTS = {"https": "443", "http": "80"}


class Answer(NamedTuple):
    """What a reader without an account gets at an address."""

    status: int
    kind: str
    body: bytes
    location: str


class Site:
    """The public pages of a portal, asked as any reader asks them: what no reader can see is not here either."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self._handler = WSGIHandler()
        address = urlsplit(portal.address)
        hosts = list(portal.hosts.order_by("pk").values_list("host", flat=True))
        own = address.hostname or ""
        self.host = own if own in hosts or "*" in hosts else next(iter(hosts), own)
        self.scheme = address.scheme

    def request(self, path: str) -> WSGIRequest:
        """A reader's request, without a cookie."""
        return WSGIRequest({
            "REQUEST_METHOD": "GET", "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": "",
            "SCRIPT_NAME": "", "SERVER_NAME": self.host, "SERVER_PORT": PORTS[self.scheme], "HTTP_HOST": self.host,
            "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": self.scheme, "wsgi.input": io.BytesIO(),
            "HTTP_X_FORWARDED_PROTO": self.scheme,
        })  # fmt: skip

    def read(self, path: str) -> Answer:
        """The answer at a path."""
        response = self._handler.get_response(self.request(path))
        body = b"".join(response)  # an answer is an iterable of its bytes
        # `close` would say that a request is over, and Django would then close the connection we read along.
        if (file := getattr(response, "file_to_stream", None)) is not None:
            file.close()
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        return Answer(response.status_code, kind, body, response.headers.get("Location", ""))

    def path_of(self, address: str) -> str | None:
        """The path of an address on this portal, its query and fragment kept; None for one elsewhere."""
        if address.startswith(f"{self.portal.address}/") or address == self.portal.address:
            return address[len(self.portal.address) :] or "/"
        return address if address.startswith("/") and not address.startswith("//") else None
