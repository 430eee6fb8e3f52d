"""SePay, which reads the accounts of Vietnamese banks (https://developer.sepay.vn/en/sepay-webhooks).

Signed: `X-SePay-Signature: sha256=<hex>` over "<X-SePay-Timestamp>.<body>". Or by a key: `Authorization: Apikey <key>`,
which says nothing about the body; then what protects against a copy is that a transfer is taken in once.
"""

from collections.abc import Mapping
from datetime import datetime

from loa.billing.providers.reading import (
    Incoming,
    Provider,
    Refused,
    check_signature,
    is_same,
    local,
    named,
    parsed,
    whole,
)


def verify(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> None:
    """Raises Refused."""
    signature = headers.get("x-sepay-signature", "")
    if signature:
        check_signature(signature.removeprefix("sha256="), body, headers.get("x-sepay-timestamp", ""), secret, now)
        return
    kind, _, key = headers.get("authorization", "").partition(" ")
    if kind.lower() != "apikey" or not is_same(key.strip(), secret):
        raise Refused("neither a signature nor the key")


def read(body: bytes) -> list[Incoming]:
    """One transfer, or none when money went out. Raises Unreadable."""
    row = parsed(body)
    if row.get("transferType") != "in":
        return []
    # The bank's reference is what a statement shows too; SePay's own number stands in where a bank gives none.
    reference = row.get("referenceCode") or f"sepay-{named(row.get('id'), 40)}"
    return [
        Incoming(
            account=named(row.get("accountNumber"), 34), transaction_id=named(reference, 100),
            amount=whole(row.get("transferAmount")), note=str(row.get("content") or row.get("description") or ""),
            at=local(row.get("transactionDate")), raw=row,
        )
    ]  # fmt: skip


SEPAY = Provider("sepay", verify, read)
