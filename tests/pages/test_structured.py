"""What machines read on a page is what people read there (JSON-LD, read back with extruct)."""

from collections.abc import Callable
from typing import Any

import extruct
import pytest
from django.test import Client

from loa.archive.actions.shelve import Text, add_translation
from loa.archive.models import Entry
from loa.archive.queries import address, texts
from loa.audit.actions.record import SYSTEM
from loa.lib import clock
from loa.organizations.models import Kind, Organization, Spokesperson
from loa.places.models import Place
from loa.portals.models import Portal
from loa.releases.actions.correct import correct
from loa.releases.queries import of_entry

PutOut = Callable[..., Entry]
PICTURE = {
    "url": "/media/lua.webp", "width": 1600, "height": 900, "bytes": 2048, "alt": "Lúa", "caption": "Lúa chín",
    "credit": "Lan Anh / Sao Mai", "creator": "Lan Anh",
    "digital_source_type": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
}  # fmt: skip
EVENT = {
    "starts_at": "2026-12-01T08:00:00+07:00", "ends_at": "2026-12-01T11:30:00+07:00", "time_zone": "Asia/Ho_Chi_Minh",
    "venues": [{"name": "Hà Nội", "address": "1 Tràng Tiền"}, {"name": "63 điểm cầu"}], "audience": "Nông dân",
    "registration_url": "https://saomai.example/dang-ky", "capacity": "12000",
    "stream_url": "https://saomai.example/live",
}  # fmt: skip


