"""Drop a partner: the release goes out without this organization."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.releases.errors import Suspended, WrongState
from loa.releases.models import Partnership, Release
from loa.releases.rules import is_suspended
from loa.releases.states import EDITABLE


def drop_partner(person: Person, release: Release, public_id: str) -> None:
    """Twice does nothing more. Raises WrongState once the release is on its way, Suspended."""
    with transaction.atomic():
        locked = Release.objects.select_for_update(of=("self",)).select_related("organization").get(pk=release.pk)
        if locked.state not in EDITABLE:
            raise WrongState(locked.state)
        if is_suspended(locked):
            raise Suspended
        gone = Partnership.objects.filter(release=locked, public_id=public_id).select_related("organization").first()
        if gone is None:
            return
        gone.delete()
        detail = {"organization": gone.organization.slug}
        record(actor(person), act="drop_partner", subject=f"release:{locked.public_id}", detail=detail)
