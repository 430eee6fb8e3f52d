"""The way of a release by HTTP alone: its author, a moderator, a subscriber and strangers meet only doors."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.mail.models import Message
from loa.organizations.models import Kind, Membership, Organization, Role
from loa.portals.models import Portal
from loa.topics.models import Section
from tests.conftest import PASSWORD

SEED = Path(__file__).resolve().parents[3] / "shared" / "data" / "seed-release.txt"
OWN = {"sec-fetch-site": "same-origin"}
LISTS = ("/", "/latest", "/s/kinh-te", "/feed.xml", "/feed.atom", "/feed.json", "/sitemap.xml")


@pytest.fixture(autouse=True)
def as_on_a_portal(settings: Settings) -> Iterator[None]:
    """Mail becomes rows, and nobody was throttled before."""
    settings.EMAIL_BACKEND = "loa.mail.backend.RowBackend"
    cache.clear()
    yield
    cache.clear()


def last_link(email: str) -> str:
    """The path of the first link in the last mail to someone."""
    found = re.search(r"https?://\S+", Message.objects.filter(to=email).latest("id").text)
    assert found is not None
    return urlsplit(found[0]).path


def sign_up(name: str) -> Client:
    """Someone new, confirmed by the button of the page in the mail and at the desk, who proves themselves once more."""
    client, email = Client(), f"{name}@example.vn"
    form = {"name": name, "email": email, "password1": PASSWORD, "terms": "on"}
    assert client.post("/accounts/signup/", form, follow=True).status_code == 200
    client.post(last_link(email), follow=True)
    assert client.get("/desk/").status_code == 200
    client.post("/accounts/reauthenticate/", {"step_up": "1", "step_up_password": PASSWORD})
    return client


def found(client: Client, name: str) -> str:
    """A new organization; answers the address of its page."""
    answer = client.post("/desk/organizations/new", {"name": name, "kind": "cooperative"}, follow=True)
    assert answer.status_code == 200
    return Organization.objects.get(name=name).slug


def write(client: Client, slug: str, section: Section, **changes: Any) -> str:
    """A saved draft; answers its address."""
    address = str(client.post(f"/desk/o/{slug}/new").headers["Location"])
    form = {
        "revision": 1, "kind": "news", "language": "vi", "headline": "Sao Mai thu hoạch vụ lúa hữu cơ đầu tiên",
        "body_html": "<p>Vụ lúa cho năm tấn mỗi héc-ta trên cánh đồng Đồng Tháp.</p>", "section": section.pk,
        "contact": "Nguyễn Thị Lan, lan@example.vn",
    }  # fmt: skip
    assert client.post(address, {**form, **changes}).status_code == 302
    return address


def out(client: Client, address: str) -> str:
    """Submit; answers what the page says happened."""
    return str(client.post(f"{address}/submit", follow=True).text)


def addresses_in(path: str, key: str) -> bool:
    """Whether a stranger finds an entry at an address."""
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return key in answer.text


def test_two_releases_travel_and_one_is_withdrawn(
    portal: Portal, section: Section, moderator: Person, run_wire: Callable[[], int]
) -> None:
    an, mai = sign_up("an"), Client()
    mai.force_login(moderator, "allauth.account.auth_backends.AuthenticationBackend")
    slug = found(an, "Hợp tác xã Sao Mai")
    first = write(an, slug, section)
    assert "biên tập viên sẽ xem" in out(an, first)
    assert Client().get(first).status_code == 302  # a stranger is asked to sign in
    assert sign_up("binh").get(first).status_code == 404
    key = first.rsplit("/", 1)[1]
    assert mai.get(f"/moderation/{key}").status_code == 200
    mai.post(f"/moderation/{key}/approve")
    run_wire()
    one = Entry.objects.get()
    assert all(addresses_in(place, one.public_id) for place in (*LISTS, f"/o/{slug}", "/search?q=thu+hoach+vu+lua"))

    second = write(an, slug, section, headline="Sao Mai mở cửa hàng gạo")
    assert "Đã đăng." in out(an, second)
    run_wire()
    two = Entry.objects.latest("id")
    changes = {"headline": "Sao Mai mở cửa hàng gạo ở Cần Thơ", "reason": "Thiếu nơi mở cửa", "revision": 2}
    page = an.get(f"{second}/correct").text
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision is not None
    form = {
        "kind": "news", "language": "vi", "section": section.pk, "contact": "Lan", **changes, "revision": revision[1],
        "body_html": "<p>Vụ lúa cho năm tấn mỗi héc-ta trên cánh đồng Đồng Tháp.</p>",
    }  # fmt: skip
    assert an.post(f"{second}/correct", form).status_code == 302
    shown = Client().get(f"/r/{two.public_id}/khong-dung", follow=True)
    assert shown.redirect_chain[0][1] == 301
    assert "Sao Mai mở cửa hàng gạo ở Cần Thơ" in shown.text

    assert an.post(f"{first}/withdraw", {"statement": "Số liệu không đúng."}).status_code == 302
    run_wire()
    gone = Client().get(f"/r/{one.public_id}/x", follow=True)
    assert gone.status_code == 410
    assert "Số liệu không đúng." in gone.text
    feeds = [place for place in LISTS if place.startswith("/feed.")]
    pages = [place for place in LISTS if place not in feeds]
    assert not any(addresses_in(place, one.public_id) for place in (*pages, f"/o/{slug}", "/search?q=thu+hoach+vu+lua"))
    # Whoever keeps a copy learns of it from the feeds, which hold the statement and none of the text.
    assert all("Số liệu không đúng." in Client().get(place).text for place in feeds)
    assert not any("thu hoạch vụ lúa" in Client().get(place).text for place in feeds)


@pytest.mark.skipif(not SEED.exists(), reason="the seed page is not beside the project")
def test_the_seed_page_itself_can_be_pasted_and_read(
    portal: Portal, moderator: Person, run_wire: Callable[[], int]
) -> None:
    lines = [line.strip() for line in SEED.read_text("utf-8").splitlines() if line.strip()]
    source = next(line for line in lines if line.startswith("Một nguồn:")).split(":", 1)[1].strip()
    start = next(n for n, line in enumerate(lines) if line.startswith("Chiều 11/10"))
    end = next(n for n, line in enumerate(lines) if line.startswith("Một nguồn:"))
    headline, lead, body = lines[0], lines[start - 1], lines[start:end]
    desk = Organization.objects.create(
        portal=portal,
        slug="ban-bien-tap",
        name="Ban biên tập GlobalVN",
        kind=Kind.PORTAL_DESK,
        approved_at=portal_born(),
    )
    Membership.objects.create(organization=desk, person=moderator, role=Role.OWNER)
    section = Section.objects.create(portal=portal, slug="doi-ngoai", name_vi="Đối ngoại")
    client = Client()
    client.force_login(moderator, "allauth.account.auth_backends.AuthenticationBackend")
    said = {"headline": headline, "lead": lead, "source_url": source, "source_name": "VietnamPlus", "kind": "sourced"}
    address = write(client, desk.slug, section, body_html="\n\n".join(body), **said)
    assert "Đã đăng." in out(client, address)
    run_wire()
    entry = Entry.objects.get()
    page = Client().get(f"/r/{entry.public_id}/x", follow=True).text
    assert "5 phút đọc" in page
    assert source in page
    assert page.count("<p>") >= len(body)
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert source in json.dumps(data)
    for words in ("thong+tin+doi+ngoai", "57-KL/TW", "57+KL+TW"):
        assert addresses_in(f"/search?q={words}", entry.public_id)


def portal_born() -> Any:
    """A moment before everything."""
    from loa.lib import clock

    return clock.now()
