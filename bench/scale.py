"""What every kind of public page asks of the database and costs its first reader, and what a release page weighs.

`bench/scale.py --entries 100000` fills a home of its own; `--home` takes one that is filled, or fills it and keeps it.
Milliseconds are of the processor, apart for the database and for Python, without the edge before them, and as for the
first reader after a publication on a quiet portal: before each answer the newest entry is another (its moments move by
a microsecond, and back at the end), all its tags are purged, the clock is a minute further, and whatever a worker keeps
for half a minute is forgotten. What it keeps under all that this shows (drawn pieces, cards) stays, as it does until
others take its place, and so does its connection to the database, which the bare view needs as well.
The reference takes turns with each page: a bare view with one query and an empty template, behind the same middlewares.
"""

import argparse
import gzip
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import fill

MOST_QUERIES = 6
LIGHTEST_PAGE, LIGHTEST_FONTS = 60_000, 140_000  # bytes, compressed; the fonts are woff2
MOST_PYTHON, MOST_TIMES = 5.0, 8.0  # milliseconds without the database; times the bare view
ROUNDS, BARE = 25, 5  # answers of a page; of the bare view beside each
PATIENCE = 15.0  # seconds for one page


def main() -> None:
    """Fill where nothing is filled, ask every page, print a line for each."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--entries", type=int, default=100_000)
    asked.add_argument("--home", type=Path)
    asked.add_argument(
        "--explain", action="store_true", help="print the slow statements and how SQLite goes about them"
    )
    asked.add_argument("--only", default="", help="pages by name, `;` between; none: every page and the weight")
    options = asked.parse_args()
    only = {one.strip() for one in options.only.split(";") if one.strip()}
    home = options.home or Path(tempfile.mkdtemp(prefix="loa-scale-"))
    is_filled = options.home is not None and (home / "loa.db").exists()
    home.mkdir(parents=True, exist_ok=True)
    try:
        fill.throw_away(home)
        if not is_filled:
            fill.fill(options.entries)
        if not (home / "search").exists() and (not only or "search" in only):
            index()
        measure(only, explain=options.explain)
    finally:
        if options.home is None:
            shutil.rmtree(home, ignore_errors=True)


def index() -> None:
    """Make everything findable, as the worker would have."""
    from loa.search.actions.rebuild import rebuild
    from loa.search.record import everything

    rebuild(everything())


def measure(only: set[str], *, explain: bool = False) -> None:
    """One line for every page, or for those named; then the weight."""
    from django.conf import settings

    from bench import asking

    settings.ALLOWED_HOSTS = ["*"]
    sides, figures, stale = asking.handlers(), kept_figures(), tags_of_newest()
    print("page | queries | database ms | Python ms | times a bare view | budget | within it")
    for name, path in paths().items():
        if only and name not in only:
            continue
        with another_newest() as change, minutes_going_by() as go_by:
            found, bare = cost(sides, path, figures, stale, (change, go_by))
        queries, times = found[0].queries, asking.median(found, whole) / asking.median(bare, whole)
        database, python = asking.median(found, lambda one: one.database), asking.median(found, lambda one: one.python)
        within = (queries <= MOST_QUERIES, python <= MOST_PYTHON, times <= MOST_TIMES)
        budget = f"<= {MOST_QUERIES}, {MOST_PYTHON:.0f} ms, {MOST_TIMES:.0f} x"
        said = ", ".join(map(word, within))
        print(f"{name} | {queries} | {database:.2f} | {python:.2f} | {times:.1f} x | {budget} | {said}", flush=True)
        if explain:
            tell(found[-1].statements)
    if not only:
        weigh(paths()["release"])


def whole(cost: Any) -> float:
    """Database and Python together."""
    return float(cost.whole)


def paths() -> dict[str, str]:
    """An address of every kind of public page."""
    from loa.archive import queries
    from loa.archive.models import Entry
    from loa.pages.queries.lists import cursor
    from loa.places.models import Place
    from loa.portals.models import Portal
    from loa.topics.models import Topic

    portal = Portal.objects.get()
    newest, middle = queries.public(portal.pk)[0], queries.public(portal.pk)[Entry.objects.count() // 2]
    at, here = middle.published_at, cursor(middle)
    place, old = Place.objects.get(slug="ho-chi-minh"), Place.objects.get(slug="dong-thap-truoc-2025")
    wide, narrow = Topic.objects.get(pk="medtop:04000000"), Topic.objects.get(pk="medtop:20000425")
    found = {
        "home": "/", "latest": "/latest", "latest, in the middle": f"/latest?before={here}",
        "latest, upwards": f"/latest?after={here}", "section": "/s/muc-0", "small section": "/s/muc-7",
        "section, in the middle": f"/s/muc-0?before={here}",
        "topics": "/t/", "wide topic": f"/t/{wide.pk}/{slug(wide)}", "narrow topic": f"/t/{narrow.pk}/{slug(narrow)}",
        "places": "/p/", "place": f"/p/{place.pk}/{place.slug}", "old place": f"/p/{old.pk}/{old.slug}",
        "newsroom": f"/o/{newest.organization.slug}", "newsroom, a kind": f"/o/{newest.organization.slug}?kind=event",
        "newsroom, in the middle": f"/o/{newest.organization.slug}?before={here}",
        "newsroom's pictures": f"/o/{newest.organization.slug}/media",
        "newsroom's frame": f"/o/{newest.organization.slug}/embed", "release's frame": f"/r/{newest.public_id}/embed",
        "organizations": "/o/",
        "archive, a year": f"/archive/{at.year}", "archive, a month": f"/archive/{at.year}/{at.month:02d}",
        "archive, a day": f"/archive/{at.year}/{at.month:02d}/{at.day:02d}",
        "release": queries.address(newest), "release in the middle": queries.address(middle),
        "search": "/search?q=nong+san", "events": "/events",
        "feed": "/feed.xml", "feed, JSON": "/feed.json", "section's feed": "/s/muc-0/feed.atom",
        "newsroom's feed": f"/o/{newest.organization.slug}/feed.xml", "news sitemap": "/news-sitemap.xml",
        "sitemap": "/sitemap.xml",
    }  # fmt: skip
    return {name: path for name, path in found.items() if is_built(path)}


def is_built(path: str) -> bool:
    """Say whether a room answers at this address."""
    from django.urls import Resolver404, resolve

    try:
        return bool(resolve(path.split("?", maxsplit=1)[0]))
    except Resolver404:
        return False


def slug(topic: Any) -> str:
    """A topic's words in its address."""
    from loa.lib.slugs import slugify

    return slugify(topic.label("vi"))


