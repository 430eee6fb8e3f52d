"""Write first, sign up after: what was typed is there when its writer has an organization."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from pytest_django import Settings

from loa.accounts.models import Person
from loa.compose.models import KeptDraft
from loa.lib import clock
from loa.mail.models import Message
from loa.moderation.actions.suspend import suspend
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.releases.models import Release
from tests.conftest import BODY, PASSWORD, Write

TYPED = {"headline": "Sao Mai mở cửa vườn", "body_html": BODY}
FOUND = {"name": "Hợp tác xã Hướng Dương", "kind": "cooperative"}


def sign_up(client: Client) -> None:
    """Sign up as Chi, press the button in the mail, sign in."""
    client.post("/accounts/signup/", {"name": "Chi", "email": "chi@example.vn", "password1": PASSWORD, "terms": "on"})
    found = re.search(r"http://testserver(\S+)", Message.objects.latest("id").text)
    assert found is not None
    client.post(found[1])
    client.post("/accounts/login/", {"login": "chi@example.vn", "password": PASSWORD})


def test_what_was_typed_before_sign_up_becomes_the_first_release(
    client: Client, portal: Portal, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "loa.mail.backend.RowBackend"
    assert client.post("/compose/", TYPED)["Location"] == "/accounts/signup/"
    sign_up(client)
    edit = client.post("/desk/organizations/new", FOUND)
    release = Release.objects.get()
    assert edit["Location"] == f"/desk/releases/{release.public_id}"
    assert (release.headline, release.body_html) == (TYPED["headline"], BODY)
    assert release.author == Person.objects.get(email="chi@example.vn")
    assert not KeptDraft.objects.exists()
    assert client.cookies["draft"].value == ""
    assert TYPED["headline"] in client.get(edit["Location"]).text


def test_the_cookie_is_only_for_us_and_names_nothing(client: Client, portal: Portal) -> None:
    client.post("/compose/", TYPED)
    cookie = client.cookies["draft"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value not in str(KeptDraft.objects.values().get())


def test_it_is_still_there_when_the_visitor_comes_back(client: Client, portal: Portal) -> None:
    client.post("/compose/", TYPED)
    assert TYPED["headline"] in client.get("/compose/").text
    client.post("/compose/", {**TYPED, "headline": "Tiêu đề khác"})
    assert KeptDraft.objects.get().fields["headline"] == "Tiêu đề khác"


def test_nobody_else_finds_it(client: Client, portal: Portal) -> None:
    client.post("/compose/", TYPED)
    other = Client()
    other.cookies["draft"] = "x" * 26
    assert TYPED["headline"] not in other.get("/compose/").text


def test_a_draft_without_a_headline_stays_in_the_form(client: Client, portal: Portal) -> None:
    page = client.post("/compose/", {"headline": "", "body_html": "Chữ đã gõ"})
    assert page.status_code == 400
    assert "Chữ đã gõ" in page.text
    assert not KeptDraft.objects.exists()


def test_a_network_that_keeps_too_much_is_asked_to_sign_in(client: Client, portal: Portal, settings: Settings) -> None:
    settings.LOA_PROXIES = 1

    def keep(address: str) -> Any:
        return client.post("/compose/", TYPED, headers={"x-forwarded-for": address})

    for _ in range(30):
        assert keep("203.0.113.7").status_code == 302
    page = keep("203.0.113.7")
    assert page.status_code == 429
    assert TYPED["headline"] in page.text
    assert keep("203.0.113.8").status_code == 302


def test_looking_makes_nothing(client: Client, portal: Portal) -> None:
    assert client.get("/compose/").status_code == 200
    assert not KeptDraft.objects.exists()
    assert not Organization.objects.exists()


def test_whoever_has_an_organization_already_goes_on_with_it_there(
    client: Client, an: Person, organization: Organization
) -> None:
    client.post("/compose/", TYPED)
    client.force_login(an)
    page = client.get("/desk/")
    assert TYPED["headline"] in page.text
    assert f"Viết tiếp cho {organization.name}" in page.text
    assert not Release.objects.exists()
    client.post(f"/desk/o/{organization.slug}/new")
    release = Release.objects.get()
    assert (release.organization, release.headline, release.body_html) == (organization, TYPED["headline"], BODY)
    assert "Bản viết dở" not in client.get("/desk/").text
    client.post(f"/desk/o/{organization.slug}/new")
    assert Release.objects.exclude(pk=release.pk).get().headline == ""


def test_a_form_left_open_while_signing_in_elsewhere_is_kept_too(
    client: Client, an: Person, organization: Organization
) -> None:
    client.force_login(an)
    assert client.post("/compose/", TYPED)["Location"] == "/desk/"
    assert TYPED["headline"] in client.get("/desk/").text


def test_what_is_typed_into_an_ended_session_is_kept(
    client: Client, an: Person, write: Write, organization: Organization
) -> None:
    draft = write()
    typed = {"headline": "Viết cả buổi chiều", "body_html": BODY, "lead": "Sapo", "contact": "Lan", "revision": "1"}
    answer = client.post(f"/desk/releases/{draft.public_id}", typed)
    assert answer["Location"] == "/accounts/login/?next=/desk/"
    assert "Chữ vừa viết được giữ lại" in client.get(answer["Location"]).text
    client.force_login(an)
    assert "Viết cả buổi chiều" in client.get("/desk/").text
    client.post(f"/desk/o/{organization.slug}/new")
    made = Release.objects.exclude(pk=draft.pk).get()
    assert (made.headline, made.lead, made.contact) == ("Viết cả buổi chiều", "Sapo", "Lan")
    draft.refresh_from_db()
    assert draft.headline != made.headline


def test_a_text_too_long_for_a_release_is_cut_and_kept(client: Client, portal: Portal) -> None:
    client.post("/desk/releases/abc", {"headline": "A" * 400, "body_html": "<script>x</script><p>Chữ</p>"})
    assert KeptDraft.objects.get().fields == {"headline": "A" * 300, "body_html": "<p>Chữ</p>"}


def test_a_suspended_organization_leaves_the_text_where_it_is(
    client: Client, an: Person, moderator: Person, organization: Organization
) -> None:
    client.post("/compose/", TYPED)
    suspend(moderator, organization, reason="Chờ xác minh")
    client.force_login(an)
    page = client.post(f"/desk/o/{organization.slug}/new", follow=True)
    assert "đang tạm ngưng" in page.text
    assert KeptDraft.objects.exists()


def test_plain_paragraphs_come_back_plain_and_become_paragraphs(
    client: Client, an: Person, organization: Organization
) -> None:
    """The first page has no editor: a blank line parts paragraphs, and "<" is a letter."""
    client.post("/compose/", {"headline": "Học phí", "body_html": "Một & hai.\n\nDưới < 3 triệu."})
    assert "Một &amp; hai.\n\nDưới &lt; 3 triệu.</textarea>" in client.get("/compose/").text
    client.force_login(an)
    client.post(f"/desk/o/{organization.slug}/new")
    assert Release.objects.get().body_html == "<p>Một &amp; hai.</p>\n<p>Dưới &lt; 3 triệu.</p>"


def test_what_nobody_takes_up_is_gone_after_seven_days(client: Client, portal: Portal) -> None:
    client.post("/compose/", TYPED)
    assert client.cookies["draft"]["max-age"] == 7 * 86_400
    KeptDraft.objects.update(kept_at=clock.now() - timedelta(days=7, minutes=1))
    assert TYPED["headline"] not in client.get("/compose/").text
    Client().post("/compose/", TYPED)
    assert KeptDraft.objects.count() == 1


def test_a_kept_draft_brings_no_address_that_its_form_would_refuse(
    client: Client, portal: Portal, an: Person, organization: Organization
) -> None:
    client.post("/compose/", {**TYPED, "source_url": "javascript:alert(1)", "contact": "An\x00\x01"})
    client.force_login(an)
    client.post(f"/desk/o/{organization.slug}/new")
    release = Release.objects.get()
    assert (release.source_url, release.contact) == ("", "An")
