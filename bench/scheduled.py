"""How late scheduled releases are, and how far apart their channels: name | ours | budget | ok/short, a line a figure.

A portal in a folder of its own, served by `loa serve` with its worker, and mail to a sink on the loopback. COUNT
releases are due, one each PAUSE seconds; then BURST more at one and the same second, as at nine in the morning. The
load beside it: readers who open pages and search, some ten times a second each, and a writer who saves drafts. How late
a release is: from the moment chosen to the moment that stands on its page. What readers find is looked at over HTTP
(front page, feed, sitemap of news, search), the mails at the moment the sink took them. On a machine that others use,
believe the smallest of several runs.
"""

import os
import re
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from own_portal import portal_of_its_own, served, wait_for

COUNT = int(os.environ.get("LOA_BENCH_SCHEDULED", "200"))
PAUSE = float(os.environ.get("LOA_BENCH_PAUSE", "1"))
BURST = int(os.environ.get("LOA_BENCH_BURST", "20"))
READERS = 3  # threads that open pages
LATE, APART = 1.0, 2.0  # seconds
PLACES = {"front page": "/", "feed": "/feed.json", "news sitemap": "/news-sitemap.xml"}
WHOLE = ("feed", "news sitemap", "search")  # show every release; the front page has no room for many at one second
NUMBER = re.compile(r"hẹn giờ số (\d+)")
WORDS = ("hoa", "lua", "gao", "thu hoach", "xuat khau", "dong thap")
Seen = dict[str, dict[int, float]]


def main() -> None:
    """Set up, measure, clean up."""
    with portal_of_its_own(takes_mail=True) as (_home, port):
        cast = prepare()
        with served(port, workers=1):
            wait_for(lambda: bool(fetch(f"http://localhost:{port}/readyz")), "the server")
            measure(cast, f"http://localhost:{port}")


def measure(cast: tuple[Any, Any, Any], origin: str) -> None:
    """Print a line a figure, for releases one after the other and for many at one second."""
    begin = whole_second() + timedelta(seconds=10 + COUNT * 0.06)  # after the last was submitted
    one_by_one = [begin + timedelta(seconds=PAUSE * number) for number in range(COUNT)]
    report(f"{COUNT} releases, one each {PAUSE} s", *run(cast, origin, one_by_one, 0))
    together = [whole_second() + timedelta(seconds=10 + BURST * 0.06)] * BURST
    report(f"{BURST} releases at one second", *run(cast, origin, together, COUNT))


def whole_second() -> datetime:
    """Now, without its fraction."""
    return datetime.now(tz=UTC).replace(microsecond=0)


def prepare() -> tuple[Any, Any, Any]:
    """A portal, its author and an organization that publishes by itself, and somebody who wants its news at once."""
    from loa.accounts.models import Person
    from loa.lib import clock
    from loa.organizations.actions.found import found
    from loa.subscribers.models import State, Subscriber, Subscription
    from loa.topics.models import Section
    from tests.entries import make_entry, make_portal

    portal = make_portal()
    for number in range(200):
        make_entry(portal, f"{WORDS[number % len(WORDS)]} {number}")
    person = Person.objects.create_user("an@example.vn", name="An")
    sender = found(person, portal=portal, name="Sao Mai", kind="company")
    sender.approved_at = then = clock.now() - timedelta(days=1)
    sender.save()
    reader = Subscriber.objects.create(
        portal=portal, email="lan@vidu.vn", state=State.CONFIRMED, asked_at=then, confirmed_at=then
    )
    Subscription.objects.create(subscriber=reader, key=f"organization:{sender.pk}", frequency="at_once", since=then)
    return person, sender, Section.objects.get(slug="kinh-te")


def run(
    cast: tuple[Any, Any, Any], origin: str, moments: list[datetime], first: int
) -> tuple[list[float], list[float]]:
    """Schedule them, make the load, wait until all are everywhere; lateness and distance of the channels, seconds."""
    keys = [schedule(cast, first + number, at) for number, at in enumerate(moments)]
    late_by = (datetime.now(tz=moments[0].tzinfo) - moments[0]).total_seconds()
    assert late_by < 0, f"the first was due before the last was submitted; {late_by:.1f} s too slow"
    stop, seen = threading.Event(), Seen()
    due = {first + number: at.timestamp() for number, at in enumerate(moments)}
    acts: list[Callable[[], None]] = [lambda: read(origin), lambda: save_one(cast)]
    threads = [threading.Thread(target=again, args=(stop, act)) for act in [*acts[:1] * READERS, acts[1]]]
    for name, path in PLACES.items():
        threads.append(threading.Thread(target=again, args=(stop, lambda p=path, n=name: look(origin, p, seen, n))))
    threads.append(threading.Thread(target=again, args=(stop, lambda: look_for(origin, seen, due))))
    for thread in threads:
        thread.start()
    until = moments[-1].timestamp() + 60
    while time.time() < until and any(len(seen.get(name, {})) < len(moments) for name in WHOLE):
        time.sleep(0.2)
    time.sleep(3)
    stop.set()
    for thread in threads:
        thread.join()
    return figures(keys, seen, first)


