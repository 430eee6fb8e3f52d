"""Admits a journalist to the press list, refuses, or removes them from it; they are told by mail."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.subscribers import emails, rules
from loa.subscribers.actions.change import drop
from loa.subscribers.actions.confirm import begin
from loa.subscribers.errors import WrongState
from loa.subscribers.models import Journalist, State
from loa.subscribers.rules import Wish

STATES = Journalist.State
MAY_FOLLOW = {
    STATES.ADMITTED: {STATES.WAITING, STATES.REFUSED, STATES.REMOVED},
    STATES.REFUSED: {STATES.WAITING},
    STATES.REMOVED: {STATES.ADMITTED},
}


def decide_on_press(actor: Actor, journalist: Journalist, *, state: str, note: str) -> None:
    """Move to admitted, refused or removed; `note` is told to them. Raises WrongState where it was decided meanwhile.

    Only a proven address that has not left may be admitted.
    """
    with transaction.atomic():
        rows = Journalist.objects.select_for_update(of=("self",)).select_related("subscriber__portal")
        held = rows.get(pk=journalist.pk)
        if held.state not in MAY_FOLLOW[STATES(state)]:
            raise WrongState
        if state == STATES.ADMITTED and held.subscriber.state != State.CONFIRMED:
            raise WrongState
        held.state, held.note = state, note
        held.decided_at, held.decided_by = clock.now(), actor.label[:200]
        held.save()
        if state == STATES.ADMITTED:
            wish = Wish(rules.PRESS, rules.frequency_of(""), held.language)
            begin(held.subscriber, [wish], text=held.proof, method="admit")
            emails.admitted(held)
        else:
            if state == STATES.REMOVED:
                drop(held.subscriber, [rules.PRESS], method="removed")
            emails.turned_away(held)
        subject = f"subscriber:{held.subscriber.public_id}"
        record(actor, act="decide_on_press", subject=subject, detail={"state": state})
