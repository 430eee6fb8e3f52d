"""Confirms wishes; from now on their news may be sent."""

from collections.abc import Collection, Iterable

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.mail.actions.suppress import lift
from loa.subscribers import queries, rules
from loa.subscribers.errors import TooManySearches
from loa.subscribers.models import Consent, Forgotten, Journalist, State, Subscriber, Subscription
from loa.subscribers.rules import Wish
from loa.subscribers.rules.searches import MOST


def confirm(subscriber: Subscriber, wishes: Collection[Wish], *, text: str) -> None:
    """Mark the address as its owner's, and these wishes alone as theirs; done twice, nothing changes.

    Who has a wish already keeps its frequency and language. Raises TooManySearches.
    """
    now = clock.now()
    with transaction.atomic():
        locked = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
        was_new = locked.state != State.CONFIRMED
        if was_new:
            locked.state, locked.confirmed_at, locked.left_at = State.CONFIRMED, now, None
            locked.save(update_fields=["state", "confirmed_at", "left_at"])
            Forgotten.objects.filter(portal=locked.portal_id, digest=queries.digest_of(locked.email)).delete()
        has = set(Subscription.objects.filter(subscriber=locked).values_list("key", flat=True))
        keys = {wish.key for wish in wishes} - has
        new = [wish for wish in wishes if wish.key in keys - {rules.PRESS}]
        searches = sum(rules.kind_of(wish.key) == rules.SEARCH for wish in new)
        if searches and queries.count_searches(locked) + searches > MOST:
            raise TooManySearches
        waits = rules.PRESS in keys and _let_wait(locked)
        if not (was_new or new or waits):
            return
        begin(locked, new, text=text, method="confirm")
        # The audit holds the id alone: an address must be erasable.
        actor = Actor(f"subscriber:{locked.public_id}", "subscriber")
        lift(actor, locked.email)  # the button was in a mail that arrived, and its owner wants more
        record(actor, act="confirm", subject=f"subscriber:{locked.public_id}", detail={"lists": [w.key for w in new]})
    subscriber.refresh_from_db()


def _let_wait(subscriber: Subscriber) -> bool:
    """A journalist is nobody's reader yet: an operator looks before they are on the press list."""
    asked = Journalist.objects.filter(subscriber=subscriber, state=Journalist.State.ASKED)
    return asked.update(state=Journalist.State.WAITING) == 1


def begin(subscriber: Subscriber, wishes: Iterable[Wish], *, text: str, method: str) -> None:
    """Make the rows of new wishes, each with its consent; inside the caller's transaction."""
    now, new = clock.now(), list(wishes)
    Subscription.objects.bulk_create(
        [
            Subscription(subscriber=subscriber, key=one.key, frequency=one.frequency, language=one.language, since=now)
            for one in new
        ],
        ignore_conflicts=True,
    )
    Consent.objects.bulk_create(
        Consent(
            subscriber=subscriber,
            key=one.key,
            frequency=one.frequency,
            text=text,
            text_version=rules.TEXT_VERSION,
            method=method,
            at=now,
        )
        for one in new
    )
