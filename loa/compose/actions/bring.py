"""Bring: what a file says goes into a draft where nothing stands in its way, or waits until its writer has chosen."""

import re
from dataclasses import replace
from html import escape
from typing import Any

from django.db import transaction

from loa.accounts.models import Person
from loa.compose.models import Bringing
from loa.lib.tokens import short_id
from loa.lib.word import Brought
from loa.media.actions.describe import describe
from loa.media.actions.take_in import take_in
from loa.media.errors import NotAPicture, StorageFull
from loa.releases.actions.save import save
from loa.releases.models import Release, Way

TEXTS = ("headline", "subtitle", "dateline", "lead", "contact")
WORDS = ("alt", "caption", "credit")
_FIGURE = '<figure><img src="{}"[^>]*>(?:<figcaption>.*?</figcaption>)?</figure>\n?'


def bring(release: Release, found: Brought, *, name: str, person: Person | None = None) -> Bringing:
    """Its pictures go into the organization's library. Raises StaleRevision, Suspended, WrongState."""
    owner_key = f"organization:{release.organization_id}"
    pictures, found = _taken_in(found, owner_key)  # files are slow: before the transaction
    fields = fields_of(found, pictures)
    is_in_the_way = any(getattr(release, field) for field in fields)
    with transaction.atomic():
        Bringing.objects.filter(release=release).delete()  # the last file counts
        if not is_in_the_way:
            save(release, fields=fields, expected_revision=release.revision, person=person, way=Way.BROUGHT)
        return Bringing.objects.create(
            release=release, name=name[:200], fields=fields if is_in_the_way else {}, reported=found.reported,
            is_waiting=is_in_the_way,
        )  # fmt: skip


def _taken_in(found: Brought, owner_key: str) -> tuple[list[dict[str, Any]], Brought]:
    """The pictures as a release keeps them, and the text that shows them; those that cannot be kept are reported."""
    pictures: list[dict[str, Any]] = []
    body, lost, full = found.body_html, 0, None
    for image in found.images:
        number = int(image["src"].rpartition("-")[2])
        said = {name: image[name] for name in WORDS if image[name]}
        try:
            picture = take_in(found.pictures[number - 1], owner_key=owner_key, name=image["caption"] or image["alt"])
        except (NotAPicture, IndexError, StorageFull) as fact:
            lost += not isinstance(fact, StorageFull)
            full = _one_more(full, fact) if isinstance(fact, StorageFull) else full
            body = re.sub(_FIGURE.format(re.escape(image["src"])), "", body)
            continue
        if news := {name: text for name, text in said.items() if not getattr(picture, name)}:
            picture = describe(picture, **news)
        url = picture.get_absolute_url()
        body = body.replace(f'src="{image["src"]}"', f'src="{url}"')
        pictures.append({**picture.shown(), **said})
    if pictures:  # the first is the cover, which stands above the text
        body = re.sub(_FIGURE.format(re.escape(pictures[0]["url"])), "", body, count=1)
    reported = _with(found.reported, lost) + ([full] if full else [])
    return list({one["url"]: one for one in pictures}.values()), replace(found, body_html=body, reported=reported)


def _one_more(full: dict[str, Any] | None, fact: StorageFull) -> dict[str, Any]:
    """How many pictures found no room, and how much there was."""
    count = full["count"] if full else 0
    return {"what": "storage", "count": count + 1, "used": fact.used, "most": fact.most}


def _with(reported: list[dict[str, Any]], lost: int) -> list[dict[str, Any]]:
    before = sum(one["count"] for one in reported if one["what"] == "pictures")
    others = [one for one in reported if one["what"] != "pictures"]
    return [*others, {"what": "pictures", "count": before + lost}] if before + lost else others


def fields_of(found: Brought, pictures: list[dict[str, Any]]) -> dict[str, Any]:
    """What a file puts into a release, as saving takes it; what it does not say is not there."""
    quotes = [
        {"id": short_id(), "text": one["text"], "name": one["name"][:120], "role": one["role"][:160]}
        for one in found.quotes if one["is_placed"]
    ]  # fmt: skip
    body = "\n".join(part for part in (found.body_html, _about(found.boilerplate)) if part)
    texts: dict[str, Any] = {name: getattr(found, name) for name in TEXTS}
    fields = {**texts, "body_html": body, "quotes": quotes, "pictures": pictures}
    return {name: value for name, value in fields.items() if value}


def _about(boilerplate: str) -> str:
    """The lasting words about the organization, under their own heading at the end."""
    head, *rest = [part for part in boilerplate.split("\n\n") if part] or [""]
    if not head:
        return ""
    paragraphs = "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in rest)
    return f"<h2>{escape(head.rstrip(' :'), quote=False)}</h2>\n{paragraphs}"
