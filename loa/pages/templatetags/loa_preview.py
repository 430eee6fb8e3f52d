"""What a page that is not public yet knows of itself: as its readers would see it, were it published now."""

from dataclasses import replace

from django import template
from django.utils.translation import gettext as _

from loa.archive.models import Entry
from loa.archive.sheet import Sheet
from loa.pages.queries import releases
from loa.pages.views.licence import Terms, terms
from loa.portals import queries as portals
from loa.portals.models import AboutBlock, Portal
from loa.topics import queries as topics

register = template.Library()

AHEAD = "preview"  # stands for the id it will get; nothing on the page leads there


@register.simple_tag
def as_published(sheet: Sheet) -> Sheet:
    """The sheet with what only a published one shows, and words where the headline is still to be written."""
    return replace(sheet, public_id=sheet.public_id or AHEAD, headline=sheet.headline or _("Chưa có tiêu đề"))


@register.simple_tag
def licence_of(sheet: Sheet) -> Terms:
    """What readers may do with the text."""
    return terms(sheet.licence, "")


@register.simple_tag
def about_of(portal: Portal, language: str) -> AboutBlock | None:
    """The portal's word about itself."""
    return portals.about(portal, language)


@register.simple_tag
def related_to(sheet: Sheet, portal: Portal, language: str) -> list[Entry]:
    """What would stand under it."""
    section = next((one for one in topics.sections(portal) if one.slug == sheet.section_slug), None)
    ahead = Entry(pk=0, portal=portal, organization=sheet.organization, section=section)
    return releases.related(ahead, language)
