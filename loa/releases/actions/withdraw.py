"""Withdraw: take a published release from readers, leaving its statement."""

from django.db import transaction

from loa.accounts.errors import CoolingDown
from loa.accounts.queries import waits_until
from loa.archive.actions import withdraw as archive
from loa.audit.actions.record import Actor, record
from loa.media.actions.take_back import take_back
from loa.releases.actions.move import move
from loa.releases.errors import Suspended
from loa.releases.models import Release
from loa.releases.rules import is_suspended
from loa.releases.states import State


def withdraw(actor: Actor, release: Release, *, statement: str, is_by_moderator: bool = False) -> None:
    """Twice does nothing more. Raises WrongState before publication; Suspended, except for a moderator; CoolingDown."""
    if until := waits_until(actor):
        raise CoolingDown(until)
    with transaction.atomic():
        if Release.objects.filter(pk=release.pk, state=State.WITHDRAWN).exists():
            return
        locked = move(release, "withdraw")
        if is_suspended(locked) and not is_by_moderator:
            raise Suspended
        locked.save()
        record(actor, act="withdraw", subject=f"release:{locked.public_id}", detail={"statement": statement})
        if locked.entry is not None:
            archive.withdraw(locked.entry, statement=statement)
            take_back(key=f"entry:{locked.entry.public_id}")
