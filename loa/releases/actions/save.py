"""Save: keep what was typed."""

import copy
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from loa.accounts.models import Person
from loa.lib import html, pasted, vietnamese
from loa.lib.three_way import is_same
from loa.media.actions.hold import hold
from loa.organizations.models import Organization
from loa.releases.actions.write_down import write_down, write_down_what_stood
from loa.releases.errors import StaleRevision, Suspended, WrongState
from loa.releases.models import Release, Revision, Way
from loa.releases.queries import plain
from loa.releases.rules import facts_of, is_suspended
from loa.releases.states import EDITABLE

TEXTS = ("headline", "subtitle", "lead", "dateline", "source_url", "source_name", "picture_credit", "contact")
CHOICES = ("kind", "language", "section", "place", "licence", "is_ai")
WITH_FILES = ("body_html", "pictures", "videos", "attachments")
LISTS = ("pictures", "videos", "attachments", "quotes", "documents", "facts")  # plain values, as their forms made them


def begin(person: Person, organization: Organization, *, fields: dict[str, Any]) -> Release:
    """A new draft of an organization."""
    fields = cleaned(fields)
    with transaction.atomic():
        release = Release(organization=organization, author=person)
        if is_suspended(release):
            raise Suspended
        fill(release, fields)
        release.save()
        if "topics" in fields:
            release.topics.set(fields["topics"])
        hold_files(release)
        write_down(release, plain(release), person=person, way=Way.BEGUN, number=release.revision)
    return release


def save(
    release: Release, *, fields: dict[str, Any], expected_revision: int, person: Person | None = None,
    way: str = Way.SAVED,
) -> Release:  # fmt: skip
    """Writes the fields given. Raises StaleRevision if someone saved since, WrongState once it was submitted."""
    fields = cleaned(fields)
    with transaction.atomic():
        locked = in_hand(release)
        if locked.revision != expected_revision:
            raise StaleRevision
        before = plain(locked)
        put(locked, before, typed_over(locked, before, fields), person=person, way=way)
    return locked


def in_hand(release: Release) -> Release:
    """The row, locked, of what may be written in now. Raises WrongState, Suspended."""
    locked = Release.objects.select_for_update(of=("self",)).select_related("organization").get(pk=release.pk)
    if locked.state not in EDITABLE:
        raise WrongState(locked.state)
    if is_suspended(locked):
        raise Suspended
    return locked


def typed_over(release: Release, before: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """What a release that said `before` says once these cleaned fields are typed over it, as plain values."""
    typed = copy.copy(release)
    dress(typed, before)
    fill(typed, fields)
    topics = [topic.pk for topic in fields["topics"]] if "topics" in fields else before["topics"]
    made: dict[str, Any] = json.loads(json.dumps(plain(typed, topics)))
    return made


def put(
    locked: Release, before: dict[str, Any], after: dict[str, Any], *, person: Person | None, way: str, page: str = ""
) -> Revision | None:
    """Makes a locked row say `after`, as its next revision; nothing where it says so already."""
    if all(is_same(after[name], before[name]) for name in after):
        return None
    write_down_what_stood(locked, before)
    dress(locked, after)
    locked.revision += 1
    locked.save()
    if after["topics"] != before["topics"]:
        locked.topics.set(after["topics"])
    if any(after[name] != before[name] for name in WITH_FILES):
        hold_files(locked)
    said = plain(locked, after["topics"])
    return write_down(locked, said, person=person, way=way, number=locked.revision, page=page)


def dress(release: Release, fields: dict[str, Any]) -> None:
    """Puts plain values on a release as they are; they were cleaned when they were typed."""
    for name, value in fields.items():
        if name != "topics":
            setattr(release, f"{name}_id" if name in ("section", "place") else name, value)


def hold_files(release: Release) -> None:
    """The organization's library says that this release uses these files, inside the caller's transaction."""
    lists = json.dumps([release.body_html, release.pictures, release.videos, release.attachments])
    owner = f"organization:{release.organization_id}"
    hold([lists], key=f"release:{release.public_id}", owner_key=owner)


def cleaned(fields: Mapping[str, Any], texts: Iterable[str] = TEXTS) -> dict[str, Any]:
    """Typed fields as Loa keeps them: NFC, markup cleaned, plain text parted into paragraphs.

    Slow for a long body, so before the transaction: on SQLite nobody else writes meanwhile.
    """
    kept = dict(fields)
    for name in texts:
        if name in kept:
            kept[name] = vietnamese.kept(str(kept[name] or "").strip())
    if "body_html" in kept:
        body = vietnamese.kept(str(kept["body_html"] or ""))
        # Without scripts the editor is a plain text box: its paragraphs and addresses become markup here.
        kept["body_html"] = html.from_typed(pasted.without_rubbish(body))
    return kept


def fill(release: Release, fields: dict[str, Any]) -> None:
    """Puts cleaned fields on a release."""
    for name in (*TEXTS, "body_html", *CHOICES, *LISTS):
        if name in fields:
            setattr(release, name, fields[name])
    if not html.is_web_address(release.source_url):
        release.source_url = ""  # a draft kept before sign-up never met the form that refuses "javascript:"
    release.facts = facts_of(release.kind, release.facts)  # what belongs to another kind does not stay behind
