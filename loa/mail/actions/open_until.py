"""Says until when a mailing may leave."""

from datetime import datetime

from django.db import transaction

from loa.jobs.wake import wake
from loa.mail.models import Mailing


def open_until(mailing: Mailing, at: datetime) -> None:
    """Let it leave until this moment (UTC); the sender itself holds it from then on, whoever else is busy or dead."""
    with transaction.atomic():
        Mailing.objects.filter(pk=mailing.pk).update(closes_at=at)
        transaction.on_commit(wake)
