"""Confirm: it was the owner of the address who asked; from now on the clocks run."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.privacy import emails
from loa.privacy.models import DataRequest
from loa.privacy.rules import clocks

ASKER = Actor("asker", "who asked")


def confirm(request: DataRequest) -> DataRequest:
    """It is in the register, its owner has the dates, the operators hear of it; twice does nothing more."""
    now = clock.now()
    answer_by, act_by = clocks(now, request.portal.time_zone)
    with transaction.atomic():
        unconfirmed = DataRequest.objects.filter(pk=request.pk, received_at=None)
        is_first = unconfirmed.update(received_at=now, answer_by=answer_by, act_by=act_by)
        request.refresh_from_db()
        if is_first:
            emails.received(request)
            emails.tell_operators(request)
            record(ASKER, act="privacy.confirm", subject=f"data_request:{request.public_id}")
    return request
