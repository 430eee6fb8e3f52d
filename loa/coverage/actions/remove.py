"""Remove: what was written down by mistake goes."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.coverage.models import Clipping


def remove(person: Person, row: Clipping) -> None:
    """It is listed and counted no more; twice does nothing more."""
    with transaction.atomic():
        gone, _by_table = Clipping.objects.filter(pk=row.pk).delete()
        if gone:
            subject, detail = f"entry:{row.entry.public_id}", {"url": row.url}
            record(actor(person), act="coverage.remove", subject=subject, detail=detail)
