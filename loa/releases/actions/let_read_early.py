"""Let read early: name somebody who may read a release before its time, by a link of their own; or take it back."""

from datetime import timedelta

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock, tokens, vietnamese
from loa.mail.actions.cancel import cancel
from loa.releases import emails
from loa.releases.errors import Suspended, TooMany, WrongState
from loa.releases.models import EarlyReader, Release
from loa.releases.rules import is_last_look, is_suspended
from loa.releases.states import State

MOST = 100  # of one release


def let_read_early(person: Person, release: Release, *, name: str, email: str, days: int) -> EarlyReader:
    """Mails a link that is good for so many days; only the mail has the token. Again for one address: a new link.

    Only what was approved and waits for a chosen time is shown to anybody. Raises WrongState, Suspended, TooMany.
    """
    with transaction.atomic():
        locked = _locked(release)
        if locked.state != State.SCHEDULED or is_last_look(locked):
            raise WrongState(locked.state)
        if is_suspended(locked):
            raise Suspended
        address = email.strip().lower()
        is_known = locked.early_readers.filter(email=address).exists()
        if not is_known and locked.early_readers.count() >= MOST:
            raise TooMany
        token, now = tokens.random_id(), clock.now()
        said = {
            "name": vietnamese.kept(name.strip())[:120], "token_digest": tokens.digest(token.encode()),
            "invited_by": person, "invited_at": now, "expires_at": now + timedelta(days=days), "revoked_at": None,
        }  # fmt: skip
        reader, _is_new = EarlyReader.objects.update_or_create(release=locked, email=address, defaults=said)
        emails.let_read_early(reader, token=token)
        detail = {"reader": reader.public_id, "expires_at": reader.expires_at.isoformat()}
        record(actor(person), act="let_read_early", subject=f"release:{locked.public_id}", detail=detail)
    return reader


def stop_reading_early(person: Person, release: Release, public_id: str) -> None:
    """Their link ends now, and a mail that has not left stays. Twice keeps the first moment."""
    with transaction.atomic():
        rows = EarlyReader.objects.filter(release=release, public_id=public_id, revoked_at=None)
        if rows.update(revoked_at=clock.now()):
            cancel(f"early:{public_id}")
            detail = {"reader": public_id}
            record(actor(person), act="stop_reading_early", subject=f"release:{release.public_id}", detail=detail)


def _locked(release: Release) -> Release:
    rows = Release.objects.select_for_update(of=("self",)).select_related("organization__portal")
    return rows.get(pk=release.pk)