def tags_of_newest() -> set[str]:
    """What a publication purges."""
    from loa.archive import queries
    from loa.portals.models import Portal

    return queries.tags(queries.public(Portal.objects.get().pk)[0]) | {"front"}


@contextmanager
def minutes_going_by() -> Iterator[Callable[[], None]]:
    """Each call of what is given makes it a minute later than it is."""
    from loa.lib import clock

    real, minutes = clock.now, count(1)

    def go_by() -> None:
        later = timedelta(minutes=next(minutes))
        clock.now = lambda: real() + later

    try:
        yield go_by
    finally:
        clock.now = real


@contextmanager
def another_newest() -> Iterator[Callable[[], None]]:
    """Each call of what is given makes the newest entry another; nothing of it stays."""
    from loa.archive import queries
    from loa.archive.models import Entry
    from loa.portals.models import Portal

    newest = queries.news(Portal.objects.get().pk)[0]
    row, moments = Entry.objects.filter(pk=newest.pk), count(1)

    def change() -> None:
        moment = timedelta(microseconds=next(moments))
        row.update(published_at=newest.published_at + moment, changed_at=newest.changed_at + moment)

    try:
        yield change
    finally:
        row.update(published_at=newest.published_at, changed_at=newest.changed_at)


def cost(
    sides: tuple[Any, Any], path: str, figures: Any, stale: set[str], changes: Iterable[Callable[[], None]]
) -> tuple[list[Any], list[Any]]:
    """What a page costs, again and again, and the bare view beside it; the very first answer warms both."""
    from django.conf import settings
    from django.core.cache import cache

    from bench import asking
    from loa.edge.actions.purge import generations
    from loa.edge.kept import kept

    ours, bare = sides
    found: tuple[list[Any], list[Any]] = ([], [])
    end = time.monotonic() + PATIENCE
    for turn in range(ROUNDS + 1):
        cache.clear()
        put(figures)
        for change in changes:
            change()
        generations(Path(settings.LOA_HOME)).move(stale)
        kept.forget()
        answer = asking.ask(ours, path)
        if answer.status != 200:
            raise SystemExit(f"bench: {path} answered {answer.status}")
        others = [asking.ask(bare, "/") for _ in range(BARE)]
        if turn or answer.whole > 1:
            found[0].append(answer)
            found[1].extend(others)
        if time.monotonic() > end:
            break
    return found


def kept_figures() -> Any:
    """What the worker of a portal in use counts ahead."""
    from loa.feeds.queries.sitemaps import OUTLINE_KEY, outline
    from loa.pages.actions.keep_figures import Figures

    figures = Figures(also=[(OUTLINE_KEY, outline)])
    figures.keep()
    return figures


def put(figures: Any) -> None:
    """Where pages find it, as of now."""
    from loa.lib import clock
    from loa.portals.models import Portal
    from loa.portals.queries import keep_a_minute

    portal = Portal.objects.get()
    for (_, key), known in figures.counted.items():
        keep_a_minute(key, portal, known.value, clock.now())


def tell(statements: list[tuple[float, str, Any]]) -> None:
    """The statements that took more than two milliseconds, with the database's plan."""
    from django.db import connection

    for took, sql, values in statements:
        if took > 0.002 and sql.lstrip().startswith(("SELECT", "WITH")):
            print(f"  {took * 1000:.1f} ms  {re.sub(r'SELECT .*? FROM', 'SELECT … FROM', sql)[:900]}")
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}", values)
                print("".join(f"      {row[-1]}\n" for row in cursor.fetchall()), end="")


def weigh(path: str) -> None:
    """Bytes of a release page on the way: the page, its styles and scripts compressed, its fonts as they are."""
    from django.contrib.staticfiles import finders
    from django.test import Client

    page = Client(headers={"host": "localhost"}).get(path).content
    total, fonts = packed(page), 0
    for name in set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', page.decode())):
        total += packed(Path(finders.find(name)).read_bytes())
    for address in re.findall(r'href="(/styles/[^"]+)"', page.decode()):
        total += packed(Client(headers={"host": "localhost"}).get(address).content)
    for face in Path(finders.find("ui/fonts")).glob("*.woff2"):
        fonts += face.stat().st_size
    line("release page, HTML + CSS + JS", total, LIGHTEST_PAGE)
    line("its fonts, every file of them", fonts, LIGHTEST_FONTS)


def packed(data: bytes) -> int:
    """As the server sends it."""
    return len(gzip.compress(data, 6))


def line(name: str, size: int, budget: int) -> None:
    """One weight."""
    print(f"{name} | {size / 1000:.1f} kB | - | <= {budget / 1000:.0f} kB | {word(size <= budget)}", flush=True)


def word(is_ok: bool) -> str:
    """How the figures of this house end."""
    return "ok" if is_ok else "short"


if __name__ == "__main__":
    main()