def schedule(cast: tuple[Any, Any, Any], number: int, at: datetime) -> str:
    """One release on its way; answers its key."""
    from loa.moderation.actions.take_in import take_in
    from loa.releases.actions.save import begin

    person, sender, section = cast
    fields = {
        "headline": f"Thông cáo hẹn giờ số {number}", "section": section, "contact": "An, an@example.vn",
        "body_html": f"<p>Nội dung đủ dài để được đăng, từ khóa hengio{number}.</p>" * 20,
    }  # fmt: skip
    release = begin(person, sender, fields=fields)
    assert take_in(person, release, at=at, zone="Asia/Ho_Chi_Minh") == "scheduled"
    return release.public_id


def again(stop: threading.Event, act: Callable[[], None]) -> None:
    """Do it until told to stop."""
    from django.db import connection

    while not stop.is_set():
        act()
    connection.close()


def read(origin: str) -> None:
    """A reader opens what no store keeps."""
    word = urllib.parse.quote(WORDS[int(time.time() * 1000) % len(WORDS)])
    fetch(f"{origin}/search?q={word}")
    fetch(f"{origin}/s/kinh-te?page={int(time.time()) % 5 + 1}")
    time.sleep(0.05)


def save_one(cast: tuple[Any, Any, Any]) -> None:
    """A writer saves a draft, some twenty times a second."""
    from loa.releases.actions.save import begin

    begin(cast[0], cast[1], fields={"headline": "Bản nháp", "body_html": "<p>Chữ đang viết.</p>" * 50})
    time.sleep(0.05)


def look(origin: str, path: str, seen: Seen, name: str) -> None:
    """When each release was first on a page."""
    for number in NUMBER.findall(fetch(origin + path)):
        seen.setdefault(name, {}).setdefault(int(number), time.time())
    time.sleep(0.05)


def look_for(origin: str, seen: Seen, due: dict[int, float]) -> None:
    """When the search first found each release that is due."""
    found = seen.setdefault("search", {})
    for number, at in due.items():
        if number not in found and at <= time.time() and f"số {number}<" in fetch(f"{origin}/search?q=hengio{number}"):
            found[number] = time.time()
    time.sleep(0.05)


def fetch(url: str) -> str:
    """A page's text; empty where the server is busy, which is tried again."""
    with suppress(OSError), urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())
    return ""


def figures(keys: list[str], seen: Seen, first: int) -> tuple[list[float], list[float]]:
    """Lateness by the moment on the page, and the time from the first to the last channel, for each release."""
    from loa.archive.models import Notice
    from loa.mail.models import Message
    from loa.releases.models import Release
    from loa.wire.models import Delivery

    late, apart = [], []
    by_channel: dict[str, list[float]] = {name: [] for name in (*PLACES, "search")}
    for number, key in enumerate(keys, start=first):
        release = Release.objects.select_related("entry").get(public_id=key)
        assert release.entry is not None and release.publish_at is not None, f"{number} is not out"
        notice = Notice.objects.get(entry=release.entry)
        mail = Message.objects.get(key=f"author:{notice.pk}")
        at_once = Delivery.objects.get(notice=notice, outlet="at-once")
        late.append((release.entry.published_at - release.publish_at).total_seconds())
        missed = [name for name in WHOLE if number not in seen.get(name, {})]
        assert not missed, f"{number} was never seen in: {', '.join(missed)}"
        moments = {name: one[number] for name, one in seen.items() if number in one}
        moments |= {"record": notice.at.timestamp(), "mail to the author": mail.sent_at.timestamp()}
        moments["mails at once"] = at_once.done_at.timestamp()
        early = min(moments.values()) - release.publish_at.timestamp()
        assert early >= 0, f"{number} was somewhere {-early:.3f} s early"
        apart.append(max(moments.values()) - min(moments.values()))
        for name, moment in moments.items():
            by_channel.setdefault(name, []).append(moment - moments["record"])
    for name, values in by_channel.items():
        half, most = (sorted(values)[len(values) // 2], max(values)) if values else (0.0, 0.0)
        print(f"  {name}: {len(values)} of {len(keys)}, half {half:.3f} s after the record, most {most:.3f} s")
    return late, apart


def report(name: str, late: list[float], apart: list[float]) -> None:
    """A line for lateness, one for the channels."""
    for what, values, budget in (("late", late, LATE), ("channels apart", apart, APART)):
        ordered = sorted(values)
        p99 = ordered[max(0, -(-len(ordered) * 99 // 100) - 1)]
        half, most = ordered[len(ordered) // 2], ordered[-1]
        words = f"least {ordered[0]:.3f} s, half {half:.3f} s, p99 {p99:.3f} s, most {most:.3f} s"
        verdict = "ok" if p99 <= budget and ordered[0] >= 0 else "short"
        print(f"{name}: {what} | {words} | p99 ≤ {budget:.0f} s | {verdict}", flush=True)


if __name__ == "__main__":
    main()
