"""Add credits: single releases that never expire."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.organizations.models import Organization
from loa.plans.models import Credit


def add_credits(actor: Actor, organization: Organization, count: int, *, key: str, reason: str = "") -> Credit:
    """Answers the row; the same key again answers the same one. Raises ValueError for fewer than one."""
    if count < 1:
        raise ValueError(f"not a number of credits: {count}")
    with transaction.atomic():
        fields = {"organization": organization, "count": count, "reason": reason}
        credit, is_new = Credit.objects.get_or_create(key=key, defaults=fields)
        if is_new:
            detail = {"count": count, "key": key, "reason": reason}
            record(actor, act="add_credits", subject=f"organization:{organization.pk}", detail=detail)
    return credit
