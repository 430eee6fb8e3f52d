"""Take back: what was granted under a key is no longer there, as after a refund."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from loa.audit.actions.record import Actor, record
from loa.lib import clock
from loa.organizations.models import Organization
from loa.plans import queries
from loa.plans.models import Credit, Term
from loa.plans.rules import after_months, months_between


def take_back(actor: Actor, key: str) -> None:
    """What is not spent goes; what was spent stays published. A second time, or an unknown key, changes nothing.

    Terms that were to begin when it ended begin that much sooner, so that nobody waits for what is paid already.
    """
    now = clock.now()
    with transaction.atomic():
        for row in _granted(key):
            ended = row.ends_at if isinstance(row, Term) else now
            unspent = _shrink(row, now)
            row.taken_back_at = now
            row.save()
            moved = _move_up(row.organization, ended) if ended > now else []
            detail = {"key": key, "unspent": unspent, "moved": moved}
            record(actor, act="take_back", subject=f"organization:{row.organization_id}", detail=detail)


def _granted(key: str) -> list[Term | Credit]:
    """The rows under a key, locked; their organization first, as where terms are granted."""
    named = Q(pk__in=Term.objects.filter(key=key).values("organization"))
    named |= Q(pk__in=Credit.objects.filter(key=key).values("organization"))
    list(Organization.objects.select_for_update().filter(named))
    terms = Term.objects.select_for_update(of=("self",)).select_related("organization__portal")
    singles = Credit.objects.select_for_update().filter(key=key, taken_back_at=None)
    return [*terms.filter(key=key, taken_back_at=None), *singles]


def _shrink(row: Term | Credit, now: datetime) -> int | None:
    """Leaves what is spent; answers what went (None: as many as they liked)."""
    if isinstance(row, Credit):
        unspent = row.count - row.spent
        row.count = row.spent
        return unspent
    left, row.allowance = row.left, row.spent
    row.ends_at = max(row.starts_at, min(row.ends_at, now))
    return left


def _move_up(organization: Organization, ended: datetime) -> list[str]:
    """Each keeps its months, and those behind it follow; answers their keys."""
    zone, moved = organization.portal.time_zone, []
    for term in queries.paid_terms(organization).filter(starts_at=ended):
        start, end = term.starts_at, term.ends_at
        term.starts_at = queries.first_free_moment(organization, term.plan, before=start)
        term.ends_at = after_months(term.starts_at, months_between(start, end, zone), zone)
        term.save(update_fields=["starts_at", "ends_at"])
        moved += [term.key, *_move_up(organization, end)]
    return moved
