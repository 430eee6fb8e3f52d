"""Every kind of public page is valid HTML by the Nu checker, with all a release can carry."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from loa.archive.actions.shelve import Text, add_translation
from loa.archive.actions.withdraw import withdraw
from loa.archive.models import Entry
from loa.archive.queries import address
from loa.lib import clock
from loa.organizations.models import Spokesperson
from loa.places.models import Place
from loa.portals.models import StaticPage
from loa.topics.models import Topic
from tests.checker import complaints, needs_the_checker
from tests.pages.test_as_markdown import WHOLE

pytestmark = pytest.mark.pages


@pytest.fixture
def pages(client: Client, put_out: Callable[..., Entry], place: Place) -> dict[str, str]:
    """Every kind of page by its address, in both languages."""
    ours = {"file": "v", "title": "Gặt", "url": "/media/gat.mp4", "format": "mp4", "bytes": 9, "seconds": 9}
    whole = {**WHOLE, "videos": [*WHOLE["videos"], ours], "place": place}
    entry, gone = put_out(**whole), put_out(headline="Đã rút")
    assert entry.current is not None
    english = Text(language="en", headline="New rice", body_html="<p>Five tonnes.</p>", body_text="Five tonnes.")
    translation = add_translation(entry, text=english, translates=entry.current)
    entry.topics.add(Topic.objects.create(qcode="medtop:04000000", labels={"vi": "Kinh tế"}))
    withdraw(gone, statement="Sai <hết>.")
    who = {"name": "Lê Thị Hoa", "slug": "le-thi-hoa", "role": "Giám đốc", "consent_at": clock.now()}
    Spokesperson.objects.create(organization=entry.organization, **who)
    StaticPage.objects.create(
        portal=entry.portal, slug="about", language="vi", title="Giới thiệu", body_html="<p>A</p>"
    )
    newsroom = f"/o/{entry.organization.slug}"
    lists = [
        "/",
        "/latest",
        "/o/",
        "/s/kinh-te",
        "/t/",
        "/t/medtop:04000000/kinh-te",
        "/p/",
        f"/p/{place.pk}/dong-thap",
    ]
    more = ["/archive/2026", "/search?q=lua", "/about", newsroom, f"{newsroom}/people/le-thi-hoa"]
    more += [
        "/events",
        "/khong-co",
        f"{newsroom}/media",
        f"{newsroom}/embed",
        f"{newsroom}?kind={entry.kind}",
        "/newsletter",
    ]
    paths = [*lists, *more, *(f"/en{path}" for path in [*lists, *more])]
    paths += [f"/r/{entry.public_id}/embed", address(entry), address(entry, translation), address(gone)]
    return {path: client.get(path).text for path in paths}


@needs_the_checker
def test_every_page_is_valid(pages: dict[str, str], tmp_path: Path) -> None:
    assert complaints(pages.items(), tmp_path) == ""
