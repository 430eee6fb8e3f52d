"""An organization reads its own numbers, and nobody else's."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.organizations.models import Organization
from loa.stats.actions.count import count
from loa.stats.rules import chart, round_above


@pytest.fixture
def entry(put_out: Callable[..., Entry]) -> Entry:
    found = put_out()
    count({
        (found.public_id, "view", ""): 1_234, (found.public_id, "view", "en"): 7, (found.public_id, "read", ""): 56,
        (found.public_id, "from", "bao.vn"): 9,
        (found.public_id, "from", "xn--bo-mia.vn"): 2, (found.public_id, "word", "ít người tìm"): 4,
        (found.public_id, "word", "cảng"): 5, (found.public_id, "arrive", "n3-en"): 2,
        (found.public_id, "arrive", "n0"): 1, (found.public_id, "arrive", "np"): 4,
        (found.public_id, "share", "zalo"): 3,
        (found.public_id, "from", "<b>x"): 1,
    })  # fmt: skip
    return found


@pytest.fixture
def desk(client: Client, an: Person) -> Client:
    client.force_login(an)
    return client


def test_figures_chart_and_lists_are_there(desk: Client, entry: Entry) -> None:
    page = desk.get(f"/desk/o/{entry.organization.slug}/numbers").text
    mails = ("Bản tin số 3 (English)", "Thư tự động", "Thư gửi danh sách báo chí")
    for words in ("1.241", "bao.vn", "báo.vn", *mails, "Zalo", "cảng", "&lt;b&gt;x", "<svg"):
        assert words in page, words
    assert "ít người tìm" not in page
    assert "Bấm liên kết ra ngoài</dt>" in page


def test_one_release_and_the_table(desk: Client, entry: Entry) -> None:
    slug = entry.organization.slug
    assert "1.241" in desk.get(f"/desk/o/{slug}/numbers/{entry.public_id}?days=7").text
    assert desk.get(f"/desk/o/{slug}/numbers/khac").status_code == 404
    table = desk.get(f"/desk/o/{slug}/numbers.csv?days=365").text.splitlines()
    assert table[1].startswith(entry.public_id)
    assert table[1].endswith(",1241,56,0,0")


@pytest.mark.parametrize("days", ["", "0", "-1", "x", "9999999999999"])
def test_any_span_is_answered(desk: Client, organization: Organization, days: str) -> None:
    page = desk.get(f"/desk/o/{organization.slug}/numbers", {"days": days})
    assert page.status_code == 200
    assert "Chưa có lượt xem nào" in page.text


def test_others_find_nothing(client: Client, entry: Entry, stranger: Person) -> None:
    client.force_login(stranger)
    slug = entry.organization.slug
    for path in ("numbers", "numbers.csv", f"numbers/{entry.public_id}"):
        assert client.get(f"/desk/o/{slug}/{path}").status_code == 404


def test_readers_are_told_how_it_is_counted(client: Client, entry: Entry) -> None:
    assert "Không cookie" in client.get("/counting").text
    assert "No cookies" in client.get("/en/counting").text
    page = client.get(f"/r/{entry.public_id}/x", follow=True).text
    assert f'data-release="{entry.public_id}"' in page
    assert "seen" in page


def test_the_highest_line_is_round_and_no_bar_goes_beyond() -> None:
    assert [round_above(value) for value in (0, 1, 3, 5, 11, 21, 101, 1_241)] == [2, 2, 4, 10, 20, 40, 200, 2_000]
    drawn = chart([(date(2026, 11, 1), 0), (date(2026, 11, 2), 7)])
    assert all(0 <= bar.y <= drawn.baseline and bar.height >= 0 for bar in drawn.bars)
