"""Takes up a journalist's wish for the press list; nothing happens before the button in the mail is pressed."""

from dataclasses import dataclass

from django.db import transaction

from loa.lib import clock
from loa.portals.models import Portal
from loa.subscribers import rules
from loa.subscribers.actions.sign_up import sign_up
from loa.subscribers.models import Journalist
from loa.subscribers.rules import Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What a journalist says of themselves."""

    name: str
    outlet: str
    proof: str
    topics: str
    language: str


def apply_for_press(portal: Portal, *, email: str, application: Application, text: str) -> None:
    """Note it, and ask the owner of the address whether it was them; who waits or is admitted changes nothing."""
    wish = Wish(rules.PRESS, rules.frequency_of(""), application.language)
    with transaction.atomic():
        subscriber = sign_up(portal, email=email, language=application.language, wishes=[wish], text=text)
        said = {name: getattr(application, name) for name in ("name", "outlet", "proof", "topics", "language")}
        states = Journalist.State
        row, is_new = Journalist.objects.get_or_create(
            subscriber=subscriber, defaults={**said, "asked_at": clock.now(), "state": states.ASKED}
        )
        if not is_new and row.state in (states.ASKED, states.REFUSED, states.REMOVED):
            Journalist.objects.filter(pk=row.pk).update(**said, asked_at=clock.now(), state=states.ASKED)
