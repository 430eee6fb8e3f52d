"""coverage: an address is written down, read by the worker, looked at by a person, and counted from then on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.coverage import queries
from loa.coverage.actions.add import add
from loa.coverage.actions.confirm import confirm
from loa.coverage.actions.look import look_at_coverage
from loa.coverage.errors import AlreadyThere, NotAWebAddress, OwnPage, TooMany
from loa.coverage.models import Clipping
from loa.lib import clock
from loa.lib.safe_fetch import CannotFetch, Fetched

URL = "https://bao.example.vn/lua-huu-co.html"
PAGE = """<!doctype html><html><head><title>Lúa hữu cơ | Báo Đồng Tháp</title>
<meta property="og:title" content="Vụ lúa hữu cơ đầu tiên ở Đồng Tháp">
<meta property="og:site_name" content="Báo Đồng Tháp">
<meta property="article:published_time" content="2026-11-20T08:00:00+07:00"></head>
<body><svg><title>x</title></svg></body>"""


class Web:
    """Answers as servers would; counts what it was asked for."""

    def __init__(self, body: str = PAGE, kind: str = "text/html", error: str = "") -> None:
        self.body, self.kind, self.error, self.asked = body, kind, error, 0

    def __call__(self, url: str, **_limits: Any) -> Fetched:
        self.asked += 1
        if self.error:
            raise CannotFetch(self.error)
        return Fetched(url=url, content_type=self.kind, body=self.body.encode())


@pytest.fixture(autouse=True)
def links_are_checked(settings: Settings) -> None:
    settings.LOA_CHECK_LINKS = True


@pytest.fixture
def entry(put_out: Callable[..., Entry]) -> Entry:
    return put_out()


@pytest.fixture
def row(an: Person, entry: Entry) -> Clipping:
    return add(an, entry, typed=URL)


@pytest.fixture
def desk(client: Client, an: Person) -> Client:
    client.force_login(an)
    return client


def path_of(entry: Entry) -> str:
    return f"/desk/o/{entry.organization.slug}/coverage/{entry.public_id}"


def test_the_worker_reads_title_outlet_and_day(row: Clipping) -> None:
    look_at_coverage(fetcher=Web())
    row.refresh_from_db()
    assert (row.title, row.outlet) == ("Vụ lúa hữu cơ đầu tiên ở Đồng Tháp", "Báo Đồng Tháp")
    assert row.published_on == date(2026, 11, 20)
    assert row.due_at > clock.now()


def test_it_is_read_once_and_then_by_night(row: Clipping) -> None:
    web = Web()
    for _ in range(3):
        look_at_coverage(fetcher=web)
    assert web.asked == 1
    Clipping.objects.update(due_at=clock.now())
    look_at_coverage(fetcher=web)
    row.refresh_from_db()
    assert (web.asked, row.answer, row.nights) == (2, "ok", 1)


@pytest.mark.parametrize(
    ("web", "trouble"),
    [
        (Web(error="the server answered 404"), "404"), (Web(error="no server answers to x"), "nobody"),
        (Web(error="x is not on the open Internet"), "closed"), (Web(error="the server answered 403"), "closed"),
        (Web(kind="application/pdf"), "no_page"), (Web(body=""), "no_page"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_typed_by_hand(
    row: Clipping, web: Web, trouble: str, desk: Client, entry: Entry
) -> None:
    look_at_coverage(fetcher=web)
    row.refresh_from_db()
    assert (row.trouble, row.title) == (trouble, "")
    assert "Hãy tự ghi tít và tên báo." in desk.get(path_of(entry)).text
    said = {"title": "Lúa", "outlet": "Báo Đồng Tháp", "published_on": ""}
    desk.post(f"{path_of(entry)}/{row.public_id}", said)
    row.refresh_from_db()
    assert row.confirmed_at is not None


def test_nothing_counts_before_a_person_looked(row: Clipping, entry: Entry, an: Person, desk: Client) -> None:
    look_at_coverage(fetcher=Web())
    assert queries.counts([entry.pk]) == {}
    row.refresh_from_db()
    confirm(an, row, title=row.title, outlet=row.outlet, published_on=row.published_on)
    assert queries.counts([entry.pk]) == {entry.pk: 1}
    slug = entry.organization.slug
    for page in (f"numbers/{entry.public_id}", "numbers", "coverage"):
        assert "Vụ lúa hữu cơ đầu tiên ở Đồng Tháp" in desk.get(f"/desk/o/{slug}/{page}").text
    assert desk.get(f"/desk/o/{slug}/numbers.csv").text.splitlines()[1].endswith(",1")
    assert "Báo Đồng Tháp" in desk.get(f"/desk/o/{slug}/coverage.csv").text
    acts = Record.objects.filter(act__startswith="coverage.").values_list("act", flat=True)
    assert set(acts) == {"coverage.add", "coverage.confirm"}


def test_what_a_person_typed_first_stays(row: Clipping, an: Person) -> None:
    confirm(an, row, title="Của tôi", outlet="Báo", published_on=None)
    look_at_coverage(fetcher=Web())
    row.refresh_from_db()
    assert row.title == "Của tôi"


def test_a_page_that_went_is_said_so_after_two_nights(row: Clipping, an: Person, desk: Client, entry: Entry) -> None:
    look_at_coverage(fetcher=Web())
    confirm(an, row, title="Lúa", outlet="Báo", published_on=None)
    for _ in range(2):
        Clipping.objects.update(due_at=clock.now() - timedelta(seconds=1), host=str(_))
        look_at_coverage(fetcher=Web(error="the server answered 404"))
    assert "nay không còn gì ở địa chỉ này" in desk.get(path_of(entry)).text


@pytest.mark.parametrize(
    "typed",
    ["", "khong", "ftp://bao.vn/x", "https://user:pass@bao.vn/", "https://bao.vn:8443/x", "javascript:alert(1)",
     "https://localhost/x", "https://" + "x" * 1001 + ".vn"],
)  # fmt: skip
def test_no_page_is_behind_such_an_address(an: Person, entry: Entry, typed: str) -> None:
    with pytest.raises(NotAWebAddress):
        add(an, entry, typed=typed)


def test_own_pages_are_no_coverage(an: Person, entry: Entry) -> None:
    entry.organization.domain = "saomai.vn"
    for typed in ("http://testserver.vn/x", "https://www.saomai.vn/tin", "https://tin.saomai.vn/tin"):
        if "saomai" in typed:
            with pytest.raises(OwnPage):
                add(an, entry, typed=typed)
        else:
            add(an, entry, typed=typed)


def test_the_same_page_twice_is_one(row: Clipping, an: Person, entry: Entry) -> None:
    with pytest.raises(AlreadyThere):
        add(an, entry, typed="bao.example.vn/lua-huu-co.html#doan-2")


def test_an_hour_has_its_bound(an: Person, entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loa.coverage.rules.AN_HOUR", 1)
    add(an, entry, typed="https://a.vn/1")
    with pytest.raises(TooMany):
        add(an, entry, typed="https://a.vn/2")


def test_the_door_says_what_is_wrong_and_keeps_what_was_typed(desk: Client, entry: Entry) -> None:
    page = desk.post(path_of(entry), {"url": "khong phai"})
    assert page.status_code == 400
    assert "Đây không phải địa chỉ của một trang web." in page.text
    assert 'value="khong phai"' in page.text


def test_it_is_added_and_taken_off_by_the_pages(desk: Client, entry: Entry) -> None:
    assert "Chưa có gì." in desk.get(path_of(entry)).text
    assert "Máy đang mở trang này…" in desk.post(path_of(entry), {"url": URL}, follow=True).text
    row = Clipping.objects.get()
    desk.post(f"{path_of(entry)}/{row.public_id}/remove")
    assert not Clipping.objects.exists()


def test_strangers_find_nothing(client: Client, stranger: Person, row: Clipping, entry: Entry) -> None:
    client.force_login(stranger)
    slug = entry.organization.slug
    own = f"coverage/{entry.public_id}"
    for path in ("coverage", "coverage.csv", own, f"{own}/{row.public_id}"):
        assert client.get(f"/desk/o/{slug}/{path}").status_code == 404
    assert client.post(f"{path_of(entry)}/{row.public_id}/remove").status_code == 404


def test_a_portal_that_opens_no_pages_asks_to_type(an: Person, entry: Entry, settings: Settings) -> None:
    settings.LOA_CHECK_LINKS = False
    assert add(an, entry, typed=URL).trouble == "off"
    assert look_at_coverage(fetcher=Web()) is False
