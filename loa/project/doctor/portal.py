"""Checks of the portal: its key, texts, hosts, backups and settings."""

import io

from loa.project import cli_start, config
from loa.project.doctor.finding import Finding


def key() -> Finding:
    """Look at the secret key: there, long enough, and readable by its owner alone."""
    from django.conf import settings

    if len(settings.SECRET_KEY) < config.SHORTEST_KEY:
        return Finding("key", "wrong", f"the secret key is shorter than {config.SHORTEST_KEY} characters")
    for path in (cli_start.home() / name for name in cli_start.NOT_CONTENT):
        if path.is_file() and "secret" in path.name and path.stat().st_mode & 0o077:
            return Finding("key", "wrong", f"others can read {path}; run chmod 600 on it")
    return Finding("key", "ok", "set")


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
