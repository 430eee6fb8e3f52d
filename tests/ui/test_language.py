"""Whoever reads in English stays in English: the address says so, and every address made from it too."""

import pytest
from django.test import Client
from django.urls import reverse

from loa.accounts.models import Person
from loa.portals.models import Portal


def test_the_way_to_the_desk_keeps_the_language(client: Client, portal: Portal) -> None:
    answer = client.get("/en/desk/")
    assert answer["Location"] == "/en/accounts/login/?next=/en/desk/"
    assert client.get("/desk/")["Location"] == "/accounts/login/?next=/desk/"


def test_links_of_an_english_page_are_english(client: Client, portal: Portal, an: Person) -> None:
    client.force_login(an)
    page = client.get("/en/desk/").content.decode()
    assert 'href="/en/desk/organizations/new"' in page


def test_what_is_made_after_the_page_has_no_language(client: Client, portal: Portal) -> None:
    """The prefix belongs to one request, not to the thread that answered it."""
    client.get("/en/")
    assert reverse("compose:mine") == "/desk/"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_editor_may_work_in_both_languages(client: Client, portal: Portal, an: Person, prefix: str) -> None:
    client.force_login(an)
    assert "'unsafe-inline'" in client.get(f"{prefix}/desk/")["Content-Security-Policy"]
    assert "'unsafe-inline'" not in client.get(f"{prefix}/latest")["Content-Security-Policy"]
