"""Clear a likeness: a moderator looked at the two and says that they are not to be mistaken for each other."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.organizations.models import Likeness, Organization


def clear_likeness(moderator: Person, organization: Organization, pk: int) -> None:
    """All their names that look alike, or all their domains; it holds while neither is called something else.

    Twice changes nothing.
    """
    with transaction.atomic():
        open_ones = Likeness.objects.filter(organization=organization, cleared_at=None)
        if row := open_ones.filter(pk=pk).first():
            alike = open_ones.filter(other_key=row.other_key, is_domain=row.is_domain)
            alike.update(cleared_at=clock.now(), cleared_by=moderator)
            detail = {"own": row.own_words, "other": row.other_words}
            record(actor(moderator), act="clear_likeness", subject=f"organization:{organization.pk}", detail=detail)
