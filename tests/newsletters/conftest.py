"""A portal with news and an editor, for the tests of the newsletter desk."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry, Version
from loa.audit.actions.record import Actor
from loa.lib import clock
from loa.mail.actions.deliver import deliver_due
from loa.mail.actions.sweep import sweep
from loa.mail.models import WAITING, Copy
from loa.newsletters.actions.begin import begin
from loa.newsletters.actions.edit import Words, edit
from loa.newsletters.actions.pick import pick
from loa.newsletters.actions.schedule import schedule
from loa.newsletters.actions.send_out import send_out
from loa.newsletters.models import Issue
from loa.portals.models import Portal
from loa.subscribers.models import State as Standing
from loa.subscribers.models import Subscriber, Subscription
from loa.subscribers.rules import GENERAL
from tests.conftest import MakePerson
from tests.entries import make_entry, make_portal

PICTURE = {"url": "/media/abcdefghijklmnopqrstuvwxyz.webp", "width": 1600, "height": 900, "alt": "Cánh đồng"}


@pytest.fixture
def portal(db: None) -> Portal:
    return make_portal()


@pytest.fixture
def entries(portal: Portal) -> list[Entry]:
    """Three entries, the first with a picture."""
    made = [make_entry(portal, name) for name in ("một", "hai", "ba")]
    Version.objects.filter(pk=made[0].current_id).update(pictures=[PICTURE], lead="Lúa chín sớm.")
    return made


@pytest.fixture
def lan(make_person: MakePerson) -> Person:
    return make_person("Lan", is_staff=True)


@pytest.fixture
def editor(lan: Person) -> Actor:
    return actor(lan)


@pytest.fixture
def issue(portal: Portal, editor: Actor, entries: list[Entry]) -> Issue:
    """A draft with the three entries in it."""
    made = begin(editor, portal=portal, language="vi")
    pick(editor, made, entries=entries)
    return made


@pytest.fixture
def desk(client: Client, lan: Person) -> Client:
    """Lan at her desk."""
    client.force_login(lan)
    return client


@pytest.fixture
def typed(issue: Issue) -> Callable[..., dict[str, Any]]:
    """Return what the page of the issue would send, changed as the test says."""

    def make(**changes: Any) -> dict[str, Any]:
        issue.refresh_from_db()
        keys = list(issue.items.order_by("position").values_list("pk", flat=True))
        fields: dict[str, Any] = {
            "subject": "Tuần này",
            "preheader": "",
            "introduction": "",
            "revision": issue.revision,
        }
        fields |= {"revision": issue.revision, "item": keys, "do": "save"}
        for key in keys:
            fields |= {f"line-{key}": "", f"heading-{key}": ""}
        return {**fields, **changes}

    return make


@pytest.fixture
def readers(portal: Portal) -> list[Subscriber]:
    """Seven who asked for the newsletter."""
    asked = clock.now() - timedelta(days=30)
    values = {"state": Standing.CONFIRMED, "asked_at": asked, "confirmed_at": asked}
    rows = [Subscriber(portal=portal, email=f"doc{number}@vidu.vn", **values) for number in range(7)]
    made = Subscriber.objects.bulk_create(rows)
    Subscription.objects.bulk_create(Subscription(subscriber=one, key=GENERAL, since=asked) for one in made)
    return made


@pytest.fixture
def scheduled(issue: Issue, editor: Actor, readers: list[Subscriber]) -> Issue:
    """The issue, due now."""
    edit(editor, issue, words=Words(subject="Tuần này"), lines=[], expected_revision=0)
    made = schedule(editor, issue, reasons=[], expected_revision=1)
    Issue.objects.filter(pk=made.pk).update(scheduled_at=clock.now())
    made.refresh_from_db()
    return made


@pytest.fixture
def send_all(home: Path) -> Callable[[], list[EmailMessage]]:
    """Return a call that works like the worker until nothing moves, and gives the mails that left."""

    def run() -> list[EmailMessage]:
        while send_out() + deliver_due() + sweep():
            pass
        send_out()
        files = (home / "outbox").glob("*.eml")
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in sorted(files)]

    return run


@pytest.fixture
def send_some() -> Callable[[int], int]:
    """Return a call that lets so many copies leave, and gives how many left."""

    def send(most: int) -> int:
        rows = Copy.objects.filter(state__in=WAITING).order_by("pk")
        rest = list(rows.values_list("pk", "not_before")[most:])
        Copy.objects.filter(pk__in=[pk for pk, _at in rest]).update(not_before=clock.now() + timedelta(days=1))
        left = deliver_due()
        for pk, at in rest:
            Copy.objects.filter(pk=pk).update(not_before=at)
        return left

    return send
