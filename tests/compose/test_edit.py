"""Writing: text is saved, two writers lose nothing, and a stranger finds nothing."""

from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.lib.clock import now
from loa.organizations.models import Organization
from loa.releases import queries
from loa.releases.models import Release
from loa.topics.models import Section, Topic
from tests.compose.conftest import Form
from tests.conftest import MakePerson, Write


@pytest.fixture
def draft(write: Write) -> Release:
    return write()


def door(release: Release, act: str = "") -> str:
    return f"/desk/releases/{release.public_id}" + (f"/{act}" if act else "")


def test_a_new_draft_is_begun_with_a_button(desk: Client, organization: Organization) -> None:
    answer = desk.post(f"/desk/o/{organization.slug}/new")
    release = Release.objects.get()
    assert answer["Location"] == door(release)
    assert desk.get(door(release)).status_code == 200
    assert desk.get(f"/desk/o/{organization.slug}/new").status_code == 405


def test_whose_session_ended_goes_on_at_the_page_with_the_button(client: Client, organization: Organization) -> None:
    door, page = f"/desk/o/{organization.slug}/new", f"/desk/o/{organization.slug}"
    answer = client.post(door, headers={"Referer": f"http://testserver{page}?a=1"})
    assert answer["Location"] == f"/accounts/login/?next={page}%3Fa%3D1"
    for elsewhere in (
        "https://evil.example/desk/",
        "http://testserver.evil.example/x",
        "http://testserver//evil.example",
        "http://testserver/\\evil.example",
        "http://[",
        "",
    ):
        answer = client.post(door, headers={"Referer": elsewhere})
        assert answer["Location"] == "/accounts/login/?next=/desk/"


def test_every_field_is_saved(desk: Client, draft: Release, form: Form, section: Section) -> None:
    topic = Topic.objects.create(qcode="medtop:20000210", labels={"vi": "Nông nghiệp"})
    typed = {
        "kind": "report", "headline": "Tiêu đề", "subtitle": "Phụ", "lead": "Sapo", "body_html": "<p>Chữ đủ dài.</p>",
        "dateline": "Đồng Tháp", "source_name": "Tổng cục", "source_url": "https://nguon.example/a", "contact": "Lan",
    }  # fmt: skip
    page = desk.post(door(draft), form(draft, **typed, topics=[topic.pk]), follow=True)
    assert "Đã lưu." in page.text
    saved = Release.objects.get()
    assert {name: getattr(saved, name) for name in typed} == typed
    assert (saved.section, list(saved.topics.all()), saved.revision) == (section, [topic], 2)


def test_a_draft_is_saved_with_anything_missing(desk: Client, draft: Release, form: Form) -> None:
    bare = form(draft, headline="", body_html="", contact="", section="")
    assert desk.post(door(draft), bare).status_code == 302
    page = desk.get(door(draft))
    assert "Hãy viết tiêu đề." in page.text


def test_saving_leads_to_the_preview_when_asked(desk: Client, draft: Release, form: Form) -> None:
    answer = desk.post(door(draft), form(draft, preview="1"))
    assert answer["Location"] == door(draft, "preview")
    assert 'class="sheet"' in desk.get(answer["Location"]).text


def test_the_way_to_submitting_saves_first(desk: Client, draft: Release, form: Form) -> None:
    """A link there would leave behind what was typed since the last save."""
    answer = desk.post(door(draft), {**form(draft, headline="Vừa gõ xong"), "send": "1"})
    assert answer["Location"] == f"{door(draft)}/submit"
    assert Release.objects.get().headline == "Vừa gõ xong"
    assert f'href="{door(draft)}/submit"' not in desk.get(door(draft)).text


def test_a_stale_text_is_kept_beside_the_saved_one(desk: Client, draft: Release, form: Form) -> None:
    mine = form(draft, headline="Bản của tôi")
    desk.post(door(draft), form(draft, headline="Bản của Bình"))
    page = desk.post(door(draft), mine, follow=True)
    assert page.redirect_chain[0][0].startswith(f"{door(draft)}/merge/")
    assert "Chữ của bạn được giữ riêng" in page.text
    assert Release.objects.get().headline == "Bản của Bình"
    assert queries.set_aside(draft).get().fields["headline"] == "Bản của tôi"


def test_a_wrong_address_is_said_and_nothing_typed_is_lost(desk: Client, draft: Release, form: Form) -> None:
    page = desk.post(door(draft), form(draft, headline="Tiêu đề mới", source_url="không phải địa chỉ"))
    assert page.status_code == 400
    assert "Tiêu đề mới" in page.text
    assert "không phải địa chỉ" in page.text
    assert Release.objects.get().headline == draft.headline


def test_what_is_typed_while_it_is_sent_off_comes_back(desk: Client, draft: Release, form: Form) -> None:
    mine = form(draft, headline="Sửa muộn")
    desk.post(door(draft, "submit"))
    page = desk.post(door(draft), mine)
    assert page.status_code == 409
    assert "vừa được gửi đi" in page.text
    assert "Sửa muộn" in page.text
    assert desk.get(door(draft, "submit"))["Location"] == door(draft)


def test_a_suspended_organization_saves_nothing_and_loses_nothing(
    desk: Client, draft: Release, form: Form, organization: Organization
) -> None:
    Organization.objects.filter(pk=organization.pk).update(suspended_at=now())
    page = desk.post(door(draft), form(draft, headline="Tiêu đề mới"))
    assert page.status_code == 409
    assert "đang tạm ngưng" in page.text
    assert "Tiêu đề mới" in page.text


@pytest.mark.parametrize("act", ["", "preview", "submit", "correct", "withdraw"])
def test_not_for_you_and_is_not_are_one_answer(
    client: Client, draft: Release, portal: Any, make_person: MakePerson, act: str
) -> None:
    other = make_person("Cuong")
    rival = Organization.objects.create(portal=portal, slug="doi-thu", name="Đối thủ", approved_at=now())
    rival.memberships.create(person=other, role="owner")
    client.force_login(other)
    address = door(draft, act)
    answers = [client.get(address), client.post(address)]
    draft.delete()
    answers += [client.get(address), client.post(address)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


def test_a_colleague_writes_too(client: Client, draft: Release, form: Form, stranger: Person) -> None:
    draft.organization.memberships.create(person=stranger)
    client.force_login(stranger)
    assert client.post(door(draft), form(draft, headline="Bình sửa")).status_code == 302
    assert Release.objects.get().headline == "Bình sửa"


def test_no_module_is_asked_for_before_the_import_map(desk: Client, write: Write) -> None:
    page = desk.get(f"/desk/releases/{write().public_id}").text
    before = page[: page.index('type="importmap"')]
    assert 'type="module"' not in before, "Firefox would refuse the map, and there would be no editor"
