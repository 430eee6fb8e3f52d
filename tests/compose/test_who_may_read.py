"""A picture is its organization's until it is published, and again after it is withdrawn."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry
from loa.compose.rules import may_read_file
from loa.media.models import Picture, Rendition, Use
from loa.releases.actions.correct import correct
from loa.releases.actions.publish import publish
from loa.releases.actions.submit import submit
from loa.releases.actions.withdraw import withdraw
from loa.releases.models import Partnership, Release
from tests.compose.conftest import Form
from tests.conftest import Write

Photo = Callable[..., Any]
WORDS = {"new-alt": "Ruộng lúa", "new-caption": "Vụ đầu", "new-credit": "Sao Mai"}


@pytest.fixture
def draft(desk: Client, write: Write, form: Form, photo: Photo) -> Release:
    """A draft with one picture."""
    release = write()
    desk.post(f"/desk/releases/{release.public_id}", form(release, **{"new-file": photo(), **WORDS}))
    return Release.objects.get()


@pytest.fixture
def visitor(client: Client) -> Client:
    return Client()


def look(who: Client) -> Any:
    """Return the answer to a look at the picture."""
    return who.get(Picture.objects.get().get_absolute_url())


def test_before_it_is_published_only_its_people_see_it(
    desk: Client, draft: Release, stranger: Person, moderator: Person
) -> None:
    assert look(desk).headers["Cache-Control"] == "private, no-store"
    for person, status in ((None, 404), (stranger, 404), (moderator, 200)):
        other = Client()
        if person:
            other.force_login(person)
        assert look(other).status_code == status


def test_is_not_and_not_for_you_are_the_same_answer(draft: Release, stranger: Person) -> None:
    for person in (None, stranger):
        other = Client()
        if person:
            other.force_login(person)
        there, nowhere = look(other), other.get(f"/media/{'a' * 26}.jpg")
        assert there.content == nowhere.content
        assert there.headers == nowhere.headers


def test_published_it_is_everyones_and_withdrawn_its_peoples(draft: Release, an: Person) -> None:
    publish(actor(an), submit(an, draft))
    response = look(Client())
    assert (response.status_code, response["Cache-Control"]) == (200, "public, max-age=3600")
    assert "Vary" not in response.headers or "Cookie" not in response["Vary"]
    assert "Set-Cookie" not in response.headers
    withdraw(actor(an), Release.objects.get(), statement="Sai ngày.")
    assert look(Client()).status_code == 404


def test_a_correction_lets_out_what_it_adds(an: Person, draft: Release, put_out: Callable[..., Entry]) -> None:
    shown = draft.pictures
    put_out()
    release = Release.objects.exclude(entry=None).get()
    assert look(Client()).status_code == 404
    correct(actor(an), release, fields={"pictures": shown}, reason="Thêm ảnh", expected_revision=release.revision)
    assert look(Client()).status_code == 200


def test_a_partner_of_a_joint_release_sees_its_pictures(
    draft: Release, stranger: Person, newcomer: Any, rf: Any
) -> None:
    newcomer.memberships.all().delete()
    newcomer.memberships.create(person=stranger)
    request = rf.get("/")
    request.user = stranger
    picture = Picture.objects.get()
    assert not may_read_file(request, picture.owner_key, picture.public_id)
    Partnership.objects.create(release=draft, organization=newcomer)
    assert may_read_file(request, picture.owner_key, picture.public_id)


def test_what_was_public_before_uses_were_written_down_stays_so(draft: Release, an: Person) -> None:
    publish(actor(an), submit(an, draft))
    Use.objects.all().delete()
    Rendition.objects.all().delete()
    Picture.objects.update(owner_key="release:vu-lua")
    Release.objects.update(public_id="demonstration-vu-lua")
    step = import_module("loa.compose.migrations.0002_let_out_what_is_public")
    step.let_out(apps, None)
    step.ask_for_renditions(apps, None)
    assert look(Client()).status_code == 200
    assert Picture.objects.get().owner_key == f"organization:{draft.organization_id}"
    assert Rendition.objects.count() == 3 * len(Picture.objects.get().widths)
