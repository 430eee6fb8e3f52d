"""Copy: a new draft that begins with what another release, or a text kept as a template, says."""

from typing import Any

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.releases import queries
from loa.releases.actions.begin_for import begin_for
from loa.releases.actions.save import begin, put
from loa.releases.models import Release, Way
from loa.releases.rules import facts_for_a_copy
from loa.releases.states import State

UNTOUCHED = 2  # the revision of a copy in which nobody has written yet


def copy(person: Person, release: Release) -> Release:
    """The words, topics and files of a release in whatever state; never its dates, answers or partners.

    Asked again before anybody wrote in the copy, it answers the same one. Raises NotAWriter, Suspended.
    """
    with transaction.atomic():
        Release.objects.select_for_update(of=("self",)).get(pk=release.pk)  # a button pressed twice makes one copy
        mine = Release.objects.filter(copied_from=release, author=person, state=State.DRAFT, revision=UNTOUCHED)
        made = mine.order_by("pk").first()
        if made is None:
            made = begin_from(person, release.organization, fields=queries.for_a_copy(release))
            made.copied_from = release
            made.save(update_fields=["copied_from"])
            detail = {"from": release.public_id}
            record(actor(person), act="copy", subject=f"release:{made.public_id}", detail=detail)
    return made


def begin_from(person: Person, organization: Organization, *, fields: dict[str, Any]) -> Release:
    """A draft that says these plain values, without what is gone since: sections, places, topics and files.

    Raises NotAWriter, Suspended.
    """
    is_own = organizations.is_member(person, organization)
    with transaction.atomic():
        made = (begin if is_own else begin_for)(person, organization, fields={})
        before = queries.plain(made)
        said = queries.still_there(made, {**before, **fields})
        put(made, before, {**said, "facts": facts_for_a_copy(said["facts"])}, person=person, way=Way.COPIED)
    return made
