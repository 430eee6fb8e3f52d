"""Prove: look whether what an owner put on their domain is there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import SYSTEM, Actor, record
from loa.lib import clock, dns, domains, safe_fetch
from loa.organizations import queries as organizations
from loa.organizations.errors import NotOwner, Suspended
from loa.organizations.models import Membership, Role
from loa.verification import queries
from loa.verification.actions.lock import lock
from loa.verification.actions.show import show
from loa.verification.errors import DomainTaken, NotSeen, ProofGone
from loa.verification.models import Proof, Way
from loa.verification.rules import FILE, is_seen

LIMITS = safe_fetch.Limits(most_bytes=10_000, seconds=8.0, redirects=2)


@dataclass(frozen=True, slots=True)
class Look:
    """How the outside world is asked; tests bring their own."""

    texts: Callable[[str], list[str]] = dns.texts
    fetch: Callable[..., safe_fetch.Fetched] = safe_fetch.fetch
    takes_mail: Callable[[str], bool | None] = lambda domain: dns.takes_mail(domain, dns.servers())


OUTSIDE = Look()


def prove(person: Person, proof: Proof, *, look: Look = OUTSIDE) -> Proof:
    """Raises NotOwner, Suspended, ProofGone, DomainTaken, and NotSeen where it is not there or nobody could tell.

    The looking may take ten seconds and happens before the transaction.
    """
    is_theirs = organizations.is_owner(person, proof.organization)
    if proof.is_claim:
        is_theirs = proof.begun_by_id == person.pk and organizations.is_ownerless(proof.organization)
    if not is_theirs:
        raise NotOwner
    if organizations.is_suspended(proof.organization):
        raise Suspended
    if proof.ended_at is not None or proof.way not in (Way.DNS, Way.FILE):
        raise ProofGone
    if not is_seen(proof, lines(proof, look)):
        raise NotSeen(is_told=True)
    return settle(actor(person), proof)


def lines(proof: Proof, look: Look) -> list[str]:
    """What stands there now. Raises NotSeen where nobody answered."""
    if proof.way == Way.DNS:
        try:
            return look.texts(proof.domain)
        except dns.NoAnswer as error:
            raise NotSeen(is_told=False) from error
    try:
        found = look.fetch(f"https://{proof.domain}{FILE}", limits=LIMITS)
        if domains.registered(found.url) != proof.domain:  # sent on to somebody else's site
            return []
    except (safe_fetch.CannotFetch, ValueError):
        return []
    return found.body.decode("utf-8", "replace").splitlines()[:20]


def settle(by: Actor, proof: Proof) -> Proof:
    """Write down that it was seen now; a mailbox that was asked again and answered holds for another year.

    The daily look goes on while an organization is suspended or closed; its people prove nothing then.
    Raises Suspended, ProofGone, DomainTaken.
    """
    is_daily = by == SYSTEM
    with transaction.atomic():
        locked = lock(proof)
        if locked.token != proof.token:  # another mailbox was asked in between
            raise ProofGone
        if not is_daily and organizations.is_suspended(locked.organization):
            raise Suspended
        if queries.is_taken(locked.organization, locked.domain):
            raise DomainTaken
        if locked.is_claim:
            _take_over(locked)
        now = clock.now()
        is_new = locked.proven_at is None
        is_renewed = not is_daily and locked.confirmed_at is not None and locked.confirmed_at < locked.begun_at
        locked.proven_at = locked.proven_at or now
        locked.renewed_at = now if is_renewed else locked.renewed_at
        locked.seen_at, locked.looked_at, locked.failing_since = now, now, None
        locked.save()
        if is_new or is_renewed:
            detail = {"way": locked.way, "domain": locked.domain, "is_claim": proof.is_claim, "is_renewed": is_renewed}
            record(by, act="prove", subject=f"organization:{locked.organization_id}", detail=detail)
        show(locked.organization_id)
    return locked


def _take_over(claim: Proof) -> None:
    """Who claimed owns it now, unless somebody was quicker; other claims end. Raises ProofGone."""
    if claim.begun_by is None or not organizations.is_ownerless(claim.organization):
        raise ProofGone
    Membership.objects.update_or_create(
        organization=claim.organization, person=claim.begun_by, defaults={"role": Role.OWNER}
    )
    others = Proof.objects.filter(organization=claim.organization, is_claim=True, ended_at=None).exclude(pk=claim.pk)
    others.update(ended_at=clock.now())
    claim.is_claim = False
