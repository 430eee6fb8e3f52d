"""Join: take up an invitation."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock, tokens
from loa.organizations import queries
from loa.organizations.errors import InvitationGone, Suspended
from loa.organizations.models import Membership, Organization


def join(person: Person, *, token: str) -> Organization:
    """Makes the person a member. Raises InvitationGone (used, unknown, for another address), Suspended."""
    with transaction.atomic():
        invitation = queries.invitation(tokens.digest(token.encode()))
        if invitation is None or invitation.email != person.email.lower():
            raise InvitationGone
        if queries.is_suspended(invitation.organization):
            raise Suspended
        invitation.used_at = clock.now()
        invitation.save()
        Membership.objects.get_or_create(organization=invitation.organization, person=person)
        record(actor(person), act="join", subject=f"organization:{invitation.organization_id}")
    return invitation.organization
