"""Begin for: the portal's editors, or an agency, begin a release that another organization sends."""

from typing import Any

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor, edits
from loa.audit.actions.record import record
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.releases.actions.save import begin
from loa.releases.errors import NotAWriter
from loa.releases.models import Release


def begin_for(person: Person, client: Organization, *, fields: dict[str, Any]) -> Release:
    """An agency's release is paid by the agency; an editor's goes out when its owner confirmed the text.

    Raises NotAWriter, Suspended.
    """
    agency = organizations.agency_for(person, client)
    if agency is None and not edits(person, client.portal_id):
        raise NotAWriter
    with transaction.atomic():
        release = begin(person, client, fields=fields)
        release.agency, release.is_by_desk = agency, agency is None
        release.save(update_fields=["agency", "is_by_desk"])
        detail = {"agency": agency.slug if agency else "", "organization": client.slug}
        record(actor(person), act="begin_for", subject=f"release:{release.public_id}", detail=detail)
    return release
