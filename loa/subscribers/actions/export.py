"""Hands an operator the list of readers, and writes down that it did."""

from collections.abc import Iterator

from loa.audit.actions.record import Actor, record
from loa.lib import spreadsheets
from loa.portals.models import Portal
from loa.subscribers import queries

COLUMNS = ("email", "state", "language", "lists", "asked_at", "confirmed_at", "left_at")


def export(actor: Actor, portal: Portal) -> Iterator[str]:
    """Lines of a CSV table, its head first; what spreadsheets would run is written so that they do not."""
    detail = {"rows": queries.of_portal(portal).count()}
    record(actor, act="export", subject=f"portal:{portal.slug}:subscribers", detail=detail)
    return _lines(portal)


def _lines(portal: Portal) -> Iterator[str]:
    yield spreadsheets.START + spreadsheets.line(COLUMNS)
    for reader, lists in queries.with_lists(portal):
        moments = [moment.isoformat() if moment else "" for moment in
                   (reader.asked_at, reader.confirmed_at, reader.left_at)]  # fmt: skip
        yield spreadsheets.line([reader.email, reader.state, reader.language, " ".join(lists), *moments])
