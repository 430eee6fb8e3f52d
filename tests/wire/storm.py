"""The two sides of the storm, each a program of its own: one publishes or schedules, one settles and counts.

`python tests/wire/storm.py publish COUNT PAUSE` makes a portal and publishes; `… schedule COUNT PAUSE` lets the worker
publish, one release each PAUSE seconds; `… settle` lets the time of the leases
pass, makes the worker's rounds until nothing waits, and prints what readers and the author would find, as JSON.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "loa.project.settings"
django.setup()

from django.db.models import F  # noqa: E402
from django.test import Client  # noqa: E402

from loa.accounts.models import Person  # noqa: E402
from loa.accounts.queries import actor  # noqa: E402
from loa.archive.models import Entry, Notice  # noqa: E402
from loa.lib import clock  # noqa: E402
from loa.mail.actions.deliver import deliver_due  # noqa: E402
from loa.mail.models import Message  # noqa: E402
from loa.organizations.actions.found import found  # noqa: E402
from loa.organizations.models import Organization  # noqa: E402
from loa.portals.models import Portal  # noqa: E402
from loa.releases.actions.publish import publish  # noqa: E402
from loa.releases.actions.publish_due import publish_due  # noqa: E402
from loa.releases.actions.save import begin  # noqa: E402
from loa.releases.actions.schedule import schedule  # noqa: E402
from loa.releases.actions.submit import submit  # noqa: E402
from loa.releases.models import Release  # noqa: E402
from loa.search import queries as search  # noqa: E402
from loa.topics.models import Section  # noqa: E402
from loa.wire import worker  # noqa: E402
from loa.wire.models import Delivery, State  # noqa: E402


def publish_many(count: int, pause: float) -> None:
    """Publish so many releases, one after the other."""
    portal = Portal.objects.create(slug="bao", name="Bão")
    portal.hosts.create(host="*")
    section = Section.objects.create(portal=portal, slug="kinh-te", name_vi="Kinh tế")
    an = Person.objects.create_user("an@example.vn", name="An")
    sender = found(an, portal=portal, name="Sao Mai", kind="company")
    for draft in _drafts(an, sender, section, count):
        publish(actor(an), submit(an, draft))
        time.sleep(pause)


def schedule_many(count: int, pause: float) -> None:
    """Let so many releases wait for their time, the first due in two seconds."""
    portal = Portal.objects.create(slug="bao", name="Bão")
    portal.hosts.create(host="*")
    section = Section.objects.create(portal=portal, slug="kinh-te", name_vi="Kinh tế")
    an = Person.objects.create_user("an@example.vn", name="An")
    sender = found(an, portal=portal, name="Sao Mai", kind="company")
    drafts = list(_drafts(an, sender, section, count))
    first = clock.now() + timedelta(seconds=2)
    for number, draft in enumerate(drafts):
        at = first + timedelta(seconds=number * pause)
        schedule(actor(an), submit(an, draft, at=at, zone="Asia/Ho_Chi_Minh"))


def _drafts(an: Person, sender: Organization, section: Section, count: int) -> Iterator[Release]:
    for number in range(count):
        fields: dict[str, Any] = {
            "headline": f"Thông cáo bão số từ{number}", "body_html": "<p>Nội dung đủ dài để được gửi đi.</p>",
            "section": section, "contact": "An, an@example.vn",
        }  # fmt: skip
        yield begin(an, sender, fields=fields)


def settle() -> dict[str, Any]:
    """Finish what dead workers left, and say what is found."""
    while Release.objects.filter(publish_at__gt=clock.now()).exists():
        time.sleep(0.1)  # workers killed early leave releases whose time has not come
    now = clock.now()
    Delivery.objects.filter(state=State.LEASED).update(lease_until=now)
    Delivery.objects.exclude(state=State.DONE).update(not_before=now)
    publish_due()
    until = time.monotonic() + 600
    while worker.turn([]) or Delivery.objects.exclude(state=State.DONE).exists():
        if time.monotonic() > until:
            break
        time.sleep(0.05)
    deliver_due()
    portal = Portal.objects.get()
    return {
        "early": Release.objects.filter(entry__published_at__lt=F("publish_at")).count(),
        "entries": list(Entry.objects.order_by("id").values_list("public_id", flat=True)),
        "found": [search.search(portal.pk, f"từ{n}").ids for n in range(Entry.objects.count())],
        "feed": [item["id"].rsplit("/", 1)[1] for item in json.loads(Client().get("/feed.json").content)["items"]],
        "total": search.search(portal.pk, "bão").total,
        "notices": list(Notice.objects.order_by("id").values_list("id", flat=True)),
        "waiting": [f"{row} {row.error}" for row in Delivery.objects.exclude(state=State.DONE)],
        "mail": sorted(Message.objects.values_list("key", "state")),
    }


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["publish", count, pause]:
            publish_many(int(count), float(pause))
        case ["schedule", count, pause]:
            schedule_many(int(count), float(pause))
        case ["settle"]:
            print(json.dumps(settle()))
