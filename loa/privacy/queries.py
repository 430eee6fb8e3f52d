"""Reads of the register."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, Q, QuerySet, When

from loa.lib import clock
from loa.portals.models import Portal
from loa.privacy.models import DataRequest
from loa.privacy.rules import UNCONFIRMED


@dataclass(frozen=True)
class Standing:
    """How many are open, how many of these are late, and when the next thing is due (UTC)."""

    waiting: int
    late: int
    next_due: datetime | None


_NEXT = Case(When(answered_at=None, then=F("answer_by")), default=F("act_by"))  # of the two clocks


def waiting(portal: Portal) -> QuerySet[DataRequest]:
    """Confirmed and not closed, what is due first standing first."""
    return DataRequest.objects.filter(portal=portal, closed_at=None).exclude(received_at=None).order_by(_NEXT, "pk")


def closed(portal: Portal) -> QuerySet[DataRequest]:
    """Those that came to their end, the latest first."""
    return DataRequest.objects.filter(portal=portal).exclude(closed_at=None).order_by("-closed_at", "-pk")


def standing(portal: Portal) -> Standing:
    """The register in three figures."""
    now, rows = clock.now(), waiting(portal)
    is_late = Q(answered_at=None, answer_by__lt=now) | Q(act_by__lt=now)
    return Standing(rows.count(), rows.filter(is_late).count(), rows.values_list(_NEXT, flat=True).first())


def by_token(portal: Portal, token: str) -> DataRequest | None:
    """What a mailed link stands for; an old one that nobody confirmed stands for nothing."""
    is_good = Q(asked_at__gte=clock.now() - UNCONFIRMED) | Q(received_at__isnull=False)
    return DataRequest.objects.filter(is_good, portal=portal, token=token, forgotten_at=None).first()


def in_register(portal: Portal, public_id: str) -> DataRequest | None:
    """One of a portal's; what nobody confirmed is in no register."""
    return DataRequest.objects.filter(portal=portal, public_id=public_id).exclude(received_at=None).first()
