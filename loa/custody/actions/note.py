"""Note: write down what became of a backup, so that the operator's page can tell."""

import hashlib
from pathlib import Path
from typing import Any

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.custody.models import Backup
from loa.lib import clock


def note_made(
    actor: Actor, path: Path, manifest: dict[str, Any], *, row: Backup | None = None, is_checked: bool = False
) -> Backup:  # fmt: skip
    """Notes a finished backup; `row` is the one it was begun with, if any."""
    row = row or Backup(made_by=actor.label)
    row.path, row.size, row.sha256 = str(path), path.stat().st_size, sum_of(path)
    row.rows = sum(table["rows"] for table in manifest["tables"].values())
    row.files, row.is_encrypted = len(manifest["files"]), path.suffix == ".age"
    row.made_at, row.lease_until, row.error = clock.now(), None, ""
    row.checked_at = row.made_at if is_checked else None
    with transaction.atomic():
        row.save()
        record(actor, act="backup", subject=f"backup:{row.pk}", detail={"size": row.size, "sha256": row.sha256})
    return row


def note_failed(actor: Actor, row: Backup, error: str) -> None:
    """Notes why a backup was not made, or did not come back."""
    with transaction.atomic():
        row.error, row.lease_until = error, None
        row.save()
        record(actor, act="backup_failed", subject=f"backup:{row.pk}", detail={"error": error})


def note_checked(path: Path) -> None:
    """Notes that the backup at a path was looked through and comes back, if it is one that was noted."""
    Backup.objects.filter(path=str(path), sha256=sum_of(path)).update(checked_at=clock.now(), error="")


def sum_of(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
