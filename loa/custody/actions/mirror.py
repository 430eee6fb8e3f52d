"""Mirror: write every public page of a portal as files that open from a stick, without a server."""

import io
import json
import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from loa.archive import queries as archive
from loa.archive.models import Entry, State
from loa.custody import rules
from loa.lib import clock, qr, tokens
from loa.portals.models import Portal
from loa.ui.language import speaking

PORTS = {"https": "443", "http": "80"}
A_PAGE = 500  # lines of a month; an archive of which only the day it came is known has them all in one
WORDS = tuple(f"current__{name}" for name in ("body_html", "body_text", "lead"))  # long, and shown by no list
FOLDER, MEMORY = "mirror", "mirror.jsonl"
Report = Callable[[str], None]


class Answer(NamedTuple):
    """What a reader without an account gets at an address."""

    status: int
    kind: str
    body: bytes
    location: str


class Site:
    """The public pages of a portal, asked as any reader asks them: what no reader can see is not here either."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self._handler = WSGIHandler()
        address = urlsplit(portal.address)
        hosts = list(portal.hosts.order_by("pk").values_list("host", flat=True))
        own = address.hostname or ""
        self.host = own if own in hosts or "*" in hosts else next(iter(hosts), own)
        self.scheme = address.scheme

    def request(self, path: str) -> WSGIRequest:
        """A reader's request, without a cookie."""
        return WSGIRequest({
            "REQUEST_METHOD": "GET", "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": "",
            "SCRIPT_NAME": "", "SERVER_NAME": self.host, "SERVER_PORT": PORTS[self.scheme], "HTTP_HOST": self.host,
            "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": self.scheme, "wsgi.input": io.BytesIO(),
            "HTTP_X_FORWARDED_PROTO": self.scheme,
        })  # fmt: skip

    def read(self, path: str) -> Answer:
        """The answer at a path."""
        response = self._handler.get_response(self.request(path))
        body = b"".join(response)  # an answer is an iterable of its bytes
        # `close` would say that a request is over, and Django would then close the connection we read along.
        if (file := getattr(response, "file_to_stream", None)) is not None:
            file.close()
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        return Answer(response.status_code, kind, body, response.headers.get("Location", ""))

    def path_of(self, address: str) -> str | None:
        """The path of an address on this portal, its query and fragment kept; None for one elsewhere."""
        if address.startswith(f"{self.portal.address}/") or address == self.portal.address:
            return address[len(self.portal.address) :] or "/"
        return address if address.startswith("/") and not address.startswith("//") else None


@dataclass
class Mirrored:
    """What a run did."""

    pages: int = 0
    kept: int = 0  # pages of releases that nobody changed since the last run
    files: int = 0
    removed: int = 0


@dataclass
class _Page:
    """One page of the mirror, as the next run remembers it."""

    path: str
    stamp: str = ""  # of the entry it shows; a page without one is written anew each time
    links: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)


def mirror(portal: Portal, home: Path, *, is_anew: bool = False, report: Report = lambda _: None) -> Mirrored:
    """Bring `home`/mirror up to date with what readers find now; what they no longer find is taken out of it.

    A run that was cut off is run again, and goes on. `is_anew` writes every page again.
    """
    with _unnoticed():
        return _Mirror(portal, home, report).run(is_anew=is_anew)


@contextmanager
def _unnoticed() -> Iterator[None]:
    """Pages that are not there are told in the mirror, not in the log."""
    log = logging.getLogger("django.request")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


