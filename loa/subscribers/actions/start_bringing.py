"""Lets the worker take addresses in that were brought from elsewhere, or throws the file away."""

from typing import Any

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.subscribers.errors import WrongState
from loa.subscribers.models import Bringing
from loa.subscribers.rules import tables


def start_bringing(actor: Actor, bringing: Bringing, *, choices: dict[str, Any]) -> None:
    """Begin with these columns and this list. Raises WrongState once it has begun."""
    with transaction.atomic():
        held = _held(bringing)
        held.choices = choices
        held.lines = sum(1 for _ in tables.rows(held.table)) - bool(choices["has_head"])
        held.state = Bringing.State.RUNNING
        held.save(update_fields=["choices", "lines", "state"])
        record(actor, act="start_bringing", subject=f"bringing:{held.public_id}", detail=choices)


def discard_bringing(actor: Actor, bringing: Bringing) -> None:
    """Forget the file; nobody was added. Raises WrongState once it has begun."""
    with transaction.atomic():
        held = _held(bringing)
        held.delete()
        record(actor, act="discard_bringing", subject=f"bringing:{bringing.public_id}", detail={"at": clock.now()})


def _held(bringing: Bringing) -> Bringing:
    found = Bringing.objects.select_for_update().filter(pk=bringing.pk, state=Bringing.State.CHOOSING).first()
    if found is None:
        raise WrongState
    return found
