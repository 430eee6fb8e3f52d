"""Suspend: stop an organization's acts; its entries stay, with a line that says so."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.edge.actions.purge import purge
from loa.lib import clock
from loa.organizations.models import Organization


def suspend(moderator: Person, organization: Organization, *, reason: str) -> None:
    """Twice keeps the first moment."""
    with transaction.atomic():
        Organization.objects.filter(pk=organization.pk, suspended_at=None).update(suspended_at=clock.now())
        subject = f"organization:{organization.pk}"
        record(actor(moderator), act="suspend", subject=subject, detail={"reason": reason})
        purge([f"org:{organization.pk}", "front"])


def reinstate(moderator: Person, organization: Organization) -> None:
    """Lets the organization act again."""
    with transaction.atomic():
        Organization.objects.filter(pk=organization.pk).update(suspended_at=None)
        record(actor(moderator), act="reinstate", subject=f"organization:{organization.pk}")
        purge([f"org:{organization.pk}", "front"])
