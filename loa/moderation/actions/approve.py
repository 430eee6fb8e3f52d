"""Approve: a moderator publishes what waits; from then on the organization publishes by itself."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry
from loa.lib import clock
from loa.organizations.models import Organization
from loa.releases.actions.publish import publish
from loa.releases.models import Release


def approve(moderator: Person, release: Release) -> Entry:
    """Publishes and remembers that the organization was let out. Raises WrongState, Suspended."""
    with transaction.atomic():
        Organization.objects.filter(pk=release.organization_id, approved_at=None).update(approved_at=clock.now())
        return publish(actor(moderator), release)
