"""A WordPress export comes with its pictures, days and addresses; what is not a published post is counted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.audit.actions.record import SYSTEM
from loa.imports import forms
from loa.imports.actions.bring_in import Outcome, Plan, bring_in
from loa.imports.errors import CannotRead
from loa.imports.providers import wxr
from loa.imports.rules import plain
from loa.topics.models import Section
from tests.imports.conftest import drawn

pytestmark = pytest.mark.django_db

POST = """<item><title>{title}</title><link>https://sao-mai.vn/{slug}/</link><dc:creator>lan</dc:creator>
<pubDate>{pub}</pubDate><guid isPermaLink="false">https://sao-mai.vn/?p={id}</guid>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>
<wp:post_id>{id}</wp:post_id><wp:post_date>2019-05-31 08:30:00</wp:post_date><wp:post_date_gmt>{gmt}</wp:post_date_gmt>
<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type><wp:post_password>{password}</wp:post_password>
<category domain="category" nicename="van-hoa"><![CDATA[VĂN HÓA]]></category>{more}</item>"""


def post(number: int = 7, **said: str) -> str:
    values = {
        "title": "Vụ lúa", "slug": f"vu-lua-{number}", "pub": "Fri, 31 May 2019 01:30:00 +0000", "excerpt": "",
        "more": "",
        "content": "Năm tấn.\nVui mừng.\n\n<blockquote>Được mùa.</blockquote>", "gmt": "2019-05-31 01:30:00",
        "status": "publish", "kind": "post", "password": "",
    }  # fmt: skip
    return POST.format(id=number, **{**values, **said})


def meta(key: str, value: str) -> str:
    return f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"


def picture(number: int, address: str, *, alt: str = "", caption: str = "") -> str:
    more = f"<wp:attachment_url>{address}</wp:attachment_url>{meta('_wp_attachment_image_alt', alt)}"
    return post(number, kind="attachment", status="inherit", excerpt=caption, more=more)


@pytest.fixture
def come(tmp_path: Path, plan: Callable[..., Plan]) -> Callable[..., Outcome]:
    """Return a call that brings in an export with these items."""

    def make(*items: str, language: str = "", **changes: Any) -> Outcome:
        file = tmp_path / "export.xml"
        file.write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n<!-- WordPress -->\n<rss version="2.0"'
            ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">'
            "<channel><title>Sao Mai kể chuyện</title><link>https://sao-mai.vn</link><language>en-US</language>"
            "<wp:base_blog_url>https://sao-mai.vn</wp:base_blog_url><wp:author><wp:author_login>lan</wp:author_login>"
            f"<wp:author_display_name>Bà Lan</wp:author_display_name></wp:author>{''.join(items)}</channel></rss>"
        )
        lines = forms.lines(wxr.read(file), language=language, otherwise="vi", zone="Asia/Ho_Chi_Minh")
        return bring_in(SYSTEM, lines, plan=plan(**{"organization": "", **changes}))

    return make


def version() -> Any:
    return Entry.objects.get().current


def test_a_post_comes_whole(come: Callable[..., Outcome], client: Client) -> None:
    outcome = come(post())
    entry = Entry.objects.get()
    assert (outcome.brought, outcome.remarks, outcome.organizations) == (1, [], {"Sao Mai kể chuyện": 1})
    assert (f"{entry.published_at:%Y-%m-%d %H:%M}", entry.is_day_only) == ("2019-05-31 01:30", False)
    assert (entry.section.slug, version().language, version().source_url) == ("van-hoa", "en", "")
    assert version().body_html == "<p>Năm tấn.<br>\nVui mừng.</p>\n<blockquote>Được mùa.</blockquote>"
    for old in ("/vu-lua-7/", "/vu-lua-7", "/?p=7"):
        assert client.get(old).headers.get("Location") == archive.address(entry), old


def test_twice_is_once(come: Callable[..., Outcome]) -> None:
    come(post(1), post(2))
    again = come(post(2), post(3))
    assert (again.brought, again.known) == (1, 1)


def test_authors_may_be_senders(come: Callable[..., Outcome]) -> None:
    come(post(), senders={plain("Bà  lan"): "Bà Lan và các cháu"})
    assert Entry.objects.get().organization.name == "Bà Lan và các cháu"


def test_a_sender_that_is_said_comes_before_the_blogs_name(come: Callable[..., Outcome]) -> None:
    come(post(), organization="Sao Mai", language="vi")
    assert (Entry.objects.get().organization.name, version().language) == ("Sao Mai", "vi")


def test_what_was_not_public_stays_out_and_is_counted(come: Callable[..., Outcome]) -> None:
    comments = "<wp:comment><wp:comment_content>Hay!</wp:comment_content></wp:comment>" * 2
    outcome = come(
        post(1, more=comments), post(2, status="draft"), post(3, status="private"), post(4, password="x"),
        post(5, kind="page"), post(6, status="future"), post(8, kind="product"), picture(9, "https://sao-mai.vn/a.png"),
    )  # fmt: skip
    assert outcome.brought == 1
    assert dict(outcome.left_out) == {
        "comments": 2, "drafts": 1, "private posts": 1, "posts behind a password": 1, "pages": 1,
        "posts that were still to come": 1, "items of the kind product": 1,
    }  # fmt: skip


def test_a_link_to_the_page_of_a_picture_leads_to_the_picture(come: Callable[..., Outcome]) -> None:
    place = "https://sao-mai.vn/a.png"
    content = f'Lời.\n\n<a href="https://sao-mai.vn/vu-lua-12/"><img src="{place}" alt="Lúa"></a>'
    come(post(content=content), picture(12, place), pictures={place: drawn()})
    assert '<a href="/media/' in version().body_html


def test_a_picture_without_a_page_is_led_to_by_no_link(come: Callable[..., Outcome]) -> None:
    place = "https://sao-mai.vn/a.png"
    alone = picture(12, place).replace("<link>https://sao-mai.vn/vu-lua-12/</link>", "<link></link>")
    come(post(content='<a href="/">Trang nhất</a>'), alone, pictures={place: drawn()})
    assert version().body_html.startswith('<p><a href="https://sao-mai.vn/"')


def test_pictures_stand_where_they_stood(come: Callable[..., Outcome]) -> None:
    """Captions, galleries and the post's own picture, which is told after it."""
    content = (
        '[caption id="x" width="300"]<a href="https://sao-mai.vn/a.png"><img src="https://sao-mai.vn/a.png" alt="Lúa">'
        '</a> Lúa chín[/caption]\n\nChữ.\n\n[gallery ids="12,99"]'
    )
    places = [f"https://sao-mai.vn/{name}.png" for name in "abc"]
    colours = ("red", "green", "blue")
    outcome = come(
        post(content=content, more=meta("_thumbnail_id", "11")), picture(11, places[1], alt="Bìa", caption="Ảnh bìa"),
        picture(12, places[2], caption="Trong loạt"),
        pictures={place: drawn(colour) for place, colour in zip(places, colours, strict=True)},
    )  # fmt: skip
    body = version().body_html
    assert (outcome.pictures, outcome.remarks) == (3, [])
    assert [(one["alt"], one["caption"]) for one in version().pictures] == [("Bìa", "Ảnh bìa")]
    assert body.count("<img") == 2
    assert "<figcaption>Lúa chín</figcaption>" in body
    assert "<figcaption>Trong loạt</figcaption>" in body
    assert "[" not in body


