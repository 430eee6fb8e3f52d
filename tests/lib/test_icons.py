"""The portal's icon: the end of its name, on its colour, in letters that stand out."""

import io

import pytest
from PIL import Image

from loa.lib.icons import icon, mark_of, touch


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("GlobalVN", "VN"),
        ("Tin Huế", "T"),
        ("ảnh", "Ả"),
        ("VTV", "VTV"),
        ("TTXVN", "T"),
        ("Báo A", "B"),
        ("…", ""),
        ("", ""),
    ],
)
def test_the_mark_is_what_can_be_read_when_small(name: str, mark: str) -> None:
    assert mark_of(name) == mark


def test_the_icon_has_three_sizes() -> None:
    with Image.open(io.BytesIO(icon("VN", "#b3261e"))) as read:
        assert read.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


@pytest.mark.parametrize(("accent", "letters"), [("#b3261e", (255, 255, 255)), ("#ffe08a", (20, 23, 28))])
def test_letters_stand_out_on_any_colour(accent: str, letters: tuple[int, int, int]) -> None:
    with Image.open(io.BytesIO(touch("VN", accent))) as read:
        assert read.size == (180, 180)
        colours = {colour for _, colour in read.getcolors(180 * 180) or []}
    assert letters in colours


def test_a_name_without_letters_still_has_a_colour() -> None:
    assert touch("", "#b3261e").startswith(b"\x89PNG")
