"""Take in: a submitted release goes straight out, or to the queue and a person."""

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.moderation.rules import may_publish_unreviewed
from loa.plans.errors import AllowanceSpent
from loa.releases.actions.publish import publish
from loa.releases.actions.recall import recall
from loa.releases.actions.submit import submit
from loa.releases.errors import NoMandate
from loa.releases.models import Release


def take_in(person: Person, release: Release) -> str:
    """Answers "published" or "queued". Raises NotReady, WrongState, Suspended, AllowanceSpent, NoMandate.

    Where the last release was spent or a client's wish ended in between, it is a draft again: nobody needs to see it.
    """
    submitted = submit(person, release)
    if not may_publish_unreviewed(submitted.organization):
        return "queued"
    try:
        publish(actor(person), submitted)
    except (AllowanceSpent, NoMandate):
        recall(person, submitted)
        raise
    return "published"
