"""The front page's parts outlive purges in a web worker, and never one that changed what they show."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db.models import QuerySet
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from loa.archive.models import CrossListing, Entry, Occasion, Translation, Version
from loa.archive.queries import address
from loa.edge.actions.purge import purge
from loa.edge.kept import kept
from loa.lib import clock
from loa.lib.pieces import Pieces
from loa.organizations.models import Organization
from loa.pages.queries import lists
from loa.places.models import Place
from loa.portals.models import Portal, PortalHost
from loa.project import frame
from loa.stats.models import DailyViews
from loa.topics import queries as topics
from loa.topics.models import Section

pytestmark = pytest.mark.django_db(transaction=True)
COVER = {"url": "/media/abcdefghijklmnopqrstuvwxyz.webp", "width": 1600, "height": 900}


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a web worker has it that has just started."""
    monkeypatch.setattr(kept, "is_on", True)
    monkeypatch.setattr(frame, "drawn", Pieces(frame.MOST_DRAWN))
    monkeypatch.setattr(lists, "_cards", Pieces(lists.MOST_CARDS))
    kept.forget()


@pytest.fixture
def entry(put_out: Callable[..., Entry], monkeypatch: pytest.MonkeyPatch) -> Entry:
    """An entry that stands in every part of the page: lead, newest, section, events ahead and most read."""
    cache.clear()
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    for number in range(6):
        put_out(headline=f"Tin trước số {number}")
    found = put_out(headline="Mùa lúa mới ở Sóc Trăng")
    Occasion.objects.create(entry=found, starts_at=moment + timedelta(days=1), ends_at=moment + timedelta(days=2))
    DailyViews.objects.create(entry=found, day=moment.date(), views=5)
    place = Place.objects.create(slug="noi-nay", name="Nơi này", name_en="This place", kind="city", code="990")
    Entry.objects.filter(pk=found.pk).update(place=place)
    return found


def another_text(entry: Entry, **changes: object) -> Version:
    """The next version, as a correction makes one."""
    text = Version.objects.filter(entry=entry).order_by("-number")[0]
    text.pk, text.number = None, text.number + 1
    for name, value in changes.items():
        setattr(text, name, value)
    text.save(force_insert=True)
    return text


def correct(entry: Entry, **changes: object) -> None:
    """Show another text."""
    Entry.objects.filter(pk=entry.pk).update(current=another_text(entry, **changes))


def translate(entry: Entry) -> None:
    """Give it a text in English."""
    Translation.objects.create(
        entry=entry, language="en", version=another_text(entry, language="en", headline="A new harvest")
    )


def move(entry: Entry) -> None:
    """Make it a sister's, which this portal lists too."""
    sister = Portal.objects.create(slug="sister", name="Tin Huế", origin="https://sister.example")
    CrossListing.objects.create(entry=entry, portal=entry.portal, state=CrossListing.State.LISTED, asked_at=clock.now())
    Entry.objects.filter(pk=entry.pk).update(portal=sister)


CHANGES: dict[str, Callable[[Entry], object]] = {
    "a headline": lambda one: correct(one, headline="Đính chính"),
    "a lead": lambda one: correct(one, lead="Một câu mở khác."),
    "a cover": lambda one: correct(one, pictures=[COVER]),
    "a translation": translate,
    "a withdrawal": lambda one: Entry.objects.filter(pk=one.pk).update(state="withdrawn"),
    "a kind": lambda one: Entry.objects.filter(pk=one.pk).update(kind="sourced"),
    "a day": lambda one: Entry.objects.filter(pk=one.pk).update(published_at=clock.now() - timedelta(days=3)),
    "a name": lambda one: Organization.objects.filter(pk=one.organization_id).update(name="Tên mới"),
    "a logo": lambda one: Organization.objects.filter(pk=one.organization_id).update(
        logo="/media/abcdefghijklmnopqrstuvwxyz.png"
    ),
    "a heading": lambda one: Section.objects.filter(pk=one.section_id).update(name_vi="Làm ăn", name_en="Trade"),
    "a place": lambda _: Place.objects.filter(code="990").update(name="Nơi khác", name_en="Another place"),
    "an event's time": lambda one: Occasion.objects.filter(entry=one).update(
        starts_at=clock.now() + timedelta(hours=9)
    ),
    "the portal it is of": move,
    "a portal's zone": lambda one: Portal.objects.filter(pk=one.portal_id).update(time_zone="America/Lima"),
    "a portal's place": lambda one: Portal.objects.filter(pk=one.portal_id).update(place={"vi": "Huế", "en": "Hue"}),
    "a portal's language": lambda one: Portal.objects.filter(pk=one.portal_id).update(language="en"),
}
OF_THE_FRAME = (
    "a heading",
    "a portal's zone",
    "a portal's place",
    "a portal's language",
)  # their acts purge every page


