"""An issue to RECIPIENTS readers over a local sink: everybody once, and a report that says the same as the sink.

Prints name | ours | reference | ratio | budget | ok/short: how long an issue takes from its time to its last
recipient, and what its mail weighs; `bench/mail.py` has the sending alone, beside its reference. One entry is
withdrawn while it is being sent, unless LOA_BENCH_CALM is set: then nothing is lost and nobody has two. With
LOA_BENCH_KILLS=8 workers of their own process send it, and that many are killed (`kill -9`) at random meanwhile:
nothing is lost, and as many at most have two as connections were open at the kills.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from own_portal import portal_of_its_own

RECIPIENTS = int(os.environ.get("LOA_BENCH_RECIPIENTS", "20000"))
KILLS = int(os.environ.get("LOA_BENCH_KILLS", "0"))
STORIES = 12
LEAD = "Toàn bộ sản lượng đã có đơn vị bao tiêu, giá cao hơn lúa thường ba nghìn đồng mỗi ki-lô-gam. " * 3


def main() -> None:
    """Set up, send, compare, clean up."""
    with portal_of_its_own(takes_mail=True) as (home, _port):
        send(home)


def send(home: Path) -> None:
    """One issue from its time to its last recipient."""
    from django.conf import settings

    from loa.archive.actions.withdraw import withdraw
    from loa.mail.actions.deliver import deliver_due
    from loa.mail.actions.sweep import sweep
    from loa.mail.models import Copy
    from loa.mail.models import State as Going
    from loa.newsletters import emails, queries
    from loa.newsletters.actions.send_out import send_out
    from loa.newsletters.models import Issue, State

    issue, entries = prepare()
    weight = emails.drawn_for(queries.sheet_of(issue)).weight
    began = time.perf_counter()
    if KILLS:
        be_killed(home)
    send_out()
    if not os.environ.get("LOA_BENCH_CALM"):
        begin_to_send(0 if KILLS else RECIPIENTS // 4)
        withdraw(entries[1], statement="Sai số liệu.")
    while Issue.objects.filter(pk=issue.pk, state=State.SENDING).exists():
        send_out()
        deliver_due()
        sweep()
    took = time.perf_counter() - began
    issue.refresh_from_db()
    report, got = queries.report(issue), taken(home)
    assert issue.state == State.SENT, (issue.state, report)
    assert report.is_exact
    assert report.sent + report.in_doubt == report.expected == RECIPIENTS, report
    doubtful = set(Copy.objects.filter(state=Going.IN_DOUBT).values_list("to", flat=True))
    lost, twice = RECIPIENTS - len(set(got) | doubtful), len(got) - len(set(got))
    assert lost == 0
    assert twice <= KILLS * settings.LOA_MAIL_CONNECTIONS
    rate = RECIPIENTS / took
    print(f"newsletter, {RECIPIENTS} readers, rounds: {issue.round}, to the last in s | {took:.1f} | – | – | – | ok")
    print(f"newsletter, mails a second, drawn and addressed and sent and reported | {rate:,.0f} | – | – | – | ok")
    print(f"newsletter, kB a mail of {STORIES} stories | {weight / 1000:.1f} | – | – | ≤ 90 | ok")
    print(f"newsletter, lost / twice / in doubt | {lost} / {twice} / {report.in_doubt} | – | – | 0 lost | ok")


def be_killed(home: Path) -> None:
    """Workers, one after another, each ended where it stands, while there is something left to send."""
    for number in range(KILLS):
        before = len(taken(home))
        with subprocess.Popen([sys.executable, "-P", "-m", "loa.project.cli", "worker"], cwd=home) as worker:
            until = time.monotonic() + 30
            while len(taken(home)) == before and time.monotonic() < until:
                time.sleep(0.02)
            time.sleep(random.random() / 2)
            worker.kill()
        print(f"  kill {number + 1}: {len(taken(home)):,} taken", flush=True)


def begin_to_send(most: int) -> None:
    """Let so many leave, as a sender does, and stop there."""
    from loa.mail.sender import Sender

    with Sender() as sender:
        while sender.sent < most and sender.round():
            pass


def prepare() -> tuple[Any, list[Any]]:
    """A portal with news, its readers, and an issue whose time has come."""
    from loa.accounts.models import Person
    from loa.accounts.queries import actor
    from loa.archive.models import Version
    from loa.lib import clock
    from loa.newsletters.actions.begin import begin
    from loa.newsletters.actions.edit import Words, edit
    from loa.newsletters.actions.pick import pick
    from loa.newsletters.actions.schedule import schedule
    from loa.subscribers.models import State, Subscriber, Subscription
    from tests.entries import make_entry, make_portal

    portal, now = make_portal(), clock.now()
    entries = [make_entry(portal, f"số {number}") for number in range(STORIES)]
    Version.objects.update(lead=LEAD)
    people = [
        Subscriber(
            portal=portal, email=f"doc{number}@nha{number % 40}.vn", state=State.CONFIRMED, asked_at=now,
            confirmed_at=now,
        )
        for number in range(RECIPIENTS)
    ]  # fmt: skip
    made = Subscriber.objects.bulk_create(people, batch_size=2000)
    wishes = [Subscription(subscriber=one, key="general", since=now) for one in made]
    Subscription.objects.bulk_create(wishes, batch_size=2000)
    lan = actor(Person.objects.create_user("lan@example.vn", "bai-ca-dao-cua-me", name="Lan", is_staff=True))
    issue = begin(lan, portal=portal, language="vi")
    pick(lan, issue, entries=entries)
    edit(lan, issue, words=Words(subject="Tin của tuần"), lines=[], expected_revision=0)
    schedule(lan, issue, at=now, reasons=[], expected_revision=1)
    issue.refresh_from_db()
    return issue, entries


def taken(home: Path) -> list[str]:
    """Whom the sink took a text for."""
    if not (home / "taken").exists():
        return []
    return [line.partition("\t")[0] for line in (home / "taken").read_text().splitlines()]


if __name__ == "__main__":
    main()
