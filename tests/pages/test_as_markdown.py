"""A release as Markdown: at its address + .md, and for whoever asks for it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from markdown_it import MarkdownIt
from pytest_django import DjangoAssertNumQueries

from loa.archive.actions.shelve import Text, add_translation
from loa.archive.actions.withdraw import withdraw
from loa.archive.models import Entry
from loa.archive.queries import address
from loa.audit.actions.record import SYSTEM
from loa.lib import clock
from loa.organizations.models import Kind, Organization
from loa.releases.actions.correct import correct
from loa.releases.queries import of_entry

PutOut = Callable[..., Entry]
BODY = (
    '<h2>Mục tiêu</h2><p>Năm <strong>tấn</strong> lúa, xem <a href="/o/sao-mai">Sao Mai</a> để biết thêm chi tiết.</p>'
)
WHOLE: dict[str, Any] = {
    "kind": "event",
    "subtitle": "Vụ * đầu",
    "body_html": BODY,
    "licence": "cc-by",
    "facts": {"starts_at": "2026-12-01T08:00:00+07:00", "venues": [{"name": "Hà Nội"}]},
    "pictures": [{"url": "/media/a.webp", "alt": "Lúa", "caption": "Lúa chín", "credit": "Lan Anh"}],
    "quotes": [{"id": "q", "text": "Mùa này được.", "name": "Lê Thị Hoa", "role": "Giám đốc"}],
    "videos": [{"file": "w", "title": "Trên mạng", "provider": "youtube", "id": "abcdefghijk"}],
    "attachments": [
        {"file": "a", "url": "/media/bang.pdf", "title": "Bảng số liệu", "name": "b.pdf", "bytes": 99, "format": "pdf"}
    ],
    "documents": [{"number": "57-KL/TW", "issuer": "Ban Bí thư", "url": "https://vb.example/57"}],
}


def facts_of(text: str) -> dict[str, Any]:
    """The front matter: every line is a name and a value in JSON."""
    _, front, _ = text.split("---\n", 2)
    return {name: json.loads(value) for name, value in (line.split(": ", 1) for line in front.splitlines())}


def read(client: Client, entry: Entry) -> str:
    answer = client.get(f"{address(entry)}.md")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/markdown; charset=utf-8")
    assert "Vary" not in answer or "Accept" not in answer["Vary"].split(", ")
    assert not answer.cookies
    return answer.text


def test_the_facts_stand_in_front(client: Client, put_out: PutOut) -> None:
    entry = put_out(**WHOLE)
    facts = facts_of(read(client, entry))
    assert (facts["title"], facts["genre"], facts["kind"]) == (entry.current.headline, "Press Release", "event")  # type: ignore[union-attr]
    assert facts["sender"]["name"] == entry.organization.name
    assert facts["licence_url"] == "https://creativecommons.org/licenses/by/4.0/"
    assert facts["url"] == f"http://testserver{address(entry)}"
    assert (facts["version"], facts["language"], facts["section"]) == (1, "vi", "Kinh tế")
    assert facts["languages"] == {"vi": f"http://testserver{address(entry)}.md"}
    assert facts["published"][:10] in client.get(address(entry)).text


def test_a_picture_within_the_text_says_whose_it_is(client: Client, put_out: PutOut) -> None:
    pictures = [{"url": f"/media/{name}.webp", "alt": "Lúa", "credit": f"Người {name}", "is_ai": True} for name in "ab"]
    body = '<figure><img src="/media/b.webp" alt="Lúa"><figcaption>Lúa chín</figcaption></figure>'
    body += f"<p>{'Một đoạn dài đủ để gửi đi. ' * 3}</p>"
    text = read(client, put_out(pictures=pictures, body_html=body))
    assert text.count("/media/b.webp") == 1
    assert "**Ảnh tạo bằng AI** · Lúa chín · Nguồn ảnh: Người b" in text
    assert "**Ảnh tạo bằng AI** · Nguồn ảnh: Người a" in text


def test_everything_the_page_shows_is_there(client: Client, put_out: PutOut) -> None:
    text = read(client, put_out(**WHOLE))
    for line in (
        "# Sao Mai thu hoạch vụ lúa hữu cơ đầu tiên", "Vụ \\* đầu", "## Mục tiêu",
        "Năm **tấn** lúa, xem [Sao Mai](http://testserver/o/sao-mai)", "![Lúa](http://testserver/media/a.webp)",
        "Lúa chín · Nguồn ảnh: Lan Anh", "> Mùa này được.", "Lê Thị Hoa, Giám đốc",
        "[Trên mạng](https://www.youtube.com/watch?v=abcdefghijk)", "[Bảng số liệu](http://testserver/media/bang.pdf)",
        "[57-KL/TW, Ban Bí thư](https://vb.example/57)", "Hà Nội", "Nguyễn Thị Lan, lan@example.vn",
    ):  # fmt: skip
        assert line in text, line
    _, _, body = text.split("---\n", 2)
    html = MarkdownIt("commonmark").render(body)
    assert html.count("<h1>") == 1
    assert "<blockquote>" in html


def test_whoever_asks_for_markdown_gets_it_at_the_same_address(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    answer = client.get(address(entry), headers={"accept": "text/markdown, text/html;q=0.5"})
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert "Accept" in answer["Vary"]
    assert answer.text == read(client, entry)


@pytest.mark.parametrize("accept", ["", "*/*", "text/html", "text/html, text/markdown;q=0.9", "application/json"])
def test_everyone_else_gets_the_page(client: Client, put_out: PutOut, accept: str) -> None:
    entry = put_out()
    answer = client.get(address(entry), headers={"accept": accept} if accept else {})
    assert answer["Content-Type"].startswith("text/html")
    assert "Accept" in answer["Vary"]


def test_no_other_page_varies(client: Client, put_out: PutOut) -> None:
    put_out()
    for path in ("/", "/latest", "/o/hop-tac-xa-sao-mai", "/feed.xml"):
        assert "Accept" not in client.get(path).get("Vary", ""), path


def test_the_page_names_it(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    link = f'<link rel="alternate" type="text/markdown" href="http://testserver{address(entry)}.md">'
    assert link in client.get(address(entry)).text


def test_a_translation_has_its_own(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    assert entry.current is not None
    english = Text(language="en", headline="New rice", body_html="<p>Five tonnes.</p>", body_text="Five tonnes.")
    version = add_translation(entry, text=english, translates=entry.current)
    answer = client.get(f"{address(entry, version)}.md")
    assert "# New rice" in answer.text
    assert answer["Content-Language"] == "en"
    assert list(facts_of(answer.text)["languages"]) == ["vi", "en"]


def test_a_translation_left_behind_says_so(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    assert entry.current is not None
    english = Text(language="en", headline="New rice", body_html="<p>Five tonnes.</p>", body_text="Five tonnes.")
    version = add_translation(entry, text=english, translates=entry.current)
    release = of_entry(entry.pk)
    assert release is not None
    correct(SYSTEM, release, fields={"lead": "Sáu."}, reason="Sai.", expected_revision=release.revision)
    facts = facts_of(client.get(f"{address(entry, version)}.md").text)
    assert (facts["translation_of_version"], facts["is_behind_original"]) == (1, True)


def test_a_suspended_sender_is_named_as_such(client: Client, put_out: PutOut, organization: Organization) -> None:
    entry = put_out()
    Organization.objects.filter(pk=organization.pk).update(suspended_at=clock.now())
    text = read(client, entry)
    assert facts_of(text)["is_sender_suspended"] is True
    assert "đang bị tạm ngưng" in text


def test_a_wrong_slug_leads_to_the_right_one(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    answer = client.get(f"/r/{entry.public_id}/sai.md")
    assert (answer.status_code, answer["Location"]) == (301, f"{address(entry)}.md")


def test_a_withdrawn_one_is_gone_with_its_words(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    withdraw(entry, statement="Số liệu sai.")
    for path, accept in ((f"{address(entry)}.md", "*/*"), (address(entry), "text/markdown")):
        answer = client.get(path, headers={"accept": accept})
        assert answer.status_code == 410
        assert "Số liệu sai." in answer.text
        assert "thu hoạch" not in answer.text


def test_sourced_news_names_its_source(client: Client, put_out: PutOut, organization: Organization) -> None:
    organization.kind = Kind.PORTAL_DESK
    organization.save()
    text = read(client, put_out(kind="sourced", source_url="https://bao.example/bai", source_name="Báo Bài"))
    facts = facts_of(text)
    assert (facts["genre"], facts["source"]) == ("News", {"name": "Báo Bài", "url": "https://bao.example/bai"})
    assert "[Báo Bài](https://bao.example/bai)" in text


def test_it_asks_at_most_six_times(
    client: Client, put_out: PutOut, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = f"{address(put_out(**WHOLE))}.md"
    with django_assert_max_num_queries(6):
        client.get(path)
