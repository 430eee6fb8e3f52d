"""Correcting and withdrawing: the address stays, readers are told, the text before can still be read."""

from collections.abc import Callable

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.portals.models import Portal
from loa.releases.models import Release
from loa.topics.models import Section
from tests.compose.conftest import Form
from tests.conftest import Write


@pytest.fixture
def release(put_out: Callable[..., Entry]) -> Release:
    put_out()
    return Release.objects.get()


def door(release: Release, act: str) -> str:
    return f"/desk/releases/{release.public_id}/{act}"


def test_readers_see_the_next_text_its_reason_and_its_heading(
    desk: Client, an: Person, release: Release, form: Form, portal: Portal
) -> None:
    culture = Section.objects.create(portal=portal, slug="van-hoa", name_vi="Văn hóa")
    fields = form(release, lead="Năm tấn rưỡi.", section=culture.pk, reason="Sai số liệu", note="Trước ghi năm tấn.")
    page = desk.post(door(release, "correct"), fields, follow=True)
    assert "Đã đính chính" in page.text
    shown = Client().get(f"/r/{Entry.objects.get().public_id}", follow=True).text
    for words in ("Năm tấn rưỡi.", "Sai số liệu", "Trước ghi năm tấn.", "phiên bản 2"):
        assert words in shown
    assert release.headline in Client().get("/s/van-hoa").text
    assert Record.objects.get(act="correct").actor_id == f"person:{an.pk}"


def test_it_needs_a_reason_and_keeps_what_was_typed(desk: Client, release: Release, form: Form) -> None:
    page = desk.post(door(release, "correct"), form(release, lead="Năm tấn rưỡi."))
    assert page.status_code == 400
    assert "Năm tấn rưỡi." in page.text
    assert Entry.objects.get().versions.count() == 1


def test_what_readers_need_cannot_be_corrected_away(desk: Client, release: Release, form: Form) -> None:
    page = desk.post(door(release, "correct"), form(release, contact="", reason="Sửa"))
    assert page.status_code == 400
    assert "Hãy ghi người liên hệ báo chí." in page.text
    assert Entry.objects.get().versions.count() == 1


def test_a_stale_correction_stands_beside_the_saved_text_and_can_be_sent(
    desk: Client, release: Release, form: Form
) -> None:
    mine = form(release, lead="Bản của tôi.", reason="Sai số liệu")
    desk.post(door(release, "correct"), form(release, lead="Bản của Bình.", reason="Sai"))
    page = desk.post(door(release, "correct"), mine)
    assert page.status_code == 409
    for words in ("Bản của tôi.", "Bản của Bình.", "Sai số liệu"):
        assert words in page.text
    revision = page.context["sheet"].text["revision"].value()
    assert desk.post(door(release, "correct"), {**mine, "revision": revision}).status_code == 302
    assert Entry.objects.get().versions.count() == 3


def test_a_withdrawn_release_leaves_its_statement(desk: Client, an: Person, release: Release) -> None:
    page = desk.post(door(release, "withdraw"), {"statement": "Số liệu sai."}, follow=True)
    assert "Đã rút" in page.text
    gone = Client().get(f"/r/{Entry.objects.get().public_id}")
    assert gone.status_code == 410
    assert "Số liệu sai." in gone.text
    assert release.lead not in gone.text
    assert Record.objects.get(act="withdraw").actor_id == f"person:{an.pk}"


def test_withdrawing_needs_a_statement(desk: Client, release: Release) -> None:
    assert desk.post(door(release, "withdraw"), {"statement": " "}).status_code == 400
    assert desk.get(door(release, "withdraw")).status_code == 200
    assert Release.objects.get().state == "published"


@pytest.mark.parametrize("act", ["correct", "withdraw"])
def test_a_draft_has_neither_page(desk: Client, write: Write, act: str) -> None:
    assert desk.get(door(write(), act)).status_code == 404
