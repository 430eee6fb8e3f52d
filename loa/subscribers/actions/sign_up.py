"""Takes up a wish to be told; nothing is sent but one mail asking for confirmation."""

from collections.abc import Iterable

from django.db import transaction

from loa.lib import clock
from loa.portals.models import Portal
from loa.subscribers import emails, rules
from loa.subscribers.models import Consent, State, Subscriber


def sign_up(
    portal: Portal, *, email: str, language: str, frequency: str, sections: Iterable[str], text: str
) -> Subscriber:
    """Add or take up again an address; `text` is what the reader agreed to, word for word.

    Someone else typing a confirmed address changes nothing: its owner gets a mail with the way to change it.
    """
    now = clock.now()
    with transaction.atomic():
        subscriber, _ = Subscriber.objects.select_related("portal").get_or_create(
            portal=portal, email=email.strip().lower(), defaults={"asked_at": now, "language": language}
        )
        if subscriber.state == State.CONFIRMED and subscriber.is_general:
            emails.preferences(subscriber)
            return subscriber
        if subscriber.state == State.CONFIRMED:  # follows organizations: their wishes stay until they press the button
            emails.confirm(subscriber)
            return subscriber
        subscriber.state = State.UNCONFIRMED
        subscriber.asked_at = now
        subscriber.language = language
        subscriber.frequency = rules.frequency_of(frequency)
        subscriber.sections = rules.sections_of(portal, sections)
        subscriber.save()
        Consent.objects.create(
            subscriber=subscriber, text=text, text_version=rules.TEXT_VERSION, method="sign_up", at=now
        )
        emails.confirm(subscriber)
    return subscriber
