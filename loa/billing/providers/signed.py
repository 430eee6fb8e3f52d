"""A transfer told by a program of the operator's own: JSON, signed with a shared secret.

`X-Loa-Timestamp` holds seconds since 1970, `X-Loa-Signature` is `sha256=` and HMAC-SHA256 in hexadecimal over
"<timestamp>.<body>". The body: `{"transfers": [{"account", "id", "amount", "note", "at"}]}`, amounts in whole units,
moments as RFC 3339, `currency` where it is not VND.
"""

from collections.abc import Mapping
from datetime import datetime

from loa.billing.providers.reading import Incoming, Provider, Refused, Unreadable, check_signature, named, parsed, whole
from loa.lib import clock


def verify(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> None:
    """Raises Refused."""
    kind, _, given = headers.get("x-loa-signature", "").partition("=")
    if kind != "sha256":
        raise Refused("no signature")
    check_signature(given, body, headers.get("x-loa-timestamp", ""), secret, now)


def read(body: bytes) -> list[Incoming]:
    """Every transfer told. Raises Unreadable."""
    rows = parsed(body).get("transfers")
    if not isinstance(rows, list):
        raise Unreadable("no transfers")
    return [_one(row) for row in rows]


def _one(row: object) -> Incoming:
    if not isinstance(row, dict):
        raise Unreadable("no transfer")
    try:
        at = clock.parse_rfc3339(str(row.get("at", "")))
    except ValueError as error:
        raise Unreadable("no moment") from error
    return Incoming(
        account=named(row.get("account"), 34), transaction_id=named(row.get("id"), 100),
        amount=whole(row.get("amount")), note=str(row.get("note", "")), at=at,
        currency=named(row.get("currency", "VND"), 3), raw=row,
    )  # fmt: skip


SIGNED = Provider("signed", verify, read)
