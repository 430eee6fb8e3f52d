"""What can be wrong with files: Tantivy's failures as one fact, and checksums read again.

A flipped byte opens without an error and may answer wrongly, so every file is read against the checksum at its end.
"""

import json
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from loa.search.errors import IndexUnavailable, IndexUnwritten

_MAGIC = 1337  # the last four bytes of a file of Tantivy; before them the length of its footer
_AT_ONCE = 1 << 20
_PARTS = ("store", "term", "idx", "pos", "fast", "fieldnorm")


@contextmanager
def is_unavailable() -> Iterator[None]:
    """Tantivy answers damage with ValueError, OSError or a Rust panic; readers need one fact."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise IndexUnavailable(f"the search index cannot be read: {error}") from error
    except BaseException as error:
        # A panic comes as pyo3's PanicException, which is no Exception and cannot be imported.
        if type(error).__name__ == "PanicException":
            raise IndexUnavailable("the search index is damaged") from error
        raise


@contextmanager
def is_unwritten() -> Iterator[None]:
    """What the disk refused, as one fact: Tantivy says it with OSError, or with ValueError in words."""
    try:
        yield
    except (ValueError, OSError) as error:
        if isinstance(error, ValueError) and "(os error " not in str(error):
            raise
        raise IndexUnwritten(f"the search index cannot be written: {error}") from error


def damaged_files(generation: Path) -> list[str]:
    """The names of files that are not what was written, or are gone; every byte is read.

    What is merged away or replaced meanwhile is no part of the index any more.
    """
    try:
        segments = _contents(generation)["segments"]
        names = [one["segment_id"].replace("-", "") for one in segments]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ["meta.json"]
    found = {path for path in generation.iterdir() if path.is_file() and path.name.partition(".")[0] in names}
    parts = [f"{name}.{part}" for name in names for part in _PARTS]
    lost = [part for part in parts if generation / part not in found]
    found = {path for path in found if not _is_whole(path)}
    suspects = [*lost, *sorted(path.name for path in found)]
    return [name for name in suspects if _is_needed(generation / name)]


def _is_needed(path: Path) -> bool:
    """Whether the index, as it is now, is made of this file; a list of what was taken out goes with the next one."""
    try:
        names = {one["segment_id"].replace("-", "") for one in _contents(path.parent)["segments"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return True
    return path.name.partition(".")[0] in names and (path.suffix != ".del" or path.exists())


def leftovers(generation: Path) -> int:
    """How many documents were taken out whose words still stand in the files."""
    try:
        segments = _contents(generation)["segments"]
        return sum(one["deletes"]["num_deleted_docs"] for one in segments if one.get("deletes"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return 0


def _contents(generation: Path) -> dict[str, Any]:
    contents: dict[str, Any] = json.loads((generation / "meta.json").read_text(encoding="utf-8"))
    return contents


def _is_whole(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(size - 8)
            length, magic = struct.unpack("<II", file.read(8))
            if magic != _MAGIC or length > size - 8:
                return False
            file.seek(size - 8 - length)
            footer = json.loads(file.read(length))
            file.seek(0)
            return bool(_checksum(file, size - 8 - length) == footer["crc"])
    except (OSError, ValueError, KeyError, TypeError, struct.error):
        return False


def _checksum(file: Any, remaining: int) -> int:
    found = 0
    while remaining and (piece := file.read(min(_AT_ONCE, remaining))):
        found = zlib.crc32(piece, found)
        remaining -= len(piece)
    return found
