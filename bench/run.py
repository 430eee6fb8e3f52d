"""Print the figures of the budgets, one line each: name | ours | reference | ratio | budget | ok/short.

A portal of some 300 entries is made through Loa's own acts in a folder that is removed afterwards, served by
`loa serve` on a free port of the loopback, and asked. The two sides of a ratio take turns in one run; an absolute
time is a hint.
"""

import os
import re
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

sys.path.insert(0, str(Path(__file__).resolve().parent))  # `loa bench` runs this file from wherever it is

from figures import ROUNDS, alternate, line, ms
from own_portal import Desk, ask, deliveries_waiting, portal_of_its_own, served, wait_for

ENTRIES = int(os.environ.get("LOA_BENCH_ENTRIES", "300"))
PUBLICATIONS = int(os.environ.get("LOA_BENCH_PUBLICATIONS", "20"))


def main() -> None:
    """Make, serve, measure, clean up."""
    with portal_of_its_own() as (home, port):
        desk = Desk()
        for number in range(ENTRIES):
            desk.publish(number)
        with served(port):
            wait_for(lambda: ask(port, "/")[0] == 200, "the front page")
            wait_for(lambda: not deliveries_waiting(), "the index")
            measure(port, desk)
            against_nginx(home, port, desk)


def measure(port: int, desk: Desk) -> None:
    """Print every figure."""
    from loa.archive import queries
    from loa.archive.models import Entry

    entry = Entry.objects.select_related("current", "portal").latest("id")
    address = queries.address(entry)
    pages, files = alternate(lambda: ask(port, address), lambda: ask(port, "/static/ui/tokens.css"))
    ratio = files / pages
    line(
        "hot page (against our own static file, not nginx)",
        ms(pages),
        ms(files),
        f"{ratio:.2f} x",
        ">= 0.5 x",
        ratio >= 0.5,
    )
    ours, bare = cold(address)
    line("cold page, in Django", ms(ours), ms(bare), f"{ours / bare:.1f} x", "<= 8 x", ours <= 8 * bare)
    found, listed = alternate(lambda: ask(port, "/search?q=nong+san"), lambda: ask(port, "/latest"))
    line(
        f"search page (against /latest), {ENTRIES} entries", ms(found), ms(listed), f"{found / listed:.1f} x", "-", True
    )
    times = sorted(until_visible(port, desk, number) for number in range(PUBLICATIONS))
    line("publish to page and search, p50", ms(statistics.median(times)), "-", "-", "-", True)
    last = times[min(len(times) - 1, int(len(times) * 0.99))]
    line(f"publish to page and search, p99 of {len(times)}", ms(last), "-", "-", "<= 500 ms", last <= 0.5)
    gone = until_gone(port, desk)
    line("withdrawn from page, lists, feeds and search", f"{gone:.2f} s", "-", "-", "<= 60 s", gone <= 60)


def against_nginx(home: Path, port: int, desk: Desk) -> None:
    """The lines of `bench/edge.py`, where there are nginx and wrk."""
    import edge

    if missing := edge.missing_programs():
        line(f"hot pages against nginx: no {' and no '.join(missing)} here", "-", "-", "-", ">= 0.5 x", is_ok=True)
        return
    edge.compare_all(home, port, f"/o/{desk.organization.slug}")


def until_gone(port: int, desk: Desk) -> float:
    """Seconds from the moderator's click until no public address shows the words of a withdrawn release."""
    from loa.archive import queries
    from loa.archive.models import Entry

    mark = f"zqfake{os.getpid()}"
    until_visible(port, desk, PUBLICATIONS)
    entry = Entry.objects.select_related("current", "portal").get(pk=desk.publish(ENTRIES + PUBLICATIONS + 1, mark).pk)
    organization = f"/o/{entry.organization.slug}"
    lists = ["/", "/latest", "/feed.xml", "/feed.atom", "/feed.json", "/s/tin", "/s/tin/feed.xml", "/sitemap.xml"]
    # A search repeats the words asked for, so there the id must be gone; elsewhere a tombstone may keep the id.
    searches = dict.fromkeys((f"/search?q={mark}", f"/search/feed.xml?q={mark}"), entry.public_id)
    places = {**dict.fromkeys([*lists, organization, f"{organization}/feed.xml"], mark), **searches}
    wait_for(lambda: entry.public_id.encode() in ask(port, f"/search?q={mark}")[1], "the fake in search")
    click = ready_to_withdraw(port, entry.public_id)
    begun = time.perf_counter()
    click()
    wait_for(lambda: ask(port, queries.address(entry))[0] == 410, "the tombstone")
    for place, words in places.items():
        wait_for(partial(is_without, port, place, words.encode()), place)
    return time.perf_counter() - begun


def ready_to_withdraw(port: int, public_id: str) -> Callable[[], None]:
    """A moderator who signed in and has the page of withdrawing open; the call is the click on its button."""
    from allauth.account.models import EmailAddress

    from loa.accounts.models import Person

    who = {"login": "duyet@example.vn", "password": "mat-khau-duyet"}
    person = Person.objects.create_user(who["login"], who["password"], is_staff=True)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    server, browser = f"http://localhost:{port}", build_opener(HTTPCookieProcessor(CookieJar()))
    browser.addheaders = [("Origin", server)]

    def opened(address: str, **typed: str) -> Request:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.open(address).read().decode())
        if token is None:
            raise RuntimeError(f"{address} has no form")
        return Request(address, data=urlencode({"csrfmiddlewaretoken": token[1], **typed}).encode())

    browser.open(opened(f"{server}/accounts/login/", **who)).close()
    filled = opened(f"{server}/moderation/withdraw/{public_id}", statement="Tin giả.")
    return lambda: browser.open(filled).close()


def is_without(port: int, place: str, words: bytes) -> bool:
    """Say whether a page answers and these words are not in it."""
    status, body = ask(port, place)
    return status == 200 and words not in body


def until_visible(port: int, desk: Desk, number: int) -> float:
    """Seconds from the call of publish until the page answers and search has it."""
    from loa.archive import queries
    from loa.archive.models import Entry

    mark = f"zq{number}xk{os.getpid()}"
    begun = time.perf_counter()
    entry = Entry.objects.select_related("current", "portal").get(pk=desk.publish(ENTRIES + number, mark).pk)
    address = queries.address(entry)
    wait_for(lambda: ask(port, address)[0] == 200 and address.encode() in ask(port, f"/search?q={mark}")[1], mark)
    return time.perf_counter() - begun


def cold(address: str) -> tuple[float, float]:
    """Medians in seconds, as `make scale` takes them: a page and a bare view, whatever goes by time forgotten."""
    import asking

    from loa.edge.kept import kept

    ours, bare = asking.handlers()
    costs: tuple[list[asking.Cost], list[asking.Cost]] = ([], [])
    for turn in range(ROUNDS):
        kept.forget()
        for side, handler, path in ((0, ours, address), (1, bare, "/")):
            cost = asking.ask(handler, path)
            if cost.status != 200:
                raise SystemExit(f"bench: an answer was {cost.status}, so there is nothing to measure")
            if turn > 10:  # the first turns warm both sides
                costs[side].append(cost)
    return statistics.median(one.whole for one in costs[0]), statistics.median(one.whole for one in costs[1])


if __name__ == "__main__":
    main()
