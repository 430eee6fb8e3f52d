"""Beginning with something: skeletons of every kind, the organization's own templates, and copies of older releases."""

import re

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.audit.models import Record
from loa.compose.queries.beginnings import SKELETONS, skeleton
from loa.organizations.models import Organization
from loa.releases.actions.keep_template import MOST, keep_template
from loa.releases.actions.save import begin
from loa.releases.models import Kind, Release, Template
from loa.releases.preflight.leftovers import check
from loa.releases.preflight.release import draft_of
from loa.topics.models import Section
from tests.conftest import Write

SLOT = re.compile(r"\[[^\]]*\]")


def test_every_kind_an_organization_may_write_has_a_skeleton_in_both_languages() -> None:
    for kinds in SKELETONS.values():
        assert set(kinds) == set(Kind.values) - {Kind.SOURCED}


@pytest.mark.parametrize("language", sorted(SKELETONS))
def test_every_place_to_fill_in_is_a_leftover_when_it_stays(
    an: Person, organization: Organization, language: str
) -> None:
    for kind in SKELETONS[language]:
        fields = skeleton(kind, language)
        release = begin(an, organization, fields=fields)
        assert release.body_html == fields["body_html"]  # nothing of it is cleaned away
        found = [str(finding.what) for finding in check(draft_of(release))]
        slots = SLOT.findall(f"{fields['headline']} {fields['lead']} {fields['body_html']}")
        assert len(slots) > 5
        assert [slot for slot in slots if not any(slot in what for what in found)] == []


def test_a_draft_begins_with_the_skeleton_that_was_chosen(desk: Client, organization: Organization) -> None:
    page = desk.get(f"/desk/o/{organization.slug}/begin").text
    assert "Bổ nhiệm" in page
    answer = desk.post(f"/desk/o/{organization.slug}/begin", {"kind": "appointment", "language": "en"}, follow=True)
    release = Release.objects.get()
    assert (release.kind, release.language) == ("appointment", "en")
    assert "[Where the predecessor goes, and when.]" in release.body_html
    assert "Chỗ chưa điền" in answer.text


def test_the_press_contact_of_the_newsroom_is_filled_in(desk: Client, organization: Organization) -> None:
    organization.press_contacts = [{"name": "Lan", "role": "Trưởng phòng", "phone": "024 3825 1234"}]
    organization.save()
    desk.post(f"/desk/o/{organization.slug}/begin", {"kind": "news", "language": "vi"})
    assert Release.objects.get().contact == "Lan, Trưởng phòng, 024 3825 1234"


@pytest.mark.parametrize("sent", [{}, {"kind": "sourced", "language": "vi"}, {"kind": "news", "language": "xx"}])
def test_what_is_no_choice_begins_nothing(desk: Client, organization: Organization, sent: dict[str, str]) -> None:
    assert desk.post(f"/desk/o/{organization.slug}/begin", sent).status_code == 404
    assert not Release.objects.exists()


def test_a_draft_is_kept_as_a_template_and_begins_others(
    desk: Client, organization: Organization, write: Write
) -> None:
    old = write(kind="results", facts={"period": "Quý III"})
    desk.post(f"/desk/releases/{old.public_id}/template", {"name": "  Kết quả   quý "})
    template = Template.objects.get()
    assert template.name == "Kết quả quý"
    assert "Kết quả quý" in desk.get(f"/desk/o/{organization.slug}/begin").text
    desk.post(f"/desk/o/{organization.slug}/begin", {"template": template.public_id})
    new = Release.objects.latest("pk")
    assert (new.headline, new.kind, new.section, new.facts) == (old.headline, "results", old.section, {})


def test_a_template_outlives_the_section_it_names(
    desk: Client, organization: Organization, write: Write, section: Section
) -> None:
    keep_template(Person.objects.get(name="An"), write(), name="Tin")
    Release.objects.all().delete()
    section.delete()
    desk.post(f"/desk/o/{organization.slug}/begin", {"template": Template.objects.get().public_id})
    assert Release.objects.get().section is None


def test_the_same_name_takes_the_place_of_the_old_one(desk: Client, write: Write, an: Person) -> None:
    keep_template(an, write(), name="Tin")
    keep_template(an, write(headline="Đầu đề khác"), name="Tin")
    assert Template.objects.get().fields["headline"] == "Đầu đề khác"


def test_an_organization_keeps_so_many(desk: Client, organization: Organization, write: Write) -> None:
    for number in range(MOST):
        Template.objects.create(organization=organization, name=str(number))
    page = desk.post(f"/desk/releases/{write().public_id}/template", {"name": "Thêm"}, follow=True)
    assert "đã giữ đủ 50 mẫu" in page.text
    assert Template.objects.count() == MOST


def test_a_template_is_thrown_away_once(desk: Client, organization: Organization, write: Write, an: Person) -> None:
    template = keep_template(an, write(), name="Tin")
    door = f"/desk/o/{organization.slug}/templates/{template.public_id}/drop"
    assert desk.post(door).status_code == 302
    assert desk.post(door).status_code == 404
    assert Record.objects.filter(act="drop_template").count() == 1


def test_a_copy_is_made_from_the_list_and_says_where_from(
    desk: Client, organization: Organization, write: Write
) -> None:
    old = write()
    assert f"/desk/releases/{old.public_id}/copy" in desk.get(f"/desk/o/{organization.slug}").text
    page = desk.post(f"/desk/releases/{old.public_id}/copy", follow=True).text
    assert "Chép từ bản" in page
    assert f"/desk/releases/{old.public_id}" in page


def test_a_stranger_begins_and_keeps_nothing(
    client: Client, stranger: Person, organization: Organization, write: Write
) -> None:
    old = write()
    client.force_login(stranger)
    for door in (
        f"o/{organization.slug}/begin",
        f"releases/{old.public_id}/copy",
        f"releases/{old.public_id}/template",
    ):
        assert client.post(f"/desk/{door}", {"kind": "news", "language": "vi"}).status_code == 404
    assert Release.objects.count() == 1
    assert not Template.objects.exists()
