"""Says that a mailing has all its recipients."""

from django.db import transaction

from loa.jobs.wake import wake
from loa.mail.models import Copy, Mailing


def seal(mailing: Mailing) -> None:
    """Fix how many are expected; done twice, the first count stands."""
    with transaction.atomic():
        held = Mailing.objects.select_for_update().get(pk=mailing.pk)
        if held.state == Mailing.State.OPEN:
            held.state = Mailing.State.SEALED
            held.expected = Copy.objects.filter(mailing=held).count()
            held.save(update_fields=["state", "expected"])
        transaction.on_commit(wake)
    mailing.refresh_from_db()
