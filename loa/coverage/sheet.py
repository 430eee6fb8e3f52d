"""Coverage as a table to take along: what counts of an organization's releases, a line each."""

from loa.coverage import queries
from loa.lib import spreadsheets
from loa.organizations.models import Organization

COLUMNS = ("release", "headline", "outlet", "title", "published_on", "address", "gone")
MOST = 10_000  # lines


def table(organization: Organization) -> str:
    """The newest first (RFC 4180, with a mark for spreadsheets); `gone` where nothing is at the address any more."""
    lines = [spreadsheets.line(COLUMNS)]
    for row in queries.confirmed(organization.pk)[:MOST]:
        headline = row.entry.current.headline if row.entry.current else ""
        day = row.published_on.isoformat() if row.published_on else ""
        cells = (row.entry.public_id, headline, row.outlet, row.title, day, row.url, "yes" if row.is_gone else "")
        lines.append(spreadsheets.line(cells))
    return spreadsheets.START + "".join(lines)
