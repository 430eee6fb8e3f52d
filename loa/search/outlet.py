"""The outlet that keeps the index like the record."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from loa.archive.models import Entry, Notice, State
from loa.lib import html
from loa.search.actions.replace import replace
from loa.search.fields import Document


def carry(notice: Notice) -> None:
    """Brings one entry up to date; running twice changes nothing. Raises IndexBusy: the wire tries again."""
    carry_all([notice])


def carry_all(notices: Iterable[Notice]) -> None:
    """Brings the entries of several notices up to date in one commit."""
    entries = list(rows().filter(pk__in={notice.entry_id for notice in notices}))
    documents = [document(entry) for entry in entries if entry.state == State.PUBLISHED]
    replace([entry.public_id for entry in entries], documents=documents, whole=everything)


def everything() -> Iterator[Document]:
    """Every document of every portal, for a rebuild."""
    return (document(entry) for entry in rows().filter(state=State.PUBLISHED).iterator(chunk_size=500))


def rows() -> QuerySet[Entry]:
    """Entries with what a document is made of."""
    return Entry.objects.select_related("current", "organization", "section", "place").prefetch_related("topics")


def document(entry: Entry) -> Document:
    """An entry as plain values for the engine."""
    version = entry.current
    if version is None:
        raise ValueError(f"entry {entry.public_id} has no version")
    return Document(
        key=f"{entry.public_id}:{version.language}", portal=str(entry.portal_id), language=version.language,
        headline=version.headline, subtitle=version.subtitle, lead=version.lead, body=html.to_text(version.body_html),
        organization=entry.organization.name, organization_slug=entry.organization.slug,
        place=entry.place.name if entry.place else "", sections=[entry.section.slug],
        topics=[topic.pk for topic in entry.topics.all()], kind=entry.kind, published_at=entry.published_at,
        digest=version.digest, people=[quote["name"] for quote in version.quotes],
        documents=[f"{one['number']} {one.get('title', '')}" for one in version.documents],
    )  # fmt: skip
