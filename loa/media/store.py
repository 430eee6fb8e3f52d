"""Where the bytes of pictures lie: one folder, random names, written beside and renamed."""

import os
import secrets
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """The media folder."""
    return Path(settings.MEDIA_ROOT)


def put(name: str, data: bytes) -> None:
    """Writes a file whole or not at all."""
    folder().mkdir(parents=True, exist_ok=True)
    beside = folder() / f".{name}.{secrets.token_hex(4)}"
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder() / name)
