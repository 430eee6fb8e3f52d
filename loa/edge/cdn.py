"""A CDN in front of the portal: what answers tell it, and how it is told what became stale.

Where there is none, no tag leaves the house: a front page has a kilobyte of them, which would be sent to every reader.

Two ways of speaking are known. `tags`: answers carry `Cache-Tag`, and a purge is a POST of `{"tags": […]}` with
`Authorization: Bearer …`: Cloudflare's, and whatever an operator puts before Varnish or nginx. `fastly`: answers carry
`Surrogate-Key`, and a purge is a POST of `{"surrogate_keys": […]}` with `Fastly-Key: …`.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Collection
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse

from loa.edge.store import Headers

WAYS = ("tags", "fastly")
SECONDS = 10.0  # that a CDN has for its answer
AT_ONCE = 30  # tags in one request: the least that any of these takes


FILES = "static"  # the tag of files that belong to a version of this code, and say themselves how long they may be kept


class NotPurged(Exception):
    """The CDN did not say yes; the text says what it said."""


class _StaysThere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """The token goes to no other address than the operator's."""


@dataclass(frozen=True)
class Cdn:
    """Where purges go, what they are signed with, and for how many seconds the CDN may keep a page."""

    url: str
    token: str
    way: str
    ttl: int

    def headers(self, tags: str) -> Headers:
        """What a page that may be kept tells it: its tags, and for how long (RFC 9213)."""
        if tags == FILES:
            return []
        if self.way == "fastly":
            return [("Surrogate-Control", f"max-age={self.ttl}"), ("Surrogate-Key", tags.replace(",", " "))]
        return [("CDN-Cache-Control", f"max-age={self.ttl}"), ("Cache-Tag", tags)]

    def purge(self, tags: Collection[str]) -> None:
        """Have it forget all that carries one of these, at most `AT_ONCE`. Raises NotPurged."""
        name, key = ("surrogate_keys", "Fastly-Key") if self.way == "fastly" else ("tags", "Authorization")
        signed = self.token if self.way == "fastly" else f"Bearer {self.token}"
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Loa/1 (purge)"}
        body = json.dumps({name: sorted(tags)}).encode()
        headers |= {key: signed} if self.token else {}
        asked = urllib.request.Request(self.url, body, headers)  # noqa: S310 -- `config` takes http and https alone
        try:
            with urllib.request.build_opener(_StaysThere).open(asked, timeout=SECONDS) as answer:
                _read(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise NotPurged(f"it answered {error.code}: {error.read(300).decode(errors='replace')}") from None
        except (OSError, HTTPException) as error:
            raise NotPurged(f"it could not be asked ({error})") from error


def _read(answer: HTTPResponse) -> None:
    """Cloudflare says 200 and `"success": false` where a token may not purge."""
    said = answer.read(100_000)
    try:
        is_refused = json.loads(said).get("success") is False
    except (ValueError, AttributeError):
        return
    if is_refused:
        raise NotPurged(f"it refused: {said[:300].decode(errors='replace')}")


def headers_for(cdn: Cdn | None) -> Callable[[str], Headers]:
    """What pages tell a CDN; nothing where there is none."""
    return cdn.headers if cdn else lambda _tags: []
