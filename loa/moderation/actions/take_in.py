"""Take in: a submitted release goes straight out, or to the queue and a person."""

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.moderation.rules import may_publish_unreviewed
from loa.releases.actions.publish import publish
from loa.releases.actions.submit import submit
from loa.releases.models import Release


def take_in(person: Person, release: Release) -> str:
    """Answers "published" or "queued". Raises NotReady, WrongState, Suspended."""
    submitted = submit(person, release)
    if not may_publish_unreviewed(submitted.organization):
        return "queued"
    publish(actor(person), submitted)
    return "published"
