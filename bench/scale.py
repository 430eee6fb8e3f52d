"""Queries and milliseconds (of the processor) of every kind of public page, and what a release page weighs.

`bench/scale.py --entries 100000` fills a home of its own; `--home` takes one that `bench/fill.py` has filled.
"""

import argparse
import gzip
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import fill

MOST_QUERIES = 6
LIGHTEST_PAGE, LIGHTEST_FONTS = 60_000, 140_000  # bytes, compressed; the fonts are woff2
ROUNDS = 7


def main() -> None:
    """Fill where nothing is filled, ask every page, print a line for each."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--entries", type=int, default=100_000)
    asked.add_argument("--home", type=Path)
    asked.add_argument(
        "--explain", action="store_true", help="print the slow statements and how SQLite goes about them"
    )
    options = asked.parse_args()
    home = options.home or Path(tempfile.mkdtemp(prefix="loa-scale-"))
    is_filled = options.home is not None and (home / "loa.db").exists()
    try:
        fill.throw_away(home)
        if not is_filled:
            fill.fill(options.entries)
            index()
        measure(explain=options.explain)
    finally:
        if options.home is None:
            shutil.rmtree(home, ignore_errors=True)


def index() -> None:
    """Make everything findable, as the worker would have."""
    from loa.search.actions.rebuild import rebuild
    from loa.search.record import everything

    rebuild(everything())


def measure(*, explain: bool = False) -> None:
    """One line for every page, then the weight; the first reader's cost, with nothing kept from the one before."""
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    for name, path in paths().items():
        queries, milliseconds = cost(path, explain=explain)
        budget = f"<= {MOST_QUERIES}"
        print(
            f"{name} | {queries} queries | {milliseconds:.0f} ms | {budget} | {word(queries <= MOST_QUERIES)}",
            flush=True,
        )
    weigh(paths()["release"])


def paths() -> dict[str, str]:
    """An address of every kind of public page."""
    from loa.archive import queries
    from loa.archive.models import Entry
    from loa.pages.queries import _cursor
    from loa.places.models import Place
    from loa.portals.models import Portal
    from loa.topics.models import Topic

    portal = Portal.objects.get()
    newest, middle = queries.public(portal.pk)[0], queries.public(portal.pk)[Entry.objects.count() // 2]
    at, here = middle.published_at, _cursor(middle)
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


def cost(path: str, *, explain: bool = False) -> tuple[int, float]:
    """How many queries a page makes, and its median time without the edge before it.

    Of the processor, the database in this process with it: whoever else is on the machine changes little.
    """
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, times = Client(headers={"host": "localhost"}), []
    for _ in range(ROUNDS):
        cache.clear()
        begun = time.process_time()
        answer = client.get(path)
        times.append(time.process_time() - begun)
        if answer.status_code != 200:
            raise SystemExit(f"bench: {path} answered {answer.status_code}")
        if times[0] > 3:
            break
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    if explain:
        tell(asked.captured_queries)
    return len(asked), statistics.median(times) * 1000


def tell(queries: list[dict[str, str]]) -> None:
    """The statements that took more than five milliseconds, with SQLite's plan."""
    from django.db import connection

    for query in queries:
        if float(query["time"]) > 0.005 and query["sql"].startswith(("SELECT", "\nWITH")):
            print(f"  {query['time']} s  {re.sub(r'SELECT .*? FROM', 'SELECT … FROM', query['sql'])[:900]}")
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"))
                print("".join(f"      {row[3]}\n" for row in cursor.fetchall()), end="")


def weigh(path: str) -> None:
    """Bytes of a release page on the way: the page, its styles and scripts compressed, its fonts as they are."""
    from django.contrib.staticfiles import finders
    from django.test import Client

    page = Client(headers={"host": "localhost"}).get(path).content
    names = {
        name.split("?")[0] for name in re.findall(rb'(?:href|src)="/static/([^"]+)"', page) for name in [name.decode()]
    }
    total, fonts = packed(page), 0
    for name in sorted(names):
        plain = re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", name)
        data = Path(finders.find(plain)).read_bytes()
        if name.endswith((".css", ".js")):
            total += packed(data)
    total += packed(Client(headers={"host": "localhost"}).get("/brand.css").content)
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
