"""Checks of what the portal runs on: database, mail, purges and the CDN in front."""

from loa.project import sqlite_version
from loa.project.doctor.finding import Finding


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


def outgoing() -> Finding:
    """Look whether mail leaves, and whether a person must decide about some."""
    from django.conf import settings

    from loa.mail import providers, queries
    from loa.mail.errors import NotSent

    relay = queries.failing().filter(name="").first()
    if relay is not None:
        return Finding("mail", "wrong", f"the relay takes no mail: {relay.answer}")
    halted = [lane.lane for lane in queries.lanes() if lane.is_halted]
    doubtful = queries.messages_in_doubt().count() + sum(queries.copies_in_doubt().values())
    said = [f"the lane {lane} is halted" for lane in halted] + ([f"{doubtful} mails in doubt"] if doubtful else [])
    if said:
        return Finding("mail", "note", f"{', '.join(said)}; see /operator/mail")
    try:
        providers.knock(settings.LOA_MAIL_URL)
    except NotSent as error:
        return Finding("mail", "wrong", f"not with the relay of LOA_MAIL_URL: {error}")
    is_folder = settings.LOA_MAIL_URL.startswith("file:")
    return Finding("mail", "ok", f"kept in {settings.LOA_MAIL_URL}" if is_folder else "the relay lets us in")


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
