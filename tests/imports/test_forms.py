"""Each text is read as it was meant, or refused in a sentence."""

from datetime import UTC, datetime
from typing import Any

import pytest

from loa.imports import forms
from loa.imports.errors import Refused
from tests.imports.conftest import row


def read(**changes: Any) -> Any:
    return forms.read(row(**changes), language="vi", zone="Asia/Ho_Chi_Minh")


REFUSED = [
    ({"title": None}, "it has no title"), ({"title": "  "}, "it has no title"), ({"title": ["a"]}, "title is no text"),
    ({"title": "a" * 301}, "title is longer than 300 letters"), ({"body": ""}, "it has no body"),
    ({"body": "a" * 500_001}, "body is longer"), ({"language": "xx"}, "its language “xx” is not known"),
    ({"published_at": "31/5/2019"}, "is not written like 2019-05-31T08:30"),
    ({"published_at": "2019-05-31T08:30:00"}, "is not written like"),
    ({"published_at": None, "published_on": "2019-02-30"}, "is not written like 2019-05-31"),
    ({"published_at": "2999-01-01T00:00:00Z"}, "has not come yet"),
    ({"published_at": "0001-01-01T00:00:00+14:00"}, "is not written like"),
    ({"published_at": None, "published_on": "0001-01-01"}, "is not written like"),
    ({"views": -1}, "views is no number"),
    ({"views": "12"}, "views is no number"), ({"views": True}, "views is no number"),
    ({"views": 2**40}, "views is no number"),
    ({"organization": 7}, "neither a name nor"), ({"organization": {"name": "a" * 201}}, "longer than 200"),
    ({"topics": "kinh-te"}, "topics is no list"), ({"old_urls": ["/a"] * 201}, "more than 200 items"),
    ({"images": [{}]}, "neither url nor path"), ({"quotes": [{"text": "a"}]}, "no text or no name"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_what_is_wrong_is_said(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read(**changes)


def test_letters_are_composed_and_what_no_database_holds_is_gone() -> None:
    line = read(title="Ho\u0302\u0300\x00ng")
    assert line.title == "Hồng"


def test_a_time_is_read_with_its_offset() -> None:
    assert read(published_at="2019-05-31T23:30:00-08:00").published_at == datetime(2019, 6, 1, 7, 30, tzinfo=UTC)


def test_without_a_date_none_is_made_up() -> None:
    line = read(published_at=None)
    assert (line.published_at, line.is_day_only) == (None, True)


def test_a_source_that_is_no_web_address_is_left_out_and_told() -> None:
    line = read(source_url="javascript:alert(1)")
    assert (line.source_url, line.remarks) == ("", ("its source_url is no web address and was left out",))


def test_markup_in_a_plain_body_is_markup() -> None:
    assert not read(body="a < b").is_markup
    assert read(body=None, body_html="a").is_markup


def test_an_old_address_holds_nothing_that_no_database_holds() -> None:
    assert read(old_urls=["/a\ud800b", "/a\x00b"]).old_addresses == (("", "/ab"),)
