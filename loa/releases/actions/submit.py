"""Submit: the author says it is ready."""

from datetime import datetime

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.organizations.queries import is_member
from loa.plans.errors import AllowanceSpent
from loa.plans.queries import standing
from loa.releases.actions.move import move
from loa.releases.actions.write_down import keep_for_ever
from loa.releases.errors import NotReady
from loa.releases.models import Release
from loa.releases.rules import has_allowance, payer_of, reasons_not_to_submit


def submit(person: Person, release: Release, *, at: datetime | None = None, zone: str = "") -> Release:
    """Moves a draft to the desk, to go out not before `at` (UTC), as the clocks of `zone` said it.

    Raises NotReady with sentences, WrongState, Suspended, AllowanceSpent. That something is left is only looked at
    here, so that nobody waits in the queue in vain; publishing spends it.
    """
    with transaction.atomic():
        locked = move(release, "submit")
        if locked.agency_id is not None and is_member(person, locked.organization):
            locked.agency = None  # its own people take it over, and pay for it
        reasons = reasons_not_to_submit(locked)
        if reasons:
            raise NotReady(reasons)
        if not has_allowance(locked):
            raise AllowanceSpent(standing(payer_of(locked)).renews_at)
        locked.submitted_at, locked.sent_by = clock.now(), person
        locked.publish_at, locked.publish_zone = at, zone if at else ""
        locked.save()
        keep_for_ever(locked, is_submitted=True)
        detail = {"agency": locked.agency.slug} if locked.agency else {}
        if at is not None:
            detail |= {"at": at.isoformat(), "zone": zone}
        record(actor(person), act="submit", subject=f"release:{locked.public_id}", detail=detail)
    return locked
