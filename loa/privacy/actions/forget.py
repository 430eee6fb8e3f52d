"""Forget: what nobody confirmed goes after a week, and who asked what half a year after the end."""

from django.db import transaction

from loa.lib import clock
from loa.mail.actions.erase import erase
from loa.privacy.emails import key_of
from loa.privacy.models import DataRequest, Step
from loa.privacy.rules import KEPT, UNCONFIRMED

AT_ONCE = 200


def forget() -> int:
    """How many went. Of a closed one the kind, the dates and the outcome stay, for they tell of nobody."""
    now, gone = clock.now(), 0
    unconfirmed = DataRequest.objects.filter(received_at=None, asked_at__lt=now - UNCONFIRMED)
    old = DataRequest.objects.filter(closed_at__lt=now - KEPT, forgotten_at=None)
    for row in [*unconfirmed[:AT_ONCE], *old[:AT_ONCE]]:
        with transaction.atomic():
            erase([key_of(row)])
            Step.objects.filter(request=row).delete()
            if row.received_at is None:
                row.delete()
            else:
                DataRequest.objects.filter(pk=row.pk).update(name="", email="", said="", forgotten_at=now)
        gone += 1
    return gone
