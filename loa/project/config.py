"""What the environment says, read in one place; each value has a default that works on one small machine."""

import os
import re
import secrets
import tomllib
from collections.abc import MutableMapping
from email.utils import parseaddr
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from loa.billing.providers.table import PROVIDERS
from loa.edge.cdn import FILES, WAYS, Cdn
from loa.portals import rules
from loa.project import sqlite_version

SHORTEST_SECRET = 16
SHORTEST_KEY = 40


def home() -> Path:
    """The folder everything Loa writes on one machine lives in."""
    return Path(os.environ.get("LOA_HOME") or "var").resolve()  # an empty one is no wish for the folder one stands in


def origin() -> str:
    """The public address, scheme and host, without a slash at its end. ValueError: it is written otherwise."""
    written = rules.normal(os.environ.get("LOA_ORIGIN", "")) or f"http://localhost:{port()}"
    if not rules.is_origin(written):
        raise ValueError(
            f"LOA_ORIGIN: “{written}” is not written like https://tin.example.vn: scheme and host as browsers send them"
        )
    return written


def port() -> int:
    """The TCP port the server listens on. ValueError: there is none of this number."""
    found = number("LOA_PORT", 8000)
    if not 1 <= found <= 65_535:
        raise ValueError(f"LOA_PORT: {found} is not between 1 and 65535")
    return found


def workers() -> int:
    """How many web processes serve."""
    return number("LOA_WORKERS", 2)


def proxies() -> int:
    """How many trusted proxies stand in front; their addresses are believed, no others."""
    return number("LOA_PROXIES", 0)


def largest_video() -> int:
    """How many bytes a video may have (`LOA_LARGEST_VIDEO`, in MB)."""
    return number("LOA_LARGEST_VIDEO", 500) * 1_000_000


def library_quota() -> int:
    """How many bytes the files of one organization may take (`LOA_LIBRARY_QUOTA`, in MB); 0: no end."""
    return number("LOA_LIBRARY_QUOTA", 5000) * 1_000_000


def check_links() -> bool:
    """Whether the worker opens the addresses that drafts link to (`LOA_CHECK_LINKS`); by itself on a public portal."""
    told = os.environ.get("LOA_CHECK_LINKS", "")
    if told not in ("", "0", "1"):
        raise ValueError(f"LOA_CHECK_LINKS: “{told}” is neither 0 nor 1")
    return told == "1" or (not told and origin().startswith("https://"))


def undo() -> int:
    """How many seconds a publication can still be stopped after the button (`LOA_UNDO`); 0: it goes out at once."""
    seconds = number("LOA_UNDO", 30)
    if seconds > 600:
        raise ValueError(f"LOA_UNDO: {seconds} is more than 600 seconds; choose a time on the page instead")
    return seconds


def page_store() -> int:
    """How many bytes of finished pages each web process keeps (`LOA_PAGE_STORE`, in MB)."""
    return number("LOA_PAGE_STORE", 64) * 1_000_000


def version() -> str:
    """The version of this code, from pyproject.toml when it runs from a checkout."""
    paper = Path(__file__).resolve().parents[2] / "pyproject.toml"
    if paper.exists():
        return str(tomllib.loads(paper.read_text("utf-8"))["project"]["version"])
    return metadata.version("loa")


def backup_folder() -> Path | None:
    """Where the worker puts its nightly backups (`LOA_BACKUP_FOLDER`); None: it makes none."""
    value = os.environ.get("LOA_BACKUP_FOLDER", "")
    return Path(value).resolve() if value else None


def backup_keys() -> Path | None:
    """The file of public keys that nightly backups are encrypted for (`LOA_BACKUP_KEYS`); None: not encrypted."""
    value = os.environ.get("LOA_BACKUP_KEYS", "")
    return Path(value).resolve() if value else None


def backup_keep() -> str:
    """How many days, weeks and months of nightly backups are kept, as "7,5,12"."""
    value = os.environ.get("LOA_BACKUP_KEEP", "7,5,12")
    parts = value.split(",")
    if len(parts) != 3 or not all(part.strip().isdecimal() for part in parts) or int(parts[0]) < 1:
        raise ValueError(f"LOA_BACKUP_KEEP: “{value}” is not written like 7,5,12 (days, weeks, months)")
    return value


def number(setting: str, default: int) -> int:
    """A setting that counts something; ValueError with a sentence when it is no number."""
    value = os.environ.get(setting, str(default))
    if not value.isdecimal():
        raise ValueError(f"{setting}: “{value}” is not a number")
    return int(value)