def test_shortcodes_nobody_knows_are_told(come: Callable[..., Outcome]) -> None:
    content = (
        '[contact-form-7 id="3"]Chữ [top] còn […][/contact-form-7] [embed]https://y.example/1[/embed] [audio src="a"]'
    )
    outcome = come(post(content=content))
    assert version().body_text == "Chữ [top] còn […]\n\nhttps://y.example/1"
    assert outcome.remarks == [(1, "left out of its text: [audio], [contact-form-7]")]


def test_blocks_have_their_paragraphs(come: Callable[..., Outcome]) -> None:
    come(post(content="<!-- wp:paragraph -->\n<p>Một\n\nhai</p>\n<!-- /wp:paragraph -->"))
    assert version().body_html == "<p>Một\n\nhai</p>"


def test_a_time_of_an_unknown_zone_is_a_day(come: Callable[..., Outcome]) -> None:
    come(post(gmt="0000-00-00 00:00:00", pub=""))
    entry = Entry.objects.get()
    assert (f"{entry.published_at:%Y-%m-%d %H:%M}", entry.is_day_only) == ("2019-05-30 17:00", True)


def test_without_a_title_the_first_words_stand_there(come: Callable[..., Outcome]) -> None:
    outcome = come(post(title="", content="Một câu ngắn."))
    assert version().headline == "Một câu ngắn."
    assert "no title" in outcome.remarks[0][1]


def test_html_is_no_export(tmp_path: Path, section: Section) -> None:
    (tmp_path / "a.xml").write_text("<!DOCTYPE html><html></html>")
    with pytest.raises(CannotRead, match="is no WordPress export"):
        list(wxr.read(tmp_path / "a.xml"))


@pytest.mark.parametrize("opening", ["[caption]", "[caption ", "[embed]", "[gallery "])
def test_what_opens_very_often_and_never_ends_is_read_once(opening: str) -> None:
    """Not again from each of them: that took a quarter of an hour."""
    content = opening * 20_000
    assert wxr._Shortcodes({}, "1").resolved(content)


def test_an_export_of_a_blog_without_a_readable_address_is_read(come: Callable[..., Outcome]) -> None:
    outcome = come("<wp:base_blog_url>http://[blog</wp:base_blog_url>", post())
    assert outcome.brought == 1
