"""Choose next: which plan an organization wishes to go on with when its term ends."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.organizations.errors import NotOwner
from loa.organizations.models import Organization
from loa.organizations.queries import is_owner
from loa.plans import queries
from loa.plans.errors import NoTerm, NotOffered
from loa.plans.models import Plan


def choose_next(person: Person, organization: Organization, slug: str) -> Plan:
    """Reminders lead to the order of this plan; nothing is ordered or charged here.

    Raises NotOwner, NoTerm, NotOffered.
    """
    if not is_owner(person, organization):
        raise NotOwner
    plan = queries.offered_to(organization).filter(slug=slug).first()
    if plan is None:
        raise NotOffered
    with transaction.atomic():
        term = queries.paid_terms(organization).filter(ends_at__gt=clock.now()).last()
        if term is None:
            raise NoTerm
        term.next_slug, term.cancelled_at = plan.slug, None
        term.save(update_fields=["next_slug", "cancelled_at"])
        record(actor(person), act="choose_next", subject=f"organization:{organization.pk}", detail={"plan": plan.slug})
    return plan
