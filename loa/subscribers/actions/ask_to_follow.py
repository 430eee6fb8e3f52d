"""Takes up a wish to follow an organization; nothing is sent but one mail asking for confirmation."""

from django.db import transaction

from loa.lib import clock
from loa.organizations.models import Organization
from loa.subscribers import emails, rules
from loa.subscribers.models import Consent, Following, State, Subscriber


def ask_to_follow(organization: Organization, *, email: str, language: str, frequency: str, text: str) -> Subscriber:
    """Write down the wish; `text` is what the reader agreed to, word for word.

    Who is a subscriber already keeps every choice: until the button in the mail is pressed, anybody may have asked.
    """
    now = clock.now()
    wanted = {
        "asked_at": now, "language": language, "frequency": rules.frequency_of(frequency), "is_general": False
    }  # fmt: skip
    with transaction.atomic():
        subscriber, _ = Subscriber.objects.select_related("portal").get_or_create(
            portal=organization.portal, email=email.strip().lower(), defaults=wanted
        )
        is_followed = Following.objects.filter(subscriber=subscriber, organization=organization).exists()
        if is_followed and subscriber.state == State.CONFIRMED:
            emails.preferences(subscriber)
            return subscriber
        Consent.objects.create(
            subscriber=subscriber, text=text, text_version=rules.TEXT_VERSION, method="ask_to_follow", at=now
        )
        emails.follow(subscriber, organization)
    return subscriber
