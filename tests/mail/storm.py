"""A storm over senders, as a program of its own: `python tests/mail/storm.py RECIPIENTS KILLS SENDERS SEED`.

It makes a newsletter and a mailing of news at once, sends them by so many sender processes to a sink that thinks a
few milliseconds about each text, and kills one with SIGKILL whenever the sink has taken a random number more. Then it
lets senders finish, and prints as JSON what the rows say and what the sink says.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ["LOA_HOME"])
THINKS = 4  # milliseconds


def start_sink() -> subprocess.Popen[bytes]:
    """Start the sink, and let everything that follows send there."""
    HOME.mkdir(parents=True, exist_ok=True)
    sink = subprocess.Popen([sys.executable, str(ROOT / "bench" / "sink.py"), str(HOME), str(THINKS)])
    while not (HOME / "port").exists():
        time.sleep(0.02)
    os.environ["LOA_MAIL_URL"] = f"smtp://127.0.0.1:{(HOME / 'port').read_text()}"
    return sink


SINK = start_sink()
os.environ["DJANGO_SETTINGS_MODULE"] = "loa.project.settings"

import django  # noqa: E402 - the settings name the sink

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from loa.audit.actions.record import SYSTEM  # noqa: E402
from loa.mail import queries, worker  # noqa: E402
from loa.mail.actions.address import To, address  # noqa: E402
from loa.mail.actions.open_mailing import open_mailing  # noqa: E402
from loa.mail.actions.seal import seal  # noqa: E402
from loa.mail.actions.send_again import send_copies_again  # noqa: E402
from loa.mail.models import UNSETTLED, Copy, Mailing, State  # noqa: E402


def make(lane: str, count: int) -> Mailing:
    """One mailing with its recipients."""
    text = "Chào {{name}}\n" + "Nội dung bản tin, đủ dài để cần vài gói tin. " * 40
    made = open_mailing(key=f"storm:{lane}", lane=lane, subject="Tin {{name}}", text=text, sender="tin@vidu.vn")
    address(made, (To(f"{n}", f"{lane}{n}@nha{n % 17}.vn", {"name": f"Bạn {n}"}) for n in range(count)))
    seal(made)
    return made


def taken() -> list[str]:
    """What the sink took, a line a text."""
    return (HOME / "taken").read_text().splitlines() if (HOME / "taken").exists() else []


def taken_bytes() -> int:
    """How much that is, cheaply."""
    return (HOME / "taken").stat().st_size if (HOME / "taken").exists() else 0


def start_sender() -> int:
    """Fork a sender: what it needs is imported already, so that a kill hits it at work and not at its start."""
    connection.close()
    pid = os.fork()
    if pid == 0:
        try:
            worker.run(threading.Event(), threading.Event())
        finally:
            os._exit(1)
    return pid


def storm(recipients: int, kills: int, senders: int, chance: random.Random) -> int:
    """Send and kill; returns how many were killed before everything was settled."""
    line = 70  # bytes a line of the sink's, about
    points = sorted(chance.uniform(0.01, 0.97) * recipients * line for _ in range(kills))
    at_work = [start_sender() for _ in range(senders)]
    killed = 0
    for point in points:
        until = time.monotonic() + 60
        while taken_bytes() < point and time.monotonic() < until and Copy.objects.filter(state__in=UNSETTLED).exists():
            connection.close()
            time.sleep(chance.uniform(0.0, 0.02))
        victim = at_work.pop(chance.randrange(len(at_work)))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        killed += 1
        at_work.append(start_sender())
    while Copy.objects.filter(state__in=UNSETTLED).exists():
        connection.close()
        time.sleep(0.1)
    for pid in at_work:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return killed


def count() -> dict[str, Any]:
    """What the rows say, and what the sink says of the same recipients."""
    texts = Counter(line.split("\t")[0] for line in taken())
    names = Counter(line for line in taken())
    rows = dict(Copy.objects.values_list("to", "state"))
    sent = {to for to, state in rows.items() if state == State.SENT}
    doubtful = {to for to, state in rows.items() if state == State.IN_DOUBT}
    return {
        "reports": {made.lane: vars(queries.report(made)) for made in Mailing.objects.all()},
        "exact": all(queries.report(made).is_exact for made in Mailing.objects.all()),
        "sent but not taken": len(sent - texts.keys()),
        "neither taken nor in doubt": len(rows.keys() - texts.keys() - doubtful),
        "taken by the sink": sum(texts.values()),
        "extra": sum(texts.values()) - len(texts),
        "most copies": max(texts.values()),
        "one Message-ID each": len(names) == len(texts),
        "strangers": len(texts.keys() - rows.keys()),
    }


def main(recipients: int, kills: int, senders: int, seed: int) -> None:
    """Do it, and print what came of it."""
    make("at_once", recipients // 5)
    news = make("news", recipients - recipients // 5)
    began = time.monotonic()
    killed = storm(recipients, kills, senders, random.Random(seed))
    took = time.monotonic() - began
    first = count()
    again = send_copies_again(SYSTEM, news)
    pid = start_sender()
    while Copy.objects.filter(state__in=UNSETTLED).exists():
        connection.close()
        time.sleep(0.05)
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)
    most = killed * (settings.LOA_MAIL_CONNECTIONS + 1)
    print(json.dumps({"seed": seed, "killed": killed, "may be extra": most, "seconds": round(took), "first": first,
                      "sent again": again, "then": count()}))  # fmt: skip


if __name__ == "__main__":
    try:
        main(*map(int, sys.argv[1:]))
    finally:
        SINK.kill()
        SINK.wait()
