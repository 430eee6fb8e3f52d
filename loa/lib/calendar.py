"""Calendars as RFC 5545 writes them; small enough that a package would bring more than it saves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

TYPE = "text/calendar; charset=utf-8"
_MOST_OCTETS = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event; `uid` never changes, `sequence` grows with each change, so that calendars know it again."""

    uid: str
    sequence: int
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime | None = None
    summary: str = ""
    description: str = ""
    location: str = ""
    url: str = ""
    is_cancelled: bool = False


def write(events: Iterable[Event], *, name: str = "") -> bytes:
    """A calendar of events; with a name it is one that people subscribe to, asked for again each hour."""
    named = [f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Loa//Loa//VI", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [*(named if name else []), *(line for event in events for line in _event(event)), "END:VCALENDAR"]
    return b"".join(_folded(line) for line in lines)


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{_moment(event.stamped_at)}"
    yield f"LAST-MODIFIED:{_moment(event.stamped_at)}"
    # Moments in UTC: every calendar shows them on its owner's clock, and no table of zones has to come along.
    yield f"DTSTART:{_moment(event.starts_at)}"
    if event.ends_at is not None and event.ends_at > event.starts_at:
        yield f"DTEND:{_moment(event.ends_at)}"
    for label, text in (
        ("SUMMARY", event.summary),
        ("DESCRIPTION", event.description),
        ("LOCATION", event.location),
    ):
        if text:
            yield f"{label}:{_text(text)}"
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    kept = "".join(one for one in escaped.replace("\r\n", "\n") if one == "\n" or one >= " ")
    return kept.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A content line in pieces of at most 75 octets, never cut within a letter; what follows begins with a space."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > _MOST_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
