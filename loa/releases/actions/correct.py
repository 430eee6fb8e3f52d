"""Correct: a next version at the same address, with its reason and note."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.accounts.errors import CoolingDown
from loa.accounts.models import Person
from loa.accounts.queries import waits_until
from loa.archive.actions.shelve import add_version, classify
from loa.archive.models import Notice
from loa.audit.actions.record import Actor, record
from loa.mail.actions.cancel import call_back
from loa.releases.actions.publish import place_of, rendered, show_files
from loa.releases.actions.save import cleaned, fill, hold_files
from loa.releases.actions.write_down import keep_for_ever, write_down, write_down_what_stood
from loa.releases.errors import NotReady, StaleRevision, Suspended, WrongState
from loa.releases.models import Release, Way
from loa.releases.queries import plain
from loa.releases.rules import is_suspended, reasons_not_to_submit
from loa.releases.states import State


def correct(
    actor: Actor, release: Release, *, fields: dict[str, Any], reason: str, note: str = "", expected_revision: int,
    person: Person | None = None,
) -> Release:  # fmt: skip
    """Shelves the next version, under its headings as they now are.

    Raises WrongState before publication, StaleRevision, NotReady with sentences, Suspended, CoolingDown.
    """
    if until := waits_until(actor):
        raise CoolingDown(until)
    fields = cleaned(fields)
    with transaction.atomic():
        rows = Release.objects.select_for_update(of=("self",)).select_related("organization", "entry")
        locked = rows.get(pk=release.pk)
        if locked.state != State.PUBLISHED or locked.entry is None:
            raise WrongState(locked.state)
        if is_suspended(locked):
            raise Suspended
        if locked.revision != expected_revision:
            raise StaleRevision
        write_down_what_stood(locked, plain(locked))
        fill(locked, fields)
        reasons = reasons_not_to_submit(locked)
        if reasons or not reason.strip():
            raise NotReady(reasons or [_("Hãy viết lý do đính chính.")])
        locked.revision += 1
        locked.save()
        if "topics" in fields:
            locked.topics.set(fields["topics"])
        write_down(locked, plain(locked), person=person, way=Way.CORRECTED, number=locked.revision)
        keep_for_ever(locked, is_published=True)
        record(actor, act="correct", subject=f"release:{locked.public_id}", detail={"reason": reason})
        classify(locked.entry, place=place_of(locked))
        text = rendered(locked)
        add_version(locked.entry, text=text, kind=Notice.Kind.CORRECTED, reason=reason, note=note)
        call_back(f"entry:{locked.entry.public_id}")  # newsletters that have not left are built again, as it is now
        show_files(locked, text)
        hold_files(locked)
    return locked