def mail_url() -> str:
    """Where mail goes: files in a folder, or an SMTP relay; another way is refused in a sentence."""
    value = os.environ.get("LOA_MAIL_URL", f"file:{home() / 'outbox'}")
    if not value.startswith(("file:", "smtp://", "smtps://")):
        kind = value.partition(":")[0]
        raise ValueError(f"LOA_MAIL_URL: “{kind}” is not built yet; use file:/folder or smtp://host:port")
    if not value.startswith("file:") and not _has_host(value):
        # The rest of it may be a password, so it is not said again.
        raise ValueError("LOA_MAIL_URL: not written like smtp://user:password@host:587, / and @ in it as %2F and %40")
    return value


def _has_host(url: str) -> bool:
    """Whether an address leads to a host, and its port, where it names one, is a number."""
    try:
        return bool(urlsplit(url).hostname) and urlsplit(url).port != 0
    except ValueError:
        return False


def mail_connections() -> int:
    """How many connections to the relay one worker keeps at most; the lane of accounts has one more to itself."""
    connections = number("LOA_MAIL_CONNECTIONS", 4)
    if not 1 <= connections <= 100:
        raise ValueError(f"LOA_MAIL_CONNECTIONS: {connections} is not between 1 and 100")
    return connections


def mail_lookup() -> bool:
    """Whether a domain is asked for its mail servers before a reader is written to."""
    value = os.environ.get("LOA_MAIL_LOOKUP", "off")
    if value not in {"off", "dns"}:
        raise ValueError(f"LOA_MAIL_LOOKUP: “{value}” is neither off nor dns")
    return value == "dns"


def mail_from() -> str:
    """The sender of the portal's own mail. ValueError: no address is in it."""
    value = os.environ.get("LOA_MAIL_FROM", f"khong-tra-loi@{urlsplit(origin()).hostname}")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(value)[1]):
        raise ValueError(f"LOA_MAIL_FROM: “{value}” is no mail address")
    return value


def security_contact() -> str:
    """Where weaknesses are reported, as an address; empty: the portal's contact page."""
    value = os.environ.get("LOA_SECURITY_CONTACT", "").strip()
    if value and not value.startswith(("https://", "mailto:", "tel:")):
        if "@" not in value or any(mark in value for mark in " \r\n/"):
            raise ValueError(f"LOA_SECURITY_CONTACT: “{value}” is neither a mail address nor begins with https://")
        return f"mailto:{value}"
    return value


def metrics_token() -> str:
    """What `GET /metrics` asks for (`LOA_METRICS_TOKEN`); empty: nobody is answered. ValueError: easily guessed."""
    token = os.environ.get("LOA_METRICS_TOKEN", "")
    if token and len(token) < SHORTEST_SECRET:
        raise ValueError(f"LOA_METRICS_TOKEN: the token needs {SHORTEST_SECRET} characters or more")
    return token


def log_form() -> str:
    """How lines to standard error look (`LOA_LOG`): plain or json. ValueError: another one."""
    form = os.environ.get("LOA_LOG", "plain")
    if form not in ("plain", "json"):
        raise ValueError(f"LOA_LOG: “{form}” is no form of a log; use plain or json")
    return form


def sentry_address() -> str:
    """Who is told of faults (`LOA_SENTRY_DSN`); empty: nobody. ValueError: no address of a Sentry project."""
    address = os.environ.get("LOA_SENTRY_DSN", "")
    parts = urlsplit(address)
    if address and not (parts.scheme in ("http", "https") and parts.username and parts.hostname and parts.path[1:]):
        raise ValueError("LOA_SENTRY_DSN: not the address of a Sentry project (https://key@host/number)")
    return address


def bank_secrets() -> dict[str, str]:
    """What each bank's provider signs with (`LOA_BANK_SECRETS`: "provider:secret", parted by spaces).

    ValueError with a sentence for a provider that is not built and for a secret that could be guessed.
    """
    found = {}
    for pair in os.environ.get("LOA_BANK_SECRETS", "").split():
        name, _, secret = pair.partition(":")
        if name not in PROVIDERS:
            raise ValueError(f"LOA_BANK_SECRETS: “{name}” is not built yet; use {', '.join(PROVIDERS)}")
        if len(secret) < SHORTEST_SECRET:
            raise ValueError(f"LOA_BANK_SECRETS: the secret of {name} needs {SHORTEST_SECRET} characters or more")
        found[name] = secret
    return found


