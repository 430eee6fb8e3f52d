"""privacy: who asks about their own data confirms by mail, has dates, is answered, and is forgotten in time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from loa.accounts.models import Person
from loa.audit.models import Record
from loa.lib import clock
from loa.mail.models import Message
from loa.portals.models import Portal
from loa.privacy import queries, rules
from loa.privacy.actions.answer import answer
from loa.privacy.actions.ask import ask
from loa.privacy.actions.close import close
from loa.privacy.actions.confirm import confirm
from loa.privacy.actions.extend import extend
from loa.privacy.actions.forget import forget
from loa.privacy.errors import Closed
from loa.privacy.models import DataRequest, Step

FORM = {"wish": "delete", "name": "Trần Bình", "email": "binh@example.vn", "said": "Xóa tên tôi."}


@pytest.fixture
def asked(portal: Portal) -> DataRequest:
    return ask(portal, language="vi", **FORM)


@pytest.fixture
def received(asked: DataRequest, operator: Person) -> DataRequest:
    return confirm(asked)


@pytest.fixture
def desk(client: Client, operator: Person) -> Client:
    client.force_login(operator)
    return client


def page_of(one: DataRequest) -> str:
    return f"/operator/data-requests/{one.public_id}"


def test_the_form_leads_to_a_mail_and_its_button_to_the_register(client: Client, portal: Portal) -> None:
    assert "Hãy mở hộp thư" in client.post("/privacy/request", FORM).text
    one = DataRequest.objects.get()
    mail = Message.objects.get(to="binh@example.vn")
    assert f"/privacy/request/{one.token}" in mail.text
    assert "Đúng, tôi yêu cầu điều này" in client.get(f"/privacy/request/{one.token}").text
    elsewhere = client.post(f"/privacy/request/{one.token}", headers={"Origin": "https://evil.example"})
    assert elsewhere.status_code == 403
    assert queries.standing(portal).waiting == 0  # neither looking nor another site confirms anything
    assert "Trả lời chậm nhất" in client.post(f"/privacy/request/{one.token}").text
    assert queries.standing(portal).waiting == 1


def test_who_runs_the_portal_hears_of_it_without_what_was_said(received: DataRequest, operator: Person) -> None:
    mail = Message.objects.get(to=operator.email)
    assert page_of(received) in mail.text
    assert "Xóa tên tôi" not in mail.text
    assert "Trần Bình" not in mail.text


def test_confirming_twice_starts_the_clocks_once(received: DataRequest) -> None:
    first = received.act_by
    confirm(received)
    received.refresh_from_db()
    assert received.act_by == first
    assert Message.objects.filter(key__endswith=":received").count() == 1


@pytest.mark.parametrize(
    ("came", "answer_by", "act_by"),
    [
        ("2026-11-24T03:00", "2026-11-26", "2026-12-09"), ("2026-11-26T03:00", "2026-11-30", "2026-12-11"),
        ("2026-11-27T03:00", "2026-12-01", "2026-12-12"), ("2026-11-28T03:00", "2026-12-01", "2026-12-13"),
        ("2026-11-24T18:00", "2026-11-27", "2026-12-10"),  # it was Wednesday in Việt Nam already
    ],
)  # fmt: skip
def test_two_working_days_and_fifteen_days(came: str, answer_by: str, act_by: str) -> None:
    found = rules.clocks(datetime.fromisoformat(came).replace(tzinfo=UTC), "Asia/Ho_Chi_Minh")
    assert [one.date().isoformat() for one in found] == [answer_by, act_by]


def test_what_is_wrong_is_said_and_what_was_typed_stays(client: Client, portal: Portal) -> None:
    page = client.post("/privacy/request", {**FORM, "wish": "", "email": "khong"})
    assert page.status_code == 422
    assert "Xóa tên tôi." in page.text
    assert client.post("/privacy/request", FORM, headers={"Origin": "https://evil.example"}).status_code == 403
    assert not DataRequest.objects.exists()


def test_machines_and_too_many_are_answered_without_a_row(client: Client, portal: Portal) -> None:
    client.post("/privacy/request", {**FORM, "website": "x"})
    assert not DataRequest.objects.exists()
    codes = [client.post("/privacy/request", {**FORM, "email": f"a{n}@example.vn"}).status_code for n in range(6)]
    assert codes[-1] == 429


def test_an_answer_a_note_and_the_end(received: DataRequest, desk: Client) -> None:
    assert "Trả lời chậm nhất" in desk.get("/operator/data-requests").text
    desk.post(page_of(received), {"act": "note", "note-text": "Có ở hai thông cáo."})
    desk.post(page_of(received), {"act": "answer", "answer-text": "Chúng tôi đang tìm."})
    received.refresh_from_db()
    assert received.answered_at is not None
    assert "Chúng tôi đang tìm." in Message.objects.get(key__contains=":answer:").text
    assert desk.post(page_of(received), {"act": "close", "close-text": ""}).status_code == 400
    desk.post(page_of(received), {"act": "close", "close-outcome": "done", "close-text": "Đã xóa."})
    assert "Đã xóa." in Message.objects.get(key__endswith=":close").text
    page = desk.get(page_of(received)).text
    assert "Có ở hai thông cáo." in page
    assert "Gửi trả lời" not in page
    acts = set(Record.objects.filter(act__startswith="privacy.").values_list("act", flat=True))
    assert acts == {"privacy.confirm", "privacy.note", "privacy.answer", "privacy.close"}
    assert not any("hai thông cáo" in str(row.detail) for row in Record.objects.all())


def test_the_second_date_moves_once_and_the_person_is_told(received: DataRequest, desk: Client) -> None:
    assert received.act_by is not None
    stood = timezone.localtime(received.act_by, ZoneInfo(received.portal.time_zone)).date()

    def ask_for(day: date) -> HttpResponse:
        form = {"act": "extend", "extend-until": day.isoformat(), "extend-text": "Phải hỏi ba tổ chức."}
        return desk.post(page_of(received), form)

    for day in (stood, stood + timedelta(days=16)):
        refused = ask_for(day)
        assert refused.status_code == 400
        assert "Phải hỏi ba tổ chức." in refused.text  # nothing typed is lost
    assert not Message.objects.filter(key__endswith=":extend").exists()
    assert ask_for(stood + timedelta(days=15)).status_code == 302
    received.refresh_from_db()
    assert timezone.localtime(received.act_by, ZoneInfo(received.portal.time_zone)).date() == stood + timedelta(days=15)
    assert received.answered_at is not None
    assert "Phải hỏi ba tổ chức." in Message.objects.get(key__endswith=":extend").text
    page = desk.get(page_of(received)).text
    assert "Hạn đã lùi một lần." in page
    assert "Lùi hạn và gửi thư" not in page
    assert ask_for(stood + timedelta(days=20)).status_code == 400
    assert Message.objects.filter(key__endswith=":extend").count() == 1
    assert Record.objects.filter(act="privacy.extend").count() == 1


def test_what_is_closed_is_answered_no_more(received: DataRequest, operator: Person) -> None:
    close(operator, received, outcome="refused", text="Không phải dữ liệu của bạn.")
    with pytest.raises(Closed):
        answer(operator, received, text="x")
    with pytest.raises(Closed):
        close(operator, received, outcome="done", text="x")
    with pytest.raises(Closed):
        extend(operator, received, until=clock.now().date(), text="x")


def test_late_ones_stand_first_on_the_operators_page_and_in_the_metrics(
    received: DataRequest, desk: Client, portal: Portal, settings: Settings
) -> None:
    settings.LOA_METRICS_TOKEN = "mot-chuoi-dai-hon-muoi-sau"
    assert "hạn luật định" in desk.get("/operator/").text
    DataRequest.objects.update(answer_by=clock.now() - timedelta(minutes=1))
    assert "1 yêu cầu quá hạn luật định" in desk.get("/operator/").text
    assert "Quá hạn!" in desk.get("/operator/data-requests").text
    text = desk.get("/metrics", headers={"Authorization": f"Bearer {settings.LOA_METRICS_TOKEN}"}).text
    found = {one.name: one.samples[0].value for one in text_string_to_metric_families(text) if one.samples}
    assert (found["loa_data_requests_open"], found["loa_data_requests_late"]) == (1, 1)


def test_only_who_runs_the_portal_sees_the_register(client: Client, received: DataRequest, moderator: Person) -> None:
    client.force_login(moderator)
    for path in ("/operator/data-requests", page_of(received)):
        assert client.get(path).status_code == 404


def test_what_nobody_confirmed_is_in_no_register_and_goes(asked: DataRequest, desk: Client) -> None:
    assert desk.get(page_of(asked)).status_code == 404
    assert forget() == 0
    DataRequest.objects.update(asked_at=clock.now() - timedelta(days=8))
    assert desk.get(f"/privacy/request/{asked.token}").status_code == 404
    assert forget() == 1
    assert not DataRequest.objects.exists()
    assert not Message.objects.filter(to="binh@example.vn").exists()


def test_half_a_year_after_the_end_only_dates_are_left(received: DataRequest, operator: Person, desk: Client) -> None:
    close(operator, received, outcome="done", text="Đã xóa.")
    assert forget() == 0
    DataRequest.objects.update(closed_at=clock.now() - timedelta(days=181))
    assert forget() == 1
    assert forget() == 0
    received.refresh_from_db()
    assert (received.name, received.email, received.said, received.outcome) == ("", "", "", "done")
    assert not Step.objects.exists()
    assert "đã được xóa" in desk.get(page_of(received)).text
    assert desk.get(f"/privacy/request/{received.token}").status_code == 404
