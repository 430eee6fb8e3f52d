"""Changes what a subscriber hears about, how often and in which language."""

from collections.abc import Collection, Iterable, Mapping

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.mail.actions.cancel import cancel, cancel_one
from loa.subscribers import queries, rules
from loa.subscribers.actions.confirm import begin
from loa.subscribers.models import Consent, FollowedSearch, State, Subscriber, Subscription
from loa.subscribers.rules import Wish


def change(
    subscriber: Subscriber,
    wishes: Collection[Wish],
    *,
    language: str,
    texts: Mapping[str, str],
    method: str = "preferences",
) -> None:
    """Let these be all of the subscriber's wishes; `texts` has what was agreed to for each key that may be new.

    Done twice, nothing changes. What waits to leave because of a wish that is gone is built again without it.
    """
    with transaction.atomic():
        locked = Subscriber.objects.select_for_update().select_related("portal").get(pk=subscriber.pk)
        before = queries.wishes_of(locked)
        new, gone = rules.changed(before, wishes)
        if not (new or gone) and (locked.state, locked.language) == (State.CONFIRMED, language):
            return
        locked.language, locked.state, locked.left_at = language, State.CONFIRMED, None
        locked.save(update_fields=["language", "state", "left_at"])
        drop(locked, gone, method=method)
        for wish in new:
            rows = Subscription.objects.filter(subscriber=locked, key=wish.key)
            if not rows.update(frequency=wish.frequency, language=wish.language):
                begin(locked, [wish], text=texts.get(wish.key, ""), method=method)
        actor = Actor(f"subscriber:{locked.public_id}", "subscriber")
        record(actor, act="change", subject=f"subscriber:{locked.public_id}")
    subscriber.refresh_from_db()


def drop(subscriber: Subscriber, keys: Iterable[str], *, method: str) -> None:
    """End these wishes, note it, and call back what waits because of them; inside the caller's transaction."""
    gone = list(keys)
    Subscription.objects.filter(subscriber=subscriber, key__in=gone).delete()
    for key in gone:
        cancel(queries.about(subscriber, key))
        cancel_one(f"subscriber:{subscriber.public_id}", about=f"list:{key}")  # an issue goes to a whole list
    now = clock.now()
    searches = [rules.target_of(key) for key in gone if rules.kind_of(key) == rules.SEARCH]
    FollowedSearch.objects.filter(portal=subscriber.portal_id, digest__in=searches).update(asked_at=now)
    Consent.objects.bulk_create(
        Consent(
            subscriber=subscriber, key=key, text="", text_version=rules.TEXT_VERSION, method=f"{method}:leave", at=now
        )
        for key in gone
    )
