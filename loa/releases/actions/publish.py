"""Publish: copy a submitted release into the archive, in one transaction with its notice."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from loa.archive.actions.shelve import Place, Text, shelve
from loa.archive.models import Entry
from loa.archive.sheet import Sheet
from loa.audit.actions.record import Actor, record
from loa.lib import clock, html, quotes, reading
from loa.media.actions.let_out import let_out
from loa.organizations import queries as organizations
from loa.organizations.models import Kind as OrganizationKind
from loa.plans.actions.spend import spend
from loa.plans.models import Spending
from loa.releases.actions.move import move
from loa.releases.actions.write_down import keep_for_ever
from loa.releases.errors import NoMandate, SenderGone, TooEarly
from loa.releases.models import Release
from loa.releases.rules import is_spoken_for, is_time, payer_of
from loa.releases.states import State


def publish(
    actor: Actor,
    release: Release,
    *,
    published_at: datetime | None = None,
    is_day_only: bool = False,
    views_before: int = 0,
) -> Entry:
    """Answers the entry; a second call answers the same one.

    Raises WrongState, TooEarly, Suspended, AllowanceSpent, NoMandate, SenderGone. `published_at` (UTC) is given only
    when a record made elsewhere is brought in, which spends no allowance and has no sender here.
    """
    text = rendered(release)  # Cleaning is slow; it happens before the transaction.
    with transaction.atomic():
        current = Release.objects.select_related("entry").get(pk=release.pk)
        if current.state == State.PUBLISHED and current.entry is not None:
            return current.entry
        locked = move(release, "publish")
        if not is_time(locked):
            raise TooEarly(locked.publish_at)
        if locked.revision != release.revision:
            text = rendered(locked)
        if locked.agency and not organizations.is_mandated(locked.agency, locked.organization):
            raise NoMandate
        if published_at is None and not is_spoken_for(locked):
            raise SenderGone
        spending = spend_on(locked) if published_at is None else None
        detail = {"spent": str(spending.term or spending.credit)} if spending else {}
        if locked.agency:
            detail["agency"] = locked.agency.slug
        record(actor, act="publish", subject=f"release:{locked.public_id}", detail=detail)
        entry = shelve(
            locked.public_id, text=text, place=place_of(locked), published_at=published_at, is_day_only=is_day_only,
            views_before=views_before,
        )  # fmt: skip
        locked.entry = entry
        locked.sent_back_words = {}  # what an author took out is kept only while someone compares
        locked.save()
        keep_for_ever(locked, is_published=True)
        show_files(locked, text)
    return entry


def spend_on(release: Release) -> Spending | None:
    """Counts a release that goes out for the first time; what the portal's own desk writes costs nothing."""
    if release.organization.kind == OrganizationKind.PORTAL_DESK:
        return None
    key, sender = f"release:{release.public_id}", release.organization
    return spend(payer_of(release), key=key, label=release.headline, sender=sender)


def show_files(release: Release, text: Text) -> None:
    """Everyone may read the files that a text of a published release shows, inside the caller's transaction."""
    if release.entry is not None:
        key, owner = f"entry:{release.entry.public_id}", f"organization:{release.organization_id}"
        let_out([json.dumps(asdict(text))], key=key, owner_key=owner)


def place_of(release: Release) -> Place:
    """Where its entry stands in the portal."""
    return Place(
        portal_id=release.organization.portal_id, organization_id=release.organization_id,
        section_id=release.section_id or 0, kind=release.kind, place_id=release.place_id,
        topic_ids=tuple(release.topics.values_list("pk", flat=True)),
        partner_ids=tuple(release.partnerships.values_list("organization_id", flat=True)),
    )  # fmt: skip


def rendered(release: Release) -> Text:
    """The text as readers will see it, cleaned once more on its way out."""
    body = quotes.place(html.clean(release.body_html), release.quotes)
    plain = html.to_text(body)
    return Text(
        language=release.language, headline=release.headline, subtitle=release.subtitle, lead=release.lead,
        body_html=body, body_text=plain, dateline=release.dateline, source_url=release.source_url,
        source_name=release.source_name, picture_credit=release.picture_credit, contact=release.contact,
        pictures=list(release.pictures), videos=list(release.videos), attachments=list(release.attachments),
        quotes=quotes_of(release), documents=list(release.documents), facts=dict(release.facts),
        partners=partners_of(release), licence=release.licence, is_ai=release.is_ai,
        reading_minutes=reading.minutes(f"{release.lead}\n{plain}", release.language),
    )  # fmt: skip


def partners_of(release: Release) -> list[dict[str, str]]:
    """The other senders of a joint release as they are called today, in the order they were named."""
    rows = release.partnerships.select_related("organization").order_by("pk")
    named = [row.organization for row in rows]
    return [{"slug": one.slug, "name": one.name, "website": one.website} for one in named]


def quotes_of(release: Release) -> list[dict[str, Any]]:
    """The quotes, each with the path of its speaker's page if they agreed to have one."""
    people = organizations.people_by_key(str(quote.get("person") or "") for quote in release.quotes)
    shown = {key: person for key, person in people.items() if person.consent_at is not None}
    home = f"/o/{release.organization.slug}/people"
    return [
        {**quote, "path": f"{home}/{shown[quote['person']].slug}"} if quote.get("person") in shown else dict(quote)
        for quote in release.quotes
    ]


def sheet_of(release: Release, language: str) -> Sheet:
    """What publishing would show its readers, under the time chosen for it, else the moment of looking.

    Names of sections are in `language`.
    """
    text = asdict(rendered(release))
    text.pop("body_text")
    section, place = release.section, release.place
    return Sheet(
        **text, organization=release.organization, kind=release.kind,
        published_at=max(clock.now(), release.publish_at or clock.now()),
        section_name=section.name(language) if section else "", section_slug=section.slug if section else "",
        place_name=place.label(language) if place else "", place_path=f"/p/{place.pk}/{place.slug}" if place else "",
        time_zone=release.organization.portal.time_zone,
    )  # fmt: skip
