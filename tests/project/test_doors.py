"""Who gets what at every address: a matrix of URL, method and role, made from the resolver and kept in doors.txt.

A new address fails here until its row stands in the file and somebody has read it. To write the file anew:
`LOA_DOORS=write .venv/bin/python -m pytest tests/project/test_doors.py`, then read the difference.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from loa.accounts.models import Editorship, Person
from loa.archive.models import Entry, State
from loa.billing.models import BankTransfer, Invoice
from loa.coverage.actions.add import add as add_clipping
from loa.inbox.models import Item, WayOut
from loa.lib import covers
from loa.mail.models import Message
from loa.media.actions.take_in import take_in
from loa.moderation.models import Report
from loa.newsletters.models import Issue
from loa.organizations.models import Membership, Organization, Role, Spokesperson
from loa.portals.models import Portal
from loa.privacy.actions.ask import ask as ask_about_data
from loa.privacy.actions.confirm import confirm as confirm_request
from loa.releases.models import Confirmation, Partnership, PublicLink, Release, Template
from loa.subscribers import queries as subscribers
from loa.subscribers.models import Subscriber
from loa.ui import styles
from tests.conftest import MakePerson
from tests.project.doors import address, routes

pytestmark = pytest.mark.pages

KEPT = Path(__file__).parent / "doors.txt"


@pytest.fixture
def language() -> str:
    """Doors are the same in every language."""
    return "vi"


@pytest.fixture
def people(portal: Portal, an: Person, stranger: Person, make_person: MakePerson) -> dict[str, Client]:
    """A browser for each role; the owner and the writer belong to the organization of the examples."""
    writer = make_person("Viet")
    roles = {
        "stranger": stranger, "writer": writer, "owner": an, "staff": make_person("Mai"),
        "operator": make_person("Lan", is_staff=True, is_superuser=True), "elsewhere": make_person("Khanh"),
    }  # fmt: skip
    # The editors of this portal, and one of another: to them this one's desk is what it is to any stranger.
    Editorship.objects.create(person=roles["staff"], portal=portal)
    other = Portal.objects.create(slug="khac", name="Cổng Khác")
    Editorship.objects.create(person=roles["elsewhere"], portal=other)
    clients = {"nobody": Client()} | {role: Client() for role in roles}
    for role, person in roles.items():
        clients[role].force_login(person)
    return clients


@pytest.fixture
def examples(filled: Portal, people: dict[str, Client]) -> dict[str, dict[str, Any]]:
    """What stands in the slots, by the beginning of the address."""
    return examples_of(filled)


def examples_of(filled: Portal) -> dict[str, dict[str, Any]]:
    """The same for a portal with one of everything and a person Viet."""
    organization = Spokesperson.objects.get().organization
    Membership.objects.create(
        organization=organization, person=Person.objects.get(email="viet@example.vn"), role=Role.WRITER
    )
    entry = Entry.objects.filter(state=State.PUBLISHED).latest("id")
    draft = Release.objects.get(state="draft", is_by_desk=False)
    waiting = Release.objects.get(state="submitted")
    picture = take_in(covers.draw_portrait("An", ("#133d4a", "#c7ae63")), owner_key=f"organization:{organization.pk}")
    partnership = Partnership.objects.create(release=waiting, organization=organization)
    report = Report.objects.create(entry=entry, reason="Sai")
    person = Spokesperson.objects.get()
    message = Message.objects.latest("id")
    an = Person.objects.get(email="an@example.vn")
    asked = ask_about_data(filled, wish="access", name="Tom", email="tom@example.com", said="x", language="vi")
    today = entry.published_at
    return of_money(organization) | of_subscribers(filled, today) | {
        "/": {
            "slug": organization.slug, "public_id": entry.public_id, "qcode": "medtop:04000000", "place_id": 1,
            "year": today.year, "month": today.month, "day": today.day, "part": 1, "number": 1, "language": "vi",
            "token": "x", "key": "x", "uidb36": "x", "person_slug": person.slug, "pk": 1,
        },
        "/p/": {"place_id": entry.place_id, "slug": "hue"},
        "/s/": {"slug": "business"},
        "/t/": {"slug": "kinh-te"},
        "/media/": {"name": f"{picture.public_id}.webp"},
        "/operator/pages/": {"slug": "about"},
        "/operator/sections/": {"slug": "business"},
        "/operator/plans/edit/": {"slug": "plan"},
        "/hooks/bank/": {"provider": "signed"},
        "/moderation/<public_id>": {"public_id": waiting.public_id},
        "/moderation/reports/": {"public_id": report.public_id},
        "/desk/releases/": {
            "public_id": draft.public_id, "language": "en", "revision": draft.revisions.latest("pk").public_id,
        },
        "/desk/partner/": {"public_id": partnership.public_id},
        "/desk/confirm/": {"public_id": Confirmation.objects.get().public_id},
        "/desk/o/<slug>/people/": {"public_id": person.public_id},
        "/operator/mail/": {"lane": "news", "way": "halt"},
        "/operator/mail/address/": {"way": "stop"},
        "/operator/mail/message/": {"public_id": message.public_id, "way": "leave"},
        "/desk/o/<slug>/media/": {"public_id": picture.public_id},
        "/inbox/leave/": {"token": WayOut.objects.create(person=an, kind="weekly").token},
        "/desk/inbox/": {"pk": Item.objects.filter(person=an).latest("pk").pk},
        "/privacy/request/": {"token": asked.token},
        "/operator/data-requests/": {"public_id": confirm_request(asked).public_id},
        "/desk/o/<slug>/coverage/": {"clipping": add_clipping(an, entry, typed="https://bao.example.vn/x").public_id},
        "/desk/o/<slug>/templates/": {"public_id": Template.objects.get().public_id},
        "/desk/o/<slug>/links/": {"pk": getattr(PublicLink.objects.last(), "pk", 1)},  # a worker tidies
        "/operator/newsletters/": {"public_id": Issue.objects.get(state="draft").public_id, "scheme": "dark"},
        "/styles/": {"path": styles.address("ui/page.css").removeprefix(styles.AT)},
    }  # fmt: skip


def of_money(organization: Organization) -> dict[str, dict[str, Any]]:
    """Of what it ordered and was billed for."""
    bill = Invoice.objects.select_related("order").filter(order__organization=organization).latest("pk")
    return {
        "/desk/o/<slug>/orders/": {"code": bill.order.code, "form": "svg"},
        "/desk/o/<slug>/invoices/": {"public_id": bill.public_id, "form": "csv"},
        "/operator/billing/orders/": {"code": bill.order.code},
        "/operator/billing/transfers/": {"public_id": BankTransfer.objects.latest("pk").public_id},
        "/operator/billing/invoices/": {"public_id": bill.public_id, "form": "csv"},
    }


def of_subscribers(portal: Portal, at: datetime) -> dict[str, dict[str, Any]]:
    """Of a reader who asked for mail."""
    reader = Subscriber.objects.create(portal=portal, email="doc@example.vn", asked_at=at)
    return {
        "/newsletter/confirm/": {"token": subscribers.token(reader, "confirm")},
        "/newsletter/preferences/": {"token": subscribers.token(reader, "preferences")},
        "/newsletter/leave/": {"token": subscribers.token(reader, "leave")},
        "/newsletter/data/": {"token": subscribers.token(reader, "data")},
        "/newsletter/erase/": {"token": subscribers.token(reader, "erase")},
        "/operator/subscribers/": {"public_id": reader.public_id},
    }


def knock(client: Client, method: str, path: str, **headers: str) -> int:
    """The answer's status; what the knock changed is undone."""
    client.raise_request_exception = False
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.generic(method, path, content_type="application/x-www-form-urlencoded", headers=headers)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer.status_code


