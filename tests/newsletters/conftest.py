"""A portal with news and an editor, for the tests of the newsletter desk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry, Version
from loa.audit.actions.record import Actor
from loa.newsletters.actions.begin import begin
from loa.newsletters.actions.pick import pick
from loa.newsletters.models import Issue
from loa.portals.models import Portal
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
