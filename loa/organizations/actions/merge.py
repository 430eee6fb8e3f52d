"""Merge: what belongs to a double goes to the organization it is; the double closes and its address leads on.

Releases and readers are moved by the rooms above, in the same transaction (`desk.actions.merge`).
"""

from loa.edge.actions.purge import purge
from loa.lib import clock, slugs
from loa.organizations.models import Invitation, Likeness, Mandate, Membership, Organization, Role, Spokesperson


def merge(double: Organization, into: Organization) -> None:
    """Inside the caller's transaction. Who owned the double writes for the other; owners of the other stay owners."""
    now = clock.now()
    known = set(Membership.objects.filter(organization=into).values_list("person_id", flat=True))
    for row in Membership.objects.filter(organization=double).exclude(person_id__in=known):
        role = Role.WRITER if row.role == Role.OWNER and known else row.role
        Membership.objects.create(organization=into, person_id=row.person_id, role=role)
    Membership.objects.filter(organization=double).delete()
    _move_people(double, into)
    Invitation.objects.filter(organization=double, used_at=None).update(used_at=now)
    Mandate.objects.filter(client=double, ended_at=None).update(ended_at=now)
    Mandate.objects.filter(agency=double, ended_at=None).update(ended_at=now)
    Organization.objects.filter(merged_into=double).update(merged_into=into)  # an address leads on in one step
    Organization.objects.filter(pk=double.pk).update(
        merged_into=into, closed_at=double.closed_at or now, domain="", evidence=[]
    )
    double.skeletons.all().delete()
    Likeness.objects.filter(other=double).delete()
    Likeness.objects.filter(organization=double).delete()
    if double.approved_at is not None:
        Organization.objects.filter(pk=into.pk, approved_at=None).update(approved_at=double.approved_at)
    purge([f"org:{double.pk}", f"org:{into.pk}", "front"])


def _move_people(double: Organization, into: Organization) -> None:
    taken = set(into.people.values_list("slug", flat=True))
    for person in Spokesperson.objects.filter(organization=double):
        base = slugs.slugify(person.name)
        numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
        slug = next(one for one in numbered if one not in taken)
        taken.add(slug)
        Spokesperson.objects.filter(pk=person.pk).update(organization=into, slug=slug)
