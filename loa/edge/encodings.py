"""Which encoding a reader takes (RFC 9110, section 12.5.3), and the bytes in it."""

import gzip
from functools import lru_cache

try:
    import brotli
except ImportError:  # no wheel for this machine: gzip is enough
    brotli = None

PLAIN, GZIP, BROTLI = "", "gzip", "br"
OURS = (BROTLI, GZIP) if brotli else (GZIP,)  # the best first
SMALLEST = 200  # bytes; below, nothing is won
_TEXTS = ("text/", "application/json", "application/feed+json", "application/xml", "application/rss+xml",
          "application/atom+xml", "application/javascript", "application/ld+json", "image/svg+xml")  # fmt: skip


@lru_cache(maxsize=512)
def wanted(accepted: str) -> str:
    """The best of ours that an `Accept-Encoding` takes; nothing said takes the plain one."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, rest = part.strip().partition(";")
        weights[name.strip()] = _weight(rest)
    every = weights.get("*", 0.0)
    return next((name for name in OURS if weights.get(name, every) > 0), PLAIN)


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def may_encode(content_type: str, length: int) -> bool:
    """Say whether it is a text long enough."""
    return length >= SMALLEST and content_type.startswith(_TEXTS)


def encoded(body: bytes, encoding: str) -> bytes:
    """The bytes in an encoding; the same bytes always give the same."""
    if encoding == BROTLI:
        return bytes(brotli.compress(body, quality=6))
    if encoding == GZIP:
        return gzip.compress(body, compresslevel=6, mtime=0)
    return body
