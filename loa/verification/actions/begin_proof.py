"""Begin a proof: an owner says which domain is theirs, and learns what must stand there."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock, tokens
from loa.organizations import queries as organizations
from loa.organizations.errors import NotOwner, Suspended
from loa.organizations.models import Organization
from loa.verification import emails, queries
from loa.verification.errors import DomainTaken
from loa.verification.models import Proof, Way
from loa.verification.rules import domain_of, mailbox_domain


def begin_proof(
    person: Person, organization: Organization, *, way: str, domain: str = "", mailbox: str = "", language: str = ""
) -> Proof:
    """Begun again it is the same row with the same token; a mailbox is written to anew, in the page's language.

    Raises NotOwner, Suspended, BadDomain, DomainTaken.
    """
    if not organizations.is_owner(person, organization):
        raise NotOwner
    if organizations.is_suspended(organization):
        raise Suspended
    wanted = mailbox_domain(mailbox) if way == Way.MAILBOX else domain_of(domain)
    if queries.is_taken(organization, wanted):
        raise DomainTaken
    token = tokens.random_id()
    with transaction.atomic():
        # What is seen at this moment must not be written over by what is asked anew.
        organizations.locked(organization)
        proof, is_new = Proof.objects.get_or_create(
            organization=organization, way=way, domain=wanted, ended_at=None, is_claim=False,
            defaults={"begun_by": person, "begun_at": clock.now(), "token": token},
        )  # fmt: skip
        if way == Way.MAILBOX:
            proof.token, proof.mailbox = tokens.digest(token.encode()), mailbox.strip().lower()
            proof.begun_at, proof.begun_by = clock.now(), person
            proof.save()
            emails.ask_mailbox(proof, token=token, language=language or organization.portal.language)
        if is_new or way == Way.MAILBOX:
            detail = {"way": way, "domain": wanted}
            record(actor(person), act="begin_proof", subject=f"organization:{organization.pk}", detail=detail)
    return proof
