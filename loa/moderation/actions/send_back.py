"""Send back: the author gets the release again, with a reason."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.moderation import emails
from loa.releases.actions.move import move
from loa.releases.models import Release
from loa.releases.queries import words_of


def send_back(moderator: Person, release: Release, *, reason: str) -> None:
    """The reason stands on the author's page; the mail names no text of the draft. Raises WrongState.

    What the release says now is kept, so that whoever reads it next sees what the author changed.
    """
    with transaction.atomic():
        locked = move(release, "send_back")
        locked.sent_back_reason = reason
        locked.sent_back_words = words_of(locked)
        locked.save()
        record(actor(moderator), act="send_back", subject=f"release:{locked.public_id}")
        emails.send_back(locked)
