"""The release sheet: all a release shows, as one plain value; pages, preview and moderation draw the same one.

`facts` hold what belongs to the kind; moments are RFC 3339 with the offset of their zone, days ISO 8601:
event {starts_at, ends_at, time_zone, venues [{name, address, place}], audience, registration_url, capacity,
press_contact, stream_url} · product {name, availability (`Availability`), available_from, price} ·
appointment {person, role, from_day} · results and report {period}. What was left empty is not there.
A venue's `place` is a province or city by its name, `capacity` a number of people.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from loa.archive.models import Entry, State, Version
from loa.archive.queries import address, is_behind

SOURCED = "sourced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A release as its reader sees it; `path` and `public_id` are empty while it is unpublished."""

    headline: str
    body_html: str
    language: str
    organization: Any
    published_at: datetime
    time_zone: str
    subtitle: str = ""
    lead: str = ""
    dateline: str = ""
    kind: str = "news"
    section_name: str = ""
    section_slug: str = ""
    place_name: str = ""
    place_path: str = ""
    is_day_only: bool = False
    reading_minutes: int = 1
    source_url: str = ""
    source_name: str = ""
    picture_credit: str = ""
    contact: str = ""
    pictures: list[dict[str, Any]] = field(default_factory=list)
    path: str = ""
    public_id: str = ""
    version: int = 1
    corrections: list[Version] = field(default_factory=list)
    videos: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    quotes: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    partners: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    licence: str = "credit"
    is_ai: bool = False  # a model wrote the text, whole or in part
    texts: dict[str, str] = field(default_factory=dict)  # path by language, the original's first
    translates: int | None = None  # the number of the version this text was made from
    is_behind: bool = False  # the original was corrected since
    source_language: str = ""  # of the text it was made from
    replies: list[dict[str, Any]] = field(default_factory=list)  # of people named in it, with `at` as a moment
    original: int = 1  # the number of the original's version that readers find now

    @property
    def is_sourced(self) -> bool:
        """News the portal's editors carried from a named source, not a release."""
        return self.kind == SOURCED

    @property
    def sender(self) -> str:
        """What the organization is called in the language of the text."""
        return str(self.organization.label(self.language))

    @property
    def speakers(self) -> list[tuple[str, str, str]]:
        """Name, role and path of everyone quoted, each once, in the order of the text."""
        said = [(quote["name"], quote.get("role", ""), quote.get("path", "")) for quote in self.quotes]
        return list({one[0]: one for one in said}.values())

    @property
    def cover(self) -> dict[str, Any] | None:
        """The first picture."""
        return self.pictures[0] if self.pictures else None

    @property
    def gallery(self) -> list[dict[str, Any]]:
        """The pictures after the cover, save those that stand within the text."""
        return [one for one in self.pictures[1:] if f'src="{one["url"]}"' not in self.body_html]


def of_entry(
    entry: Entry, language: str, *, version: Version | None = None, corrections: list[Version] | None = None,
    texts: dict[str, str] | None = None,
) -> Sheet:  # fmt: skip
    """The sheet of a published entry, in one of its texts; names of sections follow the interface's language."""
    version = version or entry.current
    if version is None or entry.state != State.PUBLISHED:
        raise ValueError("only a published entry has a sheet")
    return Sheet(
        headline=version.headline,
        subtitle=version.subtitle,
        lead=version.lead,
        body_html=version.body_html,
        language=version.language,
        dateline=version.dateline,
        organization=entry.organization,
        kind=entry.kind,
        section_name=entry.section.name(language),
        section_slug=entry.section.slug,
        place_name=entry.place.label(language) if entry.place is not None else "",
        place_path=f"/p/{entry.place_id}/{entry.place.slug}" if entry.place is not None else "",
        published_at=entry.published_at,
        is_day_only=entry.is_day_only,
        time_zone=entry.portal.time_zone,
        reading_minutes=version.reading_minutes,
        source_url=version.source_url,
        source_name=version.source_name,
        picture_credit=version.picture_credit,
        contact=version.contact,
        pictures=version.pictures,
        path=address(entry, version),
        public_id=entry.public_id,
        version=version.number,
        corrections=corrections or [],
        videos=version.videos,
        attachments=version.attachments,
        quotes=version.quotes,
        documents=version.documents,
        partners=version.partners,
        facts=version.facts,
        licence=version.licence or "credit",
        is_ai=version.is_ai,
        texts=texts or {},
        translates=version.translates.number if version.translates is not None else None,
        is_behind=is_behind(entry, version),
        source_language=version.translates.language if version.translates is not None else "",
        replies=[{**one, "at": datetime.fromisoformat(one["at"])} for one in entry.replies],
        original=entry.current.number if entry.current is not None else 1,
    )
