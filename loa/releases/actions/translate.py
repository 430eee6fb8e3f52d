"""Translate: a release in one more language, kept beside the original and published on its own."""

import copy
import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.accounts.errors import CoolingDown
from loa.accounts.models import Person
from loa.accounts.queries import waits_until
from loa.archive.actions.shelve import add_translation
from loa.archive.models import Entry, Version
from loa.audit.actions.record import Actor, record
from loa.lib import vietnamese
from loa.media.actions.hold import hold
from loa.releases import queries
from loa.releases.actions.publish import rendered, show_files
from loa.releases.actions.save import cleaned
from loa.releases.actions.write_down import write_down
from loa.releases.errors import NotALanguage, NotReady, StaleRevision, Suspended, WrongState
from loa.releases.models import Release, Translation, Way
from loa.releases.rules import (
    ROWS_OF_WORDS,
    WORDS,
    is_suspended,
    is_translatable_into,
    key_of_row,
    reasons_not_to_publish_translation,
)
from loa.releases.states import State

TEXTS = queries.TRANSLATED
WORDS_OF_ROWS = queries.TRANSLATED_ROWS


def save_translation(
    release: Release, language: str, *, fields: dict[str, Any], expected_revision: int, follows: int | None,
    person: Person | None = None, way: str = Way.SAVED,
) -> Translation:  # fmt: skip
    """Writes the fields given; a revision of 0 begins the translation.

    `follows` is the release's revision that its translator had before them and says this is a translation of; None
    where they say nothing of it. Raises NotALanguage, StaleRevision, Suspended, WrongState once it was withdrawn.
    """
    if not is_translatable_into(release, language):
        raise NotALanguage(language)
    fields = cleaned(fields, TEXTS)
    with transaction.atomic():
        locked = _locked(release)
        row = Translation.objects.select_for_update().filter(release=locked, language=language).first()
        if (row.revision if row else 0) != expected_revision:
            raise StaleRevision
        row = row or Translation(release=locked, language=language, revision=0, made_from=follows or 0)
        _fill(row, fields)
        if follows == locked.revision:
            row.made_from, row.original = follows, queries.words_of(locked)
        row.revision += 1
        row.save()
        key, owner = f"translation:{locked.public_id}:{language}", f"organization:{locked.organization_id}"
        hold([row.body_html], key=key, owner_key=owner)
        said = queries.plain_translation(row)
        write_down(locked, said, person=person, way=way, number=row.revision, language=language)
    return row


def publish_translation(
    actor: Actor, release: Release, language: str, *, expected_revision: int, reason: str = "", note: str = ""
) -> Version:
    """Answers the version readers find; a second call with nothing new answers the same one.

    What was public before is corrected, with a reason. Raises NotReady with sentences, StaleRevision, Suspended,
    WrongState, CoolingDown, NotALanguage where nothing is translated into this language.
    """
    if until := waits_until(actor):
        raise CoolingDown(until)
    with transaction.atomic():
        locked = _locked(release)
        row = Translation.objects.select_for_update().filter(release=locked, language=language).first()
        if row is None:
            raise NotALanguage(language)
        if row.revision != expected_revision:
            raise StaleRevision
        reasons = reasons_not_to_publish_translation(locked, row)
        if reasons or locked.entry is None:
            raise NotReady(reasons)
        shown = locked.entry.translations.filter(language=language).select_related("version").first()
        if shown is not None and row.published_revision == row.revision:
            return shown.version
        if shown is not None and not reason.strip():
            raise NotReady([_("Hãy viết lý do đính chính.")])
        text = rendered(translated(locked, row))
        detail = {"language": language, "reason": reason}
        record(actor, act="publish_translation", subject=f"release:{locked.public_id}", detail=detail)
        original = _translated_from(locked, locked.entry, row)
        version = add_translation(locked.entry, text=text, translates=original, reason=reason, note=note)
        row.published_revision = row.revision
        row.save()
        queries.line(locked, language).filter(number=row.revision).order_by().update(is_published=True)
        show_files(locked, text)
    return version


def translated(release: Release, translation: Translation) -> Release:
    """The release as it reads in the other language; for rendering, never for saving."""
    shown = copy.copy(release)
    shown.language, shown.body_html = translation.language, translation.body_html
    for name in TEXTS:
        setattr(shown, name, getattr(translation, name))
    shown.pictures = [{**one, **_words(translation.pictures, one["url"], "alt", "caption")} for one in release.pictures]
    shown.quotes = [{**one, **_said(translation.quotes.get(str(one.get("id")), {}))} for one in release.quotes]
    shown.facts = _in_words(release.facts, translation.facts)
    return shown


def _locked(release: Release) -> Release:
    rows = Release.objects.select_for_update(of=("self",)).select_related("organization", "entry__portal")
    locked = rows.get(pk=release.pk)
    if locked.state == State.WITHDRAWN:
        raise WrongState(locked.state)
    if is_suspended(locked):
        raise Suspended
    return locked


def _fill(row: Translation, fields: dict[str, Any]) -> None:
    for name in (*TEXTS, "body_html"):
        if name in fields:
            setattr(row, name, fields[name])
    for name in WORDS_OF_ROWS:
        if name in fields:
            setattr(row, name, json.loads(vietnamese.kept(json.dumps(fields[name], ensure_ascii=False))))


def _translated_from(release: Release, entry: Entry, row: Translation) -> Version:
    """The original's version it was made from: each revision after publication is a correction, and shelved one."""
    originals = list(entry.versions.filter(translates=None).order_by("number"))
    return originals[max(0, len(originals) - 1 - (release.revision - row.made_from))]


def _words(rows: dict[str, Any], key: str, *names: str) -> dict[str, str]:
    said = rows.get(key, {})
    return {name: str(said.get(name) or "") for name in names}


def _said(words: dict[str, Any]) -> dict[str, str]:
    return {name: str(words[name]) for name in ("text", "role") if words.get(name)}


def _in_words(facts: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    said = {**facts, **{name: words[name] for name in WORDS if facts.get(name) and words.get(name)}}
    for rows, parts in ROWS_OF_WORDS.items():
        if facts.get(rows):
            said[rows] = [_row_in_words(row, rows, parts, words) for row in facts[rows]]
    return said


def _row_in_words(row: dict[str, Any], rows: str, parts: tuple[str, ...], words: dict[str, str]) -> dict[str, Any]:
    key = key_of_row(row)
    found = {part: words.get(f"{rows}.{key}.{part}") for part in parts}
    return {**row, **{part: said for part, said in found.items() if said}}
