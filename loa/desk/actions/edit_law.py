"""Changes what the law wants of a portal: its licence line, who answers for it, the clock of reports, the telephone."""

from typing import Any

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.edge.actions.purge import purge
from loa.portals.models import Portal


def edit_law(actor: Actor, *, portal: Portal, fields: dict[str, Any]) -> None:
    """`fields`: licence, responsible, takedown_hours, calls_first; what was reported before keeps its clock."""
    with transaction.atomic():
        Portal.objects.filter(pk=portal.pk).update(**fields)
        record(actor, act="desk.edit_law", subject=f"portal:{portal.slug}", detail=fields)
        purge(["frame"])
