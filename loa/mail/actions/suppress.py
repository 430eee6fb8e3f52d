"""Stops news to an address, and lets it have news again."""

from django.db import transaction

from loa.audit.actions.record import SYSTEM, Actor, record
from loa.lib import clock
from loa.mail import rules
from loa.mail.models import Suppression


def suppress(address: str, *, reason: str, actor: Actor = SYSTEM) -> None:
    """Send no more news to this address, of which a keyed hash is kept; done twice, the first reason stands.

    Mail of accounts goes on: somebody who set a new password waits for it.
    """
    digest = rules.digest_of(address)
    with transaction.atomic():
        kept = {"reason": reason, "at": clock.now()}
        if Suppression.objects.get_or_create(digest=digest, defaults=kept)[1]:
            record(actor, act="mail.suppress", subject=f"address:{digest[:16]}", detail={"reason": reason})


def lift(actor: Actor, address: str) -> bool:
    """Let the address have news again; False: nothing kept it from that. What was settled as suppressed stays so."""
    digest = rules.digest_of(address)
    with transaction.atomic():
        was_suppressed = Suppression.objects.filter(digest=digest).delete()[0] > 0
        if was_suppressed:
            record(actor, act="mail.lift", subject=f"address:{digest[:16]}")
    return was_suppressed
