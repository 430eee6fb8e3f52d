"""How soon a reader who wants to hear at once has the mail: name | ours | budget | ok/short, one line a figure.

A portal with READERS readers of digests and FOLLOWERS who follow one organization at once, in a folder of its own; the
real worker (`loa worker`) carries the notice and sends to a sink of its own process on the loopback. Measured from the
commit of the publication to what the sink wrote down: the first mail, and the last. Also how fast an issue's readers
are paged through with their links. On a machine that others use, believe the smallest of several runs.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from own_portal import portal_of_its_own

READERS = int(os.environ.get("LOA_BENCH_READERS", "20000"))
FOLLOWERS = [int(one) for one in os.environ.get("LOA_BENCH_FOLLOWERS", "1,100,2000").split(",")]
BUDGET = 5.0  # seconds to the first mail: “within seconds of publication”


def main() -> None:
    """Set up, measure, clean up."""
    with portal_of_its_own(takes_mail=True) as (home, _port):
        measure(home)


def measure(home: Path) -> None:
    """Print a line a figure."""
    from loa.organizations.models import Organization
    from tests.entries import make_entry, make_portal

    portal = make_portal()
    make_readers(portal, "r", READERS, "general", "weekly")
    page_through(portal)
    worker = subprocess.Popen([sys.executable, "-m", "loa.project.cli", "worker"], cwd=home)
    try:
        make_entry(portal, "wake up")
        wait_for_quiet(home)
        sender = Organization.objects.get(slug="hoa-sen")
        for round_, count in enumerate(FOLLOWERS):
            make_readers(portal, f"f{round_}", count, f"organization:{sender.pk}", "at_once")
            followers = sum(FOLLOWERS[: round_ + 1])
            publish_and_wait(portal, home, round_, followers)
    finally:
        worker.terminate()
        worker.wait()


def make_readers(portal: object, name: str, count: int, key: str, frequency: str) -> None:
    """Confirmed readers of one list, long since."""
    from datetime import timedelta

    from loa.lib import clock
    from loa.subscribers.models import State, Subscriber, Subscription

    then = clock.now() - timedelta(days=1)
    made = [
        Subscriber(portal=portal, email=f"{name}{n}@nha{n % 40}.vn", state=State.CONFIRMED, asked_at=then,
                   confirmed_at=then)
        for n in range(count)
    ]  # fmt: skip
    Subscriber.objects.bulk_create(made, batch_size=2000)
    rows = [Subscription(subscriber=one, key=key, frequency=frequency, since=then) for one in made]
    Subscription.objects.bulk_create(rows, batch_size=2000)


def page_through(portal: object) -> None:
    """Readers a second, each with both links."""
    from loa.subscribers import queries

    began, after, count = time.perf_counter(), 0, 0
    while page := queries.recipients(portal, after=after, limit=1000):  # type: ignore[arg-type]
        count += sum(bool(one.leave_link and one.preferences_link) for one in page)
        after = page[-1].subscriber_id
    took = time.perf_counter() - began
    print(f"readers of an issue with their links, {count:,} | {count / took:,.0f}/s | {took:.2f} s in all", flush=True)


def publish_and_wait(portal: object, home: Path, number: int, followers: int) -> None:
    """From the commit to the sink."""
    from loa.jobs.wake import wake
    from tests.entries import make_entry

    before = taken(home)
    make_entry(portal, f"tin {number}")  # type: ignore[arg-type]
    began = time.perf_counter()
    wake()
    first = wait_until(home, before + 1, began)
    last = wait_until(home, before + followers, began)
    verdict = "ok" if first <= BUDGET else "short"
    words = f"publish → sink, {followers:,} at once beside {READERS:,} others"
    print(f"{words} | first {first:.2f} s, last {last:.2f} s | first ≤ {BUDGET:.0f} s | {verdict}", flush=True)
    wait_for_quiet(home)
    assert taken(home) == before + followers


def wait_until(home: Path, count: int, began: float) -> float:
    """Seconds since the commit when the sink has so many."""
    while taken(home) < count:
        assert time.perf_counter() - began < 300, "nothing came for five minutes"
        time.sleep(0.005)
    return time.perf_counter() - began


def wait_for_quiet(home: Path) -> None:
    """Until the worker has had a round and nothing comes any more."""
    seen = -1
    while (now := taken(home)) != seen:
        seen = now
        time.sleep(2)


def taken(home: Path) -> int:
    """How many texts the sink took."""
    file = home / "taken"
    return file.read_bytes().count(b"\n") if file.exists() else 0


if __name__ == "__main__":
    main()
