"""People at the writing desk, quotes in the text, and what readers see of both."""

from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Quotation
from loa.organizations.actions.keep_person import keep_person
from loa.organizations.models import Organization, Spokesperson
from loa.releases.models import Release
from tests.compose.conftest import Form

TYPED = {"name": "Lê Thị Hoa", "role": "Giám đốc", "has_agreed": "on", "consent_note": "Bằng thư"}


@pytest.fixture
def hoa(an: Person, organization: Organization) -> Spokesperson:
    return keep_person(an, organization, said={"name": "Lê Thị Hoa", "role": "Giám đốc"}, has_agreed=True)


def rows(*typed: dict[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = {"quotes-TOTAL_FORMS": len(typed), "quotes-INITIAL_FORMS": 0}
    for number, row in enumerate(typed):
        sent.update({f"quotes-{number}-{name}": value for name, value in row.items()})
    return sent


def test_a_member_adds_a_person_and_corrects_the_role(desk: Client, organization: Organization) -> None:
    desk.post(f"/desk/o/{organization.slug}/people", TYPED)
    kept = Spokesperson.objects.get()
    desk.post(f"/desk/o/{organization.slug}/people/{kept.public_id}", {**TYPED, "role": "Chủ tịch"})
    kept.refresh_from_db()
    assert (kept.slug, kept.role) == ("le-thi-hoa", "Chủ tịch")


def test_consent_without_how_is_asked_for(desk: Client, organization: Organization) -> None:
    answer = desk.post(f"/desk/o/{organization.slug}/people", {**TYPED, "consent_note": ""})
    assert answer.status_code == 400
    assert "đã đồng ý bằng cách nào" in answer.content.decode()
    assert not Spokesperson.objects.exists()


def test_a_person_of_another_organization_is_not_there(
    desk: Client, newcomer: Organization, organization: Organization, hoa: Spokesperson
) -> None:
    assert desk.get(f"/desk/o/{newcomer.slug}/people/{hoa.public_id}").status_code == 404


def test_a_quote_keeps_the_role_of_that_day(
    desk: Client, write: Any, form: Form, hoa: Spokesperson, an: Person, organization: Organization
) -> None:
    release = write()
    said = {"text": "Mùa này được.", "person": hoa.public_id}
    desk.post(f"/desk/releases/{release.public_id}", form(release, **rows(said, {})))
    keep_person(
        an, organization, public_id=hoa.public_id, said={"name": "Lê Thị Hoa", "role": "Cố vấn"}, has_agreed=True
    )
    (quote,) = Release.objects.get().quotes
    assert (quote["name"], quote["role"], quote["person"]) == ("Lê Thị Hoa", "Giám đốc", hoa.public_id)
    assert len(quote["id"]) == 10


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"text": "Ai nói?"}, "Hãy chọn người nói"), ({"name": "Nam"}, "Hãy viết lời trích")],
)
def test_half_a_quote_comes_back(
    desk: Client, write: Any, form: Form, hoa: Spokesperson, typed: dict[str, str], sentence: str
) -> None:
    release = write()
    answer = desk.post(f"/desk/releases/{release.public_id}", form(release, **rows(typed)))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_a_reader_finds_the_quote_in_the_text_and_on_the_persons_page(
    client: Client, put_out: Any, organization: Organization, hoa: Spokesperson
) -> None:
    quotes = [
        {"id": "a", "text": "Mùa này được.", "name": hoa.name, "role": "Giám đốc", "person": hoa.public_id},
        {"id": "b", "text": "Chúng tôi mua hết.", "name": "Trần Nam", "role": "Khách hàng", "is_confirmed": True},
    ]
    body = "<p>Sao Mai thu hoạch vụ đầu tiên.</p><p>[trích 1]</p><p>Năm sau gieo thêm một trăm héc-ta.</p>"
    entry = put_out(body_html=body, quotes=quotes)
    page = client.get(f"/r/{entry.public_id}/{entry.current.slug}").content.decode()
    text = page[page.index("<article") :]
    assert text.index("vụ đầu tiên") < text.index("Mùa này được") < text.index("Năm sau") < text.index("mua hết")
    assert f'<a href="/o/{organization.slug}/people/le-thi-hoa">Lê Thị Hoa</a>, Giám đốc' in page
    person = client.get(f"/o/{organization.slug}/people/le-thi-hoa").content.decode()
    assert "Mùa này được." in person
    assert "mua hết" not in person
    newsroom = client.get(f"/o/{organization.slug}").content.decode()
    assert "Mùa này được." in newsroom
    assert "Chúng tôi mua hết." in newsroom
    assert "người nói đã xác nhận" in newsroom


def test_consent_taken_back_takes_the_page_away(
    client: Client, put_out: Any, an: Person, organization: Organization, hoa: Spokesperson
) -> None:
    put_out(quotes=[{"id": "a", "text": "Được.", "name": hoa.name, "role": "", "person": hoa.public_id}])
    assert client.get(f"/o/{organization.slug}/people/le-thi-hoa").status_code == 200
    keep_person(an, organization, public_id=hoa.public_id, said={"name": hoa.name}, has_agreed=False)
    assert client.get(f"/o/{organization.slug}/people/le-thi-hoa").status_code == 404
    assert Quotation.objects.get().name == "Lê Thị Hoa"


def test_a_persons_page_asks_at_most_six_times(
    client: Client, put_out: Any, organization: Organization, hoa: Spokesperson, django_assert_max_num_queries: Any
) -> None:
    put_out(quotes=[{"id": "a", "text": "Được.", "name": hoa.name, "role": "", "person": hoa.public_id}])
    for path in (f"/o/{organization.slug}/people/le-thi-hoa", f"/o/{organization.slug}"):
        with django_assert_max_num_queries(6):
            assert client.get(path).status_code == 200
