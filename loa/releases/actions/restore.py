"""Restore: what a revision said is what the release, or its translation, says next."""

from collections.abc import Collection

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.releases import queries
from loa.releases.actions.save import in_hand, put
from loa.releases.actions.translate import save_translation
from loa.releases.errors import StaleRevision
from loa.releases.models import Revision, Way


def restore(person: Person, revision: Revision, *, expected_revision: int, names: Collection[str] = ()) -> None:
    """A new revision; what stood there stays in the history. What is gone since, files and sections, is left out.

    With `names` those fields of a release alone are taken back.

    Raises StaleRevision, Suspended, WrongState.
    """
    release = revision.release
    with transaction.atomic():
        if revision.language:
            save_translation(
                release, revision.language, fields=revision.fields, expected_revision=expected_revision, follows=None,
                person=person, way=Way.RESTORED,
            )  # fmt: skip
        else:
            locked = in_hand(release)
            if locked.revision != expected_revision:
                raise StaleRevision
            before = queries.plain(locked)
            taken = {name: said for name, said in revision.fields.items() if not names or name in names}
            after = queries.still_there(locked, {**before, **taken})
            put(locked, before, after, person=person, way=Way.RESTORED)
        detail = {"revision": revision.number, "language": revision.language, "fields": sorted(names)}
        record(actor(person), act="restore", subject=f"release:{release.public_id}", detail=detail)
