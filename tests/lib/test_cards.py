"""The picture of a text: right size, light, and never a box where a letter should be."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from loa.lib import cards, covers

CARD = cards.Card(
    headline="Sao Mai thu hoạch vụ lúa hữu cơ đầu tiên",
    sender="Hợp tác xã Sao Mai",
    portal="GlobalVN",
    accent="#b3261e",
    label="Thông cáo báo chí",
    when="24 tháng 11, 2026",
)
LONG = "Bộ Nông nghiệp và Môi trường phối hợp với Ủy ban nhân dân 34 tỉnh, thành phố tổ chức hội nghị " * 4


@pytest.mark.parametrize(
    "headline", ["Ẫ", CARD.headline, LONG, "a" * 5000, "Новый завод", "越南企业", "شركة", "🚀", "", "x\u0301\u200d"]
)
def test_any_headline_is_drawn_in_size_and_weight(headline: str) -> None:
    drawn = cards.draw(replace(CARD, headline=headline))
    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(drawn) <= 120_000


def test_the_same_card_is_the_same_picture() -> None:
    assert cards.draw(CARD) == cards.draw(CARD)
    assert cards.draw(CARD) != cards.draw(replace(CARD, headline="Khác"))


@pytest.mark.parametrize("text", ["Ẫ Ổ Ữ Ặ ngắn", "Новый завод", "Σωκράτης", "Straße"])
def test_the_fonts_write_it(text: str) -> None:
    assert cards.can_write(text)


@pytest.mark.parametrize("text", ["越南企业在东京", "شركة فيتنامية", "🚀", ""])
def test_the_fonts_do_not_write_it(text: str) -> None:
    assert not cards.can_write(text)


def test_where_letters_are_missing_the_sender_stands_for_the_headline() -> None:
    assert cards.draw(replace(CARD, headline="越南企业")) == cards.draw(replace(CARD, headline=CARD.sender))


def test_a_mark_is_drawn_and_a_broken_one_left_out(tmp_path: Path) -> None:
    whole, broken = tmp_path / "a.png", tmp_path / "b.png"
    whole.write_bytes(covers.draw_logo("x", motif=covers.MOTIFS[0], colours=("#133d4a", "#c7ae63"), size=128))
    broken.write_bytes(b"not a picture")
    assert cards.draw(replace(CARD, logo=whole)) != cards.draw(CARD)
    assert cards.draw(replace(CARD, logo=broken)) == cards.draw(CARD)
