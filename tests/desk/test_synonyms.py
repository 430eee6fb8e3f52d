"""The operator says which words the search takes for one another."""

from django.test import Client

from loa.audit.models import Record
from loa.portals.models import Portal
from loa.search.models import SynonymList

DOOR = "/operator/synonyms"


def test_the_page_begins_with_the_lines_loa_comes_with(desk: Client) -> None:
    assert "UBND = Ủy ban nhân dân" in desk.get(DOOR).text


def test_lines_are_kept_and_shown_again(desk: Client, portal: Portal) -> None:
    page = desk.post(DOOR, {"text": "HTX SM = Sao Mai\n# ghi chú"}, follow=True)
    assert "HTX SM = Sao Mai" in page.text
    assert SynonymList.objects.get(portal=portal).text == "HTX SM = Sao Mai\n# ghi chú"
    assert Record.objects.filter(act="search.edit_synonyms").count() == 1


def test_a_wrong_line_is_named_and_what_was_typed_stays(desk: Client) -> None:
    page = desk.post(DOOR, {"text": "A = B\nHTX"})
    assert page.status_code == 400
    assert "Dòng 2 cần ít nhất hai từ" in page.text
    assert "A = B\nHTX" in page.text
    assert not SynonymList.objects.exists()


def test_strangers_find_nothing(portal: Portal) -> None:
    assert Client().get(DOOR).status_code == 404
