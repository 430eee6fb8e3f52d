"""Reply: put under a published text what somebody named in it says to it."""

from django.db import transaction

from loa.archive.actions import reply as archive
from loa.archive.models import Entry
from loa.audit.actions.record import Actor, record
from loa.lib import vietnamese


def reply(actor: Actor, entry: Entry, *, key: str, name: str, text: str) -> None:
    """Plain words, as they were sent; the same key a second time changes nothing."""
    with transaction.atomic():
        archive.reply(entry, key=key, name=vietnamese.kept(name), text=vietnamese.kept(text))
        record(actor, act="reply", subject=f"entry:{entry.public_id}", detail={"key": key})
