"""Checks of the record itself; they read everything and may take minutes."""

from pathlib import Path

from loa.project import cli_start
from loa.project.doctor.finding import Finding


def integrity() -> Finding:
    """Have SQLite read every page."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return Finding("integrity", "ok", "PostgreSQL keeps its own checksums")
    with connection.cursor() as cursor:
        said = str(cursor.execute("PRAGMA integrity_check").fetchone()[0])
        broken = cursor.execute("PRAGMA foreign_key_check").fetchall()
    if said != "ok" or broken:
        return Finding("integrity", "wrong", said if said != "ok" else f"{len(broken)} rows point to nothing")
    return Finding("integrity", "ok", "every page and every relation")


def audit_chain() -> Finding:
    """Follow the chain of hashes from the first record to the last."""
    from loa.audit import queries

    broken = queries.verify()
    if broken is not None:
        return Finding("audit", "wrong", f"the chain breaks at record {broken}" if broken else "its end is cut off")
    return Finding("audit", "ok", "the chain is whole")


def books() -> Finding:
    """Count the money again from the lines of its ledger, and the numbers of the invoices."""
    from loa.billing.queries.books import faults
    from loa.portals.models import Portal

    wrong = [f"{portal.slug}: {line}" for portal in Portal.objects.all() for line in faults(portal)]
    if wrong:
        return Finding("books", "wrong", f"{len(wrong)} do not add up, first {wrong[0]}; make a backup before anything")
    return Finding("books", "ok", "every transfer, order and invoice adds up")


def search_index() -> Finding:
    """Read the search index against its checksums and compare it with the record."""
    from loa.search.actions.check import check

    found = check(mend=False)
    if found.is_missing:
        return Finding("search", "wrong", "no index that can be read; run loa search rebuild")
    if found.damaged:
        return Finding("search", "wrong", f"{len(found.damaged)} files are damaged; run loa search check --mend")
    if not found.is_whole:
        differing = len(found.differing())
        return Finding("search", "note", f"{differing} entries differ from the record; run loa search check --mend")
    return Finding("search", "ok", "every byte, and every entry as in the record")


def media_files() -> Finding:
    """Count the files of the portal, so that an empty folder after a move is seen."""
    folder = cli_start.media_folder()
    count = sum(1 for path in Path(folder).rglob("*") if path.is_file()) if folder.exists() else 0
    return Finding("media", "ok", f"{count} files in {folder}")