def test_every_door_opens_to_those_it_is_for(
    examples: dict[str, dict[str, Any]], people: dict[str, Client], caplog: pytest.LogCaptureFixture
) -> None:
    rows = []
    for route in sorted(set(routes())):
        path = address(route, examples)
        for method in ("GET", "POST"):
            told = " ".join(f"{role}:{knock(client, method, path)}" for role, client in people.items())
            rows.append(f"{method:4} {route} {told}")
    if os.environ.get("LOA_DOORS") == "write":
        KEPT.write_text("\n".join(rows) + "\n", "utf-8")
    assert "\n".join(rows) == KEPT.read_text("utf-8").rstrip("\n")
    assert not [row for row in rows if ":5" in row and "/readyz" not in row]  # no worker beats in a test


def test_no_public_door_knows_a_draft(examples: dict[str, dict[str, Any]], people: dict[str, Client]) -> None:
    hidden = [
        Release.objects.get(state="draft", is_by_desk=False).public_id,
        Release.objects.get(state="submitted").public_id,
    ]
    public = [
        route for route in set(routes()) if "<public_id>" in route and route.startswith(("/r/", "/og/", "/report/"))
    ]
    assert public
    for public_id in hidden:
        examples["/"]["public_id"] = public_id
        answers = {knock(client, "GET", address(route, examples)) for route in public for client in people.values()}
        assert answers == {404}


# What mail programs and other sites may send: a signed word that was mailed stands in the address.
SIGNED = {"/newsletter/follow/<token>", "/newsletter/confirm/<token>", "/newsletter/preferences/<token>",
          "/newsletter/leave/<token>", "/inbox/leave/<token>"}  # fmt: skip


def test_a_form_of_another_site_is_refused_at_every_door(
    examples: dict[str, dict[str, Any]], people: dict[str, Client]
) -> None:
    through = set()
    elsewhere = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    for role in ("nobody", "owner", "operator"):
        client = people[role]
        client.handler.enforce_csrf_checks = True
        for route in set(routes()):
            if knock(client, "POST", address(route, examples), **elsewhere) not in (403, 404, 405):
                through.add(route)
    assert through - SIGNED == {"/healthz", "/readyz"}  # they read alone
