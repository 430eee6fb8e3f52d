"""The queue: what waits and why, narrowed, claimed, sent back with marks, decided and counted."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.audit import queries as audit
from loa.lib import clock
from loa.moderation import queries
from loa.moderation.actions.approve import approve
from loa.moderation.actions.claim import LEASE, claim, unclaim
from loa.moderation.actions.send_back import send_back
from loa.moderation.actions.take_in import take_in
from loa.moderation.errors import NotInText
from loa.moderation.models import Case, Decision
from loa.moderation.queries import Wanted
from loa.organizations.models import Organization
from loa.releases.models import Release
from tests.conftest import MakePerson, Write


@pytest.fixture
def desk(client: Client, moderator: Person) -> Client:
    client.force_login(moderator)
    return client


@pytest.fixture
def waiting(an: Person, newcomer: Organization, write: Write) -> Release:
    release = write(newcomer)
    assert take_in(an, release) == "queued"
    return release


def test_the_reasons_stand_beside_it(desk: Client, waiting: Release) -> None:
    for page in ("/moderation/", f"/moderation/{waiting.public_id}"):
        assert "Bài đầu tiên của tổ chức" in desk.get(page).text
    assert audit.of(f"release:{waiting.public_id}").filter(act="weigh").get().detail["signs"][0] == "new"


def test_price_moving_words_of_an_unproven_sender_wait(an: Person, write: Write) -> None:
    assert take_in(an, write(headline="Hai công ty sáp nhập")) == "queued"
    assert take_in(an, write(headline="Mùa lúa mới")) != "queued"


def test_it_is_narrowed_and_ordered(an: Person, moderator: Person, waiting: Release, write: Write) -> None:
    price = write(headline="Sao Mai chào bán trái phiếu")
    take_in(an, price)
    portal = waiting.organization.portal_id

    def found(**wanted: str) -> list[str]:
        return [row.release.public_id for row in queries.page_of_queue(portal, Wanted(**wanted), moderator).rows]  # type: ignore[arg-type]

    assert found() == [waiting.public_id, price.public_id]
    assert found(order="risk")[0] == waiting.public_id
    assert found(sign="price") == [price.public_id]
    assert found(words="trang moi") == [waiting.public_id]
    assert found(words="trái phiếu") == [price.public_id]
    assert found(kind="event") == []
    claim(moderator, price)
    assert found(hands="mine") == [price.public_id]
    assert found(hands="free") == [waiting.public_id]


def test_what_one_has_in_hand_another_does_not_take(
    moderator: Person, make_person: MakePerson, waiting: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_person("Cuc", is_staff=True)
    assert claim(moderator, waiting)
    assert claim(moderator, waiting)
    assert not claim(other, waiting)
    unclaim(other, waiting)
    assert queries.claimed_by(waiting) == moderator
    later = clock.now() + LEASE + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert queries.claimed_by(waiting) is None
    assert claim(other, waiting)


def test_without_a_case_it_waits_all_the_same(desk: Client, moderator: Person, waiting: Release) -> None:
    Case.objects.all().delete()
    assert waiting.headline in desk.get("/moderation/?order=risk").text
    assert claim(moderator, waiting)


def test_marked_words_reach_the_writer(desk: Client, client: Client, an: Person, waiting: Release) -> None:
    sent = {
        "reason": "Xem các chỗ đánh dấu.", "passages-TOTAL_FORMS": "2", "passages-INITIAL_FORMS": "0",
        "passages-0-words": "vụ lúa  hữu cơ\nđầu tiên", "passages-0-why": "Cần chứng nhận.",
        "passages-1-words": "", "passages-1-why": "",
    }  # fmt: skip
    desk.post(f"/moderation/{waiting.public_id}", sent)
    client.force_login(an)
    page = client.get(f"/desk/releases/{waiting.public_id}").text
    assert "<mark>vụ lúa hữu cơ đầu tiên</mark>" in page
    assert "Cần chứng nhận." in page


@pytest.mark.parametrize(
    ("words", "why", "said"),
    [("chữ không có", "x", "Trong bài không có chữ này"), ("lúa", "", "Hãy ghi vì sao"), ("", "x", "Hãy chép chữ")],
)
def test_marks_that_say_nothing_are_refused_and_kept(
    desk: Client, waiting: Release, words: str, why: str, said: str
) -> None:
    sent = {"reason": "Xem lại.", "passages-TOTAL_FORMS": "1", "passages-INITIAL_FORMS": "0",
            "passages-0-words": words, "passages-0-why": why}  # fmt: skip
    answer = desk.post(f"/moderation/{waiting.public_id}", sent)
    assert answer.status_code == 400
    assert said in answer.text
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_nothing_goes_back_where_a_mark_is_wrong(moderator: Person, waiting: Release) -> None:
    with pytest.raises(NotInText):
        send_back(moderator, waiting, reason="x", passages=[("không có đâu", "x")])
    assert not Decision.objects.exists()


def test_decisions_are_kept_and_the_middle_wait_is_told(
    desk: Client, an: Person, moderator: Person, waiting: Release, newcomer: Organization, write: Write
) -> None:
    for minutes in (10, 30, 200):
        release = write(newcomer)
        take_in(an, release)
        Release.objects.filter(pk=release.pk).update(submitted_at=clock.now() - timedelta(minutes=minutes))
        release.refresh_from_db()
        send_back(moderator, release, reason="x")
    assert round(queries.median_minutes(newcomer.portal_id) or 0) == 30
    assert "30 phút" in desk.get("/moderation/").text
    approve(moderator, waiting)
    assert Decision.objects.filter(release=waiting).get().answer == "approved"


def test_a_long_queue_has_pages(
    desk: Client, an: Person, newcomer: Organization, ready: dict[str, object], monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    Release.objects.bulk_create(
        Release(organization=newcomer, author=an, state="submitted", submitted_at=clock.now(), **ready)
        for _ in range(120)
    )
    with django_assert_max_num_queries(30):  # type: ignore[attr-defined]
        page = desk.get("/moderation/?page=2").text
    assert "2 / 3" in page
    assert 'rel="next"' in page
    assert "3 / 3" in desk.get("/moderation/?page=99999").text
