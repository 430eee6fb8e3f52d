"""Extend: what was asked takes longer, and the person is told the new date with the reason, before the old one."""

from datetime import date

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.privacy import emails, rules
from loa.privacy.errors import Closed, ExtendedBefore, NotLater
from loa.privacy.models import DataRequest, Step


def extend(person: Person, request: DataRequest, *, until: date, text: str) -> None:
    """Only once. Telling the date is an answer too. Raises Closed, ExtendedBefore, NotLater."""
    now = clock.now()
    with transaction.atomic():
        held = DataRequest.objects.select_for_update().get(pk=request.pk)
        if held.closed_at is not None:
            raise Closed
        if held.extended_at is not None:
            raise ExtendedBefore
        end = rules.later(held, until, now)
        if end is None:
            raise NotLater
        held.act_by, held.extended_at, held.answered_at = end, now, held.answered_at or now
        held.save(update_fields=["act_by", "extended_at", "answered_at"])
        step = Step.objects.create(request=held, kind=Step.Kind.EXTEND, text=text, person=person, at=now)
        emails.extend(held, step)
        subject, detail = f"data_request:{held.public_id}", {"until": until.isoformat()}
        record(actor(person), act="privacy.extend", subject=subject, detail=detail)
