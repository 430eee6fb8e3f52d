"""What the doors of accounts are tried with: an empty memory of throttles, and the mail that is on its way."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from pytest_django import Settings

from loa.mail.models import Message

Link = Callable[[str], str]


@pytest.fixture(autouse=True)
def mail_in_rows(settings: Settings) -> None:
    """As on a portal; the test runner would keep mail in memory."""
    settings.EMAIL_BACKEND = "loa.mail.backend.RowBackend"


@pytest.fixture(autouse=True)
def no_throttles_yet() -> Iterator[None]:
    """allauth counts in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def link() -> Link:
    """Return a reader of the last mail to an address: the path of the link in it."""

    def read(email: str) -> str:
        found = re.search(r"https?://\S+", Message.objects.filter(to=email).latest("id").text)
        assert found is not None
        address = urlsplit(found[0])
        assert address.netloc == "testserver"
        return address.path

    return read
