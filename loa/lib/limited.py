"""Work on what others sent in a process of its own, with little memory and time, that knows no secret of ours.

One side asks, the other serves: a line of JSON and the bytes of one file go in, a line of JSON and the bytes of files
come out. Whatever a broken or hostile file does, it does it there: the caller finds the process ended.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 20  # of the processor
Answer = tuple[dict[str, Any], list[bytes]]


class NoAnswer(Exception):
    """The file was not worked on: `reason` is too_large, unreadable, or what the process said in {"refused": …}."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def ask(module: str, job: dict[str, Any], data: bytes, *, seconds: int) -> Answer:
    """One job for one process, which runs a module that `serve`s; `seconds` are by the clock. Raises NoAnswer."""
    # glibc keeps 64 MB of addresses for each thread's heap, which would be counted as memory.
    environment = {"PYTHONPATH": str(ROOT), "MALLOC_ARENA_MAX": "1", "PATH": os.defpath}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", module], input=json.dumps(job).encode() + b"\n" + data, env=environment,
            capture_output=True, timeout=seconds, check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NoAnswer("too_large") from error
    except subprocess.CalledProcessError as error:  # killed by the system: it ate all its memory or time
        raise NoAnswer("too_large" if error.returncode < 0 else "unreadable") from error
    try:
        return _parted(done.stdout)
    except (ValueError, KeyError, TypeError) as error:  # a process that a file took over says anything
        raise NoAnswer("unreadable") from error


def _parted(said: bytes) -> Answer:
    head, _, body = said.partition(b"\n")
    answer = dict(json.loads(head))
    if reason := answer.get("refused"):
        raise NoAnswer(str(reason))
    files, place = [], 0
    for size in answer["sizes"]:
        files.append(body[place : place + size])
        place += size
    return answer, files


def serve(work: Callable[[bytes, dict[str, Any]], Answer], *, memory: int) -> None:
    """Do one job and end; the exit code is 0 even for a file that is refused, in so many words."""
    limit(memory)
    job = json.loads(sys.stdin.buffer.readline())
    answer, files = work(sys.stdin.buffer.read(), job)
    head = {**answer, "sizes": [len(file) for file in files]}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + b"".join(files))


def limit(memory: int) -> None:
    """So many bytes of addresses, little time, no files written; where a system has no such limit, the others hold."""
    limits = ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0))
    for kind, most in (*limits, (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