def graph(client: Client, path: str) -> list[dict[str, Any]]:
    """Everything a page tells machines."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    found = extruct.extract(answer.text, base_url=f"http://testserver{path}", syntaxes=["json-ld"])["json-ld"]
    return [thing for one in found for thing in one.get("@graph", [one])]


def only(things: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    found = [thing for thing in things if kind == thing["@type"] or kind in thing["@type"]]
    assert len(found) == 1, (kind, [thing["@type"] for thing in things])
    return found[0]


def article(client: Client, entry: Entry) -> dict[str, Any]:
    return only(graph(client, address(entry)), "NewsArticle")


def test_a_release_tells_what_its_page_shows(client: Client, put_out: PutOut) -> None:
    entry = put_out(pictures=[PICTURE], subtitle="Năm tấn", licence="cc-by")
    page = client.get(address(entry)).text
    said = article(client, entry)
    for name in ("headline", "alternativeHeadline", "description", "articleSection"):
        assert said[name] in page, name
    assert said["genre"] == "press release"
    assert said["inLanguage"] == "vi"
    assert said["url"] == f"http://testserver{address(entry)}"
    assert said["datePublished"] in page
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["author"]["name"] == entry.organization.name
    assert said["author"]["url"] == f"http://testserver/o/{entry.organization.slug}"
    assert said["publisher"]["name"] == "GlobalVN"


def test_a_picture_names_its_maker_credit_and_terms(client: Client, put_out: PutOut) -> None:
    image = article(client, put_out(pictures=[PICTURE]))["image"][0]
    assert image["@type"] == "ImageObject"
    assert (image["contentUrl"], image["width"], image["height"]) == ("http://testserver/media/lua.webp", 1600, 900)
    assert (image["creditText"], image["creator"]) == ("Lan Anh / Sao Mai", {"@type": "Person", "name": "Lan Anh"})
    assert image["copyrightNotice"] == "Lan Anh / Sao Mai"
    assert image["digitalSourceType"].endswith("digitalCapture")
    assert image["license"].startswith("http://testserver/r/")
    assert image["license"].endswith("#licence")


def test_sourced_news_names_what_it_is_based_on(client: Client, put_out: PutOut, organization: Organization) -> None:
    organization.kind = Kind.PORTAL_DESK
    organization.save()
    said = article(client, put_out(kind="sourced", source_url="https://bao.example/bai", source_name="Báo Bài"))
    assert said["genre"] == "news"
    assert said["isBasedOn"]["url"] == "https://bao.example/bai"
    assert said["isBasedOn"]["publisher"]["name"] == "Báo Bài"


def test_an_event_says_when_where_and_how(client: Client, put_out: PutOut) -> None:
    entry = put_out(kind="event", facts=EVENT)
    things = graph(client, address(entry))
    event = only(things, "Event")
    assert (event["startDate"], event["endDate"]) == (EVENT["starts_at"], EVENT["ends_at"])
    assert [place["name"] for place in event["location"][:2]] == ["Hà Nội", "63 điểm cầu"]
    assert event["location"][0]["address"]["streetAddress"] == "1 Tràng Tiền"
    assert event["location"][2] == {"@type": "VirtualLocation", "url": "https://saomai.example/live"}
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert event["maximumAttendeeCapacity"] == 12000
    assert event["organizer"]["name"] == entry.organization.name
    assert only(things, "NewsArticle")["about"] == {"@id": event["@id"]}


def test_a_product_and_an_appointment_are_told(client: Client, put_out: PutOut) -> None:
    facts = {
        "name": "Gạo Sao Mai",
        "price": "từ 30.000 đồng/kg",
        "available_from": "2026-12-01",
        "availability": "pre_order",
    }
    product = only(graph(client, address(put_out(kind="product", facts=facts))), "Product")
    assert product["offers"]["availability"] == "https://schema.org/PreOrder"
    assert (product["name"], product["offers"]["description"]) == ("Gạo Sao Mai", "từ 30.000 đồng/kg")
    facts = {"person": "Lê Thị Hoa", "role": "Giám đốc", "from_day": "2026-12-01"}
    person = only(graph(client, address(put_out(kind="appointment", facts=facts))), "Person")
    assert (person["name"], person["worksFor"]["startDate"]) == ("Lê Thị Hoa", "2026-12-01")


def test_results_are_a_report_too(client: Client, put_out: PutOut) -> None:
    assert "Report" in article(client, put_out(kind="results"))["@type"]


def test_quotes_videos_and_documents_are_told(client: Client, put_out: PutOut) -> None:
    entry = put_out(
        quotes=[{"id": "q", "text": "Mùa này được.", "name": "Lê Thị Hoa", "role": "Giám đốc"}],
        videos=[
            {"file": "v", "title": "Gặt", "url": "/media/gat.mp4", "seconds": 95, "poster": {"url": "/media/p.webp"}},
            {"file": "w", "title": "Trên mạng", "provider": "youtube", "id": "abcdefghijk"},
        ],
        attachments=[
            {
                "file": "a",
                "url": "/media/bang.pdf",
                "title": "Bảng số liệu",
                "name": "b.pdf",
                "bytes": 99,
                "format": "pdf",
            }
        ],
        documents=[{"number": "57-KL/TW", "date": "2026-01-02", "issuer": "Ban Bí thư", "title": "Kết luận"}],
    )
    said = article(client, entry)
    assert said["hasPart"][0]["text"] == "Mùa này được."
    assert said["hasPart"][0]["creator"] == {"@type": "Person", "name": "Lê Thị Hoa", "jobTitle": "Giám đốc"}
    assert [video.get("contentUrl") or video["embedUrl"] for video in said["video"]] == [
        "http://testserver/media/gat.mp4", "https://www.youtube.com/embed/abcdefghijk"
    ]  # fmt: skip
    assert (said["video"][0]["duration"], said["video"][0]["thumbnailUrl"]) == (
        "PT95S",
        "http://testserver/media/p.webp",
    )
    assert said["associatedMedia"][0]["url"] == "http://testserver/media/bang.pdf"
    assert (said["citation"][0]["identifier"], said["citation"][0]["publisher"]["name"]) == ("57-KL/TW", "Ban Bí thư")


def test_a_correction_is_told(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    release = of_entry(entry.pk)
    assert release is not None
    correct(SYSTEM, release, fields={"lead": "Sáu."}, reason="Sai con số.", expected_revision=release.revision)
    said = article(client, entry)
    assert said["correction"][0]["text"] == "Sai con số."
    assert said["dateModified"] >= said["datePublished"]


def test_a_translation_names_its_original(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    assert entry.current is not None
    english = Text(language="en", headline="New rice", body_html="<p>Five tonnes.</p>", body_text="Five tonnes.")
    version = add_translation(entry, text=english, translates=entry.current)
    there = {code: f"http://testserver{address(entry, text)}#article" for code, text in texts(entry).items()}
    original, translation = article(client, entry), only(graph(client, address(entry, version)), "NewsArticle")
    assert original["workTranslation"] == [{"@id": there["en"]}]
    assert (translation["inLanguage"], translation["translationOfWork"]) == ("en", {"@id": there["vi"]})


def test_the_way_is_the_breadcrumb(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    steps = only(graph(client, address(entry)), "BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in steps][:2] == ["Trang chủ", "Kinh tế"]
    assert [client.get(step["item"].removeprefix("http://testserver")).status_code for step in steps] == [200] * 3


def test_a_text_in_a_language_the_interface_lacks_has_its_way_too(client: Client, put_out: PutOut) -> None:
    entry = put_out(language="ja", headline="新しい米")
    steps = only(graph(client, address(entry)), "BreadcrumbList")["itemListElement"]
    assert [step["item"] for step in steps] == [
        "http://testserver/en/", "http://testserver/en/s/kinh-te", f"http://testserver{address(entry)}"
    ]  # fmt: skip


def test_the_front_page_says_how_to_search(client: Client, put_out: PutOut, portal: Portal) -> None:
    put_out()
    site = only(graph(client, "/"), "WebSite")
    assert site["name"] == portal.name
    assert site["potentialAction"]["target"]["urlTemplate"] == "http://testserver/search?q={search_term_string}"
    english = only(graph(client, "/en/"), "WebSite")
    assert english["potentialAction"]["target"]["urlTemplate"].startswith("http://testserver/en/search")


def test_a_newsroom_says_who_it_is(client: Client, put_out: PutOut, organization: Organization, place: Place) -> None:
    organization.website, organization.logo, organization.city = "https://saomai.example", "/media/l.webp", place
    organization.profile, organization.kind = "Trồng lúa.", Kind.UNIVERSITY
    organization.save()
    put_out()
    said = only(graph(client, f"/o/{organization.slug}"), "EducationalOrganization")
    assert (said["name"], said["description"], said["sameAs"]) == (
        organization.name, "Trồng lúa.", ["https://saomai.example"]
    )  # fmt: skip
    assert said["logo"]["url"] == "http://testserver/media/l.webp"
    assert said["address"]["addressRegion"] == "Đồng Tháp"


def test_a_person_says_who_they_are_and_what_they_said(
    client: Client, put_out: PutOut, organization: Organization
) -> None:
    hoa = Spokesperson.objects.create(
        organization=organization, name="Lê Thị Hoa", slug="le-thi-hoa", role="Giám đốc", consent_at=clock.now()
    )
    words = {"id": "q", "text": "Mùa này được.", "name": "Lê Thị Hoa", "role": "Giám đốc", "person": hoa.public_id}
    entry = put_out(quotes=[words])
    path = f"/o/{organization.slug}/people/le-thi-hoa"
    things = graph(client, path)
    person, quote = only(things, "Person"), only(things, "Quotation")
    assert (person["name"], person["jobTitle"], person["url"]) == ("Lê Thị Hoa", "Giám đốc", f"http://testserver{path}")
    assert person["worksFor"]["name"] == organization.name
    assert (quote["text"], quote["creator"]) == ("Mùa này được.", {"@id": person["@id"]})
    assert quote["isPartOf"] == {"@id": article(client, entry)["@id"]}
    assert [step["name"] for step in only(things, "BreadcrumbList")["itemListElement"]][1] == organization.name
    assert f"http://testserver{path}" in client.get("/sitemap.xml").text


@pytest.mark.parametrize("awkward", ["</script><script>alert(1)</script>", 'A & B "C" \u2028', "Đ\u0309 <b>"])
def test_any_words_stay_words(client: Client, put_out: PutOut, awkward: str) -> None:
    entry = put_out(headline=awkward)
    page = client.get(address(entry)).text
    assert "<script>alert(1)" not in page
    assert article(client, entry)["headline"] == entry.current.headline  # type: ignore[union-attr]
