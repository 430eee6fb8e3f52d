"""Takes up a wish to be told; nothing is sent but one mail asking for confirmation."""

from collections.abc import Collection

from django.db import transaction

from loa.lib import clock
from loa.portals.models import Portal
from loa.subscribers import emails, queries, rules
from loa.subscribers.models import Consent, FollowedSearch, State, Subscriber
from loa.subscribers.rules import Wish
from loa.subscribers.rules.searches import digest_of


def sign_up(
    portal: Portal, *, email: str, language: str, wishes: Collection[Wish], text: str, search: str = ""
) -> Subscriber:  # fmt: skip
    """Note who asked; `text` is what the reader agreed to, word for word. The wishes travel in the mail's link alone.

    `search` is the address of the search that is to be followed, if it is one.

    Anybody may have typed the address: until the button in the mail is pressed, nobody's choices change. Who has all
    of it already gets a mail with the way to change it.
    """
    now = clock.now()
    with transaction.atomic():
        subscriber, is_new = Subscriber.objects.select_related("portal").get_or_create(
            portal=portal, email=email.strip().lower(), defaults={"asked_at": now, "language": language}
        )
        if subscriber.state == State.UNCONFIRMED and not is_new:
            subscriber.asked_at, subscriber.language = now, language
            subscriber.save(update_fields=["asked_at", "language"])
        has = {wish.key for wish in queries.wishes_of(subscriber)} if subscriber.state == State.CONFIRMED else set()
        asked = [wish for wish in wishes if wish.key not in has]
        if search:
            FollowedSearch.objects.update_or_create(
                portal=portal, digest=digest_of(search), defaults={"address": search, "asked_at": now}
            )
        if not asked:
            emails.preferences(subscriber)
            return subscriber
        Consent.objects.bulk_create(
            Consent(
                subscriber=subscriber,
                key=wish.key,
                frequency=wish.frequency,
                text=text,
                text_version=rules.TEXT_VERSION,
                method="sign_up",
                at=now,
            )
            for wish in asked
        )
        emails.confirm(subscriber, asked)
    return subscriber
