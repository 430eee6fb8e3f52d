"""An organization's people find what was brought in for it, and open it on the desk."""

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.organizations.models import Organization
from loa.releases.models import Release
from tests.conftest import PASSWORD
from tests.imports.conftest import Run, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(run: Run, organization: Organization) -> str:
    run(row(1, organization=organization.name), row(2, organization=organization.name), row(3))
    return f"/desk/o/{organization.slug}/brought-in"


def test_it_is_listed_found_and_opened_once(page: str, client: Client, an: Person) -> None:
    client.login(username=an.email, password=PASSWORD)
    said = client.get(page).content.decode()
    assert ("Vụ lúa thứ 1" in said, "Vụ lúa thứ 2" in said, "Vụ lúa thứ 3" in said) == (True, True, False)
    assert "Vụ lúa thứ 1" not in client.get(page, {"q": "thứ 2"}).content.decode()
    entry = Entry.objects.get(current__headline="Vụ lúa thứ 1")
    answer = client.post(page, {"entry": entry.public_id})
    release = Release.objects.get(entry=entry)
    assert answer.headers["Location"] == f"/desk/releases/{release.public_id}"
    assert client.get(answer.headers["Location"], follow=True).status_code == 200
    assert "Vụ lúa thứ 1" not in client.get(page).content.decode()
    assert client.post(page, {"entry": entry.public_id}).status_code == 404


def test_a_stranger_finds_nothing(page: str, client: Client, stranger: Person) -> None:
    client.login(username=stranger.email, password=PASSWORD)
    entry = Entry.objects.get(current__headline="Vụ lúa thứ 1")
    assert client.get(page).status_code == 404
    assert client.post(page, {"entry": entry.public_id}).status_code == 404


def test_nothing_of_others_is_opened(page: str, client: Client, an: Person) -> None:
    client.login(username=an.email, password=PASSWORD)
    other = Entry.objects.get(current__headline="Vụ lúa thứ 3")
    assert client.post(page, {"entry": other.public_id}).status_code == 404
    assert not Release.objects.exists()
