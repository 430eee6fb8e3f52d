"""Link: lead what links to another text that was brought in to where that one stands now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from loa.archive import queries as archive
from loa.archive.rules import old_address
from loa.imports import rules
from loa.imports.rules import Line, Refusal
from loa.lib import slugs
from loa.portals.models import Portal
from loa.releases.actions.bring_in import Arrival

Address = tuple[str, str]  # host and path, as `old_address` reads them


@dataclass(frozen=True, slots=True)
class Sibling:
    """A text of the same file: its key, and where it will stand."""

    key: str
    path: str


def siblings(portal: Portal, lines: Iterable[Line | Refusal]) -> dict[Address, Sibling]:
    """The texts of a file by the addresses they had. Of two that claim one address the first keeps it."""
    found: dict[Address, Sibling] = {}
    for line in lines:
        if isinstance(line, Line) and line.old_addresses and rules.is_readable(line):
            key = rules.key_of(portal.pk, line)
            prefix = "" if line.language == portal.language else f"/{line.language}"
            one = Sibling(key, f"{prefix}/r/{rules.public_id_of(key)}/{slugs.slugify(line.title)}")
            for address in line.old_addresses:
                found.setdefault(address, one)
    return found


def link(arrivals: Sequence[Arrival], *, portal: Portal, siblings: Mapping[Address, Sibling]) -> list[Arrival]:
    """The arrivals with such links leading on. Each is looked up in the file, then among all that came before."""
    linked = {one.release_key: rules.addresses_in(one.text.body_html) for one in arrivals}
    asked = {found for all_ in linked.values() for one in all_ if (found := old_address(one)) is not None}
    paths = _paths(asked, portal, siblings) if asked else {}
    if not paths:
        return list(arrivals)
    lead = partial(_led, paths=paths)
    texts = [rules.with_links(one.text.body_html, lead) for one in arrivals]
    return [
        replace(one, text=replace(one.text, body_html=text)) if text != one.text.body_html else one
        for one, text in zip(arrivals, texts, strict=True)
    ]


def _paths(asked: Collection[Address], portal: Portal, siblings: Mapping[Address, Sibling]) -> dict[Address, str]:
    before = archive.by_old_addresses(portal.pk, asked)
    near = {address: siblings[address] for address in asked if address in siblings and address not in before}
    known = archive.by_keys({one.key for one in near.values()}) if near else {}
    return before | {address: known.get(one.key, one.path) for address, one in near.items()}


def _led(address: str, *, paths: Mapping[Address, str]) -> str:
    found = old_address(address)
    path = paths.get(found, "") if found is not None else ""
    part = address.partition("#")[2]
    return f"{path}#{part}" if path and part else path
