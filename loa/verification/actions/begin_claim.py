"""Begin a claim: somebody says that an organization nobody owns is theirs, and will prove it by its domain."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock, tokens
from loa.organizations import queries as organizations
from loa.organizations.errors import NotOwner
from loa.organizations.models import Organization
from loa.verification import emails, queries
from loa.verification.errors import BadDomain
from loa.verification.models import Proof, Way
from loa.verification.rules import domain_of, mailbox_domain


def begin_claim(
    person: Person, organization: Organization, *, way: str, mailbox: str = "", language: str = ""
) -> Proof:  # fmt: skip
    """The domain is that of the organization's own website, as it came with its archive.

    A new claim of a person's takes the place of their old one.

    Raises NotOwner where somebody owns it, BadDomain where there is no website or the mailbox is not on its domain.
    """
    token = tokens.random_id()
    now = clock.now()
    with transaction.atomic():
        (locked,) = organizations.locked(organization)
        if not organizations.is_ownerless(locked) or locked.closed_at is not None:
            raise NotOwner
        domain = domain_of(queries.site_of(locked))
        if way == Way.MAILBOX and mailbox_domain(mailbox) != domain:
            raise BadDomain(mailbox)
        queries.claims(person, organization).update(ended_at=now)
        proof = Proof.objects.create(
            organization=organization, way=way, domain=domain, begun_by=person, begun_at=now, is_claim=True,
            token=tokens.digest(token.encode()) if way == Way.MAILBOX else token,
            mailbox=mailbox.strip().lower() if way == Way.MAILBOX else "",
        )  # fmt: skip
        detail = {"way": way, "domain": domain}
        record(actor(person), act="begin_claim", subject=f"organization:{organization.pk}", detail=detail)
        if way == Way.MAILBOX:
            emails.ask_mailbox(proof, token=token, language=language or organization.portal.language)
    return proof
