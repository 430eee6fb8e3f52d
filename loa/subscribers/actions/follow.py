"""Confirms that a reader follows an organization; from now on its news may be sent."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.organizations.models import Organization
from loa.subscribers import rules
from loa.subscribers.models import Consent, Following, State, Subscriber


def follow(subscriber: Subscriber, organization: Organization, *, text: str) -> None:
    """Follow, and mark the address as its owner's; done twice, nothing changes.

    It stands for this organization alone: the portal's news that somebody asked for there wait for their own button.
    """
    now = clock.now()
    with transaction.atomic():
        rows = Subscriber.objects.filter(pk=subscriber.pk).exclude(state=State.CONFIRMED)
        was_new = rows.update(state=State.CONFIRMED, is_general=False, confirmed_at=now, left_at=None)
        _, is_new = Following.objects.get_or_create(
            subscriber=subscriber, organization=organization, defaults={"since": now}
        )
        if not (was_new or is_new):
            return
        Consent.objects.create(
            subscriber=subscriber, text=text, text_version=rules.TEXT_VERSION, method="follow", at=now
        )
        actor = Actor(f"subscriber:{subscriber.public_id}", "subscriber")
        record(actor, act="follow", subject=f"organization:{organization.pk}")
    subscriber.refresh_from_db()
