"""Where the bytes of files lie: one folder, random names, written beside and renamed."""

import os
import secrets
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """The media folder."""
    return Path(settings.MEDIA_ROOT)


def put(name: str, data: bytes) -> None:
    """Writes a file whole or not at all."""
    beside = new()
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder() / name)


def new() -> Path:
    """A place for a file that is still being written; nothing is served or kept from there."""
    folder().mkdir(parents=True, exist_ok=True)
    return folder() / f".{secrets.token_hex(8)}"


def get(name: str) -> bytes:
    """The bytes of a file."""
    return (folder() / name).read_bytes()


def drop(*names: str) -> None:
    """Throws files away; those that are gone already are no matter."""
    for name in names:
        (folder() / name).unlink(missing_ok=True)
