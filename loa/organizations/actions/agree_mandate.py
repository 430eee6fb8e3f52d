"""Agree to a mandate: the side that was asked says yes."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.organizations import queries
from loa.organizations.errors import MandateGone, NotOwner, Suspended
from loa.organizations.models import Mandate, Organization


def agree_mandate(person: Person, organization: Organization, public_id: str) -> Mandate:
    """A second time changes nothing. Raises NotOwner, Suspended, MandateGone."""
    if not queries.is_owner(person, organization):
        raise NotOwner
    if queries.is_suspended(organization):
        raise Suspended
    with transaction.atomic():
        rows = Mandate.objects.select_for_update(of=("self",)).filter(ended_at=None, public_id=public_id)
        mandate = rows.select_related("client", "agency").first()
        if mandate is None or organization.pk not in (mandate.client_id, mandate.agency_id):
            raise MandateGone
        if mandate.is_agreed:
            return mandate
        if organization.pk == mandate.client_id:
            mandate.client_agreed_at = mandate.client_agreed_at or clock.now()
        else:
            mandate.agency_agreed_at = mandate.agency_agreed_at or clock.now()
        mandate.save()
        detail = {"agency": mandate.agency.slug, "is_agreed": mandate.is_agreed}
        record(actor(person), act="agree_mandate", subject=f"organization:{mandate.client_id}", detail=detail)
    return mandate
