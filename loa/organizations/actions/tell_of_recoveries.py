"""Tells the owners of an organization that the account of one of its people was recovered."""

from django.db import transaction

from loa.accounts.models import Recovery
from loa.lib import clock
from loa.organizations import emails
from loa.organizations.models import Membership, Role

AT_ONCE = 50


def tell_of_recoveries() -> int:
    """Each recovery once, however often this runs; answers how many were taken up."""
    waiting = Recovery.objects.filter(told_at=None).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    return sum(_tell(pk) for pk in waiting)


def _tell(pk: int) -> bool:
    with transaction.atomic():
        if not Recovery.objects.filter(pk=pk, told_at=None).update(told_at=clock.now()):
            return False
        row = Recovery.objects.select_related("person").get(pk=pk)
        for place in Membership.objects.filter(person=row.person).select_related("organization__portal"):
            owners = place.organization.memberships.filter(role=Role.OWNER).exclude(person=row.person)
            for owner in owners.select_related("person"):
                emails.recovered(row, place.organization, to=owner.person)
        return True
