"""Writes MAP.md: the order of the rooms and, for each, the docstring of its package. `--check` only compares."""

import ast
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

HEAD = """# The map

Made by `make map` from the docstrings of the rooms and the contract in `pyproject.toml`; a test compares the two.
A room is a Django app. It imports only rooms below it in this list, and never its siblings on the same level.
The highest stands first.

"""


def layers(root: Path) -> list[list[str]]:
    """Return the rooms, highest level first, siblings together."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    order = next(contract for contract in contracts if contract["id"] == "order")
    return [[name.strip() for name in layer.split("|")] for layer in order["layers"]]


def docstring(root: Path, room: str) -> str:
    """Return what a room says about itself."""
    tree = ast.parse((root / "loa" / room / "__init__.py").read_text("utf-8"))
    return ast.get_docstring(tree) or ""


def make(root: Path) -> str:
    """Return the whole map."""
    levels = layers(root)
    parts = [HEAD]
    for number, rooms in zip(range(len(levels), 0, -1), levels, strict=True):
        parts.append(f"## Level {number}\n\n")
        for room in rooms:
            first, _, rest = docstring(root, room).partition("\n")
            more = " ".join(rest.split())
            parts.append(f"- **`loa/{room}/`** {first}{' ' + more if more else ''}\n")
        parts.append("\n")
    return "".join(parts).rstrip() + "\n"


def main() -> int:
    """Write the map, or with --check say whether it is up to date."""
    text, path = make(ROOT), ROOT / "MAP.md"
    if "--check" in sys.argv:
        return 0 if path.exists() and path.read_text("utf-8") == text else 1
    path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
