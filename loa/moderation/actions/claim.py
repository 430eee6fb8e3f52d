"""Claim: a moderator says that they look at a release, for a while, so that two do not do one work."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.moderation.models import Case
from loa.releases.models import Release

LEASE = timedelta(minutes=20)


def claim(moderator: Person, release: Release) -> bool:
    """Whether it is theirs now; claimed again the time begins anew. What somebody else holds stays theirs."""
    now = clock.now()
    with transaction.atomic():
        # What was submitted before there were cases has none yet.
        Case.objects.get_or_create(release=release, defaults={"weighed_at": now, "score": 0})
        free = Q(claimed_by=None) | Q(claimed_by=moderator) | Q(claimed_until__lt=now)
        rows = Case.objects.filter(free, release=release)
        if not rows.update(claimed_by=moderator, claimed_until=now + LEASE):
            return False
        record(actor(moderator), act="claim", subject=f"release:{release.public_id}")
    return True


def unclaim(moderator: Person, release: Release) -> None:
    """Gives it back; what is not theirs is left alone."""
    with transaction.atomic():
        mine = Case.objects.filter(release=release, claimed_by=moderator)
        if mine.update(claimed_by=None, claimed_until=None):
            record(actor(moderator), act="unclaim", subject=f"release:{release.public_id}")
