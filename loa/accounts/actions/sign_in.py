"""Notes that somebody signed in, and tells them where from when the browser is new."""

from datetime import timedelta

from django.db import transaction

from loa.accounts import emails
from loa.accounts.models import Person, SignIn
from loa.accounts.queries import actor
from loa.accounts.rules import LONGEST_AGENT
from loa.audit.actions.record import record
from loa.lib import clock, tokens
from loa.portals.models import Portal

KEPT = timedelta(days=400)  # as long as a browser keeps a cookie (RFC 6265bis)


def sign_in(
    person: Person, *, session_key: str, device: str, agent: str, portal: Portal | None, language: str
) -> SignIn:
    """The row of this session. `device` is the token this browser keeps; its digest alone is kept here.

    No mail is sent for the first browser there is: whoever signs up knows it.
    """
    with transaction.atomic():
        mine = SignIn.objects.filter(person=person)
        mine.filter(seen_at__lt=clock.now() - KEPT).delete()
        digest = tokens.digest(device.encode())
        is_first = not mine.exists()
        is_known = mine.filter(device_digest=digest, disowned_at=None).exists()
        row = SignIn.objects.create(
            person=person, session_key=session_key, device_digest=digest, agent=agent[:LONGEST_AGENT]
        )
        if portal is not None and not is_first and not is_known:
            emails.new_device(row, portal=portal, language=language)
        record(actor(person), act="sign_in", subject=f"person:{person.pk}", detail={"is_new_device": not is_known})
        return row
