"""Merge: two organizations that are one become one; the double's address leads on, and nothing of it is lost."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.desk.actions.search_again import search_again
from loa.edge.actions.purge import purge
from loa.organizations import queries as organizations
from loa.organizations.actions import merge as members
from loa.organizations.errors import HasMoney
from loa.organizations.models import Organization
from loa.plans import queries as plans
from loa.releases.actions.hand_over import hand_over
from loa.subscribers.actions.follow_on import follow_on
from loa.verification.actions import hand_over as evidence


def merge(actor: Actor, double: Organization, into: Organization) -> None:
    """Both are of one portal. Raises HasMoney while the double has a plan or credits: give them to the other first.

    The search follows after the commit; where it is busy, tonight's check mends it.
    """
    with transaction.atomic():
        double, into = organizations.locked(double, into)
        _check(double, into)
        moved = hand_over(double, into)
        followers = follow_on(f"org:{double.pk}", f"org:{into.pk}")
        members.merge(double, into)
        proofs = evidence.hand_over(double, into)
        detail = {"double": double.slug, "into": into.slug, "entries": len(moved), "followers": followers}
        record(actor, act="merge", subject=f"organization:{into.pk}", detail={**detail, "proofs": proofs})
        purge([f"entry:{public_id}" for public_id in moved])
    search_again(moved)


def _check(double: Organization, into: Organization) -> None:
    if double.portal_id != into.portal_id or double.pk == into.pk or double.merged_into_id or into.merged_into_id:
        raise ValueError("only two organizations of one portal are merged, once")
    if plans.coming(double).exists() or plans.credits_left(double):
        raise HasMoney
