"""Reads a mirror from the disk as a browser would, and lists what leads nowhere."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

NAMES = ("href", "src", "poster", "action", "srcset")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in NAMES and value]


def dead(folder: Path) -> list[str]:
    """Each address in each page that no file answers to, as "page: address"; the page reached from index.html alone."""
    found, waiting, seen = [], [folder / "index.html"], {folder / "index.html"}
    while waiting:
        page = waiting.pop()
        reader = _Page()
        reader.feed(page.read_text("utf-8"))
        for address in reader.addresses:
            parts = urlsplit(address)
            if parts.scheme or address.startswith("#"):
                continue
            there = (page.parent / unquote(parts.path)).resolve()
            if parts.netloc or not there.is_relative_to(folder.resolve()) or not there.is_file() or parts.query:
                found.append(f"{page.relative_to(folder)}: {address}")
            elif there.suffix == ".html" and there not in seen:
                seen.add(there)
                waiting.append(there)
    return found


def scripts(folder: Path) -> list[str]:
    """Pages in which something would run or be sent."""
    return [
        str(page)
        for page in folder.rglob("*.html")
        if any(mark in page.read_text("utf-8") for mark in ("<form", '<script type="module"', "<iframe"))
    ]
