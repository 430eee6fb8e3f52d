"""The help page: for anyone, in both languages alike, with the limits that hold, and linked from the desk's frame."""

import re
from typing import Any

import pytest
from django.test import Client

from loa.portals.models import Portal

SECTION = re.compile(r'<section id="(\w+)">')


def test_it_is_there_in_both_languages_with_the_same_parts(client: Client, portal: Portal) -> None:
    pages = [client.get(door).text for door in ("/desk/help", "/en/desk/help")]
    assert SECTION.findall(pages[0]) == SECTION.findall(pages[1])
    for page in pages:
        for part in SECTION.findall(page):
            assert f'href="#{part}"' in page
    assert "Viết một thông cáo tốt" in pages[0]
    assert "Writing a good release" in pages[1]


@pytest.mark.parametrize("door", ["/desk/help", "/en/desk/help"])
def test_its_figures_are_those_that_hold(client: Client, portal: Portal, settings: Any, door: str) -> None:
    settings.LOA_UNDO, settings.LOA_LARGEST_VIDEO, settings.LOA_LIBRARY_QUOTA = 45, 321_000_000, 77_000_000_000
    page = client.get(door).text
    assert "45 " in page
    assert " 321 MB" in page
    assert " 77\N{NO-BREAK SPACE}GB" in page
    settings.LOA_UNDO = settings.LOA_LIBRARY_QUOTA = 0
    page = client.get(door).text
    assert "45 " not in page
    assert "GB" not in page


def test_every_page_of_the_desk_leads_there(client: Client, portal: Portal) -> None:
    assert 'href="/desk/help"' in client.get("/compose/").text
    assert 'href="/en/desk/help"' in client.get("/en/compose/").text
