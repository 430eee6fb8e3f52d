"""What was meant by a word nobody wrote."""

import pytest

from loa.search.engine import Engine
from loa.search.reading import parse
from loa.search.spelling import corrected
from tests.search.conftest import MakeDocument


@pytest.fixture
def archive(engine: Engine, make_document: MakeDocument) -> Engine:
    texts = ["Xuất khẩu gạo tăng mạnh", "Xuất khẩu hạt điều", "thông tin đối ngoại", "thông báo mới", "họp báo thóng"]
    engine.index([make_document(f"n{number}", text) for number, text in enumerate(texts)])
    return engine


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("xuát khẩuu gạo", "xuát khẩu gạo"), ("xuat khauu gao", "xuat khau gao"), ("xuất khẩ gạo", "xuất khẩu gạo"),
        ("thôgn tin", "thông tin"), ("thonng tin", "thong tin"), ("thngo bao", ""), ("xuatkhau gạo", "xuat khau gạo"),
        ('"xuất khhẩu" -lúa', '"xuất khẩu" -lúa'), ("hạt điêuu", "hạt điều"),
    ],
)  # fmt: skip
def test_a_word_nobody_wrote_is_put_right_by_its_neighbours(archive: Engine, typed: str, meant: str) -> None:
    assert corrected(archive.searcher(), parse(typed), typed) == meant


@pytest.mark.parametrize(
    "typed", ["xuất khẩu", "2023", "qwxzkj", "", "-khauu", "kind:event", "稻米", "from:khauu", "từ:xuatt gạo"]
)
def test_what_is_right_or_nothing_like_it_is_left(archive: Engine, typed: str) -> None:
    assert corrected(archive.searcher(), parse(typed), typed) == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("from:khauu gạoo", "from:khauu gạo"), ('từ:"xuât khẩuu" hạt điêuu', 'từ:"xuât khẩuu" hạt điều'),
        ("from:thông hin", "from:thông tin"), ("from:hin thông", ""),
    ],
)  # fmt: skip
def test_what_stands_in_a_limit_is_left(archive: Engine, typed: str, meant: str) -> None:
    assert corrected(archive.searcher(), parse(typed), typed, is_empty=True) == meant


def test_where_nothing_is_found_known_words_are_looked_at_too(archive: Engine) -> None:
    typed = "xuất mạnh"
    assert corrected(archive.searcher(), parse(typed), typed) == ""
    assert corrected(archive.searcher(), parse("thông hin"), "thông hin", is_empty=True) == "thông tin"
