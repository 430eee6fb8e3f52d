"""Signing up: nothing is sent before the owner of an address presses a button, and nothing is given away."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import include, path

from loa.mail import queries as mail
from loa.mail.actions.suppress import suppress
from loa.mail.models import Message
from loa.portals.models import Portal
from loa.subscribers.models import BarredDomain, Consent, State, Subscriber
from loa.topics.models import Section
from tests.entries import make_portal
from tests.readers import OWN, ask, link, lists, make_reader, press, read

pytestmark = pytest.mark.django_db
urlpatterns = [path("", include("loa.subscribers.urls"))]


@pytest.fixture(autouse=True)
def portal(tmp_path: Path, settings: Any) -> Portal:
    settings.ROOT_URLCONF = __name__
    settings.STATIC_ROOT = tmp_path
    return make_portal()


def test_from_sign_up_to_reading(client: Client) -> None:
    assert client.get("/newsletter").status_code == 200
    assert ask(client, frequency="weekly", sections=["van-hoa"]).status_code == 200
    row = Subscriber.objects.get()
    assert (row.email, row.state, lists()) == ("doc@vidu.vn", State.UNCONFIRMED, {})
    confirm = link("confirm")
    assert "Văn hoá" in client.get(confirm).text
    assert not lists()
    assert press(client, confirm).status_code == 200
    press(client, confirm)
    culture = Section.objects.get(slug="van-hoa").pk
    assert lists() == {f"section:{culture}": "weekly"}
    assert Subscriber.objects.get().state == State.CONFIRMED
    consents = list(Consent.objects.order_by("pk").values_list("method", "key", "frequency", "text_version"))
    assert consents == [(method, f"section:{culture}", "weekly", "2026-2") for method in ("sign_up", "confirm")]
    assert "Văn hoá" in Consent.objects.latest("pk").text


def test_without_a_section_it_is_the_portals_news_in_the_language_chosen(client: Client) -> None:
    ask(client, language="en")
    assert "/en/newsletter/confirm/" in Message.objects.get().text
    press(client, link("confirm"))
    assert lists() == {"general": "daily"}
    assert Subscriber.objects.get().subscriptions.get().language == "en"


def test_a_known_address_gets_the_same_answer(client: Client, portal: Portal) -> None:
    first = ask(client)
    make_reader(portal, "khac@vidu.vn")
    second = ask(client, email="khac@vidu.vn", frequency="weekly")
    assert first.text.replace("doc@", "khac@") == second.text
    assert lists("khac@vidu.vn") == {"general": "daily"}
    assert "đã nhận" in Message.objects.latest("pk").subject
    assert not second.cookies


def test_who_left_stays_away_until_the_button_is_pressed(client: Client, portal: Portal) -> None:
    make_reader(portal, state=State.LEFT)
    ask(client)
    assert Subscriber.objects.get().state == State.LEFT
    press(client, link("confirm"))
    row = Subscriber.objects.get()
    assert (row.state, row.left_at) == (State.CONFIRMED, None)


def test_machines_and_other_sites_are_kept_out(client: Client) -> None:
    assert ask(client, website="http://x").status_code == 200
    sent = {"email": "a@vidu.vn", **read()}
    assert client.post("/newsletter", sent, headers={"Origin": "https://evil.vn"}).status_code == 403
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("không phải thư", "ten@vidu.vn"),
        ("", "Hãy nhập"),
        ("an@gmial.com", "an@gmail.com"),
        ("an@mail.yopmail.com", "chỉ dùng tạm"),
        ("an@" + "x" * 70 + ".vn", "ten@vidu.vn"),
    ],
)
def test_an_address_that_cannot_be_is_refused_with_what_to_do(client: Client, typed: str, sentence: str) -> None:
    BarredDomain.objects.get_or_create(domain="yopmail.com")
    answer = ask(client, email=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed}"' in answer.text
    assert not Subscriber.objects.exists()


def test_a_domain_with_vietnamese_letters_is_kept_in_ascii(client: Client) -> None:
    assert ask(client, email="An@Tiếng-Việt.vn").status_code == 200
    assert Subscriber.objects.get().email == "an@xn--ting-vit-e50d7c.vn"


def test_a_short_form_leads_to_the_page_with_the_choices(client: Client) -> None:
    answer = client.post("/newsletter", {"email": "an@vidu.vn"}, headers=OWN)
    assert answer.status_code == 200
    assert 'value="an@vidu.vn"' in answer.text
    assert 'name="shown"' in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert not Subscriber.objects.exists()


def test_a_form_that_comes_back_at_once_is_shown_once_more(client: Client) -> None:
    shown = client.get("/newsletter").context["shown"]
    sent = {"email": "an@vidu.vn", "frequency": "weekly", "shown": shown}
    answer = client.post("/newsletter", sent, headers=OWN)
    assert answer.status_code == 422
    assert "nhanh hơn" in answer.text
    assert answer.context["shown"] == shown
    assert 'value="weekly" checked' in answer.text
    assert "mở quá lâu" in client.post("/newsletter", {**sent, "shown": "x"}, headers=OWN).text
    assert not Subscriber.objects.exists()


def test_too_many_are_told_when_to_try_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loa.subscribers.views.sign_up.A_DOMAIN", 1)
    ask(client, email="a@vidu.vn")
    answer = ask(client, email="b@vidu.vn")
    assert answer.status_code == 429
    assert "tên miền" in answer.text
    monkeypatch.setattr("loa.subscribers.views.sign_up.A_NETWORK", 1)
    assert "mạng của bạn" in ask(client, email="c@khac.vn").text


def test_one_address_is_not_flooded(client: Client) -> None:
    for number in range(7):
        assert ask(client, frequency=("daily", "weekly")[number % 2]).status_code == 200
    assert Message.objects.count() == 1
    assert Consent.objects.count() == 5


def test_a_changed_link_is_refused(client: Client) -> None:
    ask(client)
    assert press(client, link("confirm") + "x").status_code == 404
    assert press(client, link("confirm").replace("confirm", "leave")).status_code == 404


def test_another_portals_link_is_refused(client: Client) -> None:
    ask(client)
    address = link("confirm")
    Subscriber.objects.update(portal=Portal.objects.create(slug="khac", name="Khác"))
    assert press(client, address).status_code == 404


def test_addresses_of_pages_with_a_token_are_told_to_nobody(client: Client) -> None:
    ask(client)
    answer = client.get(link("confirm"))
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("said", [True, False, None])
def test_a_domain_without_mail_is_asked_back_where_the_operator_wants_that(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, said: bool | None
) -> None:
    monkeypatch.setattr("loa.lib.dns.takes_mail", lambda *_: said)
    assert ask(client, email="mot@vidu.vn").status_code == 200
    settings.LOA_MAIL_LOOKUP = True
    answer = ask(client, email="hai@vidu.vn")
    assert ("Không có hộp thư nào ở vidu.vn" in answer.text) == (said is False)
    assert Subscriber.objects.filter(email="hai@vidu.vn").exists() == (said is not False)


def test_who_confirms_takes_a_suppression_away(client: Client) -> None:
    suppress("doc@vidu.vn", reason="complained")
    ask(client, email="doc@vidu.vn")
    assert mail.suppressed(["doc@vidu.vn"])
    press(client, link("confirm"))
    assert not mail.suppressed(["doc@vidu.vn"])
