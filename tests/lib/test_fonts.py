from pathlib import Path

import pytest
from PIL import ImageFont

from loa.lib import fonts

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy" + "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"


@pytest.mark.parametrize("path", fonts.EVERY, ids=lambda path: path.stem)
def test_every_vietnamese_letter_is_drawn_as_itself(path: Path) -> None:
    font = ImageFont.truetype(str(path), 40)
    missing = bytes(font.getmask("\uffff"))
    assert not [letter for letter in LETTERS + LETTERS.upper() if bytes(font.getmask(letter)) == missing]
