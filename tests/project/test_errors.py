"""Pages for what went wrong: in the house style, whole in the language of the address, and without the database."""

import re
from collections.abc import Callable
from unittest import mock

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from loa.accounts.models import Person
from loa.archive import queries as archive
from loa.archive.actions.withdraw import withdraw
from loa.archive.models import Entry
from loa.portals.models import Portal, PortalHost
from loa.project import errors
from tests.conftest import Write

VIETNAMESE = "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ"


@pytest.fixture
def visitor(client: Client) -> Client:
    """A client that shows a 500 as a reader would see it."""
    client.raise_request_exception = False
    return client


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    """Let the pages of readers fail in a way: the ticker is in all of them."""

    def fail(error: Exception) -> None:
        monkeypatch.setattr("loa.population.queries.at", mock.Mock(side_effect=error))

    return fail


def words(page: str) -> str:
    """The page without what is rightly Vietnamese in an English page: names, and the way to the Vietnamese pages."""
    return page.replace("Tiếng Việt", "").replace("Liên Hợp Quốc", "")


@pytest.mark.parametrize(
    ("error", "status"),
    [(RuntimeError("x"), 500), (PermissionDenied(), 403), (BadRequest(), 400)],
)
def test_whatever_a_view_raises_is_said_in_the_language_of_the_address(
    visitor: Client, portal: Portal, failing: Callable[[Exception], None], error: Exception, status: int
) -> None:
    failing(error)
    for prefix, language in (("", "vi"), ("/en", "en")):
        page = visitor.get(f"{prefix}/latest")
        assert page.status_code == status
        whole(page.text, prefix, language, portal)
        assert page["Content-Language"] == language
        assert page["Content-Security-Policy"].startswith("default-src 'none'")


def whole(page: str, prefix: str, language: str, portal: Portal) -> None:
    """Assert that a page has everything it should."""
    assert f'<html lang="{language}">' in page
    assert f'class="masthead__name" href="{prefix}/"' in page
    assert 'name="robots" content="noindex"' in page
    assert "ui/error.css" in page
    assert f'href="{prefix}/latest"' in page
    foreign = [letter for letter in words(page.replace(portal.name, "")).lower() if letter in VIETNAMESE]
    assert bool(foreign) == (language == "vi"), "".join(foreign)


@pytest.mark.parametrize(("prefix", "language"), [("", "vi"), ("/en", "en")])
@pytest.mark.parametrize(
    "path", ["/khong-co", "/desk/releases/khong-co", "/moderation/khong-co", "/media/khong-co.jpg"]
)
def test_what_is_not_there_is_said_in_the_language_of_the_address(
    visitor: Client, portal: Portal, moderator: Person, prefix: str, language: str, path: str
) -> None:
    visitor.force_login(moderator)
    page = visitor.get(f"{prefix}{path}")
    assert page.status_code == 404
    whole(page.text, prefix, language, portal)
    assert f'action="{prefix}/search"' in page.text


def test_no_such_page_says_nothing_of_the_address_or_the_asker(visitor: Client, write: Write, stranger: Person) -> None:
    visitor.force_login(stranger)
    answers = [visitor.get(f"/desk/releases/{one}") for one in (write().public_id, "khong-co")]
    assert answers[0].content == answers[1].content
    assert dict(answers[0].headers) == dict(answers[1].headers)


@pytest.mark.parametrize(("prefix", "sentence"), [("", "Không có cổng thông tin nào"), ("/en", "There is no portal")])
def test_a_host_without_a_portal_gets_a_page_too(visitor: Client, portal: Portal, prefix: str, sentence: str) -> None:
    PortalHost.objects.all().delete()
    page = visitor.get(f"{prefix}/")
    assert page.status_code == 404
    assert sentence in page.text
    assert portal.name not in page.text
    styles = re.findall(r'"(/styles/[^"]+)"', page.text)
    assert [visitor.get(one).status_code for one in styles] == [200]


@pytest.mark.parametrize(("prefix", "sentence"), [("", "không đọc được"), ("/en", "could not be read")])
def test_a_host_that_is_no_host_is_a_bad_request(visitor: Client, portal: Portal, prefix: str, sentence: str) -> None:
    page = visitor.get(f"{prefix}/", headers={"Host": "a b/c"})
    assert page.status_code == 400
    assert sentence in page.text


@pytest.mark.parametrize(("prefix", "sentence"), [("", "quá lớn"), ("/en", "too large")])
def test_more_words_than_a_form_takes_are_too_large(
    visitor: Client, portal: Portal, prefix: str, sentence: str
) -> None:
    page = visitor.post(f"{prefix}/accounts/login/", "a=" + "x" * 2_100_000, "application/x-www-form-urlencoded")
    assert page.status_code == 413
    assert sentence in page.text


@pytest.mark.parametrize(("prefix", "sentence"), [("", "quá lớn"), ("/en", "too large")])
def test_too_large_a_request_is_told_so(
    visitor: Client, portal: Portal, monkeypatch: pytest.MonkeyPatch, prefix: str, sentence: str
) -> None:
    monkeypatch.setattr("loa.project.middleware.LARGEST_REQUEST", 1000)
    page = visitor.post(f"{prefix}/newsletter", {"email": "x" * 2000})
    assert page.status_code == 413
    assert sentence in page.text
    assert page["Content-Type"].startswith("text/html")


def test_no_page_asks_the_database(
    rf: object, portal: Portal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = rf.get("/en/latest")  # type: ignore[attr-defined]
    request.portal, request.language = portal, "en"
    with django_assert_num_queries(0):
        errors.server_error(request)
        errors.not_found(request, RuntimeError())


def test_it_stands_when_the_database_does_not(visitor: Client, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loa.portals.queries.by_host", mock.Mock(side_effect=RuntimeError("database is gone")))
    page = visitor.get("/en/latest")
    assert page.status_code == 500
    assert "Something went wrong on our side" in page.text
    assert "Code 500" in page.text


def test_what_was_withdrawn_says_so_in_the_language_of_the_address(
    client: Client, put_out: Callable[..., Entry]
) -> None:
    entry = put_out()
    withdraw(entry, statement="Thông tin sai.")
    path = archive.address(entry)
    for prefix, title in (("", "Thông cáo đã được rút"), ("/en", "This release was withdrawn")):
        page = client.get(f"{prefix}{path}")
        assert page.status_code == 410
        assert title in page.text
        assert "Thông tin sai." in page.text


@pytest.mark.parametrize(("prefix", "language"), [("", "vi"), ("/en", "en")])
def test_what_only_a_button_sends_is_no_empty_page(
    visitor: Client, portal: Portal, moderator: Person, prefix: str, language: str
) -> None:
    visitor.force_login(moderator)
    page = visitor.get(f"{prefix}/operator/subscribers/export")
    assert (page.status_code, page["Allow"]) == (405, "POST")
    whole(page.text, prefix, language, portal)
    assert f'href="{prefix}/desk/"' in page.text
    assert not visitor.post(f"{prefix}/counting").content  # who sends to a page has none to go back to
