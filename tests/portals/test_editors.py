"""An editor of one portal keeps that desk and finds no other; one of every portal, and an operator, keep them all."""

from typing import Any, NamedTuple

import pytest
from django.test import Client

from loa.accounts import queries
from loa.accounts.actions.forget import forget
from loa.accounts.models import Editorship, Person
from loa.archive.models import Entry
from loa.audit.actions.record import SYSTEM
from loa.compose.rules import may_read_file
from loa.desk.actions.set_staff import set_staff
from loa.lib import clock
from loa.moderation.actions.report import report
from loa.moderation.actions.take_in import take_in
from loa.moderation.models import Report
from loa.newsletters.actions.begin import begin as begin_issue
from loa.organizations.actions.found import found
from loa.organizations.models import Organization
from loa.portals.models import Portal, PortalHost
from loa.releases.actions.begin_for import begin_for
from loa.releases.actions.publish import publish
from loa.releases.actions.submit import submit
from loa.releases.errors import NotAWriter
from loa.releases.models import Release
from loa.releases.queries import of_person
from loa.topics.models import Section
from tests.conftest import MakePerson, Write

HERE, THERE = "testserver", "sister.example"


class Desk(NamedTuple):
    """What one portal's desk has to do."""

    portal: Portal
    waiting: Release
    entry: Entry
    complaint: Report
    sender: Organization


@pytest.fixture
def desks(portal: Portal, an: Person, write: Write, ready: dict[str, Any]) -> dict[str, Desk]:
    """Two portals, by host, each with a release that waits, one that is out, a report and an issue."""
    sister = Portal.objects.create(slug="sister", name="GlobalDN", origin="https://sister.example")
    PortalHost.objects.create(portal=sister, host=THERE)
    return {host: desk_of(one, an, write) for host, one in ((HERE, portal), (THERE, sister))}


def desk_of(portal: Portal, an: Person, write: Write) -> Desk:
    section, _ = Section.objects.get_or_create(portal=portal, slug="kinh-te", defaults={"name_vi": "Kinh tế"})
    known = found(an, portal=portal, name=f"Công ty Quen {portal.slug}", kind="company")
    Organization.objects.filter(pk=known.pk).update(approved_at=clock.now())
    newcomer = found(an, portal=portal, name=f"Công ty Mới {portal.slug}", kind="company")
    headline = f"Canary của {portal.slug}"
    take_in(an, write(newcomer, section=section, headline=f"{headline} còn chờ"))
    entry = publish(queries.actor(an), submit(an, write(known, section=section, headline=f"{headline} đã ra")))
    begin_issue(SYSTEM, portal=portal, language="vi")
    waiting = Release.objects.get(organization=newcomer)
    return Desk(portal, waiting, entry, report(entry, reason=f"Sai ở {portal.slug}"), newcomer)


@pytest.fixture
def huong(desks: dict[str, Desk], make_person: MakePerson, operator: Person) -> Person:
    """She edits the sister alone."""
    return set_staff(SYSTEM, portal=desks[THERE].portal, email=make_person("Huong").email, reach="portal")


def test_she_keeps_her_portals_desk(client: Client, desks: dict[str, Desk], huong: Person) -> None:
    client.force_login(huong)
    queue = client.get("/moderation/", headers={"host": THERE}).text
    assert "Canary của sister còn chờ" in queue
    assert "Sai ở sister" in queue
    assert "globalvn" not in queue
    assert client.get("/operator/", headers={"host": THERE}).status_code == 200
    assert 'href="/moderation/"' in client.get("/desk/", headers={"host": THERE}).text
    door = f"/moderation/{desks[THERE].waiting.public_id}/approve"
    client.post(door, headers={"host": THERE})
    assert Release.objects.get(pk=desks[THERE].waiting.pk).state == "published"


