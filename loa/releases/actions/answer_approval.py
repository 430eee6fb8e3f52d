"""Answer an approval: whoever was asked approves the text as it stands, or says what should be changed."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import Actor, record
from loa.lib import clock, vietnamese
from loa.organizations import queries as organizations
from loa.releases import emails, queries
from loa.releases.actions.save import in_hand
from loa.releases.errors import NotAnApprover, StaleRevision
from loa.releases.models import Approval, Release
from loa.releases.rules import text_digest


def answer_approval(approval: Approval, *, is_approved: bool, seen: str, wish: str = "") -> None:
    """Keeps the answer to the text whose digest was `seen`; who asked is told by mail. Twice the same is once.

    Raises WrongState once it is on its way, Suspended, StaleRevision where the text is another by now, NotAnApprover
    for somebody who wrote it, whose role is another by now, or who is asked no longer.
    """
    with transaction.atomic():
        locked = in_hand(approval.release)
        kept = Approval.objects.select_related("person", "asked_by").filter(pk=approval.pk).first()
        is_same_link = kept is not None and kept.token_digest == approval.token_digest
        if kept is None or not is_same_link or (kept.person is not None and not _may(kept.person, locked)):
            raise NotAnApprover
        if seen != text_digest(locked):
            raise StaleRevision
        wish = "" if is_approved else vietnamese.kept(wish.strip())
        if kept.answered_at and (kept.is_approved, kept.text_digest, kept.wish) == (is_approved, seen, wish):
            return
        kept.answered_at, kept.is_approved, kept.wish = clock.now(), is_approved, wish
        kept.text_digest, kept.revision = seen, locked.revision
        kept.save()
        emails.tell_approval(kept)
        detail = {"approval": kept.public_id, "is_approved": is_approved, "text": seen}
        record(who(kept), act="answer_approval", subject=f"release:{locked.public_id}", detail=detail)


def approve_text(person: Person, release: Release, *, seen: str) -> None:
    """A member approves without having been asked. Raises like `answer_approval`."""
    with transaction.atomic():
        locked = in_hand(release)
        if not _may(person, locked):
            raise NotAnApprover
        now = clock.now()
        asked = {"person": person, "name": str(person)[:120], "asked_at": now, "expires_at": now}
        email = person.email.lower()
        approval, is_new = Approval.objects.get_or_create(release=locked, email=email, defaults=asked)
        if not is_new and approval.person is None:  # asked by their address before they belonged here
            approval.person, approval.token_digest = person, ""
            approval.save(update_fields=["person", "token_digest"])
        answer_approval(approval, is_approved=True, seen=seen)


def _may(person: Person, release: Release) -> bool:
    is_writer = person.pk in queries.writers(release)
    return not is_writer and organizations.may_approve(person, release.organization)


def who(approval: Approval) -> Actor:
    """Who answers, for the record: an account, or the name and address that was asked."""
    if approval.person is not None:
        return actor(approval.person)
    return Actor(f"guest:{approval.public_id}", f"{approval.name} <{approval.email}>")
