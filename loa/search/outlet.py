"""The outlet that keeps the index like the record."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet

from loa.archive.models import Entry, Notice, State, Translation, Version
from loa.lib import html
from loa.search.actions.replace import replace
from loa.search.fields import Document


def carry(notice: Notice) -> None:
    """Brings one entry up to date; running twice changes nothing. Raises IndexBusy: the wire tries again."""
    carry_all([notice])


def carry_all(notices: Iterable[Notice]) -> None:
    """Brings the entries of several notices up to date in one commit."""
    entries = list(rows().filter(pk__in={notice.entry_id for notice in notices}))
    documents = [one for entry in entries if entry.state == State.PUBLISHED for one in documents_of(entry)]
    replace([entry.public_id for entry in entries], documents=documents, whole=everything)


def everything() -> Iterator[Document]:
    """Every document of every portal, for a rebuild."""
    shown = rows().filter(state=State.PUBLISHED).iterator(chunk_size=500)
    return (one for entry in shown for one in documents_of(entry))


def rows() -> QuerySet[Entry]:
    """Entries with what a document is made of."""
    joined = Entry.objects.select_related("current", "organization", "section", "place")
    translated = Translation.objects.select_related("version")
    return joined.prefetch_related("topics", Prefetch("translations", translated))


def documents_of(entry: Entry) -> Iterator[Document]:
    """One a language, the original's first."""
    if entry.current is None:
        raise ValueError(f"entry {entry.public_id} has no version")
    yield document(entry, entry.current)
    for row in entry.translations.all():
        if row.language != entry.current.language:
            yield document(entry, row.version, is_original=False)


def document(entry: Entry, version: Version, *, is_original: bool = True) -> Document:
    """One text of an entry as plain values for the engine."""
    return Document(
        key=f"{entry.public_id}:{version.language}", portal=str(entry.portal_id), language=version.language,
        headline=version.headline, subtitle=version.subtitle, lead=version.lead, body=html.to_text(version.body_html),
        organization=_senders(entry, version), organization_slug=entry.organization.slug,
        place=entry.place.name if entry.place else "", sections=[entry.section.slug],
        topics=[topic.pk for topic in entry.topics.all()], kind=entry.kind, published_at=entry.published_at,
        digest=version.digest, people=[quote["name"] for quote in version.quotes],
        documents=[f"{one['number']} {one.get('title', '')}" for one in version.documents],
        is_original=is_original, facts=_words(version.facts),
    )  # fmt: skip


def _senders(entry: Entry, version: Version) -> str:
    """Everybody a text is from, by each of their names; a joint one is found by any."""
    own = (entry.organization.name, entry.organization.name_en)
    return " · ".join(filter(None, [*own, *(str(one.get("name", "")) for one in version.partners)]))


def _words(facts: dict[str, Any]) -> list[str]:
    """What of the facts people look for: venues with where they are, a product, a person with their role, a period."""
    venues = [" ".join(str(part) for part in one.values()) for one in facts.get("venues", [])]
    return [*venues, *(str(facts[name]) for name in ("name", "person", "role", "period", "audience") if name in facts)]
