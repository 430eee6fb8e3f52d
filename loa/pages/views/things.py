"""Things as schema.org names them, one small function a type; what is not known is left out.

Full addresses everywhere: `origin` is the portal's scheme and host, `here` the address of the page.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from loa.archive import queries as archive
from loa.archive import rules
from loa.archive.models import Availability, Quotation
from loa.archive.sheet import Sheet
from loa.organizations.models import Kind, Organization, Spokesperson
from loa.portals.models import Portal

Thing = dict[str, Any]
_TYPES = {
    Kind.PUBLIC_BODY: "GovernmentOrganization",
    Kind.UNIVERSITY: "EducationalOrganization",
    Kind.HOSPITAL: "Hospital",
    Kind.NGO: "NGO",
    Kind.MEDIA: "NewsMediaOrganization",
}
_AVAILABILITY: dict[str, str] = {
    code.value: f"https://schema.org/{name}"
    for code, name in {
        Availability.IN_STOCK: "InStock",
        Availability.PRE_ORDER: "PreOrder",
        Availability.FROM_DAY: "PreSale",
        Availability.LIMITED: "LimitedAvailability",
        Availability.DISCONTINUED: "Discontinued",
    }.items()
}
_PLAYERS = {"youtube": "https://www.youtube.com/embed/", "vimeo": "https://player.vimeo.com/video/"}
_PAGES = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}


def known(kind: str | list[str], **facts: Any) -> Thing:
    """A thing of a type with what is known of it; `id` becomes `@id`."""
    named = {"@id" if name == "id" else name: value for name, value in facts.items()}
    return {"@type": kind, **{name: value for name, value in named.items() if value not in (None, "", [], {}, 0)}}


def moment(at: datetime, zone: str, *, is_day: bool = False) -> str:
    """A moment in a zone, or its day alone."""
    local = at.astimezone(ZoneInfo(zone))
    return local.date().isoformat() if is_day else local.isoformat(timespec="seconds")


def publisher(portal: Portal) -> Thing:
    """The portal as an organization."""
    logo = known("ImageObject", url=portal.address + portal.logo) if portal.logo else None
    return known("Organization", id=f"{portal.address}/#portal", name=portal.name, url=f"{portal.address}/", logo=logo)


def website(portal: Portal, language: str) -> Thing:
    """The portal as a site that can be searched."""
    entry_point = known("EntryPoint", urlTemplate=portal.link("/search?q={search_term_string}", language))
    search = {"@type": "SearchAction", "target": entry_point, "query-input": "required name=search_term_string"}
    return known(
        "WebSite", id=f"{portal.address}/#site", name=portal.name, url=portal.link("/", language), inLanguage=language,
        description=portal.tagline.get(language) or portal.tagline.get(portal.language),
        publisher=publisher(portal), potentialAction=search,
    )  # fmt: skip


def breadcrumbs(steps: list[tuple[str, str]]) -> Thing:
    """The way to a page as (name, full address), the front page first."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def organization(one: Organization, origin: str) -> Thing:
    """A sender: its newsroom is its address here, its own site says it is the same."""
    return known(
        _TYPES.get(Kind(one.kind), "Organization"),
        id=f"{origin}{one.get_absolute_url()}#organization",
        name=one.name, alternateName=one.name_en, url=origin + one.get_absolute_url(),
        logo=known("ImageObject", url=origin + one.logo) if one.logo else None,
        sameAs=[one.website] if one.website else None,
    )  # fmt: skip


def person(one: Spokesperson, portal: Portal, path: str, language: str) -> Thing:
    """Someone who speaks, or spoke, for an organization."""
    is_english = language != "vi"
    url = portal.link(path, language)
    return known(
        "Person", id=f"{portal.address}{path}#person", name=one.name, url=url,
        jobTitle=(one.role_en if is_english else "") or one.role,
        description=(one.bio_en if is_english else "") or one.bio,
        image=portal.address + one.portrait if one.portrait else None,
        worksFor=organization(one.organization, portal.address) if one.left_at is None else None,
    )  # fmt: skip


def employee(one: Spokesperson, of: Organization, portal: Portal, language: str) -> Thing:
    """Someone who speaks for an organization, on its own page: what is said there once is not said again."""
    path = f"{of.get_absolute_url()}/people/{one.slug}"
    return known(
        "Person", id=f"{portal.address}{path}#person", name=one.name, url=portal.link(path, language),
        jobTitle=(one.role_en if language != "vi" else "") or one.role,
        image=portal.address + one.portrait if one.portrait else None,
    )  # fmt: skip


def press_contact(row: dict[str, str]) -> Thing:
    """Whom journalists ask."""
    return known(
        "ContactPoint", contactType="press", name=row.get("name"), description=row.get("role"),
        telephone=row.get("phone"), email=row.get("email"), availableLanguage=row.get("language", "").split(),
    )  # fmt: skip


def image(picture: dict[str, Any], sheet: Sheet, origin: str, here: str) -> Thing:
    """A picture with whom to credit and on what terms; whoever made it, or else the sender."""
    credit = rules.credit(picture, sheet.picture_credit, sheet.sender)
    own = str(picture.get("licence") or "")
    terms = own if own.startswith(("https://", "http://")) else rules.licence_address(sheet.licence, f"{here}#licence")
    by = str(picture.get("creator") or "")
    return known(
        "ImageObject", url=origin + picture["url"], contentUrl=origin + picture["url"],
        width=picture.get("width"), height=picture.get("height"),
        caption=picture.get("caption") or picture.get("alt"), creditText=credit,
        creator=known("Person", name=by) if by else known("Organization", name=sheet.sender),
        copyrightNotice=credit, license=terms, acquireLicensePage=f"{here}#licence",
        digitalSourceType=picture.get("digital_source_type"),
    )  # fmt: skip


