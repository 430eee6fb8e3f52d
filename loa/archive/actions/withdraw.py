"""Withdraw: leave a tombstone with its statement where an entry was."""

from django.db import transaction

from loa.archive.actions.shelve import put_on_wire
from loa.archive.models import Entry, Notice, State
from loa.lib import clock
from loa.mail.actions.cancel import cancel


def withdraw(entry: Entry, *, statement: str) -> None:
    """Takes an entry from readers; mail about it that has not left is cancelled. Twice does nothing more."""
    with transaction.atomic():
        entry = Entry.objects.select_for_update().get(pk=entry.pk)
        if entry.state == State.WITHDRAWN or entry.current is None:
            return
        entry.state = State.WITHDRAWN
        entry.statement = statement
        entry.changed_at = clock.now()
        entry.save()
        cancel(f"entry:{entry.public_id}")
        put_on_wire(entry, entry.current, Notice.Kind.WITHDRAWN)
