"""Edit a plan: what is offered from a moment on is a new row; the one before keeps what it said until then."""

from datetime import datetime
from typing import Any

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.edge.actions.purge import purge
from loa.lib import clock
from loa.organizations.models import Organization
from loa.plans.models import Plan
from loa.portals.models import Portal

FIELDS = (
    "kind", "name_vi", "name_en", "price", "currency", "months", "allowance", "included_vi", "included_en", "audience",
    "is_offered", "position",
)  # fmt: skip


def edit_plan(
    actor: Actor,
    *,
    portal: Portal,
    slug: str,
    fields: dict[str, Any],
    organization: Organization | None = None,
    valid_from: datetime | None = None,
) -> Plan:
    """Answers the row in force from `valid_from` (UTC; now, unless it is later); the same again changes nothing.

    A change announced for later takes the place of another one that has not come yet.
    """
    now = clock.now()
    start = max(valid_from or now, now)
    with transaction.atomic():
        # Two editors at once would both end the same row.
        Portal.objects.select_for_update().get(pk=portal.pk)
        rows = Plan.objects.filter(portal=portal, slug=slug)
        wanted = {name: fields[name] for name in FIELDS if name in fields}
        last = rows.filter(valid_until=None).first()
        if last is not None and _says(last, wanted, start):
            return last
        rows.filter(valid_from__gt=now).delete()  # nobody can have bought what was not offered yet
        before = rows.order_by("-valid_from").first()
        if before is not None:
            before.valid_until = start
            before.save(update_fields=["valid_until"])
        plan = Plan.objects.create(portal=portal, slug=slug, organization=organization, valid_from=start, **wanted)
        purge(["page:pricing"])
        record(actor, act="edit_plan", subject=f"plan:{portal.slug}:{slug}", detail={**wanted, "valid_from": start})
    return plan


def _says(row: Plan, wanted: dict[str, Any], start: datetime) -> bool:
    return row.valid_from <= start and all(getattr(row, name) == value for name, value in wanted.items())
