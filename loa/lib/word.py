"""Texts people bring (Word, Markdown, plain text): read in a limited process (`word_reader`), cleaned here."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from loa.lib import html, vietnamese

MOST_BYTES = 20_000_000
LONGEST_BODY = 300_000  # characters of markup; what is longer takes the cleaner too long
SECONDS = 30  # by the clock, for a busy machine; the process has 20 of the processor
AT_ONCE = 2
ROOT = Path(__file__).resolve().parents[2]
FORMS = {".docx": "docx", ".docm": "docx", ".dotx": "docx", ".md": "md", ".markdown": "md", ".txt": "txt"}
_turns = threading.BoundedSemaphore(AT_ONCE)
_TEXTS = ("headline", "subtitle", "dateline", "lead", "contact", "boilerplate")


class NotAText(Exception):
    """Nothing is read, and `reason` says why.

    too_large, too_long, old (Word before 2007, or a password), locked, unreadable, busy, unknown (a form not read).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What was understood of a file.

    quotes {text, name, role, is_placed: a line "[trích 1]" stands for it in the body} · people {name, role} ·
    images {src, alt, caption, credit}, `src` as it stands in the body · reported {what, count} of what was taken out.
    """

    headline: str
    subtitle: str
    dateline: str
    lead: str
    body_html: str
    quotes: list[dict[str, Any]]
    people: list[dict[str, str]]
    images: list[dict[str, str]]
    contact: str
    boilerplate: str
    reported: list[dict[str, Any]]
    pictures: tuple[bytes, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Everything but the pictures themselves."""
        return {name: value for name, value in asdict(self).items() if name != "pictures"}


def form_of(name: str) -> str:
    """What a file is by its name. Raises NotAText."""
    end = Path(name.lower()).suffix
    if end in (".doc", ".dot"):
        raise NotAText("old")
    if end not in FORMS:
        raise NotAText("unknown")
    return FORMS[end]


def read(data: bytes, form: str) -> Brought:
    """What a file says; `form` is docx, md or txt. Raises NotAText."""
    if len(data) > MOST_BYTES:
        raise NotAText("too_large")
    if not _turns.acquire(timeout=SECONDS):
        raise NotAText("busy")
    try:
        answer, pictures = _ask({"form": form}, data)
    finally:
        _turns.release()
    try:
        return _brought(answer, pictures)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotAText("unreadable") from error


def _ask(job: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """One job for one process that knows no secret of ours: its environment is empty but for where Python finds us."""
    environment = {"PYTHONPATH": str(ROOT), "MALLOC_ARENA_MAX": "1", "PATH": os.defpath}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "loa.lib.word_reader"], input=json.dumps(job).encode() + b"\n" + data,
            env=environment, capture_output=True, timeout=SECONDS, check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotAText("too_large") from error
    except subprocess.CalledProcessError as error:  # killed by the system: it ate all its memory or time
        raise NotAText("too_large" if error.returncode < 0 else "unreadable") from error
    try:
        return _parted(done.stdout)
    except (ValueError, KeyError, TypeError) as error:  # a process that a file took over says anything
        raise NotAText("unreadable") from error


def _parted(said: bytes) -> tuple[dict[str, Any], list[bytes]]:
    head, _, body = said.partition(b"\n")
    answer = dict(json.loads(head))
    if reason := answer.get("refused"):
        raise NotAText(str(reason))
    pictures, place = [], 0
    for size in answer["sizes"]:
        pictures.append(body[place : place + size])
        place += size
    return answer, pictures


def _brought(answer: dict[str, Any], pictures: list[bytes]) -> Brought:
    if len(str(answer["body_html"])) > LONGEST_BODY:
        raise NotAText("too_long")
    lists = {name: answer[name] for name in ("quotes", "people", "images")}
    rows: dict[str, Any] = json.loads(vietnamese.kept(json.dumps(lists, ensure_ascii=False)))
    texts: dict[str, Any] = {name: vietnamese.kept(str(answer[name])).strip() for name in _TEXTS}
    return Brought(
        **texts, **rows, body_html=html.clean(str(answer["body_html"])), pictures=tuple(pictures),
        reported=[{"what": str(one["what"]), "count": int(one["count"])} for one in answer["reported"]],
    )  # fmt: skip