def folder(setting: str, scheme: str, name: str) -> Path:
    """A folder named by `LOA_…_URL`, or the default one in `home()`; another engine is refused in a sentence."""
    value = os.environ.get(setting, f"{scheme}:{home() / name}")
    kind, _, path = value.partition(":")
    if kind != scheme:
        raise ValueError(f"{setting}: the engine “{kind}” is not built yet; use {scheme}:/a/folder")
    return Path(path)


def media_folder() -> Path:
    """Where pictures lie (`LOA_MEDIA_URL`)."""
    return folder("LOA_MEDIA_URL", "file", "media")


def search_folder() -> Path:
    """Where the search index lies (`LOA_SEARCH_URL`)."""
    return folder("LOA_SEARCH_URL", "tantivy", "search")


def embedded_only(setting: str, default: str) -> str:
    """An engine of which only the embedded one exists; naming another is refused, never ignored."""
    value = os.environ.get(setting, default)
    if value != default:
        raise ValueError(f"{setting}: “{value}” is not built yet; leave it out or set {default}")
    return value


def cache_url() -> str:
    """How purges are shared (`LOA_CACHE_URL`): `memory:` on one machine, else Redis. ValueError: another engine."""
    value = os.environ.get("LOA_CACHE_URL", "memory:")
    if value != "memory:" and not value.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError(f"LOA_CACHE_URL: “{value.partition(':')[0]}” is not built; use memory: or redis://host:6379/0")
    return value


def cdn() -> Cdn | None:
    """The CDN that is told what became stale (`LOA_CDN_PURGE_URL`, `…_TOKEN`, `…_WAY`, `LOA_CDN_TTL`); None: no one.

    ValueError with a sentence for an address that is none, a way nobody knows and a time over a day.
    """
    url, way, ttl = os.environ.get("LOA_CDN_PURGE_URL", ""), os.environ.get("LOA_CDN_PURGE_WAY", "tags"), "LOA_CDN_TTL"
    if way not in WAYS:
        raise ValueError(f"LOA_CDN_PURGE_WAY: “{way}” is not built; use {' or '.join(WAYS)}")
    seconds = number(ttl, 60)
    if not 1 <= seconds <= 86_400:
        raise ValueError(f"{ttl}: {seconds} is not between 1 and 86400 seconds")
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("LOA_CDN_PURGE_URL: not an address that begins with https:// or http://")
    return Cdn(url=url, token=os.environ.get("LOA_CDN_PURGE_TOKEN", ""), way=way, ttl=seconds)


def tag_file(headers: MutableMapping[str, str], _path: str, _url: str) -> None:
    """What the files of the rooms carry: with a tag they are kept at the front door like a page."""
    headers["Cache-Tag"] = FILES


def tasks_url() -> str:
    """How workers are woken (`LOA_TASKS_URL`)."""
    return embedded_only("LOA_TASKS_URL", "database:")


def secret_key() -> str:
    """The key everything signed depends on: from `LOA_SECRET_KEY`, else made once and kept in `home()`.

    ValueError with a sentence for one that could be guessed.
    """
    given = os.environ.get("LOA_SECRET_KEY")
    if given:
        if len(given) < SHORTEST_KEY:
            raise ValueError(f"LOA_SECRET_KEY: the key needs {SHORTEST_KEY} characters or more; Loa makes one itself")
        return given
    file = home() / "secret.key"
    if not file.exists():
        home().mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"secret.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        try:
            os.link(fresh, file)  # Two processes starting together agree on whichever key came first.
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text().strip()


def database() -> dict[str, object]:
    """Django's database setting from `LOA_DATABASE_URL` (`sqlite:///path` or `postgres://user:pass@host:port/name`)."""
    url = os.environ.get("LOA_DATABASE_URL", f"sqlite:///{home() / 'loa.db'}")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(url.removeprefix("sqlite:///"))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),  # a socket's folder is written %2Frun%2Fpostgresql
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
        }
    raise ValueError(f"LOA_DATABASE_URL: “{parts.scheme}” is not a database Loa knows; use sqlite:/// or postgres://")


def sqlite(path: str) -> dict[str, object]:
    """SQLite as it is safe with several processes (docs/decisions/0003)."""
    journal = "DELETE" if sqlite_version.is_vulnerable(sqlite_version.version()) else "WAL"
    pragmas = f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    pragmas += " PRAGMA foreign_keys=ON;"
    return {
        "ENGINE": "loa.project.fair_sqlite",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        "ATOMIC_REQUESTS": False,
    }
