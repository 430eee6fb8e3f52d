"""A form that grew old in another tab."""

from django.test import Client

from loa.portals.models import Portal

FORM = {"headline": "Một tiêu đề vừa gõ", "password": "mat-khau-bi-mat", "kind": "x"}


def test_the_words_typed_are_shown_to_copy(portal: Portal) -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", FORM)
    assert answer.status_code == 403
    assert "Một tiêu đề vừa gõ" in answer.text
    assert "mat-khau-bi-mat" not in answer.text
    assert "Chưa có gì được lưu" in answer.text


def test_it_speaks_the_language_of_the_page(portal: Portal) -> None:
    answer = Client(enforce_csrf_checks=True).post("/en/accounts/login/", FORM)
    assert "Nothing was saved" in answer.text
