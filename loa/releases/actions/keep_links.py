"""Keep links: write down where the published texts of a release lead, and when each is looked at first."""

from collections.abc import Iterator
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.db import transaction

from loa.archive.models import Entry, State, Translation, Version
from loa.lib import clock, tokens
from loa.lib.looks import next_night
from loa.releases.models import PublicLink, Release
from loa.releases.queries import web_addresses


def keep_links(release: Release) -> None:
    """One row an address of what readers find now, none of what was withdrawn; twice does nothing more."""
    zone = ZoneInfo(release.organization.portal.time_zone)
    found = {tokens.digest(one.encode()): one for one in _addresses(release.entry)}
    with transaction.atomic():
        PublicLink.objects.filter(release=release).exclude(digest__in=found).delete()
        rows = [
            PublicLink(
                release=release, url=url, digest=digest, host=(urlsplit(url).hostname or "")[:255],
                due_at=next_night(clock.now(), zone, digest),
            )
            for digest, url in found.items()
        ]  # fmt: skip
        PublicLink.objects.bulk_create(rows, ignore_conflicts=True)


def _addresses(entry: Entry | None) -> Iterator[str]:
    if entry is None or entry.state != State.PUBLISHED:
        return
    for version in _versions(entry):
        documents = [str(one.get("url") or "") for one in version.documents]
        yield from web_addresses(version.body_html, version.source_url, *documents)


def _versions(entry: Entry) -> Iterator[Version]:
    if entry.current is not None:
        yield entry.current
    for row in Translation.objects.filter(entry=entry).select_related("version"):
        yield row.version
