"""How the address of a portal is written, and what its texts leave open."""

import re
from collections.abc import Mapping

ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?\Z")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")  # RFC 1123, section 2.1
LONGEST_HOST = 253  # of a name in the DNS


def normal(typed: str) -> str:
    """An address as people paste it, as it is kept: small letters, no slash at its end."""
    return typed.strip().rstrip("/").lower()


def host_name(typed: str) -> str | None:
    """A host name as browsers send it, or `*` for any that no portal takes; None where it is neither."""
    host = typed.strip().rstrip(".").lower()
    return host if host == "*" or (len(host) <= LONGEST_HOST and _HOST.fullmatch(host)) else None


def is_origin(written: str) -> bool:
    """Whether this is scheme://host[:port] as browsers write it, of a host that can be."""
    if ORIGIN.match(written) is None:
        return False
    host, _, port = written.partition("://")[2].partition(":")
    return host_name(host) is not None and int(port or 0) < 2**16


def filled(text: str, words: Mapping[str, str]) -> str:
    """A text of the portal with {portal}, {place} and {language} put in; other braces stay as they are."""
    return _OPEN.sub(lambda found: words.get(found[1], found[0]), text)


def names_place(text: str, place: str) -> bool:
    """Whether a text names a place as a word of its own, in whatever case."""
    return bool(place) and re.search(rf"(?<!\w){re.escape(place)}(?!\w)", text, re.IGNORECASE) is not None


_OPEN = re.compile(r"\{(portal|place|language)\}")
