"""What one run of the mirror leaves to the next, so that a page nobody changed is not written again."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern

from loa.archive.models import Entry
from loa.lib import tokens
from loa.portals.models import Portal


@dataclass
class Page:
    """One page of the mirror, as the next run remembers it."""

    path: str
    stamp: str = ""  # of the entry it shows; a page without one is written anew each time
    links: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)


def remembered(memory: Path) -> dict[str, Page]:
    """The pages of the last run, by their path; of a run that was killed, those it came to."""
    found: dict[str, Page] = {}
    if memory.is_file():
        with memory.open(encoding="utf-8") as lines:
            for line in lines:
                try:
                    path, stamp, links, assets = json.loads(line)
                except (ValueError, TypeError):  # the line a killed run was writing
                    continue
                # Thousands of pages lead to the same ones: each address is held in memory once.
                found[path] = Page(path, stamp, list(map(intern, links)), list(map(intern, assets)))
    return found


def compact(memory: Path, known: Iterable[str]) -> None:
    """Keep one line a page that is still there, and no other."""
    there, kept = set(known), remembered(memory)
    lines = [[page.path, page.stamp, page.links, page.assets] for page in kept.values() if page.path in there]
    beside = memory.with_suffix(".new")
    beside.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    beside.replace(memory)


def entry_of(path: str) -> str:
    """The public id in the address of a release; empty for other pages."""
    parts = path.split("/")
    return parts[parts.index("r") + 1] if "r" in parts[:-1] and len(parts) <= 5 else ""


def stamps_of(portal: Portal) -> Iterator[tuple[str, str]]:
    """What the page of each entry depends on: its texts, who sent it, what it stands under, and this program."""
    program = _digest_of_program()
    about = list(portal.abouts.order_by("pk").values_list("title", "body_html", "person", "office", "portrait"))
    sections = list(portal.sections.values_list("slug", "name_vi", "name_en"))
    frame = [program, portal.address, portal.name, portal.tagline, portal.accent, portal.accent_dark, about, sections]
    rows = Entry.objects.filter(portal=portal).values_list(
        "public_id", "changed_at", "state", "organization__name", "organization__name_en", "organization__suspended_at",
        "organization__domain", "organization__closed_at", "section__name_vi", "section__slug", "place__name",
        "replies",
    )  # fmt: skip
    for public_id, *rest in rows.iterator(chunk_size=2000):
        yield public_id, tokens.digest("\n".join(map(str, [*frame, *rest])).encode())[:20]


def _digest_of_program() -> str:
    """What pages are made by: another version of Loa may make them otherwise."""
    files = (path for path in (Path(__file__).parents[2]).rglob("*") if path.suffix in (".py", ".html", ".mo"))
    return tokens.digest(b"".join(path.read_bytes() for path in sorted(files)))
