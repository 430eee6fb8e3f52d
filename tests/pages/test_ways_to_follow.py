"""Pages of a section, a topic, a place and everything lead to their news by mail, and set no cookie."""

import pytest
from django.test import Client

from loa.archive.models import Entry
from loa.places.models import Place
from loa.portals.models import Portal
from loa.topics.models import Topic
from tests.entries import make_entry, make_portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def vn() -> Portal:
    return make_portal()


def test_each_list_leads_to_its_news_by_mail(client: Client, vn: Portal) -> None:
    topic = Topic.objects.create(qcode="medtop:04000000", labels={"vi": "kinh tế"})
    place = Place.objects.create(slug="dong-thap", name="Đồng Tháp")
    made = make_entry(vn, "một")
    made.topics.add(topic)
    Entry.objects.update(place=place)
    for address, asked in (
        ("/latest", ""),
        ("/s/kinh-te", "?section=kinh-te"),
        (f"/t/{topic.pk}/kinh-te", "?topic=medtop%3A04000000"),
        (f"/p/{place.pk}/dong-thap", f"?place={place.pk}"),
    ):
        page = client.get(address)
        assert f'href="/newsletter{asked}"' in page.text, address
        assert not page.cookies
        assert "public" in page.headers["Cache-Control"]
        assert client.get(f"/newsletter{asked}").status_code == 200
        assert f'href="/en/newsletter{asked}"' in client.get(f"/en{address}").text
