"""The small files for programs, each portal's own."""

from datetime import timedelta

import pytest
from django.test import Client
from markdown_it import MarkdownIt
from pytest_django import Settings

from loa.lib import clock
from loa.portals.models import Portal, PortalHost, StaticPage
from loa.project import config
from loa.topics.models import Section


@pytest.mark.parametrize(
    ("path", "words"),
    [("/llms.txt", ["Thông cáo là lời của nơi gửi", "## Danh sách", "[Kinh tế](http://testserver/s/kinh-te)"]),
     ("/en/llms.txt", ["the word of its sender", "## Lists", "[Business](http://testserver/en/s/kinh-te)"])],
)  # fmt: skip
def test_llms_txt_says_what_the_portal_is(
    client: Client, portal: Portal, section: Section, path: str, words: list[str]
) -> None:
    portal.tagline = {"vi": "Thông cáo <báo chí> Việt Nam", "en": "Press releases"}
    portal.save()
    StaticPage.objects.create(portal=portal, slug="about", language="vi", title="Giới thiệu")
    answer = client.get(path)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert not answer.cookies
    assert answer.text.startswith("# GlobalVN\n\n> ")
    assert "&lt;" not in answer.text
    for word in words:
        assert word in answer.text
    assert "Giới thiệu" in answer.text


def test_every_address_in_it_answers(client: Client, section: Section) -> None:
    StaticPage.objects.create(portal=section.portal, slug="about", language="vi", title="Giới thiệu")
    html = MarkdownIt("commonmark").render(client.get("/llms.txt").text)
    links = [part.partition('"')[0] for part in html.split('href="http://testserver')[1:]]
    assert len(links) > 8
    for link in links:
        if not link.startswith("/search"):
            assert client.get(link).status_code == 200, link


def test_security_txt_is_valid_for_some_months(client: Client, portal: Portal) -> None:
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "http://testserver/contact"
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
    expires = clock.parse_rfc3339(fields["Expires"])
    assert timedelta(days=100) < expires - clock.now() < timedelta(days=365)


def test_each_portal_names_its_own_address(client: Client, portal: Portal) -> None:
    other = Portal.objects.create(slug="khac", name="Khác", origin="https://khac.example")
    PortalHost.objects.create(portal=other, host="khac.example")
    for path in ("/.well-known/security.txt", "/llms.txt"):
        text = client.get(path, headers={"host": "khac.example"}).text
        assert "https://khac.example/" in text
        assert "testserver" not in text


def test_the_operator_says_where_weaknesses_are_told(client: Client, portal: Portal, settings: Settings) -> None:
    settings.LOA_SECURITY_CONTACT = "mailto:baomat@example.vn"
    assert "Contact: mailto:baomat@example.vn\n" in client.get("/.well-known/security.txt").text


@pytest.mark.parametrize(
    ("given", "understood"),
    [("", ""), ("a@b.vn", "mailto:a@b.vn"), ("https://b.vn/x", "https://b.vn/x"), ("mailto:a@b.vn", "mailto:a@b.vn")],
)
def test_an_address_is_understood(monkeypatch: pytest.MonkeyPatch, given: str, understood: str) -> None:
    monkeypatch.setenv("LOA_SECURITY_CONTACT", given)
    assert config.security_contact() == understood


@pytest.mark.parametrize("given", ["b.vn", "http://b.vn", "a@b.vn\nContact: x"])
def test_what_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("LOA_SECURITY_CONTACT", given)
    with pytest.raises(ValueError, match="LOA_SECURITY_CONTACT"):
        config.security_contact()
