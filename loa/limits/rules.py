"""Who is asking, as far as throttles and forms without a cookie need to know."""

import ipaddress
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit


def address_of(meta: Mapping[str, Any], proxies: int) -> str:
    """The asker's network: an IPv4 address, or the /64 of an IPv6 address, which one household has whole.

    `proxies` trusted ones stand in front; each appends the address it saw, so only the last so many are believed.
    """
    seen = [part.strip() for part in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",") if part.strip()]
    address = seen[-proxies] if 0 < proxies <= len(seen) else str(meta.get("REMOTE_ADDR", ""))
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:  # what a socket for both sees of IPv4
        ip = ip.ipv4_mapped
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))


def is_from_own_page(meta: Mapping[str, Any], host: str) -> bool:
    """Say whether a form was sent from a page of this host (Fetch Metadata, RFC 6454).

    A browser always says where a POST comes from; a program that says nothing has no reader's authority to borrow.
    """
    site = meta.get("HTTP_SEC_FETCH_SITE")
    if site:
        return site in {"same-origin", "none"}
    origin = meta.get("HTTP_ORIGIN")
    if origin is None:
        return True
    try:
        return urlsplit(str(origin)).netloc.lower() == host.lower()
    except ValueError:  # "http://[": no browser sends it
        return False
