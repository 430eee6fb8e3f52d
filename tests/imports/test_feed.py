"""RSS and Atom come with pictures, links and days right."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loa.archive.models import Entry
from loa.audit.actions.record import SYSTEM
from loa.imports import forms
from loa.imports.actions.bring_in import Outcome, Plan, bring_in
from loa.imports.errors import CannotRead
from loa.imports.providers import feed
from tests.imports.conftest import drawn

pytestmark = pytest.mark.django_db

RSS = """<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Tin &amp;amp; bài</title>
<link>https://bao.example.vn</link><language>vi-VN</language>
<item><title><![CDATA[Được &amp; mất]]></title><link>/bai-1.html</link><guid>https://bao.example.vn/bai-1.html</guid>
<pubDate>Thu, 06 Feb 2025 20:30:48 +0700</pubDate><category>Văn hoá</category>
<enclosure type="image/jpeg" length="1" url="https://anh.example.vn/1.png?w=1200&amp;h=0"/>
<media:thumbnail url="https://anh.example.vn/1-nho.png"/>
<description><![CDATA[<a
 href="/bai-1.html"><img src="https://anh.example.vn/1.png?w=1200&amp;h=0"></a></br>Lời đầu.]]></description>
</item></channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Sở</title></channel><item rdf:about="https://so.vn/1">
<title>Một</title><link>https://so.vn/1</link><description>Nội dung.</description><dc:date>2020-01-02</dc:date>
</item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Lab</title><entry>
<id>tag:lab.example,2020:1</id><title type="html">A &amp;lt;b&amp;gt; tag</title><link rel="self" href="/atom/1"/>
<link href="https://lab.example/1"/><published>2020-03-04T05:06:07Z</published><updated>2021-01-01T00:00:00Z</updated>
<category term="x" label="văn HOÁ"/><author><name>Ann</name></author><summary>Short.</summary><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>One <em>two</em> three <a href="/more">more</a>.</p><hr/></div></content>
</entry></feed>"""


@pytest.fixture
def come(tmp_path: Path, plan: Callable[..., Plan]) -> Callable[..., Outcome]:
    """Return a call that brings a feed in."""

    def make(xml: str, **changes: Any) -> Outcome:
        file = tmp_path / "feed.xml"
        file.write_text(xml)
        lines = forms.lines(feed.read(file), otherwise="vi", zone="Asia/Ho_Chi_Minh")
        return bring_in(SYSTEM, lines, plan=plan(**{"organization": "", **changes}))

    return make


def found() -> tuple[Entry, Any]:
    entry = Entry.objects.get()
    return entry, entry.current


def test_rss_comes_with_its_picture(come: Callable[..., Outcome]) -> None:
    """The picture that stands in the text and beside it is one."""
    outcome = come(RSS, pictures={"https://anh.example.vn/1.png?w=1200&h=0": drawn()})
    entry, version = found()
    assert (outcome.brought, outcome.pictures, outcome.remarks) == (1, 1, [])
    assert (version.headline, entry.organization.name, version.language) == ("Được & mất", "Tin & bài", "vi")
    assert (f"{entry.published_at:%Y-%m-%d %H:%M:%S}", entry.section.slug) == ("2025-02-06 13:30:48", "van-hoa")
    assert version.source_url == "https://bao.example.vn/bai-1.html"
    assert (version.body_text, len(version.pictures), "<img" in version.body_html) == ("Lời đầu.", 1, False)


def test_rss_1_comes_with_its_day(come: Callable[..., Outcome]) -> None:
    come(RDF)
    entry, version = found()
    assert (entry.is_day_only, f"{entry.published_at:%Y-%m-%d}", version.headline) == (True, "2020-01-01", "Một")


def test_atom_comes_with_its_markup(come: Callable[..., Outcome]) -> None:
    come(ATOM)
    entry, version = found()
    assert (version.headline, version.lead, version.language) == ("A <b> tag", "Short.", "en")
    assert (f"{entry.published_at:%Y-%m-%d}", entry.section.slug) == ("2020-03-04", "van-hoa")
    assert 'One <em>two</em> three <a href="https://lab.example/more"' in version.body_html
    assert version.source_url == "https://lab.example/1"


def test_a_date_nobody_can_read_is_refused_in_its_words(come: Callable[..., Outcome]) -> None:
    outcome = come(RSS.replace("Thu, 06 Feb 2025 20:30:48 +0700", "hôm qua"))
    assert "“hôm qua”" in outcome.refused[0].reason


@pytest.mark.parametrize(
    ("xml", "says"),
    [("<html/>", "outermost element is html"), ("<rss>", "no whole XML"), ("<!DOCTYPE a><rss/>", "type")],
)
def test_what_is_no_feed_is_said(come: Callable[..., Outcome], xml: str, says: str) -> None:
    with pytest.raises(CannotRead, match=says):
        come(xml)


def test_an_address_is_fetched_from_the_open_internet() -> None:
    others: list[socket.socket] = []

    def serve(address: str, target: object, seconds: float) -> socket.socket:
        ours, theirs = socket.socketpair()
        others.append(theirs)
        theirs.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(RSS.encode())}\r\n\r\n".encode() + RSS.encode())
        theirs.shutdown(socket.SHUT_WR)
        return ours

    items = list(feed.read_address("https://bao.example.vn/rss", resolver=lambda host: ["8.8.8.8"], connector=serve))
    others[0].close()
    assert [item.values["source_url"] for item in items] == ["https://bao.example.vn/bai-1.html"]


def test_an_address_within_is_refused() -> None:
    with pytest.raises(CannotRead, match="not on the open Internet"):
        list(feed.read_address("https://bao.example.vn/rss", resolver=lambda host: ["10.0.0.1"]))


def test_an_address_no_program_can_read_is_left_out(come: Callable[..., Outcome]) -> None:
    image = '<enclosure type="image/png" url="http://[anh"/>'
    xml = RSS.replace("<link>/bai-1.html</link>", f"<link>http://[bai</link>{image}").replace(
        "06 Feb 2025", "06 Feb 2024"
    )
    outcome = come(xml.replace("https://anh.example.vn/1.png?w=1200&amp;h=0", "http://[anh"))
    assert (outcome.brought, outcome.refused) == (1, [])


def test_a_date_with_more_figures_than_any_is_refused(come: Callable[..., Outcome]) -> None:
    outcome = come(RSS.replace("2025", "9" * 20))
    assert "is not written like" in outcome.refused[0].reason
