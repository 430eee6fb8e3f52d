"""Published entries for the tests of rooms that look at the record."""

from datetime import datetime

from loa.archive.actions.shelve import Place, Text, shelve
from loa.archive.models import Entry
from loa.organizations.models import Organization
from loa.portals.models import Portal, PortalHost
from loa.topics.models import Section


def make_portal() -> Portal:
    """A portal any host leads to, with two sections."""
    portal = Portal.objects.create(slug="vn", name="GlobalVN")
    PortalHost.objects.create(portal=portal, host="*")
    Section.objects.create(portal=portal, slug="kinh-te", name_vi="Kinh tế", name_en="Economy")
    Section.objects.create(portal=portal, slug="van-hoa", name_vi="Văn hoá", name_en="Culture", position=1)
    return portal


def make_entry(portal: Portal, key: str, *, section: str = "kinh-te", published_at: datetime | None = None) -> Entry:
    """An entry on the record, and its notice on the wire."""
    organization, _ = Organization.objects.get_or_create(portal=portal, slug="hoa-sen", defaults={"name": "Hoa Sen"})
    text = Text(language="vi", headline=f"Tin {key}", body_html="<p>Nội dung.</p>", body_text="Nội dung.")
    place = Place(
        portal_id=portal.pk,
        organization_id=organization.pk,
        section_id=Section.objects.get(portal=portal, slug=section).pk,
        kind="release",
    )
    return shelve(key, text=text, place=place, published_at=published_at)
