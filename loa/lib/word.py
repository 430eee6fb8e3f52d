"""Texts people bring (Word, Markdown, plain text): read in a limited process (`word_reader`), cleaned here."""

import json
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from loa.lib import html, limited, vietnamese

MOST_BYTES = 20_000_000
LONGEST_BODY = 300_000  # characters of markup; what is longer takes the cleaner too long
SECONDS = 30  # by the clock, for a busy machine; the process has 20 of the processor
AT_ONCE = 2
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
        answer, pictures = limited.ask("loa.lib.word_reader", {"form": form}, data, seconds=SECONDS)
    except limited.NoAnswer as error:
        raise NotAText(error.reason) from error
    finally:
        _turns.release()
    try:
        return _brought(answer, pictures)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotAText("unreadable") from error


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
