"""What is wrong with this set-up: one function a check, each giving one finding in a sentence."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from loa.project import cli_start, sqlite_version
from loa.project.cli_errors import Trouble

GIB = 1024**3
BUILT = datetime(2026, 11, 1, tzinfo=UTC)  # this code is not older: a clock before it is wrong


@dataclass(frozen=True)
class Finding:
    """What was looked at and what was found."""

    what: str
    level: Literal["ok", "note", "wrong"]
    found: str

    @property
    def is_wrong(self) -> bool:
        """Say whether the operator must do something."""
        return self.level == "wrong"

    @property
    def mark(self) -> str:
        """Return the level as a word."""
        return self.level


def examine(*, deep: bool) -> list[Finding]:
    """Run every check; a check that cannot run is itself a finding, and the next one runs all the same."""
    findings = [check() for check in (python, folder, disk, clock, sqlite)]
    if any(finding.what == "folder" and finding.is_wrong for finding in findings):
        return findings
    try:
        cli_start.load_django()
    except Trouble as trouble:
        return [*findings, Finding("settings", "wrong", trouble.english)]
    checks: list[Callable[[], Finding]] = [
        key,
        database,
        journal,
        migrations,
        pages,
        sharing,
        cdn,
        hosts,
        places,
        outgoing,
        backups,
        deployment,
    ]
    for check in [*checks, *(deep_checks() if deep else ())]:
        try:
            findings.append(check())
        except Exception as error:  # noqa: BLE001 -- whatever stops a check is what the operator must hear
            findings.append(Finding(check.__name__, "wrong", f"{type(error).__name__}: {error}"))
    return findings


def python() -> Finding:
    """Look at Python's version."""
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding("python", "ok" if sys.version_info >= (3, 11) else "wrong", found)


def folder() -> Finding:
    """Look whether LOA_HOME can be written to."""
    try:
        cli_start.refuse_unwritable_home()
    except Trouble as trouble:
        return Finding("folder", "wrong", trouble.english)
    return Finding("folder", "ok", f"{cli_start.home()} is writable")


def disk() -> Finding:
    """Look at the free room: SQLite and the search index fail badly on a full disk."""
    try:
        free = cli_start.free_bytes()
    except OSError as error:
        return Finding("disk", "wrong", str(error))
    return Finding("disk", "ok" if free > 2 * GIB else "wrong", f"{free / GIB:.1f} GiB free")


def clock() -> Finding:
    """Look whether the clock can be right: dates of releases, links in mails and certificates depend on it."""
    now = datetime.now(UTC)
    if now < BUILT:
        return Finding("clock", "wrong", f"{now:%Y-%m-%d %H:%M} UTC is before this version was made; set the clock")
    try:
        asked = ["timedatectl", "show", "--property", "NTPSynchronized", "--value"]
        said = subprocess.run(asked, capture_output=True, text=True, timeout=5, check=False).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        said = ""
    if said == "no":
        return Finding(
            "clock", "note", f"{now:%Y-%m-%d %H:%M} UTC, not synchronized; turn on systemd-timesyncd or chrony"
        )
    return Finding("clock", "ok", f"{now:%Y-%m-%d %H:%M} UTC")


def sqlite() -> Finding:
    """Look whether this SQLite has the race on resetting its write-ahead log."""
    found = ".".join(map(str, sqlite_version.version()))
    if sqlite_version.is_vulnerable(sqlite_version.version()):
        return Finding(
            "sqlite", "note", f"{found} can lose writes in WAL mode; Loa keeps to the slower rollback journal"
        )
    return Finding("sqlite", "ok", f"{found} ({sqlite_version.library().__name__.split('.')[0]})")


def backups() -> Finding:
    """Look when the last backup was made that this portal knows of."""
    from django.db import DatabaseError

    from loa.custody import rules
    from loa.custody.models import Backup
    from loa.lib import clock

    try:
        last = Backup.objects.exclude(made_at=None).order_by("-made_at").first()
    except DatabaseError:
        return Finding("backups", "note", "not known before the tables are there (loa upgrade)")
    if last is None or last.made_at is None or clock.now() - last.made_at > rules.OLDEST:
        when = f"the last one is of {last.made_at:%Y-%m-%d %H:%M} UTC" if last and last.made_at else "there is none"
        return Finding("backups", "note", f"{when}; set LOA_BACKUP_FOLDER, or run loa backup")
    return Finding("backups", "ok", f"{last.made_at:%Y-%m-%d %H:%M} UTC{', it comes back' if last.checked_at else ''}")


def key() -> Finding:
    """Look at the secret key: there, long enough, and readable by its owner alone."""
    from django.conf import settings

    if len(settings.SECRET_KEY) < 40:
        return Finding("key", "wrong", "LOA_SECRET_KEY is missing or shorter than 40 characters")
    for path in (cli_start.home() / name for name in cli_start.NOT_CONTENT):
        if path.is_file() and "secret" in path.name and path.stat().st_mode & 0o077:
            return Finding("key", "wrong", f"others can read {path}; run chmod 600 on it")
    return Finding("key", "ok", "set")


def database() -> Finding:
    """Look whether the database answers."""
    from django.db import connection

    connection.ensure_connection()
    return Finding("database", "ok", f"{connection.display_name} answers")


