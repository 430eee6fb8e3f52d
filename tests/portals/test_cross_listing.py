"""Cross-listing: a sister's lists lead to a release at its own portal, as its organization wishes."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client

from loa.accounts.errors import CoolingDown
from loa.accounts.models import Person, Recovery
from loa.accounts.queries import actor
from loa.archive.models import CrossListing, Entry, Notice
from loa.audit.models import Record
from loa.desk.actions.set_staff import set_staff
from loa.inbox import queries as inbox
from loa.inbox.rules import sentence
from loa.lib import clock
from loa.mail.models import Message
from loa.organizations.models import Organization
from loa.places.models import Place
from loa.portals.models import Portal, PortalHost
from loa.releases.actions.correct import correct
from loa.releases.actions.decide_listing import decide_listing
from loa.releases.actions.offer_listing import offer_listing
from loa.releases.actions.take_back_listing import take_back_listing
from loa.releases.actions.withdraw import withdraw
from loa.releases.errors import NotAWriter, NotTaken, Suspended, WrongState
from loa.releases.models import Release
from loa.search.actions.check import check
from loa.topics.models import Section, Topic
from tests.conftest import Write

THERE = {"host": "sister.example"}
PLACES = ("/", "/en/", "/latest", "/s/kinh-te", "/feed.xml", "/feed.atom", "/feed.json", "/s/kinh-te/feed.xml",
          "/search?q=thu+hoach", "/search/feed.xml?q=thu+hoach")  # fmt: skip


class Listed(NamedTuple):
    """A published release of the first portal, and the sister."""

    release: Release
    entry: Entry
    sister: Portal


@pytest.fixture
def out(portal: Portal, put_out: Callable[..., Entry], run_wire: Callable[[], int]) -> Listed:
    Portal.objects.filter(pk=portal.pk).update(origin="https://first.example")
    sister = Portal.objects.create(slug="sister", name="GlobalDN", origin="https://sister.example", takes="straight")
    PortalHost.objects.create(portal=sister, host="sister.example")
    Section.objects.create(portal=sister, slug="kinh-te", name_vi="Kinh tế")
    entry = put_out()
    put_out(headline="Một tin khác không đi đâu cả")
    run_wire()
    return Listed(Release.objects.get(entry=entry), entry, sister)


def shown_there(out: Listed) -> set[str]:
    """The places of the sister that lead to the release at its own portal."""
    at = f"https://first.example/r/{out.entry.public_id}"
    texts = {path: Client().get(path, headers=THERE).text for path in PLACES}
    assert all("Một tin khác" not in text for text in texts.values())
    return {path for path, text in texts.items() if at in text}


def test_its_lists_search_and_feeds_lead_to_the_first(an: Person, out: Listed, run_wire: Callable[[], int]) -> None:
    assert shown_there(out) == set()
    assert offer_listing(an, out.release, out.sister) == "listed"
    run_wire()
    assert shown_there(out) == set(PLACES)
    page = Client().get("/latest", headers=THERE).text
    assert "Hợp tác xã Sao Mai · GlobalVN" in page
    assert f'href="/r/{out.entry.public_id}' not in page
    suggested = Client().get("/search/suggest?q=sao+mai+thu", headers=THERE)
    assert suggested.status_code == 404 or "https://first.example/r/" in suggested.text
    row = Record.objects.get(act="offer_listing")
    assert (row.actor_id, row.detail["portal"]) == (actor(an).id, "sister")


def test_its_topics_places_and_days_there_lead_to_it_too(
    an: Person, out: Listed, place: Place, run_wire: Callable[[], int]
) -> None:
    topic = Topic.objects.create(qcode="medtop:04000000", labels={"vi": "Kinh tế"})
    old = Place.objects.create(slug="tien-giang", name="Tiền Giang", valid_to=date(2999, 7, 1), successor=place)
    Entry.objects.filter(pk=out.entry.pk).update(place=old)
    out.entry.topics.add(topic)
    at = f"https://first.example/r/{out.entry.public_id}"
    day = out.entry.published_at.astimezone(ZoneInfo(out.sister.time_zone)).date()
    paths = [f"/p/{place.pk}/{place.slug}", f"/p/{old.pk}/{old.slug}", "/t/medtop:04000000/kinh-te"]
    paths += [f"{path}/feed.xml" for path in paths]
    paths += [f"/archive/{day:%Y}", f"/archive/{day:%Y/%m}", f"/archive/{day:%Y/%m/%d}"]
    assert [path for path in paths if at in Client().get(path, headers=THERE).text] == []
    beside = {name: f"/archive/{day + timedelta(days=days):%Y/%m/%d}" for name, days in (("next", -1), ("prev", 1))}
    cache.clear()
    offer_listing(an, out.release, out.sister)
    run_wire()
    assert [path for path in paths if at not in Client().get(path, headers=THERE).text] == []
    calendar = Client().get(f"/archive/{day:%Y/%m}", headers=THERE).text
    assert calendar.count(f'href="/archive/{day:%Y/%m/%d}"') == 1
    for rel, path in beside.items():
        assert f'rel="{rel}" href="/archive/{day:%Y/%m/%d}"' in Client().get(path, headers=THERE).text
    assert "Một tin khác" not in calendar


def test_its_text_stands_at_the_first_alone(an: Person, out: Listed, run_wire: Callable[[], int]) -> None:
    offer_listing(an, out.release, out.sister)
    run_wire()
    there = Client().get(f"/r/{out.entry.public_id}", headers=THERE)
    assert (there.status_code, there["Location"].partition("/r/")[0]) == (302, "https://first.example")
    for path in ("/sitemap.xml", "/news-sitemap.xml", "/o/", "/o/hop-tac-xa-sao-mai"):
        assert out.entry.public_id not in Client().get(path, headers=THERE).text, path
    first = Client().get(f"/r/{out.entry.public_id}", headers={"host": "first.example"}, follow=True)
    assert f'rel="canonical" href="https://first.example/r/{out.entry.public_id}/' in first.text
    assert "sister.example/r/" not in first.text


def test_corrections_and_withdrawal_reach_all(an: Person, out: Listed, run_wire: Callable[[], int]) -> None:
    offer_listing(an, out.release, out.sister)
    release = Release.objects.get(pk=out.release.pk)
    fields = {"headline": "Sao Mai thu hoạch bảy tấn lúa"}
    correct(actor(an), release, fields=fields, reason="Sai số", note="", expected_revision=release.revision)
    run_wire()
    assert "bảy tấn" in Client().get("/latest", headers=THERE).text
    assert "bảy tấn" in Client().get("/search?q=thu+hoach", headers=THERE).text
    withdraw(actor(an), release, statement="Nhầm.")
    run_wire()
    assert shown_there(out) == set()
    assert Client().get(f"/r/{out.entry.public_id}", headers=THERE).status_code == 404


def test_a_sister_that_asks_first_decides(
    client: Client, an: Person, out: Listed, operator: Person, stranger: Person, run_wire: Callable[[], int]
) -> None:
    Portal.objects.filter(pk=out.sister.pk).update(takes="ask")
    out.sister.refresh_from_db()
    assert offer_listing(an, out.release, out.sister) == offer_listing(an, out.release, out.sister) == "asked"
    run_wire()
    assert shown_there(out) == set()
    set_staff(actor(operator), portal=out.sister, email=stranger.email, reach="portal")
    client.force_login(stranger)
    assert "Từ cổng khác</a> (1)" in client.get("/moderation/", headers=THERE).text
    desk = client.get("/moderation/listings", headers=THERE).text
    assert f"https://first.example/r/{out.entry.public_id}" in desk
    row = CrossListing.objects.get()
    assert client.post(f"/moderation/listings/{row.pk}", {"answer": "maybe"}, headers=THERE).status_code == 404
    client.post(f"/moderation/listings/{row.pk}", {"answer": "listed"}, headers=THERE)
    run_wire()
    assert shown_there(out) == set(PLACES)
    client.post(f"/moderation/listings/{row.pk}", {"answer": "removed"}, headers=THERE)
    run_wire()
    assert shown_there(out) == set()
    with pytest.raises(NotTaken):
        offer_listing(an, out.release, out.sister)
    acts = Record.objects.filter(act="decide_listing").order_by("pk")
    assert [one.detail["state"] for one in acts] == ["listed", "removed"]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            ["listed", "removed"],
            ["GlobalDN đã nhận đăng thêm thông cáo", "GlobalDN đã gỡ thông cáo khỏi các danh sách ở đó"],
        ),
        (["refused", "refused"], ["GlobalDN không nhận đăng thêm thông cáo"]),
    ],
)
def test_its_people_hear_what_a_sister_decided(
    client: Client, an: Person, out: Listed, operator: Person, stranger: Person, answers: list[str], said: list[str]
) -> None:
    Portal.objects.filter(pk=out.sister.pk).update(takes="ask")
    out.sister.refresh_from_db()
    offer_listing(an, out.release, out.sister)
    before = Message.objects.count()
    for answer in answers:
        decide_listing(operator, CrossListing.objects.get(), answer=answer)
    items = inbox.of_person(an, out.release.organization.portal).filter(event__startswith="listing_").order_by("pk")
    assert [sentence(one.event, one.names) for one in items] == said
    path = f"/desk/releases/{out.release.public_id}/sisters"
    assert {(one.title, one.path) for one in items} == {(out.release.headline, path)}
    mails = Message.objects.order_by("pk")[before:]
    assert [(mail.to, mail.subject) for mail in mails] == [(an.email, one) for one in said]
    assert all(f"https://first.example{path}" in mail.text for mail in mails)
    assert not inbox.of_person(stranger, out.release.organization.portal).exists()
    client.force_login(an)
    for sentence_of in said:
        assert sentence_of in client.get("/desk/inbox").text
    assert client.get(path).status_code == 200


def test_only_the_sisters_editors_decide(client: Client, an: Person, out: Listed, moderator: Person) -> None:
    Portal.objects.filter(pk=out.sister.pk).update(takes="ask")
    out.sister.refresh_from_db()
    offer_listing(an, out.release, out.sister)
    row = CrossListing.objects.get()
    with pytest.raises(NotAWriter):
        decide_listing(an, row, answer="listed")
    client.force_login(moderator)
    assert client.post(f"/moderation/listings/{row.pk}", {"answer": "listed"}).status_code == 404  # by the wrong host
    row.refresh_from_db()
    assert row.state == "asked"


def test_its_organization_takes_it_back_and_may_offer_again(
    client: Client, an: Person, out: Listed, run_wire: Callable[[], int]
) -> None:
    client.force_login(an)
    door = f"/desk/releases/{out.release.public_id}/sisters"
    assert door in client.get(f"/desk/releases/{out.release.public_id}").text
    assert "Đăng thêm ở GlobalDN" in client.get(door).text
    assert "GlobalDN đã đăng thông cáo này." in client.post(door, {"portal": "sister"}, follow=True).text
    assert "Thôi đăng ở GlobalDN" in client.get(door).text
    assert "Đã thôi đăng ở GlobalDN." in client.post(door, {"portal": "sister", "back": "1"}, follow=True).text
    take_back_listing(an, out.release, out.sister)
    run_wire()
    assert shown_there(out) == set()
    client.post(door, {"portal": "sister"})
    run_wire()
    assert shown_there(out) == set(PLACES)
    assert "GlobalVN không nhận" in client.post(door, {"portal": "globalvn"}, follow=True).text


def test_nobody_else_offers_it(client: Client, stranger: Person, out: Listed, write: Write, an: Person) -> None:
    with pytest.raises(NotAWriter):
        offer_listing(stranger, out.release, out.sister)
    with pytest.raises(NotAWriter):
        take_back_listing(stranger, out.release, out.sister)
    client.force_login(stranger)
    assert client.post(f"/desk/releases/{out.release.public_id}/sisters", {"portal": "sister"}).status_code == 404
    with pytest.raises(WrongState):
        offer_listing(an, write(), out.sister)
    Portal.objects.filter(pk=out.sister.pk).update(takes="no")
    out.sister.refresh_from_db()
    with pytest.raises(NotTaken):
        offer_listing(an, out.release, out.sister)
    Organization.objects.update(suspended_at=out.entry.published_at)
    with pytest.raises(Suspended):
        offer_listing(an, Release.objects.get(pk=out.release.pk), out.sister)
    assert not CrossListing.objects.exists()


def test_a_recovered_account_waits_a_day(client: Client, an: Person, out: Listed) -> None:
    until = clock.now() + timedelta(hours=23)
    Recovery.objects.create(person=an, way="password", until=until)
    with pytest.raises(CoolingDown):
        offer_listing(an, out.release, out.sister)
    client.force_login(an)
    assert client.post(f"/desk/releases/{out.release.public_id}/sisters", {"portal": "sister"}).status_code < 500
    assert not CrossListing.objects.exists()


def test_the_index_is_as_the_record_says(an: Person, out: Listed, run_wire: Callable[[], int]) -> None:
    offer_listing(an, out.release, out.sister)
    assert check(mend=False).changed  # until the wire has carried it
    run_wire()
    assert check(mend=False).is_whole
    take_back_listing(an, out.release, out.sister)
    run_wire()
    assert check(mend=False).is_whole


def test_nobody_is_told_of_a_listing(an: Person, out: Listed, run_wire: Callable[[], int]) -> None:
    before = Message.objects.count()
    offer_listing(an, out.release, out.sister)
    assert Notice.objects.latest("id").kind == "listed"
    run_wire()
    assert Message.objects.count() == before
