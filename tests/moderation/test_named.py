"""Somebody named in a release asks for a correction or to be heard, and a clock runs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.lib import clock
from loa.mail.models import Message
from loa.moderation import queries
from loa.moderation.models import Report


@pytest.fixture
def entry(put_out: Callable[..., Entry]) -> Entry:
    return put_out()


def ask(client: Client, entry: Entry, **said: str) -> int:
    sent = {"kind": "reply", "name": "Trần Bình", "email": "binh@example.com", "reason": "Tôi không hề ký.", **said}
    return client.post(f"/report/{entry.public_id}", sent).status_code


def test_a_reply_that_is_granted_stands_under_the_release(client: Client, moderator: Person, entry: Entry) -> None:
    assert ask(client, entry, reason="Tôi <b>không</b> ký.") == 200
    report = Report.objects.get()
    client.force_login(moderator)
    page = f"/moderation/reports/{report.public_id}/settle"
    assert "Trần Bình" in client.get(page).text
    client.post(page, {"outcome": "granted", "answer": "Đã gọi lại và xác nhận."})
    shown = client.get(f"/r/{entry.public_id}", follow=True).text
    assert "Tôi &lt;b&gt;không&lt;/b&gt; ký." in shown
    assert "Trần Bình" in shown
    mail = Message.objects.get(to="binh@example.com")
    assert "Đã gọi lại và xác nhận." in mail.text
    assert not queries.reports(entry.portal_id).exists()


def test_refused_nothing_is_shown_and_the_reason_is_mailed(client: Client, moderator: Person, entry: Entry) -> None:
    ask(client, entry)
    client.force_login(moderator)
    page = f"/moderation/reports/{Report.objects.get().public_id}/settle"
    assert client.post(page, {"outcome": "granted"}).status_code == 400
    client.post(page, {"outcome": "refused", "answer": "Không xác nhận được bạn là ai."})
    entry.refresh_from_db()
    assert entry.replies == []
    assert "Không xác nhận được" in Message.objects.get(to="binh@example.com").text


def test_a_correction_is_asked_of_the_sender(client: Client, moderator: Person, an: Person, entry: Entry) -> None:
    ask(client, entry, kind="correction")
    client.force_login(moderator)
    page = f"/moderation/reports/{Report.objects.get().public_id}/settle"
    client.post(page, {"outcome": "granted", "answer": "Có giấy tờ."})
    assert "Tôi không hề ký." in Message.objects.get(to=an.email, key__startswith="ask_correction").text


@pytest.mark.parametrize("missing", ["name", "email"])
def test_whoever_is_named_says_who_they_are(client: Client, entry: Entry, missing: str) -> None:
    assert ask(client, entry, **{missing: ""}) == 422
    assert not Report.objects.exists()


def test_the_clock_runs_a_day_and_the_next_to_run_out_is_first(client: Client, moderator: Person, entry: Entry) -> None:
    ask(client, entry)
    ask(client, entry, kind="error")
    late = Report.objects.get(kind="error")
    assert timedelta(hours=23) < late.due_at - clock.now() <= timedelta(hours=24)
    Report.objects.filter(pk=late.pk).update(due_at=clock.now() - timedelta(hours=1))
    assert queries.reports(entry.portal_id).first() == late
    client.force_login(moderator)
    page = client.get("/moderation/").text
    assert "quá hạn" in page
    assert "còn 24 giờ" in page
