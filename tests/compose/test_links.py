"""The desk's list of dead links: which release, which link, where it leads, what to do; nobody else's."""

from collections.abc import Callable

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.lib import clock
from loa.organizations.models import Organization
from loa.releases.models import PublicLink, Release


@pytest.fixture
def dead(put_out: Callable[..., Entry], run_wire: Callable[[], int]) -> PublicLink:
    """A link behind which nothing was found for two nights."""
    put_out(body_html='<p>Kết quả vụ lúa hữu cơ ở <a href="https://chet.example/bao-cao">báo cáo</a>.</p>')
    run_wire()
    PublicLink.objects.update(answer="404", nights=2, since=clock.now(), looked_at=clock.now())
    return PublicLink.objects.get()


def door(organization: Organization) -> str:
    return f"/desk/o/{organization.slug}/links"


def test_it_says_which_release_which_link_and_what_to_do(
    desk: Client, organization: Organization, dead: PublicLink
) -> None:
    page = desk.get(door(organization)).text
    assert dead.release.headline in page
    assert "https://chet.example/bao-cao" in page
    assert "không có trang này (404)" in page
    assert f"/desk/releases/{dead.release.public_id}/correct" in page
    assert "1 đường dẫn hỏng" in desk.get(f"/desk/o/{organization.slug}").text


def test_it_says_where_a_link_leads_now(desk: Client, organization: Organization, dead: PublicLink) -> None:
    PublicLink.objects.update(answer="moved", leads_to="https://moi.example/")
    page = desk.get(door(organization)).text
    assert "https://moi.example/" in page
    assert "Nay dẫn về trang chủ" in page


def test_a_link_is_left_as_it_is(desk: Client, organization: Organization, dead: PublicLink) -> None:
    page = desk.post(f"{door(organization)}/{dead.pk}/leave", follow=True).text
    assert "https://chet.example/bao-cao" not in page


def test_nothing_is_listed_where_nothing_is_dead(desk: Client, organization: Organization, section: object) -> None:
    assert "Chưa có đường dẫn nào để theo dõi" in desk.get(door(organization)).text


def test_a_stranger_finds_nothing(
    client: Client, stranger: Person, organization: Organization, dead: PublicLink
) -> None:
    client.force_login(stranger)
    assert client.get(door(organization)).status_code == 404
    assert client.post(f"{door(organization)}/{dead.pk}/leave").status_code == 404
    assert not PublicLink.objects.filter(is_left=True).exists()


def test_the_operator_sees_the_count(client: Client, moderator: Person, dead: PublicLink) -> None:
    client.force_login(moderator)
    assert "1 trong 1 đường dẫn đã hỏng, ở 1 thông cáo" in client.get("/operator/").text
    assert Release.objects.count() == 1
