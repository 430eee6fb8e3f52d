"""Stylesheets as they are sent: a sheet that imports others comes as one file, with the accent of the portal in it.

The sources stay small plain files, one a component. A sheet is a plain file too, which says with `@import` what it is
made of, and would look the same if it were sent as it is; but a browser would ask for its parts one after another.
The address says all that decides the bytes, the accent and a digest of everything, so an answer is good for ever, and
nobody has to be asked for it: no portal, no database.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

from django.contrib.staticfiles import finders

AT = "/styles/"
COLOURS = "ui/tokens.css"  # whatever has it has the portal's accent too
_IMPORT = re.compile(r'^@import "([\w./-]+\.css)";\n', re.MULTILINE)
_URL = re.compile(r'url\("(?!data:|/)([^"]+)"\)')
_ADDRESS = re.compile(r"([\w/-]+)(?:\.([0-9a-fA-F]{6})-([0-9a-fA-F]{6}))?\.([0-9a-f]{12})\.css", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is sent under a name: the text of its sources one after another."""

    name: str
    text: str
    sources: tuple[str, ...]

    def painted(self, accent: str, dark: str) -> str:
        """The text with an accent for light and for dark screens ("#b3261e"), where it speaks of colours."""
        if COLOURS not in self.sources or not accent:
            return self.text
        return (
            f"{self.text}:root {{ --accent: {accent}; }}\n"
            f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; }} }}\n"
        )


@lru_cache(maxsize=256)
def sheet(name: str) -> Sheet | None:
    """The sheet of a static file ("ui/page.css"), read once a process; None where there is none."""
    found = finders.find(name)
    if not isinstance(found, str):
        return None
    sources: list[str] = []
    return Sheet(name, _whole(name, PurePosixPath(name).parent, sources), tuple(sources))


def _whole(name: str, here: PurePosixPath, sources: list[str]) -> str:
    """The text of a file and of all it imports, in order; what it shows is led to from `here` under AT."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    folder = PurePosixPath(name).parent
    sources.append(name)

    def shown(match: re.Match[str]) -> str:
        file = normpath(f"/static/{folder}/{match[1]}")
        return f'url("{relpath(file, f"{AT}{here}")}")'

    def imported(match: re.Match[str]) -> str:
        return _whole(normpath(f"{folder}/{match[1]}"), here, sources)

    # What is imported has been rebased already; only the file's own addresses are.
    text = _URL.sub(shown, Path(found).read_text("utf-8"))
    return _IMPORT.sub(imported, text)


@lru_cache(maxsize=256)
def address(name: str, accent: str = "", dark: str = "") -> str:
    """Where a sheet is asked for, painted in an accent ("#b3261e"). Raises FileNotFoundError."""
    found = sheet(name)
    if found is None:
        raise FileNotFoundError(name)
    colours = f".{accent[1:]}-{dark[1:]}" if accent and COLOURS in found.sources else ""
    return f"{AT}{name.removesuffix('.css')}{colours}.{_digest(found.painted(accent, dark))}.css"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; `is_same` unless it is one of another release of Loa's."""

    text: str
    is_same: bool


def asked(path: str) -> Asked | None:
    """The text for an address without its AT, in the colours it names; None where there is no such sheet."""
    parts = _ADDRESS.fullmatch(path)
    found = sheet(f"{parts[1]}.css") if parts else None
    if parts is None or found is None:
        return None
    accent, dark = (f"#{one}" if one else "" for one in parts.group(2, 3))
    text = found.painted(accent, dark)
    return Asked(text, _digest(text) == parts[4])
