"""Save: keep what was typed."""

import json
from typing import Any

from django.db import transaction

from loa.accounts.models import Person
from loa.lib import html, pasted, vietnamese
from loa.media.actions.hold import hold
from loa.organizations.models import Organization
from loa.releases.errors import StaleRevision, Suspended, WrongState
from loa.releases.models import Release
from loa.releases.rules import facts_of, is_suspended
from loa.releases.states import EDITABLE

TEXTS = ("headline", "subtitle", "lead", "dateline", "source_url", "source_name", "picture_credit", "contact")
CHOICES = ("kind", "language", "section", "place", "licence", "is_ai")
LISTS = ("pictures", "videos", "attachments", "quotes", "documents", "facts")  # plain values, as their forms made them


def begin(person: Person, organization: Organization, *, fields: dict[str, Any]) -> Release:
    """A new draft of an organization."""
    with transaction.atomic():
        release = Release(organization=organization, author=person)
        if is_suspended(release):
            raise Suspended
        fill(release, fields)
        release.save()
        if "topics" in fields:
            release.topics.set(fields["topics"])
        hold_files(release)
    return release


def save(release: Release, *, fields: dict[str, Any], expected_revision: int) -> Release:
    """Writes the fields given. Raises StaleRevision if someone saved since, WrongState once it was submitted."""
    with transaction.atomic():
        locked = Release.objects.select_for_update(of=("self",)).select_related("organization").get(pk=release.pk)
        if locked.state not in EDITABLE:
            raise WrongState(locked.state)
        if is_suspended(locked):
            raise Suspended
        if locked.revision != expected_revision:
            raise StaleRevision
        fill(locked, fields)
        locked.revision += 1
        locked.save()
        if "topics" in fields:
            locked.topics.set(fields["topics"])
        hold_files(locked)
    return locked


def hold_files(release: Release) -> None:
    """The organization's library says that this release uses these files, inside the caller's transaction."""
    lists = json.dumps([release.body_html, release.pictures, release.videos, release.attachments])
    owner = f"organization:{release.organization_id}"
    hold([lists], key=f"release:{release.public_id}", owner_key=owner)


def fill(release: Release, fields: dict[str, Any]) -> None:
    """Puts typed values on a release: NFC at the door, markup cleaned, plain text parted into paragraphs."""
    for name in TEXTS:
        if name in fields:
            setattr(release, name, vietnamese.kept(str(fields[name] or "").strip()))
    if not html.is_web_address(release.source_url):
        release.source_url = ""  # a draft kept before sign-up never met the form that refuses "javascript:"
    for name in (*CHOICES, *LISTS):
        if name in fields:
            setattr(release, name, fields[name])
    release.facts = facts_of(release.kind, release.facts)  # what belongs to another kind does not stay behind
    if "body_html" in fields:
        body = vietnamese.kept(str(fields["body_html"] or ""))
        # Without scripts the editor is a plain text box: its paragraphs and addresses become markup here.
        release.body_html = html.from_typed(pasted.without_rubbish(body))
