"""Send back: the author gets the release again, with a reason."""

from collections.abc import Sequence

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.moderation import emails
from loa.moderation.actions.note_decision import note_decision
from loa.moderation.errors import NotInText
from loa.moderation.models import Decision, Passage
from loa.moderation.rules.marking import found_in
from loa.releases.actions.move import move
from loa.releases.models import Release
from loa.releases.queries import words_of
from loa.releases.states import State

Marked = Sequence[tuple[str, str]]  # words of the release, and why they should change


def send_back(moderator: Person, release: Release, *, reason: str, passages: Marked = ()) -> None:
    """The reason stands on the author's page, and the passages with what stands around them; the mail names no text.

    Raises WrongState, and NotInText for words that are not in it.

    What the release says now is kept, so that whoever reads it next sees what the author changed.
    """
    with transaction.atomic():
        locked = move(release, "send_back")
        locked.sent_back_reason = reason
        locked.sent_back_words = words_of(locked)
        locked.save()
        mark(locked, passages)
        note_decision(moderator, locked, answer=Decision.Answer.SENT_BACK, has_waited=release.state == State.SUBMITTED)
        record(actor(moderator), act="send_back", subject=f"release:{locked.public_id}")
        emails.send_back(locked)


def mark(release: Release, passages: Marked) -> None:
    """Keeps each passage with its surroundings, instead of those of the last time. Raises NotInText."""
    text = "\n".join(words_of(release).values())
    rows = []
    for words, why in passages:
        found = found_in(text, words)
        if found is None:
            raise NotInText(words)
        rows.append(Passage(release=release, words=found.words, before=found.before, after=found.after, why=why))
    Passage.objects.filter(release=release).delete()
    Passage.objects.bulk_create(rows)