class _Mirror:
    def __init__(self, portal: Portal, home: Path, report: Report) -> None:
        self.portal, self.folder, self.memory_file, self.report = portal, home / FOLDER, home / MEMORY, report
        self.site, self.done = Site(portal), Mirrored()
        self.made_at = clock.now()
        self.written: set[str] = set()
        self.assets: set[str] = set()
        self.unchanged: set[str] = set()  # public ids of entries whose pages say the same as at the last run
        with speaking(portal.language):
            said = {"at": self.made_at, "note": rules.NOTE, "portal": portal}
            self.note = render_to_string("custody/mirror/_note.html", said)
            words = _("Tra cứu trong bản sao này")
            self.search = f'<p class="masthead__search"><a href="{rules.INDEX}">{words}</a></p>'

    def run(self, *, is_anew: bool) -> Mirrored:
        stamps = dict(_stamps(self.portal))
        before = {} if is_anew else self._remembered()
        waiting = deque(["/", *self._own_pages(), *archive.addresses(self.portal)])
        known = set(waiting)
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.memory_file.open("a", encoding="utf-8") as memory:
            while waiting:
                page = self._page(waiting.popleft(), stamps, before)
                memory.write(json.dumps([page.path, page.stamp, page.links, page.assets]) + "\n")
                new = [path for path in page.links if path not in known]
                known.update(new)
                waiting.extend(new)
                self.assets.update(page.assets)
                if self.done.pages % 100 == 0:
                    self.report(f"{self.done.pages:,} pages, {len(waiting):,} waiting")
        self._copy_assets()
        self._sweep()
        self._compact(known)
        return self.done

    def _page(self, path: str, stamps: dict[str, str], before: dict[str, _Page]) -> _Page:
        self.done.pages += 1
        stamp = stamps.get(_entry_of(path), "")
        last = before.get(path)
        file = rules.file_of(path)
        self.written.add(file)
        if stamp and last is not None and last.stamp == stamp and (self.folder / file).is_file():
            self.done.kept += 1
            self.unchanged.add(_entry_of(path))
            return last
        page = _Page(path, stamp)
        self._write(file, self._made(path, page, file).encode())
        return page

    def _made(self, path: str, page: _Page, file: str) -> str:
        """The page as the mirror shows it; what it leads to is noted on the way."""
        answer = self.site.read(path) if not path.startswith((rules.INDEX, rules.NOTE)) else None
        if answer is None:
            text = self._own_page(path)
        elif answer.status in (301, 302):
            return self._onward(answer.location, page, file)
        elif answer.kind == "text/html" and answer.status in (200, 410):
            text = answer.body.decode()
        else:
            text = self._render("gone.html", address=f"{self.portal.address}{path}")

        def link(tag: str, address: str) -> str:
            return self._link(tag, address, page, file)

        return rules.rewritten(text, link=link, note=self.note, search=self.search)

    def _link(self, tag: str, address: str, page: _Page, file: str) -> str:
        if address.startswith("#"):
            return address
        try:
            whole = self.site.path_of(urljoin(page.path, address))
        except ValueError:  # "tel://＠" is an address to browsers, and none to Python
            return address
        # The address a page has for good, and feeds, are where they were.
        if whole is None or (tag.startswith("<link") and "stylesheet" not in tag):
            return address if whole is None else f"{self.portal.address}{whole}"
        path, _hash, fragment = whole.partition("#")
        path, _mark, query = path.partition("?")
        if rules.is_asset(path):
            page.assets.append(path)
            return rules.relative(file, rules.file_of(path))
        leads_on = 'rel="next"' in tag or 'rel="prev"' in tag or path.endswith("/search")
        if leads_on or (rules.is_page(path) and not query):
            path = rules.INDEX if leads_on and not (rules.is_page(path) and not query) else path
            page.links.append(path)
            return rules.relative(file, rules.file_of(path)) + (f"#{fragment}" if fragment else "")
        return f"{self.portal.address}{whole}"

    def _onward(self, location: str, page: _Page, file: str) -> str:
        """A page that leads on, as there is no server to say so."""
        path = (self.site.path_of(location) or "").partition("?")[0]
        if not rules.is_page(path):
            return self._render("onward.html", target=f"{self.portal.address}{path}")
        page.links.append(path)
        return self._render("onward.html", target=rules.relative(file, rules.file_of(path)))

    def _own_pages(self) -> list[str]:
        months = (_parts_of(month, count) for month, count in self._months.items())
        return [rules.NOTE, rules.INDEX, *(path for paths in months for path in paths)]

    @cached_property
    def _months(self) -> dict[str, int]:
        """How many entries there are by month of the portal's zone."""
        counted: dict[str, int] = {}
        zone = ZoneInfo(self.portal.time_zone)
        rows = archive.public(self.portal.pk).values_list("published_at", flat=True)
        for at in rows.iterator(chunk_size=2000):
            month = f"{at.astimezone(zone):%Y-%m}"
            counted[month] = counted.get(month, 0) + 1
        return counted

    def _own_page(self, path: str) -> str:
        if path == rules.NOTE:
            return self._render("about.html", at=self.made_at, entries=archive.public(self.portal.pk).count())
        if path == rules.INDEX:
            years: dict[str, list[tuple[str, int]]] = {}
            for month, count in self._months.items():
                years.setdefault(month[:4], []).append((month, count))
            return self._render("index.html", years=years.items(), entries=sum(self._months.values()))
        month, _slash, part = path.removeprefix(rules.INDEX).partition("/")
        first = (int(part or 1) - 1) * A_PAGE
        rows = archive.prefer(_of_month(self.portal, month)[first : first + A_PAGE], self.portal.language)
        lines = [(archive.address(entry), entry) for entry in rows]
        parts = _parts_of(month, self._months[month])
        return self._render(
            "month.html", month=month, lines=lines, zone=self.portal.time_zone,
            parts=list(enumerate(parts, start=1)) if len(parts) > 1 else [], here=path,
        )  # fmt: skip

    def _render(self, template: str, **said: Any) -> str:
        request = self.site.request("/")  # what the ways to other languages lead to
        request.portal = self.portal  # type: ignore[attr-defined]  # as PortalByHost does
        with speaking(self.portal.language) as language:
            request.language = language  # type: ignore[attr-defined]  # as LanguageFromPath does
            return render_to_string(f"custody/mirror/{template}", {"portal": self.portal, **said}, request=request)

    def _copy_assets(self) -> None:
        waiting = deque(sorted(self.assets))
        known = set(waiting)
        while waiting:
            path = waiting.popleft()
            file = rules.file_of(path)
            self.written.add(file)
            if self._is_as_it_was(path) and (self.folder / file).is_file():
                continue
            answer = self._code(path) or self.site.read(path)
            if answer.status != 200:
                self._write(file, b"")
                continue
            self._write(file, answer.body)
            if answer.kind == "text/css":
                new = [one for one in rules.files_of_style(answer.body.decode(), path) if one not in known]
                known.update(new)
                waiting.extend(new)
            if len(waiting) % 100 == 0:
                self.report(f"{len(waiting):,} files to copy")
        self.done.files = len(known)

    def _code(self, path: str) -> Answer | None:
        """The code of a release's page, which is all in its address: drawn here it costs no look at the record."""
        is_code = path.endswith("/qr.svg")
        drawn = qr.of_page(f"{self.portal.address}{path}") if is_code else ""
        return Answer(200, "image/svg+xml", drawn.encode(), "") if is_code else None

    def _is_as_it_was(self, path: str) -> bool:
        """A file of a release keeps its name and bytes; the code of an address says the same where its page does."""
        return path.startswith("/media/") or _entry_of(path) in self.unchanged

    def _write(self, file: str, data: bytes) -> None:
        """Whole or not at all; a file that says the same is left alone, so that copying on copies little."""
        path = self.folder / file
        if path.is_file() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name[:200]}.new")
        beside.write_bytes(data)
        beside.replace(path)

    def _sweep(self) -> None:
        """What readers no longer find is not found here."""
        for root, _folders, files in os.walk(self.folder, topdown=False):
            here = Path(root)
            for name in files:
                if (here / name).relative_to(self.folder).as_posix() not in self.written:
                    (here / name).unlink()
                    self.done.removed += 1
            if not any(here.iterdir()) and here != self.folder:
                here.rmdir()

    def _remembered(self) -> dict[str, _Page]:
        found: dict[str, _Page] = {}
        if self.memory_file.is_file():
            with self.memory_file.open(encoding="utf-8") as lines:
                for line in lines:
                    try:
                        path, stamp, links, assets = json.loads(line)
                    except (ValueError, TypeError):  # the line a killed run was writing
                        continue
                    # Thousands of pages lead to the same ones: each address is held in memory once.
                    found[path] = _Page(path, stamp, list(map(intern, links)), list(map(intern, assets)))
        return found

    def _compact(self, known: Iterable[str]) -> None:
        there, kept = set(known), self._remembered()
        lines = [[page.path, page.stamp, page.links, page.assets] for page in kept.values() if page.path in there]
        beside = self.memory_file.with_suffix(".new")
        beside.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        beside.replace(self.memory_file)


