"""Spend: one release goes out, and is counted once."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from loa.lib import clock
from loa.organizations.models import Organization
from loa.plans import queries
from loa.plans.errors import AllowanceSpent
from loa.plans.models import Credit, Spending, Term
from loa.plans.rules import month_of


def spend(organization: Organization, *, key: str, label: str, sender: Organization | None = None) -> Spending | None:
    """Inside the transaction of what is paid for; the same key again answers the same row and spends nothing.

    None where the portal has no plans. First the terms that were paid for, the one that ends first before the others;
    then the free month, which nobody loses by paying; then credits, since they alone never expire. Raises
    AllowanceSpent. Who wrote it down is in the record of the act that calls: a release is not spent without one.
    """
    if not queries.has_plans(organization.portal_id):
        return None
    now = clock.now()
    with transaction.atomic():
        found = Spending.objects.filter(key=key).first()
        if found is not None:
            return found
        term = _paid(organization, now) or _free(organization, now)
        credit = None if term else _credit(organization)
        if term is None and credit is None:
            raise AllowanceSpent(queries.standing(organization, now).renews_at)
        return Spending.objects.create(
            key=key, organization=organization, sender=sender or organization, term=term, credit=credit,
            label=label[:300], spent_at=now,
        )  # fmt: skip


def _paid(organization: Organization, now: datetime) -> Term | None:
    running = queries.paid_terms(organization).filter(starts_at__lte=now, ends_at__gt=now)
    return next((term for term in running if _take_from_term(term)), None)


def _free(organization: Organization, now: datetime) -> Term | None:
    plan = queries.free_plan(organization, now)
    if plan is None:
        return None
    first, last = month_of(now, organization.portal.time_zone)
    fields = {"organization": organization, "plan": plan, "starts_at": first, "ends_at": last}
    month, _is_new = Term.objects.get_or_create(
        key=queries.free_key(organization, first), defaults={**fields, "allowance": plan.allowance}
    )
    return month if _take_from_term(month) else None


def _take_from_term(term: Term) -> bool:
    """One statement, which waits for whoever is spending of the same term and then looks again what is left."""
    has_more = Q(allowance=None) | Q(spent__lt=F("allowance"))
    rows = Term.objects.filter(has_more, pk=term.pk, taken_back_at=None)
    return rows.update(spent=F("spent") + 1) == 1


def _credit(organization: Organization) -> Credit | None:
    for credit in Credit.objects.filter(organization=organization, spent__lt=F("count")).order_by("pk"):
        if Credit.objects.filter(pk=credit.pk, spent__lt=F("count")).update(spent=F("spent") + 1):
            return credit
    return None
