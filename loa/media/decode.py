"""Has pictures opened in a process of their own (`decoder`), one at a time, within limits of memory and time."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loa.media import marks
from loa.media.errors import NotAPicture

MOST_BYTES = 20_000_000
SECONDS = 40  # by the clock, for a busy machine; the process has 20 of the processor
# One picture within the limits can take half a gigabyte while it is opened: a process has one opened at a time.
ONE_AT_A_TIME = threading.Lock()
FORMATS = ("jpg", "webp")  # what an original is kept as
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """A picture made anew from its pixels, and what the one sent said about itself."""

    data: bytes
    format: str
    width: int
    height: int
    said: marks.Said
    stand_in: bytes
    stand_in_width: int


def decode(data: bytes, *, said: marks.Said | None = None) -> Decoded:
    """The picture with all its pixels; place and camera are gone. Raises NotAPicture with the reason.

    What is `said` stands in the files instead of what the picture says about itself.
    """
    if len(data) > MOST_BYTES:
        raise NotAPicture("too_large")
    answer, files = _ask({"said": said.plain() if said else None}, data)
    try:
        found = marks.said_of(answer["said"])
        return Decoded(
            data=marks.mark(files[0], answer["format"], said or found), format=answer["format"],
            width=int(answer["width"]), height=int(answer["height"]), said=found, stand_in=files[1],
            stand_in_width=int(answer["stand_in"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise NotAPicture("unreadable") from error


def render(data: bytes, *, asked: list[tuple[int, str]], said: marks.Said) -> list[bytes]:
    """Files of these widths and formats, in this order. Raises NotAPicture."""
    return _ask({"renditions": asked, "said": said.plain()}, data)[1]


def _ask(job: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """One job for one process that knows no secret of ours: its environment is empty but for where Python finds us."""
    # glibc keeps 64 MB of addresses for each thread's heap, which would be counted as memory.
    environment = {"PYTHONPATH": str(ROOT), "MALLOC_ARENA_MAX": "1", "PATH": os.defpath}
    program = [sys.executable, "-P", "-m", "loa.media.decoder"]
    try:
        with ONE_AT_A_TIME:
            done = subprocess.run(
                program, input=json.dumps(job).encode() + b"\n" + data, env=environment, capture_output=True,
                timeout=SECONDS, check=True,
            )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotAPicture("too_large") from error
    except subprocess.CalledProcessError as error:  # killed by the system: it ate all its memory or time
        raise NotAPicture("too_large" if error.returncode < 0 else "unreadable") from error
    try:
        return _read(done.stdout)
    except (ValueError, KeyError, TypeError, IndexError) as error:  # a process that a picture took over says anything
        raise NotAPicture("unreadable") from error


def _read(said: bytes) -> tuple[dict[str, Any], list[bytes]]:
    head, _, body = said.partition(b"\n")
    answer = dict(json.loads(head))
    if reason := answer.get("refused"):
        raise NotAPicture(str(reason))
    if answer.get("format", "jpg") not in FORMATS:
        raise ValueError(answer["format"])
    files, place = [], 0
    for size in answer["sizes"]:
        files.append(body[place : place + size])
        place += size
    return answer, files
