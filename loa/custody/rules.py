"""How public addresses become files of a mirror, how its pages lead to one another, and which backups are kept."""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

INDEX, NOTE = "/tra-cuu/", "/ve-ban-sao-nay"  # pages of the mirror alone

_LANGUAGE = r"(?:/(?:[a-z]{2,3})(?:-[A-Za-z]{2,4})?)?"
_PAGES = (
    r"/?", r"/latest", r"/events", r"/r/[\w-]+(?:/[\w-]+)?", r"/o/", r"/o/[\w-]+(?:/media|/people/[\w-]+)?",
    r"/s/[\w-]+", r"/t/", r"/t/[\w:.-]+/[\w-]+", r"/p/", r"/p/\d+/[\w-]+", r"/archive/\d{4}(?:/\d{1,2}){0,2}",
    r"/(?:about|pricing|terms|privacy|contact|verified|counting)", r"/newsletter/issues(?:/\d+)?",
    rf"{re.escape(INDEX)}(?:\d{{4}}-\d\d(?:/\d+)?)?", re.escape(NOTE),
)  # fmt: skip
_PAGE = re.compile(f"{_LANGUAGE}(?:{'|'.join(_PAGES)})", re.ASCII)
_ASSET = re.compile(r"/(?:static|styles)/[\w/.-]+|/media/[\w.-]+|/r/[\w-]+/qr\.svg", re.ASCII)
_BARE = re.compile(r"/[a-z]{2,3}(?:-[A-Za-z]{2,4})?", re.ASCII)
# FAT, which sticks are formatted with, knows none of these in a name.
_NO_NAME = str.maketrans(dict.fromkeys('<>:"\\|?*', "-"))


def is_page(path: str) -> bool:
    """Whether an address, without its query, is one of the pages a mirror holds."""
    return _PAGE.fullmatch(path) is not None


def is_asset(path: str) -> bool:
    """Whether an address is a file that pages are made of: a stylesheet, a font, a picture, a document."""
    return _ASSET.fullmatch(path) is not None


def file_of(path: str) -> str:
    """Where the page or file of an address lies in the mirror, relative to its root."""
    name = unquote(path).lstrip("/").translate(_NO_NAME)
    if is_asset(path):
        return name
    if name == "" or name.endswith("/") or _BARE.fullmatch(path):
        return f"{name.rstrip('/')}/index.html".lstrip("/")
    return f"{name}.html"


def relative(here: str, there: str) -> str:
    """The way from one file of the mirror to another."""
    start, end = here.split("/")[:-1], there.split("/")
    shared = 0
    while shared < min(len(start), len(end) - 1) and start[shared] == end[shared]:
        shared += 1
    return "/".join([*[".."] * (len(start) - shared), *end[shared:]])


_SCRIPT = re.compile(r"<script\b(?![^>]*ld\+json)[^>]*>.*?</script>", re.DOTALL)
_FORM = re.compile(r"<form\b([^>]*)>.*?</form>", re.DOTALL)
_LINK = re.compile(r'<link\b[^>]*\brel="(?:preload|prev|next|search|manifest|modulepreload)"[^>]*>')
_SOURCE = re.compile(r"<source\b[^>]*\bsrcset=[^>]*>")
_SRCSET = re.compile(r'\s(?:srcset|sizes|crossorigin)="[^"]*"')
_TAG = re.compile(r"<[a-z][^<>]*>")
_ADDRESS = re.compile(r'(\s(href|src|poster)=")([^"]*)(")')
_BODY = re.compile(r"<body[^>]*>")


def rewritten(page: str, *, link: Callable[[str, str], str], note: str, search: str) -> str:
    """A page for a mirror: no scripts, no forms but a link where one could search, and addresses as `link` has them.

    `link` is asked with the tag and the address; `note` is markup for the head of every page, `search` for where there
    was a search; addresses in both are the portal's own.
    """
    page = _BODY.sub(lambda found: found[0] + note, _SCRIPT.sub("", page), count=1)
    page = _FORM.sub(lambda found: search if "/search" in found[1] else "", page)
    page = _SRCSET.sub("", _SOURCE.sub("", _LINK.sub("", page)))

    def tag(found: re.Match[str]) -> str:
        if "data-live" in found[0]:  # it leads to the portal itself
            return found[0]
        return _ADDRESS.sub(lambda one: f"{one[1]}{escape(link(found[0], unescape(one[3])))}{one[4]}", found[0])

    return _TAG.sub(tag, page)


_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


def files_of_style(style: str, path: str) -> list[str]:
    """The addresses of what a stylesheet at an address shows; those in it are relative to it."""
    found = (address for address in _IN_STYLE.findall(style) if not address.startswith("data:"))
    return [urlsplit(posixpath.normpath(posixpath.join(posixpath.dirname(path), address))).path for address in found]


HOUR = 19  # UTC: two in the morning in Viet Nam
_NAME = re.compile(r"loa-(\d{8}T\d{6})Z\.tar(?:\.age)?")
OLDEST = timedelta(hours=48)  # a portal whose last backup is older is in danger


@dataclass(frozen=True)
class Retention:
    """How many backups are kept: the last one of so many days, weeks and months."""

    daily: int = 7
    weekly: int = 5
    monthly: int = 12


def read_retention(written: str) -> Retention:
    """As it is written in a setting: "7,5,12". Raises ValueError."""
    daily, weekly, monthly = (int(part) for part in written.split(","))
    if min(daily, weekly, monthly) < 0 or daily < 1:
        raise ValueError(written)
    return Retention(daily, weekly, monthly)


def night_of(now: datetime) -> date:
    """The day whose night has begun: work for it is due from its hour on."""
    return (now.astimezone(UTC) - timedelta(hours=HOUR)).date()


def name_of(at: datetime, *, is_sealed: bool) -> str:
    """What a backup of a moment is called."""
    return f"loa-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar{'.age' if is_sealed else ''}"


def made_at_of(name: str) -> datetime | None:
    """The moment in a name of ours; None for any other name."""
    found = _NAME.fullmatch(name)
    return datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if found else None


def kept(found: Mapping[Path, datetime], retention: Retention) -> set[Path]:
    """Those to keep: of each day, week (ISO 8601) and month the last one, and of these so many of the latest."""
    keeping: set[Path] = set()
    latest_first = sorted(found, key=lambda path: (found[path], path), reverse=True)
    periods: tuple[tuple[Callable[[datetime], object], int], ...] = (
        (lambda at: at.date(), retention.daily),
        (lambda at: at.isocalendar()[:2], retention.weekly),
        (lambda at: (at.year, at.month), retention.monthly),
    )
    for period, most in periods:
        last: dict[object, Path] = {}
        for path in latest_first:
            last.setdefault(period(found[path]), path)
        keeping.update(list(last.values())[:most])
    return keeping
