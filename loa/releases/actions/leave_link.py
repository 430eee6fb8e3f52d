"""Leave a link: its sender knows what was found behind it, and leaves the text as it is."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.releases.models import PublicLink


def leave_link(person: Person, link: PublicLink) -> None:
    """It is listed no more until something else is found there; twice does nothing more."""
    with transaction.atomic():
        if PublicLink.objects.filter(pk=link.pk, is_left=False).update(is_left=True):
            subject = f"release:{link.release.public_id}"
            record(actor(person), act="leave_link", subject=subject, detail={"url": link.url})
