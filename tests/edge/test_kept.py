"""What is kept in this process: until a purge, or some seconds; nothing where the server did not say so."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from loa.accounts.models import Person
from loa.archive.actions.shelve import Text, add_translation, add_version
from loa.archive.actions.withdraw import withdraw
from loa.archive.models import Entry, Notice
from loa.archive.queries import address
from loa.audit.actions.record import SYSTEM
from loa.desk.actions.edit_brand import edit_brand
from loa.desk.actions.edit_section import edit_section
from loa.desk.actions.move_section import move_section
from loa.desk.actions.pin import pin
from loa.edge import kept as module
from loa.edge.actions.purge import purge
from loa.edge.kept import LONGEST, Kept, kept
from loa.lib import clock
from loa.organizations.actions.rename import rename
from loa.organizations.models import Organization
from loa.portals.models import AboutBlock, Portal
from loa.topics.models import Section


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the server has it."""
    monkeypatch.setattr(kept, "is_on", True)
    kept.forget()


def counting() -> tuple[Kept, list[int]]:
    return Kept(), []


def test_nothing_is_kept_unless_it_is_on() -> None:
    one, read = counting()
    for _ in range(2):
        one.get("a", lambda: read.append(1))
    assert len(read) == 2


@pytest.mark.django_db(transaction=True)
def test_a_purge_of_anything_makes_it_be_read_again() -> None:
    one, read = counting()
    one.is_on = True
    for _ in range(2):
        one.get("a", lambda: read.append(1))
    assert len(read) == 1
    purge(["whatever"])
    one.get("a", lambda: read.append(1))
    assert len(read) == 2


@pytest.mark.django_db(transaction=True)
def test_what_was_purged_while_it_was_read_is_not_kept() -> None:
    one = Kept()
    one.is_on = True

    def old() -> str:
        purge(["whatever"])
        return "old"

    assert one.get("a", old) == "old"
    assert one.get("a", lambda: "new") == "new"


@pytest.mark.django_db(transaction=True)
def test_what_has_tags_outlives_the_purges_of_others() -> None:
    one, read = counting()
    one.is_on = True
    for tags, times in ((["whatever"], 1), (["front", "frame"], 2), (["portal"], 3)):
        one.get("a", lambda: read.append(1), tags=("frame", "portal"))
        purge(tags)
        one.get("a", lambda: read.append(1), tags=("frame", "portal"))
        assert len(read) == times


def test_it_is_read_again_after_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    one, read = counting()
    one.is_on = True
    one.get("a", lambda: read.append(1))
    later = module.monotonic() + LONGEST + 1
    monkeypatch.setattr(module, "monotonic", lambda: later)
    one.get("a", lambda: read.append(1))
    assert len(read) == 2


def test_a_page_of_kept_pieces_is_the_same_page(
    client: Client, put_out: Callable[..., Entry], organization: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = address(put_out())
    AboutBlock.objects.create(portal=organization.portal, language="vi", title="Về cổng", body_html="<p>Chúng tôi.</p>")
    newsroom, moment = f"/o/{organization.slug}", clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)  # each minute the figures at the head of the page are others
    paths = (
        "/",
        "/latest",
        "/s/kinh-te",
        "/en/latest",
        "/events",
        "/o/",
        "/en/events",
        release,
        newsroom,
        "/latest",
        "/archive",
        f"/archive/{moment.year}",
        f"/archive/{moment:%Y/%m}",
        f"/en/archive/{moment.year}",
    )
    plain = [client.get(path).content for path in paths]
    monkeypatch.setattr(kept, "is_on", True)
    for _ in range(2):
        assert [client.get(path).content for path in paths] == plain


@pytest.mark.django_db(transaction=True)
def test_a_change_of_the_portal_is_on_the_next_page(client: Client, portal: Portal, on: None) -> None:
    assert "GlobalVN" in client.get("/latest").text
    edit_brand(SYSTEM, portal=portal, fields={"name": "Tin Sáng"})
    page = client.get("/latest").text
    assert "Tin Sáng" in page
    assert "GlobalVN" not in page


