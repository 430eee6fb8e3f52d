"""Close: an organization publishes no more; its newsroom stays and says so. The operator opens it again."""

from django.db import transaction
from django.db.models import Q

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import Actor, record
from loa.edge.actions.purge import purge
from loa.lib import clock
from loa.organizations import emails, queries
from loa.organizations.errors import NotOwner
from loa.organizations.models import Invitation, Mandate, Organization


def close(person: Person, organization: Organization) -> None:
    """Invitations and mandates end; its people may still fetch what is theirs. Twice keeps the first.

    Raises NotOwner.
    """
    if not queries.is_owner(person, organization):
        raise NotOwner
    now = clock.now()
    with transaction.atomic():
        if not Organization.objects.filter(pk=organization.pk, closed_at=None).update(closed_at=now):
            return
        Invitation.objects.filter(organization=organization, used_at=None).update(used_at=now)
        either = Q(client=organization) | Q(agency=organization)
        Mandate.objects.filter(either, ended_at=None).update(ended_at=now)
        record(actor(person), act="close", subject=f"organization:{organization.pk}")
        emails.tell_change(organization, queries.owners(organization), change="close", whom=str(person))
        purge([f"org:{organization.pk}", "front"])


def reopen(actor: Actor, organization: Organization) -> None:
    """It may publish again; one that was merged into another stays closed."""
    with transaction.atomic():
        if Organization.objects.filter(pk=organization.pk, merged_into=None).update(closed_at=None):
            record(actor, act="reopen", subject=f"organization:{organization.pk}")
            purge([f"org:{organization.pk}", "front"])
