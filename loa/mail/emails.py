"""Turns a row into a mail of the Internet (RFC 5322)."""

from loa.mail import splice
from loa.mail.models import Copy, Message


def name_of(row: Message | Copy) -> str:
    """The left side of the Message-ID: the row's own, so that a second try is known as the same mail."""
    return row.public_id if isinstance(row, Message) else splice.message_id(row.mailing.public_id, row.key)


def build(row: Message | Copy) -> tuple[str, bytes]:
    """Return the envelope's sender and the mail. Raises BadHeader."""
    values = {"to": row.to, "message_id": name_of(row)}
    if isinstance(row, Message):
        compiled = splice.compile_message(row)
    else:
        compiled, values = splice.compile_mailing(row.mailing), {**row.slots, **values}
    return compiled.sender, compiled.fill(values)
