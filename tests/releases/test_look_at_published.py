"""Links of published releases: each is opened by night, what is gone for two nights is said, and nobody is pestered."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.lib import clock
from loa.lib.looks import next_night
from loa.lib.safe_fetch import CannotFetch, Fetched
from loa.limits.models import Window
from loa.releases import queries
from loa.releases.actions.correct import correct
from loa.releases.actions.leave_link import leave_link
from loa.releases.actions.look_at_published import look_at_published
from loa.releases.actions.withdraw import withdraw
from loa.releases.models import PublicLink, Release

NAMES = ("chet", "doi", "song")


@pytest.fixture(autouse=True)
def opening_is_allowed(settings: Any) -> None:
    settings.LOA_CHECK_LINKS = True


@pytest.fixture
def linked(put_out: Callable[..., Entry], run_wire: Callable[[], int]) -> Release:
    """A published release with a dead, a moved and a living link, and what the wire made of it."""
    links = " ".join(f'<a href="https://{name}.example/a?b=1&amp;c=2">{name}</a>' for name in NAMES)
    entry = put_out(body_html=f"<p>Ba liên kết của hợp tác xã Sao Mai: {links}</p>")
    run_wire()
    return Release.objects.get(entry=entry)


class Web:
    """The web as it answers tonight, and what was asked of it."""

    def __init__(self, **errors: str) -> None:
        self.errors, self.asked = errors, list[str]()

    def __call__(self, url: str, **_: Any) -> Fetched:
        self.asked.append(url)
        name = (urlsplit(url).hostname or "").partition(".")[0]
        if name in self.errors:
            raise CannotFetch(self.errors[name])
        onward = "https://noi-moi.example/" if name == "doi" else url
        return Fetched(url=onward, content_type="text/html", body=b"")


GONE = "the server answered 404"


def a_night(web: Web) -> int:
    """Everything is due, and no server was asked lately."""
    PublicLink.objects.update(due_at=clock.now() - timedelta(minutes=1))
    Window.objects.all().delete()
    return look_at_published(fetcher=web)


def dead(release: Release) -> list[str]:
    return [row.host for row in queries.dead(queries.public_links(release.organization.portal_id))]


def test_what_is_published_is_looked_at_in_the_night_after(linked: Release) -> None:
    rows = PublicLink.objects.filter(release=linked)
    assert sorted(row.url for row in rows) == [f"https://{name}.example/a?b=1&c=2" for name in NAMES]
    zone = ZoneInfo(linked.organization.portal.time_zone)
    assert all(1 <= row.due_at.astimezone(zone).hour < 5 for row in rows)
    assert look_at_published(fetcher=Web()) == 0


def test_a_link_is_dead_after_two_nights_and_not_after_one(linked: Release) -> None:
    web = Web(chet=GONE)
    assert a_night(web) == 3
    assert dead(linked) == []
    since = PublicLink.objects.get(host="chet.example").since
    a_night(web)
    assert dead(linked) == ["chet.example"]
    assert PublicLink.objects.get(host="chet.example").since == since
    a_night(Web())
    assert dead(linked) == []


def test_one_night_is_never_counted_twice(linked: Release) -> None:
    web = Web(chet=GONE)
    a_night(web)
    Window.objects.all().delete()
    assert look_at_published(fetcher=web) == 0
    assert PublicLink.objects.filter(due_at__gt=clock.now() + timedelta(hours=12)).count() == 3


def test_a_bad_night_in_between_begins_anew(linked: Release) -> None:
    a_night(Web(chet=GONE))
    a_night(Web())
    a_night(Web(chet=GONE))
    assert dead(linked) == []


def test_a_server_that_refuses_programs_tells_nothing(linked: Release) -> None:
    for _night in range(3):
        a_night(Web(chet="the server answered 403", doi="the server answered 429"))
    assert dead(linked) == []
    a_night(Web(chet=GONE))
    a_night(Web(chet="the server answered 429"))
    a_night(Web(chet=GONE))
    assert dead(linked) == ["chet.example"]


def test_a_silent_server_is_given_a_week(linked: Release) -> None:
    web = Web(chet="chet.example could not be reached")
    a_night(Web())
    for _night in range(6):
        a_night(web)
    assert dead(linked) == []
    a_night(web)
    assert dead(linked) == ["chet.example"]


def test_a_silence_of_everybody_may_be_our_own(linked: Release) -> None:
    web = Web(**{name: f"no server answers to {name}.example" for name in NAMES})
    for _night in range(3):
        a_night(web)
    assert dead(linked) == []


def test_what_leads_elsewhere_is_told_apart(linked: Release) -> None:
    a_night(Web())
    a_night(Web())
    [row] = queries.moved(queries.public_links(linked.organization.portal_id))
    assert (row.host, row.leads_to) == ("doi.example", "https://noi-moi.example/")


def test_an_address_of_many_releases_is_opened_once(
    linked: Release, put_out: Callable[..., Entry], run_wire: Callable[[], int]
) -> None:
    for _one in range(2):
        put_out(body_html=Release.objects.get(pk=linked.pk).body_html)
    run_wire()
    assert PublicLink.objects.count() == 9
    web = Web(chet=GONE)
    a_night(web)
    a_night(web)
    assert len(web.asked) == 6
    assert dead(linked) == ["chet.example"] * 3


def test_a_server_is_asked_one_thing_at_a_time(put_out: Callable[..., Entry], run_wire: Callable[[], int]) -> None:
    links = " ".join(f'<a href="https://mot.example/{number}">{number}</a>' for number in range(9))
    put_out(body_html=f"<p>Chín đường dẫn của một máy chủ: {links}</p>")
    run_wire()
    web = Web()
    assert a_night(web) == 1
    assert look_at_published(fetcher=web) == 0


def test_a_correction_takes_the_link_off_and_a_withdrawal_all(
    linked: Release, an: Person, run_wire: Callable[[], int]
) -> None:
    body = linked.body_html.replace("chet.example", "con-song.example")
    correct(actor(an), linked, fields={"body_html": body}, expected_revision=linked.revision, reason="Đổi đường dẫn")
    run_wire()
    assert sorted(PublicLink.objects.values_list("host", flat=True)) == [
        "con-song.example", "doi.example", "song.example",
    ]  # fmt: skip
    withdraw(actor(an), Release.objects.get(pk=linked.pk), statement="Đăng nhầm")
    run_wire()
    assert not PublicLink.objects.exists()


def test_what_is_left_on_purpose_is_listed_again_when_it_changes(linked: Release, an: Person) -> None:
    for _night in range(2):
        a_night(Web(chet=GONE))
    link = PublicLink.objects.get(host="chet.example")
    leave_link(an, link)
    leave_link(an, link)
    assert Record.objects.filter(act="leave_link").count() == 1
    a_night(Web(chet=GONE))
    assert dead(linked) == []
    for _night in range(2):
        a_night(Web(chet="the server answered 410"))
    assert dead(linked) == ["chet.example"]


def test_no_link_is_opened_where_the_setting_forbids_it(linked: Release, settings: Any) -> None:
    settings.LOA_CHECK_LINKS = False
    assert a_night(Web()) == 0


@pytest.mark.parametrize(("at", "days"), [("2026-11-28T00:10", 0), ("2026-11-28T12:00", 1)])
def test_a_night_lies_where_the_portal_is(at: str, days: int) -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    after = datetime.fromisoformat(at).replace(tzinfo=zone)
    due = next_night(after, zone, "ffffffff").astimezone(zone)
    assert (due.date() - after.date()).days == days
    assert due > after
