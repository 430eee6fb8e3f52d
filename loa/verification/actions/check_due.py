"""Check what is due: the worker looks every day whether what was proven is still there."""

from django.db import transaction
from django.db.models import Q

from loa.audit.actions.record import SYSTEM, record
from loa.lib import clock
from loa.verification import emails
from loa.verification.actions.lock import lock
from loa.verification.actions.prove import OUTSIDE, Look, lines, settle
from loa.verification.actions.show import show
from loa.verification.errors import DomainTaken, NotSeen, ProofGone
from loa.verification.models import Proof, Way
from loa.verification.rules import EVERY, GRACE, LONGEST_UNTOLD, MAILBOX_HOLDS, is_seen


def check_due(*, look: Look = OUTSIDE) -> bool:
    """Look at one proof; True where one was due, so that the next is looked at at once.

    It is taken by moving its moment on: two workers never look at the same one, and one that died looks tomorrow.
    """
    now = clock.now()
    due = Proof.objects.filter(Q(looked_at=None) | Q(looked_at__lte=now - EVERY), ended_at=None)
    due = due.filter(organization__merged_into=None).exclude(proven_at=None).exclude(way=Way.REGISTER)
    proof = due.select_related("organization__portal").order_by("looked_at").first()
    if proof is None:
        return False
    if not Proof.objects.filter(pk=proof.pk, looked_at=proof.looked_at).update(looked_at=now):
        return True
    is_there = _is_there(proof, look)
    if is_there:
        _stands(proof)
    elif is_there is False:
        _fails(proof)
    return True


def _is_there(proof: Proof, look: Look) -> bool | None:
    """None where nobody could tell: a name server of ours that is down takes nobody's mark away."""
    now = clock.now()
    if proof.way == Way.MAILBOX:
        told = look.takes_mail(proof.domain)
        if proof.confirmed_at is None or now - proof.confirmed_at > MAILBOX_HOLDS:
            return False
        return told
    try:
        return is_seen(proof, lines(proof, look))
    except NotSeen:
        return False if now - (proof.seen_at or now) > LONGEST_UNTOLD else None


def _stands(proof: Proof) -> None:
    try:
        settle(SYSTEM, proof)
    except (ProofGone, DomainTaken):
        return  # ended in between


def _fails(proof: Proof) -> None:
    """The first time its owners are warned; two days on the proof has lapsed."""
    now = clock.now()
    with transaction.atomic():
        try:
            locked = lock(proof)
        except ProofGone:
            return
        if locked.seen_at != proof.seen_at:
            return  # somebody saw it in between
        if locked.failing_since is None:
            locked.failing_since = now
            locked.save()
            emails.warn(proof, at=now)
            return
        if now - locked.failing_since < GRACE:
            return
        locked.ended_at, locked.is_lapsed = now, True
        locked.save()
        detail = {"way": locked.way, "domain": locked.domain, "failing_since": locked.failing_since.isoformat()}
        record(SYSTEM, act="lapse", subject=f"organization:{locked.organization_id}", detail=detail)
        organization = show(locked.organization_id)
        emails.tell_lapsed(proof, has_mark=bool(organization.domain))
