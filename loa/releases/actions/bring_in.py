"""Bring in: put texts that an organization published elsewhere, before, into the archive; and make one editable."""

from collections.abc import Sequence

from django.db import transaction

from loa.archive import queries as archive
from loa.archive.actions.shelve import Place, Text
from loa.archive.actions.shelve_many import Arrival, shelve_many
from loa.archive.models import Entry
from loa.audit.actions.record import Actor, record
from loa.lib import html
from loa.media import queries as media
from loa.media.actions.let_out import let_out
from loa.releases import queries
from loa.releases.models import Release
from loa.releases.states import State

__all__ = ["Arrival", "Place", "Text", "bring_in", "open_for_correction"]


def bring_in(actor: Actor, arrivals: Sequence[Arrival], *, source: str) -> list[Entry]:
    """Shelves those that are not there yet, in one transaction with one audit record; answers the new entries.

    They have no release until somebody corrects or withdraws one (`open_for_correction`). Twice is once.
    """
    with transaction.atomic():
        known = archive.known_keys(one.release_key for one in arrivals)
        fresh: dict[str, Arrival] = {}
        for one in arrivals:
            if one.release_key not in known:
                fresh.setdefault(one.release_key, one)
        if not fresh:
            return []
        entries = shelve_many(list(fresh.values()))
        for entry in entries:
            _show_files(entry)
        record(
            actor, act="bring_in", subject=f"portal:{entries[0].portal_id}",
            detail={"source": source, "entries": [entry.public_id for entry in entries]},
        )  # fmt: skip
        return entries


def _show_files(entry: Entry) -> None:
    """Everyone may read the files that a text shows, inside the caller's transaction."""
    version = entry.current
    shown = [version.body_html, *(str(one["url"]) for one in version.pictures)] if version is not None else []
    if media.files_in(shown):
        let_out(shown, key=f"entry:{entry.public_id}", owner_key=f"organization:{entry.organization_id}")


def open_for_correction(actor: Actor, entry: Entry) -> Release:
    """The release of an entry: the one it was shelved from, or one made of the text that readers find now.

    Once it is there it is corrected and withdrawn like any other. A second call answers the same one.
    """
    with transaction.atomic():
        locked = Entry.objects.select_for_update(of=("self",)).select_related("current").get(pk=entry.pk)
        found = queries.of_entry(entry.pk)
        if found is not None:
            return found
        if locked.current is None:
            raise ValueError(f"entry {entry.public_id} has no version")
        release = Release(entry=locked, organization_id=locked.organization_id, state=State.PUBLISHED)
        for name in ("kind", "section_id", "place_id"):
            setattr(release, name, getattr(locked, name))
        for name in (
            *("language", "headline", "subtitle", "lead", "dateline", "source_url", "source_name", "picture_credit"),
            *("contact", "pictures", "videos", "attachments", "quotes", "documents", "facts", "licence"),
        ):
            setattr(release, name, getattr(locked.current, name))
        release.body_html = html.clean(locked.current.body_html)
        release.save()
        release.topics.set(locked.topics.all())
        record(actor, act="open_for_correction", subject=f"entry:{locked.public_id}")
        return release
