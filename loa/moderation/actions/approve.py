"""Approve: a moderator lets out what waits; from then on the organization publishes by itself."""

from django.db import transaction

from loa.accounts.errors import CoolingDown
from loa.accounts.models import Person
from loa.accounts.queries import actor, waits_until
from loa.archive.models import Entry
from loa.audit.actions.record import record
from loa.lib import clock
from loa.moderation import rules
from loa.moderation.actions.note_decision import note_decision
from loa.moderation.emails import note_scheduled
from loa.moderation.errors import NotCalled
from loa.moderation.models import Decision
from loa.organizations.models import Organization
from loa.releases.actions.publish import publish
from loa.releases.actions.schedule import schedule
from loa.releases.errors import TooEarly
from loa.releases.models import Release


def approve(moderator: Person, release: Release, *, call: str = "") -> Entry | None:
    """Publishes, or lets it wait for the time its sender chose (None); remembers that the organization was let out.

    `call`: which number was called and who answered, where the portal wants that before a first release.
    Raises NotCalled, WrongState, Suspended, AllowanceSpent, NoMandate, SenderGone, CoolingDown.
    """
    if until := waits_until(actor(moderator)):
        raise CoolingDown(until)
    if rules.needs_call(release) and not call.strip():
        raise NotCalled
    with transaction.atomic():
        if call.strip():
            subject, detail = f"organization:{release.organization_id}", {"call": call.strip()}
            record(actor(moderator), act="note_call", subject=subject, detail=detail)
        Organization.objects.filter(pk=release.organization_id, approved_at=None).update(approved_at=clock.now())
        note_decision(moderator, release, answer=Decision.Answer.APPROVED)
        try:
            with transaction.atomic():
                return publish(actor(moderator), release)
        except TooEarly:
            waiting = schedule(actor(moderator), release)
            note_scheduled(waiting)
            return None
