"""Take in: a submitted release goes straight out, waits for its time, or goes to the queue and a person."""

from datetime import datetime

from django.conf import settings

from loa.accounts.errors import CoolingDown
from loa.accounts.models import Person
from loa.accounts.queries import actor, waits_until
from loa.moderation.actions.weigh import weigh
from loa.plans.errors import AllowanceSpent
from loa.releases.actions.publish import publish
from loa.releases.actions.recall import recall
from loa.releases.actions.schedule import schedule
from loa.releases.actions.submit import submit
from loa.releases.errors import NoMandate, SenderGone
from loa.releases.models import Release


def take_in(person: Person, release: Release, *, at: datetime | None = None, zone: str = "") -> str:
    """Answers "published", "scheduled" or "queued".

    What goes straight out without a time of its own (`at`, UTC) waits `LOA_UNDO` seconds, in which it can be stopped.
    Raises NotReady, WrongState, Suspended, AllowanceSpent, NoMandate, SenderGone; CoolingDown where nobody would read
    it before the public does and the account was recovered within a day. Where the last release was spent, a client's
    wish ended or this person was shown the door in between, it is a draft again: nobody needs to see it.
    """
    submitted = submit(person, release, at=at, zone=zone)
    weight = weigh(person, submitted)
    until = waits_until(actor(person))
    if until and not weight.is_held_without("recovered", "device"):  # a moderator cannot tell who is at the account
        recall(person, submitted)
        raise CoolingDown(until)
    if weight.is_held:
        return "queued"
    if at is not None or settings.LOA_UNDO:
        schedule(actor(person), submitted)
        return "scheduled"
    try:
        publish(actor(person), submitted)
    except (AllowanceSpent, NoMandate, SenderGone):
        recall(person, submitted)
        raise
    return "published"
