"""Approve: a moderator lets out what waits; from then on the organization publishes by itself."""

from django.db import transaction

from loa.accounts.errors import CoolingDown
from loa.accounts.models import Person
from loa.accounts.queries import actor, waits_until
from loa.archive.models import Entry
from loa.lib import clock
from loa.moderation.actions.note_decision import note_decision
from loa.moderation.emails import note_scheduled
from loa.moderation.models import Decision
from loa.organizations.models import Organization
from loa.releases.actions.publish import publish
from loa.releases.actions.schedule import schedule
from loa.releases.errors import TooEarly
from loa.releases.models import Release


def approve(moderator: Person, release: Release) -> Entry | None:
    """Publishes, or lets it wait for the time its sender chose (None); remembers that the organization was let out.

    Raises WrongState, Suspended, AllowanceSpent, NoMandate, SenderGone, CoolingDown.
    """
    if until := waits_until(actor(moderator)):
        raise CoolingDown(until)
    with transaction.atomic():
        Organization.objects.filter(pk=release.organization_id, approved_at=None).update(approved_at=clock.now())
        note_decision(moderator, release, answer=Decision.Answer.APPROVED)
        try:
            with transaction.atomic():
                return publish(actor(moderator), release)
        except TooEarly:
            waiting = schedule(actor(moderator), release)
            note_scheduled(waiting)
            return None
