"""A new password is not one that leaked, nor a habit, nor somebody's own name; nobody outside is asked."""

import pytest
from django.test import Client

from loa.accounts.forms.passwords import LEAKED, is_leaked, own_words, reason_against
from loa.accounts.models import Person
from loa.portals.models import Portal
from tests.accounts.test_sign_up import FORM

OWN = frozenset({"saomai", "chi", "globalvn"})


@pytest.mark.parametrize("password", ["1q2w3e4r5t", "qwertyuiop", "Password123", "manchester"])
def test_what_leaked_is_refused(password: str) -> None:
    assert "đã lộ" in reason_against(password, OWN)


@pytest.mark.parametrize("password", [
    "MatKhau@2024", "mật khẩu 123", "anhyeuem1990", "Em-Yeu-Anh-520", "hanoihanoi99", "congty@12345", "P@ssw0rd!!2025",
    "0912345678", "25121990251290", "aaaaaaaaab", "SaoMai@2026", "chi-chi-2026!", "globalvn#12345",
])  # fmt: skip
def test_habits_and_own_names_are_refused(password: str) -> None:
    assert reason_against(password, OWN)


@pytest.mark.parametrize("password", [
    "bai-ca-dao-cua-me", "con-meo-nam-ngu-tren-mai", "tre xanh sông rộng 4", "kT9#vLq2!mZx", "saomai mọc đêm hè vắng",
])  # fmt: skip
def test_others_are_taken(password: str) -> None:
    assert reason_against(password, OWN) == ""


def test_the_list_is_sorted_and_as_long_as_the_papers_say() -> None:
    rows = LEAKED.read_bytes()
    digests = [rows[at : at + 5] for at in range(0, len(rows), 5)]
    assert len(digests) == 151_344
    assert digests == sorted(set(digests))


def test_hardly_anything_else_is_taken_for_one_of_them() -> None:
    assert not any(is_leaked(f"tre-xanh-{number}-song-rong") for number in range(2000))


def test_names_and_addresses_are_no_secret(portal: Portal) -> None:
    person = Person(email="an.nguyen@sao-mai.vn", name="Nguyễn Hoài An")
    words = own_words(person)
    assert {"saomai", "sao", "mai", "nguyen", "hoai", "nguyenhoaian"} <= words
    assert "an" not in words  # two letters are in everything


def test_the_form_says_so_and_keeps_the_rest(client: Client, portal: Portal) -> None:
    answer = client.post("/accounts/signup/", {**FORM, "password1": "qwertyuiop"})
    assert "đã lộ" in answer.text
    assert 'value="chi@example.vn"' in answer.text
