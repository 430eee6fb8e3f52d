"""Reply: what somebody named in an entry says to it, under its text."""

from django.db import transaction

from loa.archive.models import Entry
from loa.edge.actions.purge import purge
from loa.lib import clock


def reply(entry: Entry, *, key: str, name: str, text: str) -> None:
    """Added to what others said; the same key a second time changes nothing."""
    with transaction.atomic():
        locked = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        if any(one["key"] == key for one in locked.replies):
            return
        said = {"key": key, "name": name, "text": text, "at": clock.now().isoformat()}
        Entry.objects.filter(pk=entry.pk).update(replies=[*locked.replies, said])
        purge([f"entry:{entry.public_id}"])
