"""What other sites may frame, and how they learn which frame: embeds and oEmbed 1.0."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.organizations.models import Organization
from loa.portals.models import Portal

PutOut = Callable[..., Entry]


def ask(client: Client, address: str, **more: str) -> Any:
    return client.get("/oembed", {"url": address, **more})


def test_an_organizations_frame_shows_its_latest_five(
    client: Client, put_out: PutOut, organization: Organization
) -> None:
    for number in range(6):
        put_out(headline=f"Tin số {number}")
    put_out(headline="Chuyện trong nhà", kind="life")
    page = client.get(f"/o/{organization.slug}/embed")
    assert [f"Tin số {number}" in page.text for number in range(6)] == [False, True, True, True, True, True]
    assert "Chuyện" not in page.text
    links = [part.split(">")[0] for part in page.text.split("<a ")[1:]]
    assert all('target="_top"' in link and 'href="http://testserver/' in link for link in links)
    assert "<script" not in page.text and "<form" not in page.text


@pytest.mark.parametrize("of", ["newsroom", "release"])
def test_any_site_may_frame_an_embed_and_nothing_else(
    client: Client, put_out: PutOut, organization: Organization, of: str
) -> None:
    entry = put_out()
    path = f"/o/{organization.slug}" if of == "newsroom" else f"/r/{entry.public_id}"
    framed = client.get(f"{path}/embed")
    assert framed.status_code == 200
    assert "X-Frame-Options" not in framed
    policy = framed["Content-Security-Policy"]
    assert "frame-ancestors *" in policy and "script-src" not in policy and "default-src 'none'" in policy
    assert not framed.cookies and "Cookie" not in framed.get("Vary", "")
    assert framed["X-Robots-Tag"] == "noindex"
    page = client.get(path, follow=True)
    assert page["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_a_newcomers_frame_and_a_withdrawn_release_are_not_shown(
    client: Client, newcomer: Organization, put_out: PutOut, an: Any
) -> None:
    from loa.archive.actions.withdraw import withdraw

    entry = put_out()
    withdraw(entry, statement="Sai số liệu.")
    assert client.get(f"/o/{newcomer.slug}/embed").status_code == 404
    assert client.get(f"/r/{entry.public_id}/embed").status_code == 410
    assert ask(client, f"http://testserver/r/{entry.public_id}").status_code == 404
    assert ask(client, f"http://testserver/o/{newcomer.slug}").status_code == 404


def test_oembed_answers_for_a_release_and_a_newsroom(
    client: Client, put_out: PutOut, organization: Organization, portal: Portal
) -> None:
    entry = put_out()
    full = f"http://testserver{archive.address(entry)}"
    for address, frame in {
        full: f"http://testserver/r/{entry.public_id}/embed",
        f"http://testserver/r/{entry.public_id}": f"http://testserver/r/{entry.public_id}/embed",
        f"http://testserver/o/{organization.slug}": f"http://testserver/o/{organization.slug}/embed",
        f"http://testserver/en/o/{organization.slug}/": f"http://testserver/en/o/{organization.slug}/embed",
    }.items():
        answer = ask(client, address)
        facts = answer.json()
        assert (facts["version"], facts["type"], facts["provider_name"]) == ("1.0", "rich", portal.name)
        assert f'src="{frame}"' in facts["html"]
        assert client.get(frame).status_code == 200
        assert answer["Access-Control-Allow-Origin"] == "*"
    narrow = ask(client, full, maxwidth="300", maxheight="200").json()
    assert (narrow["width"], narrow["height"]) == (300, 200)
    assert 'width="300" height="200"' in narrow["html"] and "thumbnail_url" not in narrow
    assert ask(client, full).json()["thumbnail_width"] == 1200
    assert ask(client, full, maxwidth="rộng").json()["width"] == 640


def test_oembed_comes_as_xml_too_and_in_no_third_form(client: Client, put_out: PutOut) -> None:
    entry = put_out(headline='Lúa "sạch" & <ngon>')
    address = f"http://testserver/r/{entry.public_id}"
    answer = ask(client, address, format="xml")
    assert answer["Content-Type"].startswith("text/xml")
    root = ET.fromstring(answer.content)
    assert root.findtext("title") == 'Lúa "sạch" & <ngon>'
    assert root.findtext("html", "").startswith("<iframe ")
    assert "<ngon>" not in root.findtext("html", "")
    assert ask(client, address, format="yaml").status_code == 501


@pytest.mark.parametrize(
    "address",
    ["", "http://testserver/", "http://testserver/latest", "https://testserver/o/{slug}", "http://evil.vn/o/{slug}",
     "http://testserver@evil.vn/o/{slug}", "http://[", "/o/{slug}", "http://testserver/o/{slug}/people/lan",
     "http://testserver/r/khong-co", "http://testserver/xx/o/{slug}"],
)  # fmt: skip
def test_oembed_knows_only_its_own_pages(client: Client, organization: Organization, address: str) -> None:
    assert ask(client, address.format(slug=organization.slug)).status_code == 404


def test_pages_say_where_their_frame_is_told(client: Client, put_out: PutOut, organization: Organization) -> None:
    entry = put_out()
    for path in (f"/o/{organization.slug}", archive.address(entry)):
        page = client.get(path).text
        assert 'type="application/json+oembed" href="http://testserver/oembed?url=http%3A%2F%2Ftestserver%2F' in page
        found = page.split('type="application/json+oembed" href="http://testserver')[1].split('"')[0]
        assert client.get(found.replace("&amp;", "&")).status_code == 200
