"""Invite: ask a colleague to join, by mail."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import tokens
from loa.organizations import emails, queries
from loa.organizations.errors import NotOwner, Suspended
from loa.organizations.models import Invitation, Organization


def invite(person: Person, organization: Organization, *, email: str, language: str = "") -> Invitation:
    """Queues one mail with a link to a page with a button; only the mail has the token. Raises NotOwner, Suspended.

    What language the invited reads is unknown: the mail has that of the inviting page, else the portal's.
    """
    if not queries.is_owner(person, organization):
        raise NotOwner
    if queries.is_suspended(organization):
        raise Suspended
    token = tokens.random_id()
    with transaction.atomic():
        invitation = Invitation.objects.create(
            organization=organization, email=email.lower(), token_digest=tokens.digest(token.encode())
        )
        emails.invite(invitation, to=email, token=token, language=language or organization.portal.language)
        record(actor(person), act="invite", subject=f"organization:{organization.pk}")
    return invitation
