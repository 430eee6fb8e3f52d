"""The place and the topics of a release, as people write them."""

import pytest
from django.test import Client

from loa.places.actions.load import load as load_places
from loa.releases.models import Release
from loa.topics.actions.load import load as load_topics
from tests.compose.conftest import Form
from tests.conftest import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(write: Write) -> Release:
    load_places()
    load_topics()
    return write()


def test_an_old_name_means_the_place_of_today(desk: Client, draft: Release, form: Form) -> None:
    door = f"/desk/releases/{draft.public_id}"
    assert '<option value="Hồ Chí Minh (Bình Dương)">' in desk.get(door).text
    desk.post(door, form(draft, place="Bình Dương", **{"topics-find": "nông nghiệp"}))
    draft.refresh_from_db()
    assert draft.place is not None
    assert draft.place.slug == "ho-chi-minh"
    assert [topic.pk for topic in draft.topics.all()] == ["medtop:20000210"]
    page = desk.get(door).text
    assert 'value="Hồ Chí Minh"' in page
    assert "Kinh tế, kinh doanh và tài chính <b>1</b>" in page


def test_what_was_typed_stays_beside_the_sentence(desk: Client, draft: Release, form: Form) -> None:
    page = desk.post(f"/desk/releases/{draft.public_id}", form(draft, place="Atlantis")).text
    assert "Không có nơi nào tên là “Atlantis”" in page
    assert 'value="Atlantis"' in page
