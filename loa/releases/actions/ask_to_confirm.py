"""Ask to confirm: the owner of an organization reads what the portal's editors wrote for it."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.releases import emails
from loa.releases.errors import NotReady, Suspended, WrongState
from loa.releases.models import Confirmation, Release
from loa.releases.rules import is_suspended, reasons_not_to_ask
from loa.releases.states import EDITABLE


def ask_to_confirm(person: Person, release: Release) -> Confirmation:
    """Each owner is mailed a link to a page with a button; asking again asks afresh.

    Raises WrongState once it is on its way or where nobody needs to be asked, Suspended, NotReady with sentences.
    """
    with transaction.atomic():
        locked = (
            Release.objects.select_for_update(of=("self",)).select_related("organization__portal").get(pk=release.pk)
        )
        if locked.state not in EDITABLE or not locked.is_by_desk:
            raise WrongState(locked.state)
        if is_suspended(locked):
            raise Suspended
        reasons = reasons_not_to_ask(locked)
        if reasons:
            raise NotReady(reasons)
        asked = {"asked_at": clock.now(), "answered_at": None, "answered_by": None, "is_confirmed": False}
        confirmation, _is_new = Confirmation.objects.update_or_create(
            release=locked, defaults={**asked, "text_digest": "", "wish": ""}
        )
        emails.ask_to_confirm(confirmation)
        record(actor(person), act="ask_to_confirm", subject=f"release:{locked.public_id}")
    return confirmation
