"""Which part of a host's name was registered by somebody, by the Public Suffix List (publicsuffix.org)."""

import re
from functools import cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)  # .local and .lan were registered by nobody


def registered(typed: str) -> str:
    """The registered name of an address, a host or a domain as it was typed, in lower-case ASCII (RFC 5891).

    `https://www.saomai.com.vn/vi` gives `saomai.com.vn`. Raises ValueError where nobody can have registered it: an IP
    address, a name without a public suffix, a suffix alone.
    """
    host = typed.strip()
    if "//" in host:
        host = urlsplit(host).hostname or ""
    host = host.partition("/")[0].strip(". ")
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise ValueError(typed) from error
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise ValueError(typed)
    found = _suffixes().privatesuffix(name)
    if not found:
        raise ValueError(typed)
    return str(found)


def registered_or_none(typed: str) -> str | None:
    """The same, and None where nobody can have registered it."""
    try:
        return registered(typed)
    except ValueError:
        return None


def in_ascii(domain: str) -> str:
    """The name as browsers say it; in small letters alone where it is no name."""
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return domain.lower()


def shown(domain: str) -> str:
    """The name as its owner writes it; in ASCII where the letters cannot be read back."""
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain


def label(domain: str) -> str:
    """What was chosen: the registered name without its public suffix, letters of its own as they are written."""
    suffix = _suffixes().publicsuffix(domain) or ""
    return shown(domain.removesuffix(f".{suffix}"))
