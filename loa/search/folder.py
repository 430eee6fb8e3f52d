"""The index's place on disk: generations side by side, one of them named as current.

A rebuild makes a new generation and then names it in one rename, so that readers see the
old index or the new one and never half of either.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from loa.lib import tokens
from loa.search.errors import IndexBusy, IndexUnavailable
from loa.search.fields import FORMAT

_PREFIX = f"v{FORMAT}-"
_LOOK_AGAIN = 0.02


def current(folder: Path) -> Path:
    """The generation readers read. Raises IndexUnavailable."""
    try:
        name = (folder / "CURRENT").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnavailable("no index has been built yet") from error
    if not name.startswith(_PREFIX) or "/" in name or not (folder / name).is_dir():
        raise IndexUnavailable("the index named as current is not there or of another format")
    return folder / name


def is_of_another_format(folder: Path) -> bool:
    """Whether what is named as current was built by a version that indexed otherwise."""
    try:
        name = (folder / "CURRENT").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return False
    return not name.startswith(_PREFIX)


def begin(folder: Path) -> Path:
    """A new, empty generation that nobody reads yet."""
    generation = folder / f"{_PREFIX}{tokens.short_id()}"
    generation.mkdir(parents=True)
    return generation


def forget(generation: Path) -> None:
    """Remove a generation; readers that have it open keep what they have."""
    shutil.rmtree(generation, ignore_errors=True)


def name_as_current(folder: Path, generation: Path) -> None:
    """Swap: from here on readers read this generation. Survives a power cut."""
    new = folder / "CURRENT.new"
    with new.open("w", encoding="ascii") as file:
        file.write(generation.name)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / "CURRENT")
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def forget_old(folder: Path, *, keep: set[str]) -> None:
    """Remove the generations that are neither kept nor named."""
    for path in folder.iterdir():
        if path.is_dir() and path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def mark_damaged(folder: Path) -> None:
    """Tell the keeper that reading failed; a folder that is gone tells it by itself."""
    with suppress(OSError):
        (folder / "DAMAGED").touch()


def is_marked_damaged(folder: Path) -> bool:
    """Whether a reader met damage since the last look."""
    return (folder / "DAMAGED").exists()


def mark_taken_out(folder: Path) -> None:
    """Tell the keeper that a text is gone for good, so that its words must leave the files."""
    (folder / "TAKEN-OUT").touch()


def is_taken_out(folder: Path) -> bool:
    """Whether that was so since the index was last written anew."""
    return (folder / "TAKEN-OUT").exists()


def forget_taken_out(folder: Path, began: float) -> None:
    """What was taken out before `began` (seconds since 1970) is in no file any more."""
    path = folder / "TAKEN-OUT"
    with suppress(OSError):
        if path.stat().st_mtime < began:
            path.unlink()


def note_checked(folder: Path) -> None:
    """Remember that the index was compared with the archive just now."""
    with suppress(OSError):
        (folder / "DAMAGED").unlink(missing_ok=True)
        (folder / "CHECKED").touch()


def checked_at(folder: Path) -> float:
    """When that was last done, in seconds since 1970; 0 for never."""
    try:
        return (folder / "CHECKED").stat().st_mtime
    except OSError:
        return 0.0


@contextmanager
def one_writer(folder: Path, patience: float) -> Iterator[None]:
    """Hold the folder for writing; raises IndexBusy after `patience` seconds.

    Tantivy's own lock guards one generation; this one also keeps what is published while a rebuild is swapped in from
    going into the index that is left behind.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        with (folder / "writer.wanted").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_SH)  # as long as it waits
            held.enter_context(_held(folder, "writer.lock", patience))
        yield


def is_wanted(folder: Path) -> bool:
    """Whether somebody waits to write."""
    try:
        with (folder / "writer.wanted").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # the folder is gone
        return False
    return False


@contextmanager
def one_rebuild(folder: Path) -> Iterator[None]:
    """Hold the folder for a rebuild, during which others may write; raises IndexBusy at once."""
    with _held(folder, "rebuild.lock", 0.0):
        yield


@contextmanager
def _held(folder: Path, name: str, patience: float) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("a") as file:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise IndexBusy("another writer holds the search index") from None
                time.sleep(_LOOK_AGAIN)
        yield
