"""Ask for an approval: a colleague, or somebody without an account, reads the text before it is sent."""

from datetime import timedelta

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock, tokens, vietnamese
from loa.organizations import queries as organizations
from loa.releases import emails, queries
from loa.releases.actions.save import in_hand
from loa.releases.errors import NotAnApprover, TooMany
from loa.releases.models import Approval, Release

DAYS = 14  # a link opens the page
MOST = 20  # of one release


def ask_approval(
    person: Person, release: Release, *, member: Person | None = None, name: str = "", email: str = ""
) -> Approval:
    """Mails a link to a page with buttons; only the mail has the token.

    A member is asked as one, whether named or by their address. Asking again asks afresh, and ends the old link.
    Raises WrongState once it is on its way, Suspended, TooMany, and NotAnApprover for a member whose role is another.
    """
    with transaction.atomic():
        locked = in_hand(release)
        address = email.strip().lower()
        member = member or (queries.member_at(address, locked) if address else None)
        is_asked_well = member is None or organizations.may_approve(member, locked.organization)
        if not is_asked_well or member == person:
            raise NotAnApprover
        address = member.email.lower() if member is not None else address
        token = "" if member is not None else tokens.random_id()
        known = locked.approvals.filter(email=address).exists()
        if not known and locked.approvals.count() >= MOST:
            raise TooMany
        now = clock.now()
        asked = {
            "person": member, "name": vietnamese.kept(name.strip() or str(member or address))[:120], "asked_by": person,
            "token_digest": tokens.digest(token.encode()) if token else "", "asked_at": now,
            "expires_at": now + timedelta(days=DAYS), "answered_at": None, "is_approved": False, "wish": "",
            "text_digest": "", "revision": 0,
        }  # fmt: skip
        approval, _is_new = Approval.objects.update_or_create(release=locked, email=address, defaults=asked)
        emails.ask_approval(approval, token=token)
        detail = {"approval": approval.public_id, "has_account": member is not None}
        record(actor(person), act="ask_approval", subject=f"release:{locked.public_id}", detail=detail)
    return approval


def drop_approval(person: Person, release: Release, public_id: str) -> None:
    """The text is sent without this person's word; their link ends. Twice does nothing more.

    Raises WrongState once it is on its way, Suspended.
    """
    with transaction.atomic():
        locked = in_hand(release)
        gone = Approval.objects.filter(release=locked, public_id=public_id).first()
        if gone is None:
            return
        detail = {"approval": gone.public_id, "was_approved": gone.is_approved}
        gone.delete()
        record(actor(person), act="drop_approval", subject=f"release:{locked.public_id}", detail=detail)
