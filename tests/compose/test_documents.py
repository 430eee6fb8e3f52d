"""Numbered documents: typed in rows, kept as data, shown under the text, found by their number."""

from typing import Any

import pytest
from django.test import Client

from loa.releases.models import Release
from tests.compose.conftest import Form

ROW = {"number": "57-KL/TW", "title": "Kết luận về thông tin đối ngoại", "issuer": "Bộ Chính trị", "date": "2023-06-15"}


def rows(*typed: dict[str, str]) -> dict[str, Any]:
    sent: dict[str, Any] = {"documents-TOTAL_FORMS": len(typed), "documents-INITIAL_FORMS": 0}
    for number, row in enumerate(typed):
        sent.update({f"documents-{number}-{name}": value for name, value in row.items()})
    return sent


def test_a_document_is_kept_as_data(desk: Client, write: Any, form: Form) -> None:
    release = write()
    desk.post(f"/desk/releases/{release.public_id}", form(release, **rows(ROW, {})))
    assert Release.objects.get().documents == [ROW]


def test_a_page_that_says_nothing_about_them_leaves_them(desk: Client, write: Any, form: Form) -> None:
    release = write(documents=[ROW])
    desk.post(f"/desk/releases/{release.public_id}", form(release))
    assert Release.objects.get().documents == [ROW]


def test_a_removed_row_is_gone(desk: Client, write: Any, form: Form) -> None:
    release = write(documents=[ROW])
    sent = rows({**ROW, "DELETE": "on"}) | {"documents-INITIAL_FORMS": 1}
    desk.post(f"/desk/releases/{release.public_id}", form(release, **sent))
    assert Release.objects.get().documents == []


@pytest.mark.parametrize("typed", [{"issuer": "Bộ Chính trị"}, {**ROW, "url": "javascript:alert(1)"}])
def test_a_row_that_cannot_be_kept_comes_back_as_typed(
    desk: Client, write: Any, form: Form, typed: dict[str, str]
) -> None:
    release = write()
    answer = desk.post(f"/desk/releases/{release.public_id}", form(release, **rows(typed)))
    assert answer.status_code == 400
    assert "Bộ Chính trị" in answer.content.decode()
    assert Release.objects.get().documents == []


def test_readers_see_it_under_the_text(put_out: Any, client: Client) -> None:
    entry = put_out(documents=[{**ROW, "url": "https://vanban.example.vn/57"}])
    page = client.get(f"/r/{entry.public_id}/{entry.current.slug}").content.decode()
    assert '<a href="https://vanban.example.vn/57" rel="nofollow noopener">57-KL/TW</a>' in page
    assert "15 tháng 6, 2023" in page
