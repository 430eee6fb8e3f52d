"""What comes again: the desk sees what its author changed since it was sent back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.moderation import queries
from loa.moderation.actions.approve import approve
from loa.moderation.actions.report import report
from loa.moderation.actions.send_back import send_back
from loa.moderation.actions.take_in import take_in
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.releases.actions.save import save
from loa.releases.models import Release
from tests.conftest import BODY, Write

Resubmit = Callable[..., Release]


@pytest.fixture
def resubmit(an: Person, moderator: Person, write: Write, newcomer: Organization) -> Resubmit:
    """Return a maker of releases that were sent back and come again, with these fields saved in between."""

    def make(**fields: Any) -> Release:
        take_in(an, write(newcomer))
        send_back(moderator, Release.objects.get(), reason="Thiếu nguồn.")
        back = Release.objects.get()
        take_in(an, save(back, fields=fields, expected_revision=back.revision))
        return Release.objects.get()

    return make


@pytest.fixture
def desk(client: Client, moderator: Person) -> Client:
    client.force_login(moderator)
    return client


def test_each_changed_field_shows_words_taken_out_and_put_in(desk: Client, resubmit: Resubmit) -> None:
    release = resubmit(lead="Vụ lúa cho năm tấn rưỡi mỗi mẫu.", source_name="Tổng cục Thống kê")
    assert [change.label for change in queries.changes(release)] == ["Đoạn mở đầu", "Nguồn"]
    page = desk.get(f"/moderation/{release.public_id}").text
    assert '<ins><span class="visually-hidden">[thêm] </span>rưỡi </ins>' in page
    assert '<del><span class="visually-hidden">[bỏ] </span>héc-ta.</del>' in page
    assert "Đã sửa theo lời:" in page


def test_the_queue_counts_the_places(desk: Client, resubmit: Resubmit) -> None:
    resubmit(lead="Vụ lúa cho năm tấn rưỡi mỗi mẫu.", source_name="Tổng cục Thống kê")
    assert "gửi lại, 3 chỗ đã sửa" in desk.get("/moderation/").text
    assert "sent again, 3 places changed" in desk.get("/en/moderation/").text


def test_nothing_changed_is_said(desk: Client, resubmit: Resubmit) -> None:
    release = resubmit()
    assert "gửi lại, không sửa chữ nào" in desk.get("/moderation/").text
    assert "Không chữ nào khác đi." in desk.get(f"/moderation/{release.public_id}").text


def test_a_link_that_leads_elsewhere_is_a_change(resubmit: Resubmit) -> None:
    (change,) = queries.changes(resubmit(body_html=BODY.replace("Sao Mai", '<a href="https://vidu.vn/x">Sao Mai</a>')))
    assert (change.label, change.runs) == ("Liên kết trong bài", [("added", "https://vidu.vn/x")])


def test_choices_and_lists_are_read_by_people(resubmit: Resubmit) -> None:
    picture = {"url": "/media/a.jpg", "alt": "Cánh đồng", "credit": "Lan", "width": 10}
    kind, pictures = queries.changes(resubmit(kind="report", pictures=[picture]))
    assert kind.runs == [("removed", "Tin"), ("added", "Báo cáo")]
    assert pictures.runs == [("added", "Cánh đồng · Lan · /media/a.jpg · 10")]


def test_facts_are_read_however_deep(resubmit: Resubmit) -> None:
    venues = [{"name": "Hội trường", "place": "Huế"}]
    _, change = queries.changes(
        resubmit(kind="event", facts={"starts_at": "2026-12-01T08:00:00+07:00", "venues": venues})
    )
    assert change.runs == [("added", "2026-12-01T08:00:00+07:00 · Hội trường · Huế")]


def test_markup_in_a_text_is_shown_as_typed(desk: Client, resubmit: Resubmit) -> None:
    page = desk.get(f"/moderation/{resubmit(lead='<script>alert(1)</script>').public_id}").text
    assert "<script>alert(1)" not in page


def test_what_waits_for_the_first_time_has_nothing_to_compare(
    desk: Client, an: Person, write: Write, newcomer: Organization, portal: Portal
) -> None:
    take_in(an, write(newcomer))
    (row,) = queries.page_of_queue(portal.pk, queries.Wanted(), an).rows
    assert row.changed is None
    page = desk.get(f"/moderation/{row.release.public_id}").text
    assert 'class="changes"' not in page
    assert "gửi lại," not in desk.get("/moderation/").text


def test_the_old_words_are_forgotten_on_publication(moderator: Person, resubmit: Resubmit) -> None:
    approve(moderator, resubmit(lead="Khác."))
    assert Release.objects.get().sent_back_words == {}


def test_a_report_says_when_and_whom_to_answer(desk: Client, put_out: Callable[..., Entry]) -> None:
    entry = put_out()
    report(entry, reason="Số liệu sai", email="doc@example.vn")
    report(entry, reason="Ảnh sai")
    page = desk.get("/moderation/").text
    assert '<a href="mailto:doc@example.vn">doc@example.vn</a>' in page
    assert "không để lại địa chỉ" in page
    assert page.count(" tháng ") >= 2
