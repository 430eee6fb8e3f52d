"""The archive of issues: only what went out, as it reads now, kept by caches, the same for everybody."""

import pytest
from django.test import Client

from loa.archive.actions.shelve import Text, add_version
from loa.archive.actions.withdraw import withdraw
from loa.archive.models import Entry, Notice
from loa.lib import clock
from loa.newsletters.models import Issue, State
from loa.portals.models import Portal


@pytest.fixture
def out(issue: Issue) -> Issue:
    """The issue, sent."""
    values = {"state": State.SENT, "number": 1, "sent_at": clock.now(), "subject": "Tuần này", "preheader": "Ba tin"}
    Issue.objects.filter(pk=issue.pk).update(**values)
    issue.refresh_from_db()
    return issue


def test_readers_find_what_went_out(client: Client, out: Issue, entries: list[Entry]) -> None:
    listed = client.get("/newsletter/issues").content.decode()
    assert 'href="/newsletter/issues/1"' in listed
    answer = client.get("/newsletter/issues/1")
    page = answer.content.decode()
    assert "Tuần này" in page
    assert f"/r/{entries[0].public_id}/{entries[0].current.slug}#n1" in page
    assert answer["Cache-Control"].startswith("public")
    assert not answer.cookies
    assert f"entry:{entries[0].public_id}" in answer["Cache-Tag"]
    assert client.get("/newsletter/issues/1", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_drafts_and_other_languages_are_not_there(client: Client, issue: Issue, portal: Portal) -> None:
    assert "Chưa có số nào" in client.get("/newsletter/issues").content.decode()
    assert client.get("/newsletter/issues/1").status_code == 404
    Issue.objects.update(state=State.SENT, number=1, sent_at=clock.now(), language="en", subject="This week")
    assert client.get("/newsletter/issues/1").status_code == 404
    page = client.get("/en/newsletter/issues/1").content.decode()
    assert "This week" in page
    assert "Press release" in page
    assert "#n1-en" in page


def test_what_was_withdrawn_leaves_a_line_without_its_words(client: Client, out: Issue, entries: list[Entry]) -> None:
    withdraw(entries[1], statement="Sai số liệu.")
    page = client.get("/newsletter/issues/1").content.decode()
    assert "Tin hai" not in page
    assert "Tin ở chỗ này đã được rút." in page


def test_a_corrected_headline_follows(client: Client, out: Issue, entries: list[Entry]) -> None:
    text = Text(language="vi", headline="Tin hai, bản đúng", body_html="<p>Đúng.</p>", body_text="Đúng.")
    add_version(entries[1], text=text, kind=Notice.Kind.CORRECTED, reason="Nhầm số")
    assert "Tin hai, bản đúng" in client.get("/newsletter/issues/1").content.decode()
