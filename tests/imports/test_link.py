"""What links to another text that was brought in leads to where that one stands now."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.imports import forms
from loa.imports.actions.link import siblings
from loa.imports.rules import Item
from loa.organizations.models import Spokesperson
from loa.portals.models import Portal
from tests.imports.conftest import Run, drawn, row

pytestmark = pytest.mark.django_db
SITE = "https://cu.example.vn"


def linking(number: int, *to: str, **more: Any) -> dict[str, Any]:
    """A text at an old address, with links."""
    body = "".join(f'<p>Xem <a href="{one}">bài này</a>.</p>' for one in to) or "<p>Năm tấn.</p>"
    return row(number, old_urls=[f"{SITE}/bai-{number}.html"], body=None, body_html=body, **more)


def file_of(portal: Portal, rows: Iterable[dict[str, Any]]) -> Any:
    """What a first reading of these rows finds."""
    items = [Item(number, one) for number, one in enumerate(rows, start=1)]
    return siblings(portal, forms.lines(items, otherwise="vi", zone="Asia/Ho_Chi_Minh"))


def come(run: Run, portal: Portal, *rows: dict[str, Any], **more: Any) -> dict[str, list[str]]:
    """Where the links of each text on the record lead, by headline, once these have come."""
    assert run(*rows, siblings=file_of(portal, rows), **more).brought == len(rows)
    texts = [one.current for one in Entry.objects.select_related("current").order_by("pk")]
    return {one.headline: re.findall(r'href="([^"]*)"', one.body_html) for one in texts if one is not None}


def paths() -> list[str]:
    rows = Entry.objects.select_related("current", "portal").order_by("pk")
    return [archive.address(entry) for entry in rows]


def test_texts_of_one_file_lead_to_each_other(run: Run, portal: Portal, client: Client) -> None:
    first = linking(1, f"{SITE}/bai-2.html", f"{SITE}/bai-1.html?utm_source=x#loi")
    found = come(run, portal, first, linking(2, f"{SITE}/bai-1.html", language="en"))
    one, two = paths()
    assert (two.partition("/r/")[0], found) == ("/en", {"Vụ lúa thứ 1": [two, f"{one}#loi"], "Vụ lúa thứ 2": [one]})
    assert client.get(one).status_code == client.get(two).status_code == 200
    assert client.get("/bai-2.html").headers["Location"] == two


def test_texts_of_earlier_runs_are_found(run: Run, portal: Portal) -> None:
    run(linking(1))
    found = come(run, portal, linking(2, f"{SITE}/bai-1.html"))
    assert found["Vụ lúa thứ 2"] == paths()[:1]


def test_the_same_path_elsewhere_is_another_page(run: Run, portal: Portal) -> None:
    away = ["https://khac.example.vn/bai-1.html", f"{SITE}/bai-9.html", "mailto:an@example.vn", f"{SITE}/"]
    assert come(run, portal, linking(1), linking(2, *away))["Vụ lúa thứ 2"] == away


def test_a_text_that_will_not_come_is_nothing_to_lead_to(run: Run, portal: Portal) -> None:
    empty = row(1, old_urls=[f"{SITE}/bai-1.html"], body=None, body_html="<div><span></span></div>")
    both = [empty, linking(2, f"{SITE}/bai-1.html")]
    assert run(*both, siblings=file_of(portal, both)).brought == 1
    version = Entry.objects.get().current
    assert version is not None
    assert f'href="{SITE}/bai-1.html"' in version.body_html


def test_the_full_size_behind_a_picture_is_ours(run: Run, portal: Portal) -> None:
    place = "https://anh.example.vn/1.png"
    body = f'<p>Lời.</p><a href="{place}?w=2000"><img src="{place}" alt="Lúa"></a>'
    run(row(body=None, body_html=body), pictures={place: drawn()})
    version = Entry.objects.get().current
    assert version is not None
    assert re.findall(r'href="(/media/[^"]+)"', version.body_html) == re.findall(r'src="([^"]+)"', version.body_html)


def test_people_come_with_what_they_said(run: Run) -> None:
    quotes = [{"text": "Được mùa.", "name": "Bà Lan"}, {"text": "Đúng.", "name": "Ông An"}]
    people = [{"name": "Bà Lan", "role": "Giám đốc"}, "Ông Bình"]
    run(row(1, quotes=quotes, people=people), row(2, people=people))
    rows = Spokesperson.objects.order_by("pk").values_list("name", "role", "slug", "consent_at")
    assert list(rows) == [("Bà Lan", "Giám đốc", "ba-lan", None), ("Ông Bình", "", "ong-binh", None)]
    entry = Entry.objects.order_by("pk")[0]
    said = entry.quotations.order_by("position").values_list("name", "person__name")
    assert list(said) == [("Bà Lan", "Bà Lan"), ("Ông An", None)]
    assert Record.objects.filter(act="enter_person").count() == 2


def test_a_person_without_a_name_is_told(run: Run) -> None:
    assert run(row(people=[{"role": "Giám đốc"}])).refused[0].reason == "one of its people has no name"
