"""Compile the rooms' English catalogues, so that nobody needs gettext's own programs.

Only the `.po` files are kept; `bin/setup.sh` runs `python -m loa.project.translations`, which needs no settings
and no Django.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import polib

ROOMS = Path(__file__).resolve().parent.parent


def compile_all(rooms: Path = ROOMS) -> list[Path]:
    """Write the `.mo` beside every catalogue that is newer than it, and name those written."""
    return _compiled(rooms.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_own(home: Path) -> list[Path]:
    """The same for an operator's own catalogues (LOA_HOME). Raises OSError or ValueError where one cannot be read."""
    return _compiled(home.glob("locale/*/LC_MESSAGES/django.po"))


def _compiled(found: Iterable[Path]) -> list[Path]:
    catalogues = sorted(found)
    return [_compile(catalogue) for catalogue in catalogues if _is_stale(catalogue)]


def _is_stale(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < catalogue.stat().st_mtime_ns


def _compile(catalogue: Path) -> Path:
    """Put the whole file in place at once: a running server may be reading the old one."""
    compiled = catalogue.with_suffix(".mo")
    half = compiled.with_suffix(f".{os.getpid()}.mo")
    polib.pofile(str(catalogue)).save_as_mofile(str(half))
    half.replace(compiled)
    return compiled


if __name__ == "__main__":
    for written in compile_all():
        print(written.relative_to(ROOMS.parent))
