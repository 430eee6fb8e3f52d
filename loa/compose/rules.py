"""Who may look at what is not public."""

from django.core import signing
from django.http import HttpRequest

from loa.accounts import queries as accounts
from loa.accounts.models import Person
from loa.media import queries as media
from loa.organizations import queries as organizations
from loa.organizations.models import Membership, Organization
from loa.releases import queries as releases
from loa.releases.models import Partnership, Release

GUEST, GUEST_SALT = "guest", "compose.guest"  # the cookie of who came by a link, under /media/
GUEST_SECONDS = 8 * 3600  # after which their page must be opened again for its pictures


def may_read_file(request: HttpRequest, owner_key: str, file: str) -> bool:
    """A file of an organization's: its members and agencies, the editors, the partners of a joint release showing it.

    And who came by a good link to a release that uses it.

    The media door asks this; the session is looked at whatever is asked for, so that every refusal is alike.
    """
    person, guest = request.user, releases.shown_to_guest(_guest(request))
    if guest is not None and owner_key == f"organization:{guest.organization_id}" and _is_used_by(guest, file):
        return True
    if not person.is_authenticated or not owner_key:
        return False
    kind, _, number = owner_key.partition(":")
    if _edits_owner(person, kind, number):
        return True
    if kind != "organization" or not number.isdecimal():
        return False
    if Membership.objects.filter(person=person, organization_id=int(number)).exists():
        return True
    if organizations.mandates().filter(client_id=int(number), agency__memberships__person=person).exists():
        return True
    drafts = [use.key.partition(":")[2] for use in media.uses_of([file]) if use.key.startswith("release:")]
    joint = Partnership.objects.filter(release__public_id__in=drafts, release__organization_id=int(number))
    return joint.filter(organization__memberships__person=person).exists()


def _edits_owner(person: Person, kind: str, number: str) -> bool:
    """Whether a file is of a portal that this person edits, or of an organization there."""
    if accounts.edits_all(person) or not number.isdecimal():
        return accounts.edits_all(person)
    owner = Organization.objects.filter(pk=int(number)).values_list("portal_id", flat=True).first()
    portal_id = {"organization": owner, "portal": int(number)}.get(kind)
    return portal_id is not None and accounts.edits(person, portal_id)


def _guest(request: HttpRequest) -> str:
    try:
        return str(signing.loads(request.COOKIES.get(GUEST, ""), salt=GUEST_SALT, max_age=GUEST_SECONDS))
    except signing.BadSignature:
        return ""


def _is_used_by(release: Release, file: str) -> bool:
    return any(use.key == f"release:{release.public_id}" for use in media.uses_of([file]))
