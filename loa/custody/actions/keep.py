"""Keep: what the worker does at night: make a backup, see that it comes back, seal it, and thin out the old ones."""

import shutil
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Q

from loa.audit.actions.record import SYSTEM
from loa.custody import rules
from loa.custody.actions.backup import backup, put_in_place, sweep_leftovers
from loa.custody.actions.check import check
from loa.custody.actions.note import note_failed, note_made
from loa.custody.actions.seal import read_recipients, seal
from loa.custody.errors import CannotBackUp, CannotRestore
from loa.custody.models import Backup
from loa.lib import clock

LEASE = timedelta(hours=6)  # a night's work is done by then, or whoever did it is dead
ATTEMPTS = timedelta(hours=1)  # between two tries of one night


def keep(*, folder: Path, media: Path, version: str, keys: Path | None, retention: rules.Retention) -> Backup | None:
    """Make tonight's backup unless it was made; None when there is nothing to do.

    It is looked through before it is sealed: the key that opens it is not on this machine. Failures are noted on its
    row and tried again an hour later. Old ones go only after a new one came back.
    """
    now = clock.now()
    row = claim(rules.night_of(now), now)
    if row is None:
        return None
    try:
        manifest, target = make(folder, media=media, version=version, keys=keys)
    except (CannotBackUp, CannotRestore, OSError) as error:
        note_failed(SYSTEM, row, str(error))
        return row
    note_made(SYSTEM, target, manifest, row=row, is_checked=True)
    thin_out(folder, retention=retention)
    return row


def claim(night: date, now: datetime) -> Backup | None:
    """The row of a night, if it is ours to do: nobody made it, nobody is at it, and its last try is an hour ago."""
    lease = now + LEASE
    try:
        with transaction.atomic():
            return Backup.objects.create(night=night, made_by=SYSTEM.label, begun_at=now, lease_until=lease)
    except IntegrityError:
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        row = Backup.objects.filter(free, night=night, made_at=None, begun_at__lte=now - ATTEMPTS)
        return Backup.objects.get(night=night) if row.update(begun_at=now, lease_until=lease) else None


def make(folder: Path, *, media: Path, version: str, keys: Path | None) -> tuple[dict[str, object], Path]:
    """A backup in the folder, looked through. Raises CannotBackUp and CannotRestore."""
    recipients = read_recipients(keys) if keys is not None else []
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep_leftovers(folder)
    target = folder / rules.name_of(clock.now(), is_sealed=bool(recipients))
    work = Path(tempfile.mkdtemp(prefix=".loa-night-", dir=folder))
    try:
        plain = work / "backup.tar"
        manifest = backup(plain, media=media, version=version)
        check(plain, scratch=work)
        ready = plain
        if recipients:
            ready = work / "backup.tar.age"
            seal(plain, ready, recipients=recipients)
        put_in_place(ready, target)
        return manifest, target
    finally:
        shutil.rmtree(work, ignore_errors=True)


def thin_out(folder: Path, *, retention: rules.Retention) -> list[Path]:
    """Remove the backups of ours that no rule keeps; what is called otherwise is nobody's to remove."""
    found = {path: at for path in folder.iterdir() if (at := rules.made_at_of(path.name)) is not None}
    gone = sorted(found.keys() - rules.kept(found, retention))
    for path in gone:
        path.unlink(missing_ok=True)
        Backup.objects.filter(path=str(path)).update(removed_at=clock.now())
    return gone
