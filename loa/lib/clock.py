"""The one clock: every moment Loa writes down is asked for here, in UTC."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_RFC3339 = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:)(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def parse_rfc3339(value: str) -> datetime:
    """The moment of an RFC 3339 date-time (section 5.6), in UTC.

    Raises ValueError for anything else, a moment without an offset included. A leap
    second, which Python cannot hold, is read as the second after it.
    """
    match = _RFC3339.fullmatch(value.strip())
    if match is None:
        raise ValueError(f"not an RFC 3339 date-time: {value[:40]!r}")
    day, clock, seconds, fraction, offset = match.groups()
    is_leap = seconds == "60"
    moment = datetime.fromisoformat(
        f"{day}T{clock}{'59' if is_leap else seconds}{(fraction or '')[:7]}{offset.upper()}"
    )
    try:
        return (moment + timedelta(seconds=is_leap)).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"outside the years 1 to 9999: {value[:40]!r}") from error


class NoSuchTimeError(ValueError):
    """Clocks were put forward over this time of that day."""


class TwiceError(ValueError):
    """Clocks were put back: this time came twice that day."""


def in_zone(local: datetime, zone: str) -> datetime:
    """The moment that a clock on a wall of a zone shows. Raises NoSuchTimeError and TwiceError."""
    first, second = (local.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    if first.astimezone(UTC).astimezone(first.tzinfo).replace(tzinfo=None) != local:
        raise NoSuchTimeError(local)
    raise TwiceError(local)
