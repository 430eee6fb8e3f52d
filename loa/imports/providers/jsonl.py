"""JSON Lines, packed by gzip or not: one text a line (docs/importing.md)."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from loa.imports.errors import CannotRead
from loa.imports.rules import Item

OURS = ("remarks", "left_out")  # what the other readers note beside a text; in a file of others it is any value at all
LONGEST_LINE = 4_000_000  # bytes; a line is held in memory whole, whatever it was packed to


def read(path: Path) -> Iterator[Item]:
    """Each line that is not empty, by its number from 1. Raises CannotRead when the file ends in the middle."""
    try:
        with path.open("rb") as raw:
            is_packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            yield from _lines(cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if is_packed else raw)
    except (OSError, EOFError, zlib.error) as error:
        raise CannotRead(f"{path} cannot be read to its end: {error}.") from error


def _lines(file: BinaryIO) -> Iterator[Item]:
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield Item(number, refused=f"it is longer than {LONGEST_LINE // 1_000_000} MB")
        elif line.strip():
            yield _item(number, line)


def _item(number: int, line: bytes) -> Item:
    try:
        values: Any = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        return Item(number, refused="it is not written in UTF-8")
    except (ValueError, RecursionError):
        return Item(number, refused="it is no JSON")
    if not isinstance(values, dict):
        return Item(number, refused="it is no JSON object")
    return Item(number, {name: value for name, value in values.items() if name not in OURS})
