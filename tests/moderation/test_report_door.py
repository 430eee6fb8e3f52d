"""A reader's report, from the link under a release to the queue."""

from collections.abc import Callable

from django.test import Client

from loa.archive.actions.withdraw import withdraw
from loa.archive.models import Entry
from loa.moderation import queries


def test_a_report_reaches_the_queue(client: Client, put_out: Callable[..., Entry]) -> None:
    entry = put_out()
    page = client.get(f"/report/{entry.public_id}")
    assert page.status_code == 200
    assert "Sao Mai" in page.text
    assert not page.cookies
    sent = client.post(f"/report/{entry.public_id}", {"reason": "Tin giả."}, headers={"sec-fetch-site": "same-origin"})
    assert sent.status_code == 200
    assert [row.reason for row in queries.reports(entry.portal_id)] == ["Tin giả."]


def test_an_empty_report_keeps_the_address_typed(client: Client, put_out: Callable[..., Entry]) -> None:
    entry = put_out()
    sent = client.post(f"/report/{entry.public_id}", {"reason": " ", "email": "binh@example.vn"})
    assert sent.status_code == 422
    assert "Hãy viết điều bạn thấy chưa đúng." in sent.text
    assert "binh@example.vn" in sent.text


def test_another_site_cannot_send_a_report(client: Client, put_out: Callable[..., Entry]) -> None:
    entry = put_out()
    sent = client.post(f"/report/{entry.public_id}", {"reason": "x"}, headers={"sec-fetch-site": "cross-site"})
    assert sent.status_code == 403
    assert not queries.reports(entry.portal_id).exists()


def test_a_machine_in_the_trap_is_thanked_and_forgotten(client: Client, put_out: Callable[..., Entry]) -> None:
    entry = put_out()
    sent = client.post(f"/report/{entry.public_id}", {"reason": "mua ngay", "website": "http://spam.example"})
    assert sent.status_code == 200
    assert not queries.reports(entry.portal_id).exists()


def test_a_report_about_nothing_is_a_404(client: Client, portal: object) -> None:
    assert client.get("/report/0000000000").status_code == 404


def test_a_withdrawn_headline_is_not_told_by_the_form(client: Client, put_out: Callable[..., Entry]) -> None:
    entry = put_out()
    withdraw(entry, statement="Sai.")
    assert client.get(f"/report/{entry.public_id}").status_code == 404
    assert client.post(f"/report/{entry.public_id}", {"reason": "x"}).status_code == 404
