"""What pages tell machines: schema.org as JSON-LD 1.1, one graph a page."""

import json

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loa.archive import queries as archive
from loa.archive import rules
from loa.archive.models import Entry, Quotation, Version
from loa.archive.sheet import Sheet
from loa.media.marks import AI_IN_PART
from loa.organizations.models import Organization, Spokesperson
from loa.pages.views import things
from loa.pages.views.things import Thing, known, moment
from loa.portals.models import Portal

# Of a text besides NewsArticle.
_ALSO = {"results": "Report", "report": "Report"}
_ABOUT = {"event": things.event, "product": things.product, "appointment": things.appointment}


def script(*graph: Thing) -> str:
    """The content of a script element of type application/ld+json."""
    data = {"@context": "https://schema.org", "@graph": list(graph)}
    # A text may hold "</script>"; escaped, it stays text.
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")


def json_ld(sheet: Sheet, entry: Entry) -> str:
    """A release page: the way to it, the text, and what it is about."""
    portal, here = entry.portal, entry.portal.address + sheet.path
    about = _about(sheet, portal.address, here)
    # The page round a text speaks the nearest language the interface has: its lists are in that one.
    way = _way(portal, get_language() or portal.language, [(sheet.section_name, f"/s/{sheet.section_slug}")])
    trail = things.breadcrumbs([*way, (sheet.headline, here)])
    return script(article(sheet, entry, here, about), *([about] if about else []), trail)


def _about(sheet: Sheet, origin: str, here: str) -> Thing | None:
    build = _ABOUT.get(sheet.kind)
    return build(sheet, origin, here) if build is not None and sheet.facts else None


def article(sheet: Sheet, entry: Entry, here: str, about: Thing | None) -> Thing:
    """The text: who gave it out, when, on what terms, with what; sourced news names what it is based on."""
    origin, zone = entry.portal.address, sheet.time_zone
    changed = archive.modified_at(entry)
    sender = things.organization(sheet.organization, origin)
    also = _ALSO.get(sheet.kind)
    return known(
        ["NewsArticle", also] if also else "NewsArticle" if sheet.kind != "life" else "Article",
        id=f"{here}#article", url=here, mainEntityOfPage=here,
        headline=sheet.headline, alternativeHeadline=sheet.subtitle, description=sheet.lead or sheet.subtitle,
        inLanguage=sheet.language, genre=rules.genre(sheet.kind).lower(), articleSection=sheet.section_name,
        datePublished=moment(sheet.published_at, zone, is_day=sheet.is_day_only),
        dateModified=moment(changed, zone, is_day=sheet.is_day_only and changed == sheet.published_at),
        dateline=sheet.dateline, isAccessibleForFree=True,
        author=_authors(sheet, origin, sender), publisher=things.publisher(entry.portal),
        license=rules.licence_address(sheet.licence, f"{here}#licence"),
        copyrightHolder={"@id": sender["@id"]}, creditText=sheet.sender,
        isBasedOn=_source(sheet), citation=[things.citation(cited) for cited in sheet.documents],
        image=[things.image(picture, sheet, origin, here) for picture in sheet.pictures],
        video=[things.video(one, sheet, origin) for one in sheet.videos],
        associatedMedia=[things.document(one, origin) for one in sheet.attachments],
        hasPart=[things.quotation(quote, sheet) for quote in sheet.quotes],
        about={"@id": about["@id"]} if about else None,
        correction=[_correction(version, zone) for version in sheet.corrections],
        digitalSourceType=AI_IN_PART if sheet.is_ai else None,
        **_languages(sheet, origin),
    )  # fmt: skip


def _authors(sheet: Sheet, origin: str, sender: Thing) -> Thing | list[Thing]:
    partners = [
        known("Organization", name=one.get("name"), url=f"{origin}/o/{one['slug']}" if one.get("slug") else None,
              sameAs=one.get("website"))
        for one in sheet.partners
    ]  # fmt: skip
    return [sender, *partners] if partners else sender


def _source(sheet: Sheet) -> Thing | None:
    if not (sheet.is_sourced and sheet.source_url):
        return None
    named = known("Organization", name=sheet.source_name) if sheet.source_name else None
    return known("CreativeWork", url=sheet.source_url, publisher=named)


def _correction(version: Version, zone: str) -> Thing:
    words = " ".join(filter(None, [version.reason, version.note]))
    return known("CorrectionComment", text=words, datePublished=moment(version.shelved_at, zone))


def _languages(sheet: Sheet, origin: str) -> dict[str, object]:
    """The same text in other languages: the original has translations, a translation has its original."""
    articles = {code: {"@id": f"{origin}{path}#article"} for code, path in sheet.texts.items()}
    own = articles.pop(sheet.language, None)
    if own is None or not articles:
        return {}
    if next(iter(sheet.texts)) == sheet.language:
        return {"workTranslation": list(articles.values())}
    return {"translationOfWork": next(iter(articles.values()))}


def trail(portal: Portal, language: str, way: list[tuple[str, str]]) -> str:
    """The way to a page below the front page, as its breadcrumb shows it; paths without the language."""
    return script(things.breadcrumbs(_way(portal, language, way)))


def _way(portal: Portal, language: str, below: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The steps with their full addresses, the front page first."""
    return [(name, portal.link(path, language)) for name, path in [(_("Trang chủ"), "/"), *below]]


def home(portal: Portal, language: str) -> str:
    """The front page: the site, how to search it, and whose it is."""
    return script(things.website(portal, language), things.publisher(portal))


def newsroom(
    organization: Organization, portal: Portal, *, profile: str, people: list[Spokesperson], language: str
) -> str:
    """A newsroom: who it is, as its page says."""
    described = things.organization(organization, portal.address)
    if profile:
        described["description"] = profile
    if organization.city is not None:
        region = organization.city.name
        described["address"] = known("PostalAddress", addressRegion=region, addressCountry=portal.country)
    if organization.press_contacts:
        described["contactPoint"] = [things.press_contact(row) for row in organization.press_contacts]
    if people:
        described["employee"] = [things.employee(one, organization, portal, language) for one in people]
    way = [(_("Tổ chức"), "/o/"), (organization.label(language), organization.get_absolute_url())]
    return script(described, things.breadcrumbs(_way(portal, language, way)))


def person(one: Spokesperson, portal: Portal, language: str, said: list[Quotation]) -> str:
    """Somebody who speaks for an organization: who they are, and what they said, each where it stands."""
    newsroom_path = one.organization.get_absolute_url()
    path = f"{newsroom_path}/people/{one.slug}"
    who = things.person(one, portal, path, language)
    quotes = [things.said(quote, portal.address, who["@id"]) for quote in said]
    way = _way(portal, language, [(one.organization.label(language), newsroom_path), (one.name, path)])
    return script(who, *quotes, things.breadcrumbs(way))
