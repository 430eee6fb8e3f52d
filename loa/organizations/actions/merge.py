"""Merge: what belongs to a double goes to the organization it is; the double closes and its address leads on.

Releases, readers and evidence are moved by the rooms above, in the same transaction (`desk.actions.merge`).
"""

from loa.edge.actions.purge import purge
from loa.lib import clock
from loa.organizations.actions.compare import compare
from loa.organizations.actions.keep_person import free_slug
from loa.organizations.models import Invitation, Mandate, Membership, Organization, Role, Spokesperson

RANKS = (Role.WRITER, Role.APPROVER, Role.OWNER)


def merge(double: Organization, into: Organization) -> None:
    """Inside the caller's transaction, with both as they stand under its lock."""
    now = clock.now()
    _move_members(double, into)
    _move_people(double, into)
    Invitation.objects.filter(organization=double, used_at=None).update(used_at=now)
    Mandate.objects.filter(client=double, ended_at=None).update(ended_at=now)
    Mandate.objects.filter(agency=double, ended_at=None).update(ended_at=now)
    Organization.objects.filter(merged_into=double).update(merged_into=into)  # an address leads on in one step
    double.merged_into, double.closed_at = into, double.closed_at or now
    double.save(update_fields=["merged_into", "closed_at"])
    compare(double)
    if double.approved_at is not None:
        Organization.objects.filter(pk=into.pk, approved_at=None).update(approved_at=double.approved_at)
    purge([f"org:{double.pk}", f"org:{into.pk}", "front"])


def _move_members(double: Organization, into: Organization) -> None:
    """Nobody may do less than before, but that owners of the double approve for the other where it has its own."""
    known = {row.person_id: row for row in Membership.objects.filter(organization=into)}
    has_owner = any(row.role == Role.OWNER for row in known.values())
    for row in Membership.objects.filter(organization=double):
        role = Role.APPROVER if row.role == Role.OWNER and has_owner else Role(row.role)
        here = known.get(row.person_id) or Membership(organization=into, person_id=row.person_id)
        here.role = max(Role(here.role), role, key=RANKS.index)
        here.save()
    Membership.objects.filter(organization=double).delete()


def _move_people(double: Organization, into: Organization) -> None:
    for person in Spokesperson.objects.filter(organization=double):
        slug = free_slug(into, person.name)
        Spokesperson.objects.filter(pk=person.pk).update(organization=into, slug=slug)
