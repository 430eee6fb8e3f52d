"""Whether every setting that is given is one of Loa's."""

import os
from difflib import get_close_matches

from loa.project.doctor.finding import Finding

# What docs/settings.md tells of; any other name that begins so is a slip of whoever set it.
SETTINGS = frozenset(
    [
        "LOA_HOME",
        "LOA_DATABASE_URL",
        "LOA_SEARCH_URL",
        "LOA_MEDIA_URL",
        "LOA_BACKUP_FOLDER",
        "LOA_BACKUP_KEYS",
        "LOA_BACKUP_KEEP",
        "LOA_CACHE_URL",
        "LOA_CDN_PURGE_URL",
        "LOA_CDN_PURGE_TOKEN",
        "LOA_CDN_PURGE_WAY",
        "LOA_CDN_TTL",
        "LOA_TASKS_URL",
        "LOA_MAIL_CONNECTIONS",
        "LOA_MAIL_FROM",
        "LOA_MAIL_LOOKUP",
        "LOA_MAIL_URL",
        "LOA_ORIGIN",
        "LOA_BANK_SECRETS",
        "LOA_METRICS_TOKEN",
        "LOA_LOG",
        "LOA_SENTRY_DSN",
        "LOA_LARGEST_VIDEO",
        "LOA_LIBRARY_QUOTA",
        "LOA_PAGE_STORE",
        "LOA_UNDO",
        "LOA_CHECK_LINKS",
        "LOA_PROXIES",
        "LOA_SECURITY_CONTACT",
        "LOA_PORT",
        "LOA_WORKERS",
        "LOA_SECRET_KEY",
    ]
)
OF_OTHERS = ("LOA_INIT_PASSWORD", "LOA_TEST_", "LOA_BENCH_", "LOA_STORM")  # of one command, the tests and the benches


def names() -> Finding:
    """Look for settings that do nothing, since nobody reads them by that name."""
    named = sorted(name for name in os.environ if name.startswith("LOA_") and not name.startswith(OF_OTHERS))
    if not (unknown := [name for name in named if name not in SETTINGS]):
        return Finding("settings", "ok", "every one that is set is known")
    meant = [(name, *get_close_matches(name, SETTINGS, n=1)) for name in unknown]
    said = [f"{name} (is {guess[0]} meant?)" if guess else name for name, *guess in meant]
    return Finding("settings", "note", f"no settings of Loa, so they do nothing: {', '.join(said)}")
