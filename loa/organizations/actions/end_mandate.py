"""End a mandate: an agency no longer writes for a client; either side says so, also before it was agreed."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.organizations import queries
from loa.organizations.errors import MandateGone, NotOwner
from loa.organizations.models import Mandate, Organization


def end_mandate(person: Person, organization: Organization, public_id: str) -> None:
    """What was published stays; drafts stay with the client. A second time changes nothing.

    Raises NotOwner, MandateGone where it is not this organization's.
    """
    if not queries.is_owner(person, organization):
        raise NotOwner
    with transaction.atomic():
        rows = Mandate.objects.select_for_update(of=("self",)).select_related("agency")
        mandate = rows.filter(public_id=public_id).first()
        if mandate is None or organization.pk not in (mandate.client_id, mandate.agency_id):
            raise MandateGone
        if mandate.ended_at is not None:
            return
        mandate.ended_at = clock.now()
        mandate.save()
        detail = {"agency": mandate.agency.slug}
        record(actor(person), act="end_mandate", subject=f"organization:{mandate.client_id}", detail=detail)
