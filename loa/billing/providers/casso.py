"""Casso, which reads the accounts of Vietnamese banks, by its webhook with a key in the header `Secure-Token`.

The key says nothing about the body; what protects against a copy is that a transfer is taken in once.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from loa.billing.providers.reading import Incoming, Provider, Refused, Unreadable, is_same, local, named, parsed, whole


def verify(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> None:
    """Raises Refused."""
    if not is_same(headers.get("secure-token", ""), secret):
        raise Refused("the key is another")


def read(body: bytes) -> list[Incoming]:
    """Every transfer told; an amount below zero went out. Raises Unreadable."""
    rows = parsed(body).get("data")
    if not isinstance(rows, list):
        raise Unreadable("no data")
    return [_one(row) for row in rows if isinstance(row, dict) and whole(row.get("amount")) > 0]


def _one(row: dict[str, Any]) -> Incoming:
    reference = row.get("tid") or f"casso-{named(row.get('id'), 40)}"
    account = row.get("bank_sub_acc_id") or row.get("subAccId")
    return Incoming(
        account=named(account, 34), transaction_id=named(reference, 100), amount=whole(row.get("amount")),
        note=str(row.get("description") or ""), at=local(row.get("when")), raw=row,
    )  # fmt: skip


CASSO = Provider("casso", verify, read)
