"""Mirror: write every public page of a portal as files that open from a stick, without a server."""

import json
import logging
import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from loa.archive import queries as archive
from loa.custody import rules
from loa.custody.actions.browse import Answer, Site
from loa.custody.actions.mirror_memory import Page, compact, entry_of, remembered, stamps_of
from loa.custody.actions.mirror_pages import OwnPages
from loa.lib import clock, qr
from loa.portals.models import Portal
from loa.ui.language import speaking

FOLDER, MEMORY = "mirror", "mirror.jsonl"
Report = Callable[[str], None]


@dataclass
class Mirrored:
    """What a run did."""

    pages: int = 0
    kept: int = 0  # pages of releases that nobody changed since the last run
    files: int = 0
    removed: int = 0


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
        self.own = OwnPages(portal, self.site, self.made_at)
        self.written: set[str] = set()
        self.assets: set[str] = set()
        self.unchanged: set[str] = set()  # public ids of entries whose pages say the same as at the last run
        with speaking(portal.language):
            said = {"at": self.made_at, "note": rules.NOTE, "portal": portal}
            self.note = render_to_string("custody/mirror/_note.html", said)
            words = _("Tra cứu trong bản sao này")
            self.search = f'<p class="masthead__search"><a href="{rules.INDEX}">{words}</a></p>'

    def run(self, *, is_anew: bool) -> Mirrored:
        stamps = dict(stamps_of(self.portal))
        before = {} if is_anew else remembered(self.memory_file)
        waiting = deque(["/", *self.own.all(), *archive.addresses(self.portal)])
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
        compact(self.memory_file, known)
        return self.done

    def _page(self, path: str, stamps: dict[str, str], before: dict[str, Page]) -> Page:
        self.done.pages += 1
        stamp = stamps.get(entry_of(path), "")
        last = before.get(path)
        file = rules.file_of(path)
        self.written.add(file)
        if stamp and last is not None and last.stamp == stamp and (self.folder / file).is_file():
            self.done.kept += 1
            self.unchanged.add(entry_of(path))
            return last
        page = Page(path, stamp)
        self._write(file, self._made(path, page, file).encode())
        return page

    def _made(self, path: str, page: Page, file: str) -> str:
        """The page as the mirror shows it; what it leads to is noted on the way."""
        answer = self.site.read(path) if not path.startswith((rules.INDEX, rules.NOTE)) else None
        if answer is None:
            text = self.own.at(path)
        elif answer.status in (301, 302):
            return self._onward(answer.location, page, file)
        elif answer.kind == "text/html" and answer.status in (200, 410):
            text = answer.body.decode()
        else:
            text = self.own.render("gone.html", address=f"{self.portal.address}{path}")

        def link(tag: str, address: str) -> str:
            return self._link(tag, address, page, file)

        return rules.rewritten(text, link=link, note=self.note, search=self.search)

    def _link(self, tag: str, address: str, page: Page, file: str) -> str:
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

    def _onward(self, location: str, page: Page, file: str) -> str:
        """A page that leads on, as there is no server to say so."""
        path = (self.site.path_of(location) or "").partition("?")[0]
        if not rules.is_page(path):
            return self.own.render("onward.html", target=f"{self.portal.address}{path}")
        page.links.append(path)
        return self.own.render("onward.html", target=rules.relative(file, rules.file_of(path)))

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
        return path.startswith("/media/") or entry_of(path) in self.unchanged

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
