"""Every page that readers, authors and the operator meet is valid HTML by the Nu checker."""

from pathlib import Path

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.portals.models import Portal
from tests.checker import complaints, needs_the_checker
from tests.conftest import MakePerson
from tests.project.crawler import Crawl

pytestmark = pytest.mark.pages


@pytest.fixture
def language() -> str:
    """The markup is the same in every language."""
    return "vi"


@pytest.fixture
def walkers(client: Client, an: Person, make_person: MakePerson) -> dict[str, tuple[Client, list[str]]]:
    """Who walks, and where they begin."""
    author, operator = Client(), Client()
    author.force_login(an)
    operator.force_login(make_person("Lan", is_staff=True, is_superuser=True))
    return {
        "reader": (client, ["/", "/newsletter", "/accounts/login/", "/khong-co"]),
        "author": (author, ["/desk/"]),
        "operator": (operator, ["/operator/", "/moderation/"]),
    }


@needs_the_checker
def test_every_page_on_the_way_is_valid(
    filled: Portal, walkers: dict[str, tuple[Client, list[str]]], tmp_path: Path
) -> None:
    pages = [
        (f"{who} {path}", page)
        for who, (walker, starts) in walkers.items()
        for path, page in Crawl(walker, "").pages(*starts)
    ]
    assert complaints(pages, tmp_path) == ""