def _entry_of(path: str) -> str:
    """The public id in the address of a release; empty for other pages."""
    parts = path.split("/")
    return parts[parts.index("r") + 1] if "r" in parts[:-1] and len(parts) <= 5 else ""


def _stamps(portal: Portal) -> Iterator[tuple[str, str]]:
    """What the page of each entry depends on: its texts, who sent it, what it stands under, and this program."""
    program = _digest_of_program()
    about = list(portal.abouts.order_by("pk").values_list("title", "body_html", "person", "office", "portrait"))
    sections = list(portal.sections.values_list("slug", "name_vi", "name_en"))
    frame = [program, portal.address, portal.name, portal.tagline, portal.accent, portal.accent_dark, about, sections]
    rows = Entry.objects.filter(portal=portal).values_list(
        "public_id", "changed_at", "state", "organization__name", "organization__name_en", "organization__suspended_at",
        "organization__domain", "organization__closed_at", "section__name_vi", "section__slug", "place__name",
        "replies",
    )  # fmt: skip
    for public_id, *rest in rows.iterator(chunk_size=2000):
        yield public_id, tokens.digest("\n".join(map(str, [*frame, *rest])).encode())[:20]


def _digest_of_program() -> str:
    """What pages are made by: another version of Loa may make them otherwise."""
    files = (path for path in (Path(__file__).parents[2]).rglob("*") if path.suffix in (".py", ".html", ".mo"))
    return tokens.digest(b"".join(path.read_bytes() for path in sorted(files)))


def _parts_of(month: str, count: int) -> list[str]:
    """The paths of a month's pages."""
    return [f"{rules.INDEX}{month}", *(f"{rules.INDEX}{month}/{part}" for part in range(2, -(-count // A_PAGE) + 1))]


def _of_month(portal: Portal, month: str) -> Any:
    year, number = int(month[:4]), int(month[5:])
    zone = ZoneInfo(portal.time_zone)
    begins = datetime(year, number, 1, tzinfo=zone)
    ends = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=zone)
    rows = archive.everything(portal.pk).filter(state=State.PUBLISHED)
    return rows.filter(published_at__gte=begins, published_at__lt=ends).order_by("published_at", "pk").defer(*WORDS)
