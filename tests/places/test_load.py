"""The provinces of before and after the merger, as dated data."""

import importlib
import re
from datetime import date

import pytest
from django.apps import apps

from loa.places import queries
from loa.places.actions.load import load
from loa.places.models import Place

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def in_force(day: date) -> int:
    return sum(
        (place.valid_from is None or place.valid_from <= day) and (place.valid_to is None or day < place.valid_to)
        for place in Place.objects.all()
    )


def test_there_were_63_and_there_are_34() -> None:
    load()
    assert (in_force(BEFORE), in_force(AFTER), queries.today().count()) == (63, 34, 34)


def test_it_may_run_twice_and_keeps_our_ids() -> None:
    load()
    ids = dict(Place.objects.values_list("slug", "pk"))
    Place.objects.filter(slug="dong-nai").update(kind="province", code="")
    load()
    assert dict(Place.objects.values_list("slug", "pk")) == ids
    assert Place.objects.get(slug="dong-nai").kind == "city"


def test_an_old_province_leads_to_the_one_of_today() -> None:
    load()
    old = Place.objects.get(slug="binh-duong")
    assert old.successor is not None
    assert (old.code, old.valid_to, old.successor.full_name("vi")) == ("74", AFTER, "Thành phố Hồ Chí Minh")
    assert {one.name for one in old.successor.predecessors.all()} == {"Bình Dương", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh"}


def test_names_are_spelt_alike_then_and_now() -> None:
    load()
    assert [place.name for place in Place.objects.all() if re.search("(oà|oá|uỳ|uý)$", place.name)] == []


def test_a_name_means_the_unit_of_its_day() -> None:
    load()
    then, now = queries.by_name("đồng tháp", BEFORE), queries.by_name("Dong Thap")
    assert then is not None
    assert now is not None
    assert then.successor == now
    assert queries.by_name("Bình Dương") is None
    assert queries.by_name("Hanoi", BEFORE) == queries.by_name("Hà Nội")


def test_an_upgrade_brings_the_old_ones_to_a_portal_that_is_there() -> None:
    migration = importlib.import_module("loa.places.migrations.0002_before_the_merger")
    migration.amend(apps, None)
    assert not Place.objects.exists()
    Place.objects.create(slug="dong-thap", name="Đồng Tháp")
    migration.amend(apps, None)
    assert Place.objects.count() == 86
