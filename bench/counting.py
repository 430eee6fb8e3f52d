"""Print how truly and how fast readers are counted: `python bench/counting.py`.

A log of a portal's day is made up in which most requests are machines', and asked of a real server over HTTP: what the
record says is compared with the truth. Then views and events of every kind are taken at the front door as fast as one
process can, written to the database every second meanwhile, and every one of them must stand there.
"""

import http.client
import random
import time
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from threading import Thread
from typing import Any

from figures import line
from own_portal import Desk, portal_of_its_own, served, wait_for

REQUESTS = 6_000
EVENTS = 20_000  # that are different, sent again and again
SECONDS = 5.0
SITE = "do.example"  # where every release of the desk leads to
SENDERS = 4
PEOPLE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1",
    "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
)
MACHINES = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "facebookexternalhit/1.1",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "ZaloLinkPreview/1.0", "curl/8.14.1",
    "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)", "python-requests/2.34",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)", "Barracuda Sentinel (link scanner)",
    "Mozilla/5.0 (compatible; SemrushBot/7; +http://www.semrush.com/bot.html)", "",
)  # fmt: skip


def main() -> None:
    """Make, serve, ask, compare; then the rate."""
    with portal_of_its_own() as (_home, port):
        desk = Desk()
        entries = [desk.publish(number) for number in range(30)]
        ids = [entry.public_id for entry in entries]
        with served(port):
            wait_for(lambda: _asked(port, "/healthz") == 200, "the server")
            from loa.archive.queries import address

            truth = replay(port, {entry.public_id: address(entry) for entry in entries})
            time.sleep(3)  # the last second is written
        compare(ids, truth)
        rate(desk, ids)


def replay(port: int, paths: dict[str, str]) -> Counter[tuple[str, str]]:
    """The made-up day, asked by some senders at once; returns what should be counted."""
    log = list(day(paths))
    truth = Counter(key for key, _request in log if key)
    shares = [log[start::SENDERS] for start in range(SENDERS)]
    threads = [Thread(target=_send, args=(port, [request for _key, request in share])) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return truth


Request = tuple[str, str, dict[str, str], str]


def day(paths: dict[str, str]) -> Iterator[tuple[tuple[str, str] | None, Request]]:
    """Seven of ten requests are machines'; what is nobody's reading has no key."""
    dice = random.Random(7)
    for _number in range(REQUESTS):
        public_id, path = dice.choice(list(paths.items()))
        human, kind = {"User-Agent": dice.choice(PEOPLE)}, dice.random()
        if kind < 0.55:
            yield None, ("GET", path, {"User-Agent": dice.choice(MACHINES)}, "")
        elif kind < 0.62:
            yield None, ("GET", path, human | {"Sec-Purpose": "prefetch;prerender"}, "")
        elif kind < 0.66:
            yield None, ("HEAD", path, human, "")
        elif kind < 0.70:
            yield None, ("POST", "/seen", {"Sec-Fetch-Site": "cross-site"} | human, f"r={public_id}&e=read&v=")
        elif kind < 0.90:
            yield (public_id, "view"), ("GET", path, human, "")
        else:
            told = {"Sec-Fetch-Site": "same-origin"} | human
            yield (public_id, "read"), ("POST", "/seen", told, f"r={public_id}&e=read&v=")


def compare(ids: list[str], truth: Counter[tuple[str, str]]) -> None:
    """The record beside the truth, all together and the worst single release."""
    from loa.archive.models import Entry
    from loa.stats.models import DailyViews, Tally

    keys = dict(Entry.objects.filter(public_id__in=ids).values_list("pk", "public_id"))
    counted: Counter[tuple[str, str]] = Counter()
    for row in DailyViews.objects.all():
        counted[keys[row.entry_id], "view"] += row.views
    for tally in Tally.objects.filter(what="read"):
        counted[keys[tally.entry_id], "read"] += tally.count
    for what in ("view", "read"):
        ours = sum(n for (_id, kind), n in counted.items() if kind == what)
        true = sum(n for (_id, kind), n in truth.items() if kind == what)
        worst = max(abs(counted[one, what] - truth[one, what]) for one in ids)
        off = abs(ours - true) / true
        figures = f"{ours} counted", f"{true} true", f"{off:.2%} off, at most {worst} at one release", "<= 2 %"
        line(f"{what}s in a log of {REQUESTS} requests, 7 of 10 by machines", *figures, is_ok=off <= 0.02)


def rate(desk: Desk, ids: list[str]) -> None:
    """Views and events by the front door of one process until all stand in the database, written meanwhile."""
    from loa.edge.bodies import Bodies
    from loa.edge.events import Events
    from loa.edge.hits import HitCounter
    from loa.stats.actions.count import count

    desk.organization.website = f"https://{SITE}/"
    desk.organization.save()
    counter = HitCounter(count)
    door = Events(lambda _environ, _start: [], counter.add, Bodies(1, 1))
    truth, requests, sent = recorded(), list(mixed(ids)), 0
    started = time.perf_counter()
    while time.perf_counter() < started + SECONDS:
        for whats, public_id, environ in requests:
            if environ["REQUEST_METHOD"] == "GET":
                counter.saw(environ, public_id)
            else:
                environ["wsgi.input"].seek(0)
                door(environ, lambda _status, _headers: None)
            truth.update(whats)
        sent += len(requests)
    counter.drain()
    wait_for(lambda: recorded() == truth, f"what was counted: {truth}")
    took = time.perf_counter() - started
    name, ours = "views and events taken and written, one process", f"{sent / took:,.0f}/s, none of {sent:,} lost"
    line(name, ours, "-", "-", ">= 5,000/s", is_ok=sent / took >= 5_000)


def mixed(ids: list[str]) -> Iterator[tuple[list[str], str, dict[str, Any]]]:
    """What is to be counted of a request (nothing of a click on no link of the text), its release, and itself."""
    dice = random.Random(7)
    told = (("read", "", 1), ("share", "zalo", 1), ("copy", "", 1), ("click", SITE, 1), ("click", "xau.example", 0))
    for _number in range(EVENTS):
        public_id = dice.choice(ids)
        page = {"HTTP_HOST": "localhost", "HTTP_USER_AGENT": dice.choice(PEOPLE)}
        if dice.random() < 0.5:
            site = f"trang{dice.randrange(300)}.vn"
            page |= {"REQUEST_METHOD": "GET", "PATH_INFO": f"{dice.choice(('', '/en'))}/r/{public_id}"}
            yield ["view", "language", "from"], public_id, page | {"HTTP_REFERER": f"https://{site}/"}
        else:
            what, name, times = dice.choice(told)
            body = f"r={public_id}&e={what}&v={name}".encode()
            page |= {"REQUEST_METHOD": "POST", "PATH_INFO": "/seen", "HTTP_SEC_FETCH_SITE": "same-origin"}
            yield [what] * times, public_id, page | {"CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}


def recorded() -> Counter[str]:
    """How often each thing stands in the database."""
    from django.db.models import Sum

    from loa.stats.models import DailyViews, Tally

    sums = Counter(dict(Tally.objects.values_list("what").annotate(Sum("count"))))
    return sums + Counter(view=DailyViews.objects.aggregate(all=Sum("views"))["all"] or 0)


def _send(port: int, requests: list[Request]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for method, path, headers, body in requests:
        for _again in range(50):
            connection.request(method, path, body or None, headers | {"Host": f"localhost:{port}"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 503:  # busy: a browser would ask again too
                break
            time.sleep(0.2)


def _asked(port: int, path: str) -> int:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status
    except OSError:
        return 0


if __name__ == "__main__":
    main()
