"""Grant: an organization gets time on a plan."""

from datetime import datetime
from typing import Any

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.organizations.models import Organization
from loa.plans import queries
from loa.plans.models import Plan, Term
from loa.plans.rules import after_months


def grant(
    actor: Actor,
    organization: Organization,
    plan: Plan,
    *,
    key: str,
    starts_at: datetime | None = None,
    months: int | None = None,
    reason: str = "",
) -> Term:
    """Answers the term; the same key again answers the same one.

    Without `starts_at` (UTC) a higher plan than every one that runs begins now, beside what is left of them; the same
    one or a lower one begins when they end, so that nothing paid for is lost. `months` is the plan's unless given;
    `reason` is why, where nothing was paid.
    """
    with transaction.atomic():
        # Two payments of one organization at once would begin at the same moment.
        locked = Organization.objects.select_for_update(of=("self",)).select_related("portal").get(pk=organization.pk)
        found = Term.objects.select_related("plan").filter(key=key).first()
        if found is not None:
            return found
        start = starts_at or queries.first_free_moment(locked, plan)
        term = Term.objects.create(
            organization=locked, plan=plan, key=key, starts_at=start, allowance=plan.allowance,
            ends_at=after_months(start, plan.months if months is None else months, locked.portal.time_zone),
        )  # fmt: skip
        detail: dict[str, Any] = {"plan": plan.slug, "key": key, "starts_at": start, "ends_at": term.ends_at}
        if reason:
            detail["reason"] = reason
        record(actor, act="grant", subject=f"organization:{locked.pk}", detail=detail)
    return term
