"""Ask a partner: name another organization as a sender of a joint release, and ask it by mail."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.organizations.models import Organization
from loa.releases import emails
from loa.releases.errors import NotAPartner, Suspended, WrongState
from loa.releases.models import Partnership, Release
from loa.releases.rules import is_suspended
from loa.releases.states import EDITABLE


def ask_partner(person: Person, release: Release, organization: Organization) -> Partnership:
    """Each owner of the organization is mailed a link to a page with a button; asking again asks afresh.

    Raises WrongState once the release is on its way, Suspended, NotAPartner.
    """
    with transaction.atomic():
        locked = Release.objects.select_for_update(of=("self",)).select_related("organization").get(pk=release.pk)
        if locked.state not in EDITABLE:
            raise WrongState(locked.state)
        if is_suspended(locked):
            raise Suspended
        if not _may_stand_beside(locked.organization, organization):
            raise NotAPartner
        asked = {"asked_at": clock.now(), "answered_at": None, "answered_by": None, "is_agreed": False}
        partnership, _ = Partnership.objects.update_or_create(
            release=locked, organization=organization, defaults={**asked, "text_digest": ""}
        )
        emails.ask(partnership)
        detail = {"organization": organization.slug}
        record(actor(person), act="ask_partner", subject=f"release:{locked.public_id}", detail=detail)
    return partnership


def _may_stand_beside(sender: Organization, other: Organization) -> bool:
    is_known = other.approved_at is not None and other.suspended_at is None and other.closed_at is None
    return is_known and other.pk != sender.pk and other.portal_id == sender.portal_id
