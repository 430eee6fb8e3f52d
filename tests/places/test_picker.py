"""A place is typed or picked, by its name of today or by an old one."""

import pytest
from django import forms
from django.utils.translation import override

from loa.places.actions.load import load
from loa.places.forms import PlaceField
from loa.places.models import Place

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    place = PlaceField(required=False)


@pytest.fixture(autouse=True)
def places(db: None) -> None:
    load()


@pytest.mark.parametrize(
    "typed",
    ["Bình Dương", "Hồ Chí Minh (Bình Dương)", "TP. hồ chí minh", "Thành phố Hồ Chí Minh", "Ho Chi Minh City"],
)  # fmt: skip
def test_what_people_type_is_understood(typed: str) -> None:
    form = Form({"place": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"].slug == "ho-chi-minh"


def test_the_list_offers_todays_unit_with_the_old_name_in_brackets() -> None:
    page = str(Form()["place"])
    assert '<option value="Hồ Chí Minh (Bình Dương)">' in page
    assert '<option value="Bình Dương' not in page
    with override("en"):
        assert '<option value="Ho Chi Minh (Binh Duong)">' in str(Form()["place"])


def test_an_old_release_keeps_the_old_place() -> None:
    old = Place.objects.get(slug="dong-thap-truoc-2025")
    assert "Đồng Tháp (trước 1-7-2025)" in str(Form(initial={"place": old})["place"])
    form = Form({"place": "Đồng Tháp (trước 1-7-2025)"}, initial={"place": old})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"] == old


def test_nowhere_is_told_and_kept() -> None:
    form = Form({"place": "Atlantis"})
    assert not form.is_valid()
    assert "Không có nơi nào tên là “Atlantis”" in str(form.errors)
    assert 'value="Atlantis"' in str(form["place"])
    assert Form({"place": ""}).is_valid()
