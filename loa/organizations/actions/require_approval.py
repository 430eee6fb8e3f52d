"""Require approval: an owner says that somebody other than its writer must approve whatever is sent."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.organizations import queries
from loa.organizations.errors import NotOwner, Suspended
from loa.organizations.models import Organization


def require_approval(person: Person, organization: Organization, *, is_required: bool) -> None:
    """From now on, or no longer. Twice does nothing more. Raises NotOwner, Suspended."""
    if not queries.is_owner(person, organization):
        raise NotOwner
    if queries.is_suspended(organization):
        raise Suspended
    with transaction.atomic():
        rows = Organization.objects.filter(pk=organization.pk, needs_approval=not is_required)
        if rows.update(needs_approval=is_required):
            detail = {"is_required": is_required}
            record(actor(person), act="require_approval", subject=f"organization:{organization.pk}", detail=detail)