def journal() -> Finding:
    """Look whether the journal mode fits the SQLite in use."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return Finding("journal", "ok", "not SQLite")
    with connection.cursor() as cursor:
        mode = str(cursor.execute("PRAGMA journal_mode").fetchone()[0])
    # What Django really opened, should something have loaded the system's SQLite first.
    vulnerable = sqlite_version.is_vulnerable(connection.Database.sqlite_version_info)  # type: ignore[attr-defined]
    if mode == "wal" and vulnerable:
        return Finding(
            "journal", "wrong", "WAL on an SQLite that can lose writes in it; install pysqlite3 or a newer SQLite"
        )
    if mode != "wal" and not vulnerable:
        return Finding("journal", "wrong", f"{mode}, where WAL is expected")
    return Finding("journal", "ok", mode)


def migrations() -> Finding:
    """Look whether the database has this version's shape."""
    from loa.custody.actions.backup import applied_migrations
    from loa.custody.actions.restore import unknown_migrations
    from loa.custody.actions.upgrade import waiting_migrations

    waiting = waiting_migrations()
    if waiting:
        return Finding("migrations", "wrong", f"{len(waiting)} waiting, first {waiting[0]}; run loa upgrade")
    if unknown := unknown_migrations(applied_migrations()):
        return Finding("migrations", "wrong", f"the database is newer than this Loa: it has {unknown[0]}")
    return Finding("migrations", "ok", "all applied")


def pages() -> Finding:
    """Look whether the operator has reviewed the texts that `loa init` wrote."""
    from loa.desk import queries

    waiting = [f"/{page.slug} ({page.language})" for page in queries.unreviewed()]
    if waiting:
        return Finding("pages", "note", f"starting texts nobody has reviewed: {', '.join(waiting)}; edit at /operator/")
    return Finding("pages", "ok", "no starting text is left")


def hosts() -> Finding:
    """Look whether readers get to every portal, and whether the links it writes lead to itself."""
    from loa.portals import queries

    found = [
        f"{row.portal.slug} has “{row.host}”, which no browser asks for; write it like tin.example.vn"
        for row in queries.unsendable()
    ]
    for portal, there in queries.misled():
        leads = f"leads to {there.slug}" if there is not None else "leads to no portal"
        whose = "its address" if portal.origin else "LOA_ORIGIN"
        found.append(f"links of {portal.slug} begin with {whose}, {portal.address}, which {leads}")
    if found:
        return Finding("hosts", "wrong", f"{'; '.join(found)}; see /operator/address and /operator/hosts")
    return Finding("hosts", "ok", "every portal is found where its links lead")


def places() -> Finding:
    """Look for texts of one portal that name the place of another: they were copied and not read."""
    from loa.portals import queries

    found = [f"{portal.slug}: {text} names {place}" for portal, text, place in queries.strays()]
    if found:
        return Finding("places", "note", f"texts that name another portal's place: {'; '.join(found)}")
    return Finding("places", "ok", "every portal's texts speak of its own place")


def outgoing() -> Finding:
    """Look whether mail leaves, and whether a person must decide about some."""
    from loa.mail import queries

    relay = queries.failing().filter(name="").first()
    if relay is not None:
        return Finding("mail", "wrong", f"the relay takes no mail: {relay.answer}")
    halted = [lane.lane for lane in queries.lanes() if lane.is_halted]
    doubtful = queries.messages_in_doubt().count() + sum(queries.copies_in_doubt().values())
    said = [f"the lane {lane} is halted" for lane in halted] + ([f"{doubtful} mails in doubt"] if doubtful else [])
    if said:
        return Finding("mail", "note", f"{', '.join(said)}; see /operator/mail")
    return Finding("mail", "ok", "the relay takes what it is given")


def sharing() -> Finding:
    """Look whether what machines share their purges by answers."""
    from django.conf import settings
    from redis import RedisError

    from loa.edge.sharing import line

    if (known := line(settings.LOA_CACHE_URL)) is None:
        return Finding("purges", "ok", "of one machine (LOA_CACHE_URL=memory:)")
    try:
        known.last()
    except RedisError as error:
        return Finding("purges", "wrong", f"the Redis of LOA_CACHE_URL: {error}; pages live for a second meanwhile")
    return Finding("purges", "ok", "shared between machines")


def cdn() -> Finding:
    """Ask the CDN in front to forget a tag no page carries, and look whether purges wait for it."""
    from django.conf import settings

    from loa.edge.cdn import NotPurged
    from loa.edge.models import Outside
    from loa.lib import clock

    if settings.LOA_CDN is None:
        return Finding("cdn", "ok", "none is told of purges (LOA_CDN_PURGE_URL is not set)")
    try:
        settings.LOA_CDN.purge(["loa-doctor"])
    except NotPurged as error:
        return Finding("cdn", "wrong", f"LOA_CDN_PURGE_URL: {error}; its pages are old by up to LOA_CDN_TTL seconds")
    waiting = Outside.objects.filter(times_told=0).order_by("pk")
    if (first := waiting.first()) is not None and (clock.now() - first.at).total_seconds() > 60:
        return Finding("cdn", "note", f"{waiting.count()} purges wait, the first since {first.at:%Y-%m-%d %H:%M} UTC")
    return Finding("cdn", "ok", "takes purges")


def deployment() -> Finding:
    """Run Django's own checks; those for the Internet count once LOA_ORIGIN begins with https://."""
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    live = not settings.DEBUG and settings.SESSION_COOKIE_SECURE
    said = io.StringIO()
    try:
        call_command("check", deploy=live, fail_level="WARNING", stdout=said, stderr=said)
    except SystemCheckError as error:
        return Finding("checks", "wrong", " ".join(str(error).split()))
    return Finding(
        "checks",
        "ok" if live else "note",
        "clean" if live else "clean; LOA_ORIGIN is not https://, so not for the Internet",
    )


def deep_checks() -> Iterator[Callable[[], Finding]]:
    """Give the checks of the record itself; they read everything and may take minutes."""
    yield integrity
    yield audit_chain
    yield books
    yield media_files
    yield search_index


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