def test_she_finds_no_other_desk(client: Client, desks: dict[str, Desk], huong: Person) -> None:
    client.force_login(huong)
    assert 'href="/moderation/"' not in client.get("/desk/", headers={"host": HERE}).text
    ours = desks[HERE]
    doors = [
        "/operator/", "/operator/sections", "/moderation/", f"/moderation/{ours.waiting.public_id}",
        f"/moderation/withdraw/{ours.entry.public_id}", "/operator/newsletters", "/operator/subscribers/",
    ]  # fmt: skip
    for door in doors:
        assert client.get(door, headers={"host": HERE}).status_code == 404, door
    for host in (HERE, THERE):  # neither through her own desk
        for door in (f"/moderation/{ours.waiting.public_id}/approve", f"/moderation/{ours.waiting.public_id}",
                     f"/moderation/reports/{ours.complaint.public_id}/settle",
                     f"/moderation/withdraw/{ours.entry.public_id}"):  # fmt: skip
            said = {"reason": "Sai", "statement": "Sai"}
            assert client.post(door, said, headers={"host": host}).status_code == 404, (host, door)
    ours.waiting.refresh_from_db()
    ours.complaint.refresh_from_db()
    ours.entry.refresh_from_db()
    assert (ours.waiting.state, ours.complaint.settled_at, ours.entry.state) == ("submitted", None, "published")


def test_she_writes_for_organizations_of_her_portal_alone(
    desks: dict[str, Desk], huong: Person, ready: dict[str, Any]
) -> None:
    made = begin_for(huong, desks[THERE].sender, fields={"headline": "Viết giúp"})
    assert list(of_person(huong)) == [made]
    with pytest.raises(NotAWriter):
        begin_for(huong, desks[HERE].sender, fields={"headline": "Viết giúp"})
    mai = Person.objects.create_user("mai2@example.vn", "bai-ca-dao-cua-me", is_staff=True)
    begin_for(mai, desks[HERE].sender, fields={"headline": "Viết giúp"})
    assert list(of_person(huong)) == [made]
    assert of_person(mai).count() == 2


def test_she_opens_files_of_her_portal_alone(rf: Any, desks: dict[str, Desk], huong: Person) -> None:
    def opens(owner: str) -> bool:
        request = rf.get("/media/a.webp")
        request.user = huong
        return may_read_file(request, owner, "a.webp")

    assert opens(f"organization:{desks[THERE].sender.pk}")
    assert opens(f"portal:{desks[THERE].portal.pk}")
    assert not opens(f"organization:{desks[HERE].sender.pk}")
    assert not opens(f"portal:{desks[HERE].portal.pk}")
    assert not opens("organization:0")
    assert not opens("other:x")


def test_those_of_every_portal_keep_every_desk(
    client: Client, desks: dict[str, Desk], moderator: Person, operator: Person
) -> None:
    for person in (moderator, operator):
        client.force_login(person)
        for host in (HERE, THERE):
            assert client.get("/moderation/", headers={"host": host}).status_code == 200
    assert queries.edited(moderator).count() == 2


def test_her_desk_is_hers_until_it_is_taken(
    client: Client, desks: dict[str, Desk], huong: Person, operator: Person
) -> None:
    client.force_login(operator)
    page = client.get("/operator/staff", headers={"host": THERE}).text
    assert "Huong · huong@example.vn" in page
    assert "huong@example.vn" not in client.get("/operator/staff", headers={"host": HERE}).text
    client.post("/operator/staff", {"email": huong.email, "reach": "none"}, headers={"host": HERE})
    assert queries.edits(huong, desks[THERE].portal.pk)  # that of another portal is not touched
    client.post("/operator/staff", {"email": huong.email, "reach": "none"}, headers={"host": THERE})
    assert not queries.edits(huong, desks[THERE].portal.pk)


def test_a_shut_account_edits_nothing(desks: dict[str, Desk], huong: Person) -> None:
    portal = desks[THERE].portal
    huong.is_active = False
    assert not queries.edits(huong, portal.pk)
    assert not queries.edited(huong).exists()
    huong.is_active = True
    forget(huong, portal=portal, language="vi")
    assert not Editorship.objects.filter(person=huong).exists()
