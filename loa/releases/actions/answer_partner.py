"""Answer: an organization says whether it stands behind a joint release."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.organizations import queries as organizations
from loa.releases import emails
from loa.releases.errors import NotAPartner, StaleRevision, Suspended, WrongState
from loa.releases.models import Partnership, Release
from loa.releases.rules import text_digest
from loa.releases.states import EDITABLE


def answer_partner(person: Person, partnership: Partnership, *, is_agreed: bool, seen: str) -> None:
    """Keeps the answer to the text whose digest was `seen`; the author is told by mail.

    Raises WrongState once the release is on its way, StaleRevision where the text is another by now, NotAPartner for
    somebody who does not belong to the asked organization, Suspended.
    """
    with transaction.atomic():
        release = Release.objects.select_for_update(of=("self",)).get(pk=partnership.release_id)
        if release.state not in EDITABLE:
            raise WrongState(release.state)
        if not organizations.is_member(person, partnership.organization):
            raise NotAPartner
        if organizations.is_suspended(partnership.organization):
            raise Suspended
        if seen != text_digest(release):
            raise StaleRevision
        kept = Partnership.objects.get(pk=partnership.pk)
        kept.answered_at, kept.answered_by, kept.is_agreed, kept.text_digest = clock.now(), person, is_agreed, seen
        kept.save()
        emails.tell_answer(kept)
        detail = {"organization": partnership.organization.slug, "is_agreed": is_agreed}
        record(actor(person), act="answer_partner", subject=f"release:{release.public_id}", detail=detail)