@pytest.mark.django_db(transaction=True)
def test_the_lead_story_that_was_chosen_leads_the_next_front_page(
    client: Client, portal: Portal, put_out: Callable[..., Entry], on: None
) -> None:
    first, second = put_out(headline="Ra mắt gạo thơm"), put_out(headline="Mở trường dạy nghề")
    for entry in (first, second, first):
        pin(SYSTEM, portal=portal, public_id=entry.public_id)
        page = client.get("/").text
        lead = page.partition('class="home__headline"')[2].partition("</h2>")[0]
        assert address(entry) in lead


@pytest.mark.django_db(transaction=True)
def test_sections_that_change_places_do_so_on_the_next_page(client: Client, section: Section, on: None) -> None:
    edit_section(SYSTEM, portal=section.portal, slug="y-te", names=("Y tế", "Health"), position=99)
    before = client.get("/latest").text
    move_section(SYSTEM, portal=section.portal, slug="y-te", is_up=True)
    after = client.get("/latest").text
    assert before.index(section.name_vi) < before.index("Y tế")
    assert after.index("Y tế") < after.index(section.name_vi)


def test_who_has_a_cookie_is_read_the_portal_as_it_is(client: Client, portal: Portal, on: None) -> None:
    client.get("/latest")
    Portal.objects.filter(pk=portal.pk).update(name="Tin Sáng")
    client.cookies["session"] = "x"
    page = client.get("/latest").text
    assert "Tin Sáng" in page
    assert "GlobalVN" not in page


@pytest.mark.django_db(transaction=True)
def test_pieces_of_the_frame_say_what_sections_and_the_about_block_say_now(
    client: Client, put_out: Callable[..., Entry], section: Section, on: None
) -> None:
    release = address(put_out())
    about = AboutBlock.objects.create(portal=section.portal, language="vi", title="Về cổng", body_html="<p>Trước.</p>")
    assert "Trước." in client.get(release).text
    Section.objects.filter(pk=section.pk).update(name_vi="Làm ăn")
    AboutBlock.objects.filter(pk=about.pk).update(body_html="<p>Sau.</p>")
    purge(["frame"])
    page = client.get(release).text
    assert "Làm ăn</a></li>" in page and "Sau." in page
    assert "Trước." not in page


@pytest.mark.django_db(transaction=True)
def test_whatever_changes_a_release_or_its_sender_is_on_the_next_front_page(
    client: Client, put_out: Callable[..., Entry], organization: Organization, moderator: Person, on: None
) -> None:
    entry, other = put_out(), put_out(headline="Mở trường dạy nghề")
    assert entry.current is not None
    client.get("/")
    client.get("/en/")
    words = {"language": "vi", "headline": "Sáu tấn lúa", "body_html": "<p>Sáu tấn.</p>", "body_text": "Sáu tấn."}
    with transaction.atomic():
        add_version(entry, text=Text(**words), kind=Notice.Kind.CORRECTED, reason="Sai số liệu")
    assert "Sáu tấn lúa" in client.get("/").text
    entry.refresh_from_db()
    english = Text(**{**words, "language": "en", "headline": "Six tonnes"})
    with transaction.atomic():
        add_translation(entry, text=english, translates=entry.current)
    assert "Six tonnes" in client.get("/en/").text
    assert "Six tonnes" not in client.get("/").text
    rename(moderator, organization, name="Nông trại Sen", name_en="Lotus Farm")
    assert "Nông trại Sen" in client.get("/").text
    assert "Lotus Farm" in client.get("/en/").text
    withdraw(other, statement="Chưa xong.")
    for path in ("/", "/en/"):
        assert "Mở trường dạy nghề" not in client.get(path).text
