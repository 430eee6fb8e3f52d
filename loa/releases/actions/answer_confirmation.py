"""Answer: the owner of an organization confirms a text written for it, or says what should be changed."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock, vietnamese
from loa.organizations import queries as organizations
from loa.releases import emails
from loa.releases.errors import NotAWriter, StaleRevision, Suspended, WrongState
from loa.releases.models import Confirmation, Release
from loa.releases.rules import is_suspended, text_digest
from loa.releases.states import EDITABLE


def answer_confirmation(
    person: Person, confirmation: Confirmation, *, is_confirmed: bool, seen: str, wish: str = ""
) -> None:
    """Keeps the answer to the text whose digest was `seen`; its editor is told by mail.

    Raises WrongState once the release is on its way, StaleRevision where the text is another by now, NotAWriter for
    somebody who does not own the organization's account, Suspended.
    """
    with transaction.atomic():
        rows = Release.objects.select_for_update(of=("self",)).select_related("organization__portal", "author")
        release = rows.get(pk=confirmation.release_id)
        if release.state not in EDITABLE:
            raise WrongState(release.state)
        if not organizations.is_owner(person, release.organization):
            raise NotAWriter
        if is_suspended(release):
            raise Suspended
        if seen != text_digest(release):
            raise StaleRevision
        kept = Confirmation.objects.get(pk=confirmation.pk)
        kept.answered_at, kept.answered_by, kept.text_digest = clock.now(), person, seen
        kept.is_confirmed, kept.wish = is_confirmed, "" if is_confirmed else vietnamese.kept(wish.strip())
        kept.save()
        kept.release = release
        emails.tell_confirmation(kept)
        detail = {"is_confirmed": is_confirmed, "text": seen}
        record(actor(person), act="answer_confirmation", subject=f"release:{release.public_id}", detail=detail)
