"""Puts back what a sender does not have in hand, though its rows say so."""

from collections.abc import Collection

from loa.mail.actions.begin import MODELS
from loa.mail.models import IN_HAND, State


def release(owner: str, keep: Collection[tuple[str, int]]) -> int:
    """Let others take every row of this living sender but those it keeps; returns how many.

    Only the sender itself may ask: it knows that none of them was begun.
    """
    count = 0
    for kind, model in MODELS.items():
        kept = [key for of, key in keep if of == kind]
        rows = model._default_manager.filter(owner=owner, state__in=IN_HAND).exclude(pk__in=kept)
        count += rows.update(state=State.PENDING, owner="", lease_until=None)
    return count
