"""Erases everything about an address, but for a hash that keeps it from coming back by itself."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.mail.actions.erase import erase as erase_mail
from loa.subscribers import queries
from loa.subscribers.models import Advertised, Forgotten, Subscriber


def erase(subscriber: Subscriber, *, actor: Actor | None = None) -> None:
    """Remove the address with its wishes, consents, newsletters and mails; only its owner can bring it back.

    Without an actor it was its owner. The audit keeps the random id alone, which then leads to nobody.
    """
    subject = f"subscriber:{subscriber.public_id}"
    digest = queries.digest_of(subscriber.email)
    with transaction.atomic():
        cancelled_by = queries.all_about(subscriber)
        if not Subscriber.objects.filter(pk=subscriber.pk).delete()[0]:
            return
        erase_mail(cancelled_by)
        Advertised.objects.filter(digest=digest).delete()
        Forgotten.objects.get_or_create(portal_id=subscriber.portal_id, digest=digest, defaults={"at": clock.now()})
        record(actor or Actor(subject, "subscriber"), act="erase", subject=subject)
