"""domains: which part of a host's name somebody registered."""

import pytest

from loa.lib import domains


@pytest.mark.parametrize(
    ("typed", "registered"),
    [
        ("https://www.saomai.com.vn/vi?x=1", "saomai.com.vn"),
        ("SaoMai.vn", "saomai.vn"),
        ("tin.saomai.vn.", "saomai.vn"),
        ("thời-trang.vn", "xn--thi-trang-6p7d.vn"),
        ("an.github.io", "an.github.io"),
    ],
)
def test_it_is_found_in_whatever_was_typed(typed: str, registered: str) -> None:
    assert domains.registered(typed) == registered


@pytest.mark.parametrize(
    "typed", ["com.vn", "vn", "127.0.0.1", "[::1]", "máy.local", "", "sao mai", "-a.vn", "a" * 300, "http://["]
)
def test_what_nobody_can_have_registered_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        domains.registered(typed)
    assert domains.registered_or_none(typed) is None


def test_it_is_shown_in_its_own_letters() -> None:
    assert domains.shown("xn--thi-trang-6p7d.vn") == "thời-trang.vn"
    assert domains.in_ascii("Thời-Trang.vn") == "xn--thi-trang-6p7d.vn"
    assert domains.in_ascii("A..B") == "a..b"
    assert domains.label("saomai.com.vn") == "saomai"
