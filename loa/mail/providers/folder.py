"""Mail as files: one `.eml` a message, for demonstrations and tests."""

import os
from pathlib import Path

from loa.mail.errors import NotSent


def hand_over(path: str, *, name: str, data: bytes) -> None:
    """Write the file beside its place and move it there, so that a reader never finds half a mail, nor two."""
    target = Path(path) / f"{name}.eml"
    half = target.with_suffix(f".{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(data)
        half.replace(target)
    except OSError as error:
        raise NotSent(str(error)) from error
