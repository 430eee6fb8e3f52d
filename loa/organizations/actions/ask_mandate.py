"""Ask for a mandate: a client or an agency wishes that the agency writes for the client."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.organizations import emails, queries
from loa.organizations.errors import NotAnAgency, NotOwner, Suspended
from loa.organizations.models import Mandate, Organization


def ask_mandate(person: Person, *, client: Organization, agency: Organization, language: str = "") -> Mandate:
    """Asked from one side, it waits for the other; where the other has asked already, it is agreed.

    An owner of the asking side acts. Owners of the other are written to, in the language of the asking page.
    Raises NotOwner, NotAnAgency, Suspended.
    """
    own = [side for side in (client, agency) if queries.is_owner(person, side)]
    if not own:
        raise NotOwner
    if any(queries.is_suspended(side) for side in (client, agency)):
        raise Suspended
    if not agency.is_agency or agency.pk == client.pk or agency.portal_id != client.portal_id:
        raise NotAnAgency
    now = clock.now()
    with transaction.atomic():
        mandate, is_new = Mandate.objects.get_or_create(
            client=client, agency=agency, ended_at=None, defaults={"asked_at": now}
        )
        before = mandate.is_agreed
        if client in own:
            mandate.client_agreed_at = mandate.client_agreed_at or now
        if agency in own:
            mandate.agency_agreed_at = mandate.agency_agreed_at or now
        mandate.save()
        if is_new and not mandate.is_agreed:
            emails.ask_mandate(mandate, language=language or client.portal.language)
        if is_new or mandate.is_agreed != before:
            detail = {"agency": agency.slug, "is_agreed": mandate.is_agreed}
            record(actor(person), act="ask_mandate", subject=f"organization:{client.pk}", detail=detail)
    return mandate
