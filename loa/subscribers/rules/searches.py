"""A search as something to follow: what is asked, as it stands in the address of the page of results.

The words are read by the search itself, which stands beside this room; here they are kept and said.
"""

from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from loa.subscribers.rules import SEARCH

NARROWED_BY = ("section", "kind", "topic", "organization", "place", "language", "year")
LONGEST = 400  # letters of one value, as on the page of results
MOST = 20  # of one reader


def address_of(said: Mapping[str, str]) -> str:
    """What was asked, in one order and without what the page knows besides (sort, page): alike for alike searches."""
    asked = {name: " ".join(said.get(name, "").split())[:LONGEST] for name in ("q", *NARROWED_BY)}
    return urlencode({name: value for name, value in asked.items() if value})


def asked_in(address: str) -> dict[str, str]:
    """What an address asks, by name; empty where it asks nothing of the kind."""
    said = dict(parse_qsl(address))
    return {name: said.get(name, "") for name in ("q", *NARROWED_BY)}


def digest_of(address: str) -> str:
    """What tells one search from another; 32 characters."""
    return sha256(address.encode()).hexdigest()[:32]


def key_of(address: str) -> str:
    """The key of the wish to hear of it."""
    return f"{SEARCH}:{digest_of(address)}"
