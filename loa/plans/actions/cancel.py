"""Cancel: an organization does not go on with its plan; taken back as long as the term runs.

Nothing renews by itself, so that nothing is charged either way: who cancelled is no longer reminded of paying.
"""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.organizations.errors import NotOwner
from loa.organizations.models import Organization
from loa.organizations.queries import is_owner
from loa.plans import queries
from loa.plans.errors import NoTerm


def cancel(person: Person, organization: Organization) -> None:
    """Every term keeps its allowance to its end. A second time changes nothing. Raises NotOwner, NoTerm."""
    _set(person, organization, is_cancelled=True)


def resume(person: Person, organization: Organization) -> None:
    """Undoes it. Raises NotOwner, and NoTerm once the term is over."""
    _set(person, organization, is_cancelled=False)


def _set(person: Person, organization: Organization, *, is_cancelled: bool) -> None:
    if not is_owner(person, organization):
        raise NotOwner
    now = clock.now()
    with transaction.atomic():
        open_terms = queries.paid_terms(organization).filter(ends_at__gt=now)
        if not open_terms.exists():
            raise NoTerm
        rows = open_terms.filter(cancelled_at__isnull=is_cancelled)
        if rows.update(cancelled_at=now if is_cancelled else None):
            act = "cancel_plan" if is_cancelled else "resume_plan"
            record(actor(person), act=act, subject=f"organization:{organization.pk}")
