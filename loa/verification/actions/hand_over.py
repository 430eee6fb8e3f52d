"""Hand over: what speaks for a double speaks for the organization it is."""

from loa.lib import clock
from loa.organizations.models import Organization
from loa.verification.actions.show import show
from loa.verification.models import Proof, Way


def hand_over(double: Organization, into: Organization) -> int:
    """Inside the caller's transaction, with both locked and merged; answers how many pieces of evidence moved.

    What was only begun ends, and so does what the other has proven itself. A look into the register is of one tax
    code: it goes along where the other has none of its own.
    """
    standing = Proof.objects.select_for_update().filter(organization__in=(double, into), ended_at=None)
    rows = list(standing.order_by("pk"))
    known = {(row.way, row.domain) for row in rows if row.organization_id == into.pk and row.proven_at}
    moving = [row for row in rows if row.organization_id == double.pk and row.proven_at]
    moving = [row for row in moving if (row.way, row.domain) not in known and _fits(row, double, into)]
    ending = [row for row in rows if row.organization_id == double.pk and row not in moving]
    ending += [row for row in rows if row.organization_id == into.pk and not row.proven_at and _is_beside(row, moving)]
    Proof.objects.filter(pk__in=[row.pk for row in ending]).update(ended_at=clock.now())
    Proof.objects.filter(pk__in=[row.pk for row in moving]).update(organization=into)
    if any(row.way == Way.REGISTER for row in moving):
        Organization.objects.filter(pk=into.pk).update(tax_code=double.tax_code)
    show(double.pk)
    show(into.pk)
    return len(moving)


def _fits(proof: Proof, double: Organization, into: Organization) -> bool:
    return proof.way != Way.REGISTER or into.tax_code in ("", double.tax_code)


def _is_beside(begun: Proof, moving: list[Proof]) -> bool:
    return not begun.is_claim and (begun.way, begun.domain) in {(row.way, row.domain) for row in moving}
