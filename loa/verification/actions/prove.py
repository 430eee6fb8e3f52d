"""Prove: look whether what an owner put on their domain is there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import Actor, record
from loa.lib import clock, dns, domains, safe_fetch
from loa.organizations import queries as organizations
from loa.organizations.errors import NotOwner, Suspended
from loa.organizations.models import Membership, Organization, Role
from loa.verification import queries
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
    """Write down that it was seen now. Raises ProofGone, DomainTaken."""
    with transaction.atomic():
        locked = Proof.objects.select_for_update(of=("self",)).select_related("organization").get(pk=proof.pk)
        if locked.ended_at is not None:
            raise ProofGone
        if queries.is_taken(locked.organization, locked.domain):
            raise DomainTaken
        if locked.is_claim:
            _take_over(locked)
        now = clock.now()
        is_new = locked.proven_at is None
        locked.proven_at = locked.proven_at or now
        locked.seen_at, locked.looked_at, locked.failing_since = now, now, None
        locked.save()
        if is_new:
            detail = {"way": locked.way, "domain": locked.domain, "is_claim": proof.is_claim}
            record(by, act="prove", subject=f"organization:{locked.organization_id}", detail=detail)
        show(locked.organization_id)
    return locked


def _take_over(claim: Proof) -> None:
    """Who claimed owns it now, unless somebody was quicker; other claims end. Raises ProofGone."""
    Organization.objects.select_for_update(of=("self",)).get(pk=claim.organization_id)
    if claim.begun_by is None or not organizations.is_ownerless(claim.organization):
        raise ProofGone
    Membership.objects.update_or_create(
        organization=claim.organization, person=claim.begun_by, defaults={"role": Role.OWNER}
    )
    others = Proof.objects.filter(organization=claim.organization, is_claim=True, ended_at=None).exclude(pk=claim.pk)
    others.update(ended_at=clock.now())
    claim.is_claim = False
