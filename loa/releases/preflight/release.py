"""Pre-flight of a release in hand: what its checks read, what they find, and what its writer answered."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from loa.archive import queries as archive
from loa.lib import clock, tokens
from loa.releases.models import Answer, LinkLook, Release
from loa.releases.preflight.draft import Draft, Earlier, Finding, Look
from loa.releases.preflight.table import findings

EARLIER = 30  # texts of the organization that a new one is compared with


@dataclass(frozen=True)
class Found:
    """A finding, and what its writer said to it."""

    finding: Finding
    answer: Answer | None


def look_over(release: Release) -> list[Found]:
    """Everything worth a second look, what nobody answered first."""
    answers = {row.key: row for row in release.answers.select_related("person")} if release.pk else {}
    found = [one for one in findings(draft_of(release)) if not one.is_required]
    rows = [Found(one, answers.get(one.key)) for one in found]
    return sorted(rows, key=lambda row: row.answer is not None)


def finding_of(release: Release, key: str) -> Finding | None:
    """The finding of a key, while the text still gives cause for it."""
    return next((one for one in findings(draft_of(release)) if one.key == key), None)


def draft_of(release: Release) -> Draft:
    """The release as the checks read it; of the archive only what its own organization has published."""
    zone = ZoneInfo(release.organization.portal.time_zone)
    names = (
        "kind", "language", "headline", "subtitle", "lead", "body_html", "dateline", "contact", "source_name",
        "source_url", "is_ai", "pictures", "quotes", "documents", "facts",
    )  # fmt: skip
    draft = Draft(
        today=clock.now().astimezone(zone).date(), organization=release.organization.name,
        earlier=tuple(_earlier(release)), **{name: getattr(release, name) for name in names},
    )  # fmt: skip
    return replace(draft, looks=_looks([address for address, _ in draft.links]))


def _earlier(release: Release) -> list[Earlier]:
    rows = archive.public(release.organization.portal_id).filter(organization_id=release.organization_id)
    entries = rows.exclude(pk=release.entry_id or 0)[:EARLIER]
    return [
        Earlier(entry.current.headline, archive.address(entry), f"{entry.current.lead}\n{entry.current.body_text}")
        for entry in entries
        if entry.current is not None
    ]


def _looks(addresses: list[str]) -> dict[str, Look]:
    digests = {tokens.digest(address.encode()): address for address in addresses}
    rows = LinkLook.objects.filter(digest__in=digests).exclude(outcome="")
    return {digests[row.digest]: Look(row.outcome, row.leads_to) for row in rows}