def main_of(client: Client, path: str) -> str:
    """What stands between head and foot."""
    page = client.get(path).text
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_on_the_next_page(
    client: Client, entry: Entry, change: str, on: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = ("/", "/en/")
    before = [main_of(client, path) for path in paths]
    CHANGES[change](entry)
    purge(["frame", "front"] if change in OF_THE_FRAME else ["front"])  # of entries and senders none has to be told
    after = [main_of(client, path) for path in paths]
    monkeypatch.setattr(kept, "is_on", False)
    assert after == [main_of(client, path) for path in paths]
    assert after != before


def test_a_part_that_shows_the_same_is_not_drawn_again_at_another_minute(
    client: Client, entry: Entry, on: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, parts, zone = main_of(client, "/"), len(frame.drawn), ZoneInfo(entry.portal.time_zone)
    moment, minute = clock.now(), timedelta(minutes=1)
    is_same_day = (moment + minute).astimezone(zone).date() == moment.astimezone(zone).date()
    other = moment + minute if is_same_day else moment - minute
    monkeypatch.setattr(clock, "now", lambda: other)
    kept.forget()
    assert main_of(client, "/").partition("Tính đến")[0] == before.partition("Tính đến")[0]
    assert len(frame.drawn) == parts


def test_tomorrow_what_came_today_came_yesterday(
    client: Client, entry: Entry, on: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = clock.now()
    client.get("/")
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(days=1))
    kept.forget()
    assert "Hôm qua" in main_of(client, "/")


def test_texts_that_were_read_are_not_read_again(
    client: Client, entry: Entry, on: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/")
    for change, queries in ((None, 3), (CHANGES["a lead"], 4), (None, 3)):
        if change is not None:
            change(entry)
        with django_assert_num_queries(queries):
            client.get("/")


def test_another_text_under_the_same_number_is_another_text(client: Client, entry: Entry, on: None) -> None:
    """As after a backup was restored while the server ran."""
    client.get("/")
    Version.objects.filter(pk=entry.current_id).update(headline="Một lần nữa")
    Entry.objects.filter(pk=entry.pk).update(changed_at=entry.changed_at + timedelta(seconds=1))
    assert "Một lần nữa" in main_of(client, "/")


def test_a_sister_that_lists_it_links_to_where_it_is(client: Client, entry: Entry, on: None) -> None:
    sister = Portal.objects.create(slug="sister", name="Tin Huế", origin="https://sister.example")
    PortalHost.objects.create(portal=sister, host="sister.example")
    CrossListing.objects.create(entry=entry, portal=sister, state=CrossListing.State.LISTED, asked_at=clock.now())
    own, path = main_of(client, "/"), address(entry)
    for _ in range(2):
        there = client.get("/", headers={"host": "sister.example"}).text
        assert f'href="{entry.portal.address}{path}"' in there
        assert main_of(client, "/") == own and f'href="{path}"' in own


def test_a_request_has_cards_of_its_own(entry: Entry, on: None) -> None:
    sister = Portal.objects.create(slug="sister", name="Tin Huế")
    (first,) = lists.by_key(entry.portal, [entry.pk], "vi")
    first.portal, first.is_elsewhere = sister, True
    (second,) = lists.by_key(entry.portal, [entry.pk], "vi")
    assert second.portal == entry.portal and not second.is_elsewhere
    assert second.current is first.current, "whose text was not read again"


def test_a_piece_is_kept_under_the_portal_it_was_drawn_from(
    client: Client, entry: Entry, on: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The portal is renamed while a request has the old one in hand, and renamed back later."""
    portal, read = Portal.objects.filter(pk=entry.portal_id), topics.sections

    def rename(name: str) -> None:
        portal.update(name=name)
        purge(["frame", "portal", "front"])

    def meanwhile(of: Portal) -> QuerySet[Section]:
        monkeypatch.setattr(topics, "sections", read)
        rename("Tên sai")
        return read(of)

    monkeypatch.setattr(topics, "sections", meanwhile)
    client.get("/latest")
    assert "Tên sai" in client.get("/latest").text
    rename("GlobalVN")
    assert "Tên sai" not in client.get("/latest").text
