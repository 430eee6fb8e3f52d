"""Confirm: somebody looked at what is written of a page; from then on it counts."""

from datetime import date

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.coverage.models import Clipping
from loa.lib import clock


def confirm(person: Person, row: Clipping, *, title: str, outlet: str, published_on: date | None) -> None:
    """Title and outlet as this person says; a second time corrects them and keeps the first moment."""
    said = {"title": title, "outlet": outlet, "published_on": published_on}
    with transaction.atomic():
        held = Clipping.objects.select_for_update().select_related("entry").get(pk=row.pk)
        if held.confirmed_at is not None and all(getattr(held, name) == value for name, value in said.items()):
            return
        Clipping.objects.filter(pk=row.pk).update(**said, confirmed_at=held.confirmed_at or clock.now())
        detail = {"url": held.url, "title": title, "outlet": outlet}
        record(actor(person), act="coverage.confirm", subject=f"entry:{held.entry.public_id}", detail=detail)
