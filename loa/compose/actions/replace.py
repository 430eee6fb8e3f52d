"""Replace: what a brought file says takes the place of what its writer chose."""

from collections.abc import Collection

from django.db import transaction

from loa.accounts.models import Person
from loa.compose.models import Bringing
from loa.releases.actions.save import save
from loa.releases.models import Release, Way


def replace(
    bringing: Bringing, *, names: Collection[str], expected_revision: int, person: Person | None = None
) -> None:
    """Only fields the file says something of; its pictures stand behind those that are there.

    Twice does nothing more. Raises StaleRevision, Suspended, WrongState.
    """
    with transaction.atomic():
        kept = Bringing.objects.select_for_update().filter(pk=bringing.pk, is_waiting=True).first()
        if kept is None:
            return
        release = Release.objects.get(pk=kept.release_id)
        fields = {name: value for name, value in kept.fields.items() if name in names}
        if "pictures" in fields:
            had = {one["url"] for one in release.pictures}
            fields["pictures"] = [*release.pictures, *(one for one in fields["pictures"] if one["url"] not in had)]
        if fields:
            save(release, fields=fields, expected_revision=expected_revision, person=person, way=Way.BROUGHT)
        kept.fields, kept.is_waiting = {}, False
        kept.save()
