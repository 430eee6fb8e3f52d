"""The operator's headings: added, named anew, moved."""

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.audit.models import Record
from loa.portals.models import Portal
from loa.topics.models import Section


@pytest.fixture
def three(portal: Portal) -> list[str]:
    """Three headings; two of them have one number, as an older portal may have it."""
    for slug, position in (("kinh-te", 0), ("van-hoa", 1), ("y-te", 1)):
        Section.objects.create(portal=portal, slug=slug, name_vi=slug, position=position)
    return ["kinh-te", "van-hoa", "y-te"]


def order() -> list[str]:
    return list(Section.objects.order_by("position", "slug").values_list("slug", flat=True))


def test_a_heading_moves_one_place_at_a_time(client: Client, three: list[str], moderator: Person) -> None:
    client.force_login(moderator)
    client.post("/operator/sections/y-te/move", {"way": "up"})
    assert order() == ["kinh-te", "y-te", "van-hoa"]
    client.post("/operator/sections/kinh-te/move", {"way": "down"})
    assert order() == ["y-te", "kinh-te", "van-hoa"]
    assert Record.objects.filter(act="desk.move_section").count() == 2


def test_at_either_end_nothing_moves(client: Client, three: list[str], moderator: Person) -> None:
    client.force_login(moderator)
    client.post("/operator/sections/kinh-te/move", {"way": "up"})
    client.post("/operator/sections/y-te/move", {"way": "down"})
    client.post("/operator/sections/khong-co/move", {"way": "up"})
    assert order() == three


def test_the_form_is_filled_with_the_heading_to_change(client: Client, three: list[str], moderator: Person) -> None:
    client.force_login(moderator)
    page = client.get("/operator/sections?slug=van-hoa")
    assert page.context["form"]["slug"].value() == "van-hoa"
    new = {"slug": "van-hoa", "name_vi": "Văn hóa", "name_en": "Culture", "position": 1}
    assert client.post("/operator/sections?slug=van-hoa", new).status_code == 302
    assert Section.objects.get(slug="van-hoa").name_vi == "Văn hóa"


def test_a_stranger_moves_nothing(client: Client, three: list[str], stranger: Person) -> None:
    client.force_login(stranger)
    assert client.post("/operator/sections/y-te/move", {"way": "up"}).status_code == 404
    assert order() == three
