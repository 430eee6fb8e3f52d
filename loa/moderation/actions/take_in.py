"""Take in: a submitted release goes straight out, or to the queue and a person."""

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.moderation.rules import may_publish_unreviewed
from loa.plans.errors import AllowanceSpent
from loa.releases.actions.publish import publish
from loa.releases.actions.recall import recall
from loa.releases.actions.submit import submit
from loa.releases.models import Release


def take_in(person: Person, release: Release) -> str:
    """Answers "published" or "queued". Raises NotReady, WrongState, Suspended, AllowanceSpent.

    Where somebody else spent the last release in between, it is a draft again: nobody needs to look at it.
    """
    submitted = submit(person, release)
    if not may_publish_unreviewed(submitted.organization):
        return "queued"
    try:
        publish(actor(person), submitted)
    except AllowanceSpent:
        recall(person, submitted)
        raise
    return "published"
