"""Take back: what was granted under a key is no longer there, as after a refund."""

from datetime import datetime

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.plans.models import Credit, Term


def take_back(actor: Actor, key: str) -> None:
    """What is not spent goes; what was spent stays published. A second time, or an unknown key, changes nothing."""
    now = clock.now()
    with transaction.atomic():
        for row in _granted(key):
            unspent = _shrink(row, now)
            row.taken_back_at = now
            row.save()
            detail = {"key": key, "unspent": unspent}
            record(actor, act="take_back", subject=f"organization:{row.organization_id}", detail=detail)


def _granted(key: str) -> list[Term | Credit]:
    terms = Term.objects.select_for_update().filter(key=key, taken_back_at=None)
    singles = Credit.objects.select_for_update().filter(key=key, taken_back_at=None)
    return [*terms, *singles]


def _shrink(row: Term | Credit, now: datetime) -> int | None:
    """Leaves what is spent; answers what went (None: as many as they liked)."""
    if isinstance(row, Credit):
        unspent = row.count - row.spent
        row.count = row.spent
        return unspent
    left, row.allowance = row.left, row.spent
    row.ends_at = max(row.starts_at, min(row.ends_at, now))
    return left