def video(one: dict[str, Any], sheet: Sheet, origin: str) -> Thing:
    """A film, ours or at a provider."""
    provider, key = str(one.get("provider") or ""), str(one.get("id") or "")
    poster = one.get("poster") or {}
    seconds = int(one.get("seconds") or 0)
    is_elsewhere = provider in _PLAYERS
    return known(
        "VideoObject", name=one.get("title") or sheet.headline, description=sheet.lead or sheet.headline,
        thumbnailUrl=origin + poster["url"] if poster.get("url") else None,
        uploadDate=moment(sheet.published_at, sheet.time_zone),
        contentUrl=None if is_elsewhere else origin + str(one.get("url", "")),
        embedUrl=_PLAYERS[provider] + key if is_elsewhere else None,
        url=_PAGES[provider] + key if is_elsewhere else None,
        duration=f"PT{seconds}S" if seconds else None,
        width=one.get("width"), height=one.get("height"), creditText=one.get("credit"),
    )  # fmt: skip


def document(attachment: dict[str, Any], origin: str) -> Thing:
    """A document that comes with a text."""
    name = attachment.get("title") or attachment.get("name")
    size = f"{attachment['bytes']} B" if attachment.get("bytes") else None
    return known("DigitalDocument", name=name, url=origin + str(attachment.get("url", "")), contentSize=size)


def citation(cited: dict[str, Any]) -> Thing:
    """A document a text cites: number, day, who issued it."""
    return known(
        "CreativeWork", identifier=cited.get("number"), name=cited.get("title") or cited.get("number"),
        datePublished=cited.get("date"), url=cited.get("url"),
        publisher=known("Organization", name=cited["issuer"]) if cited.get("issuer") else None,
    )  # fmt: skip


def quotation(quote: dict[str, Any], sheet: Sheet) -> Thing:
    """What somebody said, in the role of that day."""
    by = known("Person", name=quote.get("name"), jobTitle=quote.get("role"))
    return known("Quotation", text=quote.get("text"), inLanguage=sheet.language, creator=by)


def said(quote: Quotation, origin: str, by: str) -> Thing:
    """What a person of ours said, and the text it stands in."""
    text = f"{origin}{archive.address(quote.entry, quote.version)}"
    return known(
        "Quotation", text=quote.text, inLanguage=quote.language, creator={"@id": by},
        isPartOf={"@id": f"{text}#article"}, url=text,
    )  # fmt: skip


def event(sheet: Sheet, origin: str, here: str) -> Thing:
    """What people come to, at one place or many, or watch from afar."""
    facts = sheet.facts
    places = [_venue(one) for one in facts.get("venues") or []]
    afar = [known("VirtualLocation", url=facts["stream_url"])] if facts.get("stream_url") else []
    mode = "Mixed" if places and afar else "Online" if afar else "Offline"
    capacity = str(facts.get("capacity") or "")
    sign_up = facts.get("registration_url")
    return known(
        "Event", id=f"{here}#event", name=sheet.headline, description=sheet.lead or sheet.subtitle, url=here,
        startDate=facts.get("starts_at"), endDate=facts.get("ends_at"), inLanguage=sheet.language,
        eventStatus="https://schema.org/EventScheduled",
        eventAttendanceMode=f"https://schema.org/{mode}EventAttendanceMode",
        location=[*places, *afar], organizer=organization(sheet.organization, origin),
        audience=known("Audience", audienceType=facts["audience"]) if facts.get("audience") else None,
        maximumAttendeeCapacity=int(capacity) if capacity.isdecimal() else None,
        offers=known("Offer", url=sign_up) if sign_up else None,
        image=[origin + picture["url"] for picture in sheet.pictures],
    )  # fmt: skip


def _venue(venue: dict[str, str]) -> Thing:
    address = known("PostalAddress", streetAddress=venue.get("address"), addressRegion=venue.get("place"))
    name = venue.get("name") or venue.get("address") or venue.get("place")
    return known("Place", name=name, address=address if len(address) > 1 else None)


def product(sheet: Sheet, origin: str, here: str) -> Thing:
    """Something new to buy or use; the price is words ("từ 2 triệu đồng"), so it stands as a description."""
    facts = sheet.facts
    offer = known(
        "Offer", description=facts.get("price"), availabilityStarts=facts.get("available_from"),
        availability=_AVAILABILITY.get(str(facts.get("availability"))),
    )  # fmt: skip
    return known(
        "Product", id=f"{here}#product", name=facts.get("name") or sheet.headline,
        description=sheet.lead or sheet.subtitle, brand=organization(sheet.organization, origin),
        image=[origin + picture["url"] for picture in sheet.pictures], url=here,
        offers=offer if len(offer) > 1 else None,
    )  # fmt: skip


def appointment(sheet: Sheet, origin: str, here: str) -> Thing:
    """Who took a post, and from when."""
    facts = sheet.facts
    post = known(
        "OrganizationRole", roleName=facts.get("role"), startDate=facts.get("from_day"),
        worksFor=organization(sheet.organization, origin),
    )  # fmt: skip
    return known("Person", id=f"{here}#person", name=facts.get("person"), jobTitle=facts.get("role"), worksFor=post)
