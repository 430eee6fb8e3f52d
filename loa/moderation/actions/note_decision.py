"""Note a decision: what a moderator said, and how long the release had waited; in the deciding act's transaction."""

from loa.accounts.models import Person
from loa.lib import clock
from loa.moderation.models import Case, Decision
from loa.releases.models import Release


def note_decision(moderator: Person, release: Release, *, answer: str, has_waited: bool = True) -> Decision:
    """The release is in nobody's hands any more; what was on its way out already has not `has_waited` for anyone."""
    now = clock.now()
    case = Case.objects.filter(release=release).first()
    Case.objects.filter(release=release).update(claimed_by=None, claimed_until=None)
    waited = (now - release.submitted_at).total_seconds() / 60 if release.submitted_at and has_waited else None
    return Decision.objects.create(
        release=release, portal_id=release.organization.portal_id, person=moderator, answer=answer,
        score=case.score if case else None, minutes=waited, decided_at=now,
    )  # fmt: skip
