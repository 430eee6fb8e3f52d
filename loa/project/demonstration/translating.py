"""Puts some of the demonstration's releases into other languages; one original is corrected after that."""

from typing import Any

from loa.audit.actions.record import SYSTEM
from loa.releases.actions.correct import correct
from loa.releases.actions.translate import publish_translation, save_translation
from loa.releases.models import Release
from loa.releases.rules import words_of_facts

PLAIN = ("headline", "subtitle", "lead", "dateline", "body_html")


def translate(release: Release, rows: dict[str, Any]) -> None:
    """Every text that is not there yet, each published on its own; may run twice."""
    for language, row in rows["texts"].items():
        text = release.translations.filter(language=language).first()
        if text is None:
            text = save_translation(
                release, language, fields=fields(release, row), expected_revision=0, follows=release.revision
            )
        if not text.published_revision:
            publish_translation(SYSTEM, release, language, expected_revision=text.revision)
    if "correction" in rows and release.revision == 1:
        _correct(release, rows["correction"])


def fields(release: Release, row: dict[str, Any]) -> dict[str, Any]:
    """A translation as its form would send it; the contact is the same in every language."""
    facts = {name: row["facts"][said] for name, said in words_of_facts(release.facts).items()} if "facts" in row else {}
    pictures = {picture["url"]: {"alt": row["alt"], "caption": ""} for picture in release.pictures}
    said = {name: row.get(name, "") for name in PLAIN}
    return {**said, "contact": release.contact, "pictures": pictures, "facts": facts}


def _correct(release: Release, row: dict[str, Any]) -> None:
    said = {"lead": release.lead, "body_html": release.body_html}
    for old, new in row["replace"]:
        said = {name: text.replace(old, new) for name, text in said.items()}
    correct(SYSTEM, release, fields=said, reason=row["reason"], note=row["note"], expected_revision=release.revision)
