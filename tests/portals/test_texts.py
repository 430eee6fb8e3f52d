"""Texts of a portal: what they leave open is filled in, and one that names another portal's place is found."""

from django.test import Client

from loa.portals import queries
from loa.portals.models import AboutBlock, Portal, StaticPage
from loa.project import doctor


def test_name_place_and_language_are_put_in(client: Client, portal: Portal) -> None:
    Portal.objects.update(place={"vi": "Huế <cố đô>", "en": "Hue"})
    body = "<p>{portal} viết về {place} bằng {language}; {khác} và { place } để nguyên.</p>"
    AboutBlock.objects.create(portal=portal, language="vi", title="Tin {place}", body_html=body, office="{portal}")
    english = {"title": "About {portal}", "body_html": "<p>{place}</p>"}
    StaticPage.objects.create(portal=portal, slug="about", language="en", **english)
    page = client.get("/about").text
    assert "Tin Huế &lt;cố đô&gt;" in page
    assert "<p>GlobalVN viết về Huế &lt;cố đô&gt; bằng tiếng Việt; {khác} và { place } để nguyên.</p>" in page
    assert "About GlobalVN" in client.get("/en/about").text
    assert "<p>Hue</p>" in client.get("/en/about").text
    assert "[About GlobalVN]" in client.get("/en/llms.txt").text
    assert AboutBlock.objects.get().body_html == body


def test_the_doctor_names_a_text_that_speaks_of_another_place(portal: Portal) -> None:
    Portal.objects.update(place={"vi": "Huế"}, tagline={"vi": "Tin của Đà Nẵng"})
    other = Portal.objects.create(slug="dn", name="GlobalDN", place={"vi": "Đà Nẵng", "en": "Da Nang"})
    StaticPage.objects.create(
        portal=other, slug="terms", language="vi", title="Điều khoản", body_html="<p>Tòa án ở <b>Huế</b> xử.</p>"
    )
    AboutBlock.objects.create(portal=other, language="en", title="Da Nang", body_html="<p>Đà Nẵng, not Huếx.</p>")
    found = doctor.places()
    assert found.level == "note"
    assert "globalvn: tagline (vi) names Đà Nẵng" in found.found
    assert "dn: /terms (vi) names Huế" in found.found
    assert len(queries.strays()) == 2
    Portal.objects.filter(pk=portal.pk).update(tagline={})
    StaticPage.objects.all().delete()
    assert doctor.places().level == "ok"
