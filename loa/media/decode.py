"""Has pictures opened in a process of their own (`decoder`), one at a time, within limits of memory and time."""

import threading
from dataclasses import dataclass
from typing import Any

from loa.lib import limited
from loa.media import marks
from loa.media.errors import NotAPicture

MOST_BYTES = 20_000_000
SECONDS = 40  # by the clock, for a busy machine; the process has 20 of the processor
# One picture within the limits can take half a gigabyte while it is opened: a process has one opened at a time.
ONE_AT_A_TIME = threading.Lock()
FORMATS = ("jpg", "webp")  # what an original is kept as


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
        return _decoded(answer, files, said)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise NotAPicture("unreadable") from error


def _decoded(answer: dict[str, Any], files: list[bytes], said: marks.Said | None) -> Decoded:
    form, found = answer["format"], marks.said_of(answer["said"])
    if form not in FORMATS:
        raise ValueError(form)
    return Decoded(
        data=marks.mark(files[0], form, said or found), format=form, width=int(answer["width"]),
        height=int(answer["height"]), said=found, stand_in=files[1], stand_in_width=int(answer["stand_in"]),
    )  # fmt: skip


def render(data: bytes, *, asked: list[tuple[int, str]], said: marks.Said) -> list[bytes]:
    """Files of these widths and formats, in this order. Raises NotAPicture."""
    return _ask({"renditions": asked, "said": said.plain()}, data)[1]


def _ask(job: dict[str, Any], data: bytes) -> limited.Answer:
    try:
        with ONE_AT_A_TIME:
            return limited.ask("loa.media.decoder", job, data, seconds=SECONDS)
    except limited.NoAnswer as error:
        raise NotAPicture(error.reason) from error
