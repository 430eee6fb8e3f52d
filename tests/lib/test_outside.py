"""outside: whatever bytes a page is made of, a title comes out or nothing, and never an error."""

import pytest

from loa.lib.outside import Page, read


def test_open_graph_goes_before_the_title() -> None:
    page = read(
        b'<title>B</title><meta property="og:title" content="A &amp; B"><meta name="og:site_name" content="Bao">'
    )
    assert page == Page("A & B", "Bao")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (b"", ""), (b"\x00\xff\xfe", ""), (b"<title>a\x00\n b</title>", "a b"), (b"<title>mo", "mo"),
        ("<title>Ti\u0302n</title>".encode(), "Tîn"), ("\ufeff<title>x</title>".encode("utf-16"), "x"),
        (b'<meta charset="windows-1258"><title>\xd0\xe0</title>', "Đà"),
        (b'<meta charset="rot13"><title>an</title>', "an"), (b'<meta charset="khong-co"><title>an</title>', "an"),
        (b"<svg><title>hinh</title></svg>", "hinh"), (b"<title>a</title><svg><title>b</title></svg>", "a"),
        (b'<meta property="og:title" content=""><title>a</title>', "a"),
        (b"<title>" + b"dai " * 200 + b"</title>", "dai " * 73 + "dai…"),
    ],
)  # fmt: skip
def test_titles(body: bytes, title: str) -> None:
    assert read(body).title == title


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-11-20T08:00:00+07:00", "2026-11-20"),
        ("2026-11-20", "2026-11-20"),
        ("2026-13-40", "None"),
        ("hôm qua", "None"),
    ],
)
def test_days(day: str, found: str) -> None:
    assert str(read(f'<meta property="article:published_time" content="{day}">'.encode()).day) == found
