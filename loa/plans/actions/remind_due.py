"""Remind: owners are told fourteen and three days before a plan ends, and on the day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from loa.lib import clock
from loa.plans import emails
from loa.plans.models import Kind, Term

DAYS = (0, 3, 14)  # before the end, in days of the portal's zone


def remind_due(at: datetime | None = None) -> int:
    """Queues what is due at a moment (UTC); the number of terms told of. A second time does nothing.

    Whoever cancelled or has paid for the time afterwards is left in peace. After a pause only the latest is told.
    """
    now = at or clock.now()
    ending = Term.objects.filter(ends_at__gt=now - timedelta(days=1), ends_at__lt=now + timedelta(days=DAYS[-1] + 1))
    ending = ending.filter(taken_back_at=None, cancelled_at=None).exclude(plan__kind=Kind.FREE)
    later = Term.objects.filter(organization=OuterRef("organization"), ends_at__gt=OuterRef("ends_at"))
    ending = ending.exclude(Exists(later.filter(taken_back_at=None).exclude(plan__kind=Kind.FREE)))
    return sum(_remind(term, now) for term in ending.select_related("plan", "organization__portal"))


def _remind(term: Term, now: datetime) -> bool:
    zone = ZoneInfo(term.organization.portal.time_zone)
    days = (term.ends_at.astimezone(zone).date() - now.astimezone(zone).date()).days
    stage = next((stage for stage in DAYS if 0 <= days <= stage), None)
    if stage is None or (term.reminded_days is not None and term.reminded_days <= stage):
        return False
    with transaction.atomic():
        unsaid = Term.objects.filter(Q(reminded_days=None) | Q(reminded_days__gt=stage), pk=term.pk)
        if not unsaid.update(reminded_days=stage):
            return False
        emails.remind(term, stage)
    return True
