"""What every provider has in common: what it is handed, what it answers, and how a signature is checked."""

import hashlib
import hmac
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

WINDOW = 300  # seconds that a signed moment may differ from ours: an older message may be somebody's copy
MOST = 10**15  # whole units; nobody pays more for a press release
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")  # what banks' own clocks show


class Refused(Exception):
    """The message is not from whom it says, or is too old."""


class Unreadable(Exception):
    """The message is signed, and says nothing this provider can say."""


@dataclass(frozen=True)
class Incoming:
    """Money that came: to which account, under the bank's own reference, how much (whole units), with what words."""

    account: str
    transaction_id: str
    amount: int
    note: str
    at: datetime
    currency: str = "VND"
    raw: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Provider:
    """One provider: `verify` raises Refused, `read` answers what came in and raises Unreadable.

    Both get the headers (names in lower case) and the body as it came, to the byte; `verify` the secret and the
    moment too.
    """

    name: str
    verify: Callable[[Mapping[str, str], bytes, str, datetime], None]
    read: Callable[[bytes], list[Incoming]]


def is_same(given: str, expected: str) -> bool:
    """Whether two secrets are equal, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def check_signature(
    given: str, body: bytes, stamp: str, secret: str, now: datetime, *, algorithm: str = "sha256", unit: int = 1
) -> None:
    """HMAC in hexadecimal over "<stamp>.<body>", the stamp a moment in seconds since 1970 × `unit`. Raises Refused."""
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) < 20):
        raise Refused("no moment")
    expected = hmac.new(secret.encode(), stamp.encode() + b"." + body, getattr(hashlib, algorithm)).hexdigest()
    if not is_same(given.lower(), expected):
        raise Refused("the signature is another")
    if abs(now.timestamp() - int(stamp) / unit) > WINDOW:
        raise Refused("the moment is too far away")


def parsed(body: bytes) -> dict[str, Any]:
    """The body as a JSON object with finite numbers. Raises Unreadable."""
    try:
        found = json.loads(body, parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Unreadable("no JSON") from error
    if not isinstance(found, dict):
        raise Unreadable("no JSON object")
    return found


def _finite(written: str) -> float:
    value = float(written)
    if not math.isfinite(value):
        raise ValueError(written)
    return value


def whole(value: object) -> int:
    """A number of JSON as whole units. Raises Unreadable for parts of one, and for what is no amount of money."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= MOST:
        raise Unreadable("no whole amount")
    return value


def named(value: object, most: int) -> str:
    """An account or a reference, as it is. Raises Unreadable for none, and for one we could keep only a part of."""
    said = str(value if isinstance(value, str | int) else "").strip()
    if not 0 < len(said) <= most or not said.isprintable():
        raise Unreadable("a transfer needs its account and reference")
    return said


def local(written: object) -> datetime:
    """A day and hour as Vietnamese banks write them, in UTC. Raises Unreadable."""
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError as error:
        raise Unreadable("no moment") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(UTC)
