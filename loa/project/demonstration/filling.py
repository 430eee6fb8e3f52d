"""Fills an empty home with the demonstration portal, through the same acts people use."""

import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils.dateparse import parse_date, parse_datetime

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.audit.actions.record import SYSTEM
from loa.edge.actions.purge import purge
from loa.lib import clock, covers
from loa.lib.slugs import slugify
from loa.media.actions.describe import describe
from loa.media.actions.let_out import let_out
from loa.media.actions.take_in import take_in
from loa.media.models import Picture
from loa.organizations.models import Membership, Organization, Role, Spokesperson
from loa.places.models import Place
from loa.plans.actions.edit_plan import edit_plan
from loa.plans.actions.grant import grant
from loa.plans.models import Plan
from loa.portals.models import AboutBlock, Portal, PortalHost, StaticPage
from loa.project import config
from loa.project.demonstration.newsletters import fill_newsletters
from loa.project.demonstration.selling import make_seller, sell
from loa.project.demonstration.told import tell_of_the_past
from loa.project.demonstration.translating import translate
from loa.project.vocabulary import load_places, load_topics
from loa.releases.actions.offer_listing import offer_listing
from loa.releases.actions.publish import publish
from loa.releases.actions.save import begin
from loa.releases.actions.submit import submit
from loa.releases.models import Release
from loa.topics.models import Section, Topic

CONTENT = Path(__file__).parent / "content"
MODERATOR = "bien-tap@globalvn.example"
AUTHOR = "tac-gia@locdien.example"


def read(name: str) -> Any:
    """One file of the content."""
    return json.loads((CONTENT / name).read_text("utf-8"))


def fill() -> None:
    """Makes everything that is not there yet; may run twice, or again after dying at any line."""
    portal = make_portal(read("portal.json"))
    load_topics()
    load_places()
    make_sections(portal, read("portal.json"))
    make_seller(portal, read("seller.json"))
    moderator = person(MODERATOR, is_staff=True)
    author = person(AUTHOR)
    fill_first(portal, moderator, author)
    sister = fill_sister(moderator, author)
    for one in (portal, sister):
        tell_of_the_past(author, one)


def fill_first(portal: Portal, moderator: Person, author: Person) -> None:
    """GlobalVN: who publishes there, and what."""
    made = {row["slug"]: (make_organization(portal, row, moderator, author), row) for row in read("organizations.json")}
    make_plans(portal, [organization for organization, about in made.values() if about["kind"] != "portal_desk"])
    for file in sorted(CONTENT.glob("releases-*.json")):
        for row in read(file.name):
            organization, about = made[row["organization"]]
            make_release(moderator, organization, about, row)
    for key, rows in read("translations.json").items():
        translate(Release.objects.select_related("organization").get(public_id=f"demonstration-{key}"), rows)
    for organization, about in made.values():
        if not about.get("is_new"):  # newcomers brought older releases along
            begin_with_its_first(organization)
    sell(made["cang-loc-dien"][0], author, moderator)
    fill_newsletters(portal, moderator, read("newsletters.json"))


def fill_sister(moderator: Person, author: Person) -> Portal:
    """The sister: a city's portal in English first, on a host name of its own; the same people keep and use it."""
    data = read("sister.json")
    portal = make_portal(data)
    keep_address()
    make_sections(portal, data)
    make_seller(portal, data["seller"])
    rows = read("sister-organizations.json")
    made = {row["slug"]: (make_organization(portal, row, moderator, author), row) for row in rows}
    make_plans(portal, [organization for organization, _row in made.values()])
    for row in read("sister-releases.json"):
        make_release(moderator, *made[row["organization"]], row)
    for organization, _row in made.values():
        begin_with_its_first(organization)
    for release in Release.objects.filter(public_id__in=[f"demonstration-{key}" for key in data["lists"]]):
        offer_listing(author, release, portal)
    fill_newsletters(portal, moderator, {"imprint": data["imprint"], "readers": {}, "issues": []})
    return portal


def begin_with_its_first(organization: Organization) -> None:
    """Lets an organization have been let out on the day of its first release, as it would have been."""
    first = Entry.objects.filter(organization=organization).order_by("published_at").first()
    if first is not None:
        Organization.objects.filter(pk=organization.pk).update(approved_at=first.published_at)


def password() -> str:
    """The demonstration accounts' password: made once for this home, never a default."""
    file = Path(settings.LOA_HOME) / "demonstration-password"
    if not file.exists():
        import secrets  # noqa: PLC0415

        file.touch(mode=0o600)
        file.write_text(f"loa-{secrets.token_urlsafe(9)}")
    return file.read_text().strip()


def person(email: str, *, is_staff: bool = False) -> Person:
    """A demonstration account with a confirmed address."""
    found = Person.objects.filter(email=email).first()
    if found is None:
        found = Person.objects.create_user(email, password(), is_staff=is_staff, is_superuser=is_staff)
    EmailAddress.objects.get_or_create(user=found, email=email, defaults={"verified": True, "primary": True})
    return found


def make_portal(data: dict[str, Any]) -> Portal:
    """The portal, its host, pages and about blocks."""
    columns = ("name", "tagline", "language", "place", "accent", "accent_dark", "responsible", "takes")
    given: dict[str, Any] = {name: data[name] for name in columns if name in data}
    given["languages"] = data.get("offers", [])
    portal, _ = Portal.objects.get_or_create(
        slug=data["slug"], defaults={**given, "is_demonstration": True, "is_listed": True}
    )
    PortalHost.objects.get_or_create(host=data["host"], defaults={"portal": portal})
    drawn = covers.draw_portrait(data["about"]["contact"]["name"], ("#133d4a", "#c7ae63"))
    key = f"portal:{portal.pk}"
    portrait = picture(drawn, key, public_for=key).get_absolute_url()
    for language in data["languages"]:
        for page in data["pages"]:
            values = {"title": page["title"][language], "body_html": page["body_html"][language]}
            StaticPage.objects.get_or_create(portal=portal, slug=page["slug"], language=language, defaults=values)
        about = data["about"]
        contact = {key: in_words(value, language) for key, value in about["contact"].items()}
        AboutBlock.objects.get_or_create(
            portal=portal, language=language,
            defaults={
                "title": about["title"][language], "body_html": about["body_html"][language],
                "person": contact["name"], "office": f"{contact['role']} · {contact['office']}", "portrait": portrait,
            },
        )  # fmt: skip
    return portal


def keep_address() -> str:
    """Puts the sister's links on the port that is listened on now, and answers its address; none where there is none.

    Browsers lead every name under .localhost to the machine itself (RFC 6761, section 6.3), so it needs no DNS.
    """
    host = read("sister.json")["host"]
    found = Portal.objects.filter(hosts__host=host, is_demonstration=True).first()
    if found is None:
        return ""
    origin = f"http://{host}:{config.port()}"
    if found.origin != origin:
        Portal.objects.filter(pk=found.pk).update(origin=origin)
        purge(["frame", "front"])
    return origin


def in_words(value: Any, language: str) -> str:
    """A text that may be given once or per language."""
    return str(value[language] if isinstance(value, dict) else value)


def picture(data: bytes, owner: str, credit: str = "Loa", public_for: str = "", name: str = "") -> Picture:
    """A drawn picture, taken in like any other and described by its name where it has one."""
    taken = take_in(data, owner_key=owner, credit=credit, public_for=public_for, name=name, is_bound=False)
    return describe(taken, alt=name) if name else taken


def make_sections(portal: Portal, data: dict[str, Any]) -> None:
    """The sections and the topics they gather."""
    for position, row in enumerate(data["sections"]):
        values = {"name_vi": row["name"]["vi"], "name_en": row["name"]["en"], "position": position}
        section, _ = Section.objects.get_or_create(portal=portal, slug=row["slug"], defaults=values)
        section.topics.set(Topic.objects.filter(pk__in=row["topics"]))


def make_organization(portal: Portal, row: dict[str, Any], moderator: Person, author: Person) -> Organization:
    """An organization with its mark, its people and its member."""
    colours = (row["colours"][0], row["colours"][1])
    found = Organization.objects.filter(portal=portal, slug=row["slug"]).first()
    if found is None:
        found = Organization.objects.create(
            portal=portal, slug=row["slug"], name=row["name"], name_en=row["name_en"], kind=row["kind"],
            website=row["website"], profile=row["profile_vi"],
            profile_en=row["profile_en"], approved_at=clock.now(),
            city=Place.objects.filter(slug=row["city"]).first(), press_contacts=[row["contact"]],
        )  # fmt: skip
    key = f"organization:{found.pk}"
    if not found.logo:
        mark = covers.draw_logo(row["slug"], motif=row["motif"], colours=colours)
        found.logo = picture(mark, key, public_for=key, name=f"Biểu trưng {found.name}").get_absolute_url()
        found.save(update_fields=["logo"])
    for one in row["people"]:
        drawn = covers.draw_portrait(one["name"], colours)
        portrait = picture(drawn, key, name=f"Chân dung {one['name']}").get_absolute_url()
        values = {
            "slug": slugify(one["name"]), "role": one["role"], "role_en": one["role_en"], "bio": one["bio"],
            "bio_en": one["bio_en"], "portrait": portrait,
            "consent_at": clock.now(), "consent_note": "Nhân vật của bản trình diễn",
        }  # fmt: skip
        shown, _ = Spokesperson.objects.get_or_create(organization=found, name=one["name"], defaults=values)
        let_out([portrait], key=f"person:{shown.public_id}", owner_key=key)
    member = moderator if row["kind"] == "portal_desk" else author
    Membership.objects.get_or_create(organization=found, person=member, defaults={"role": Role.OWNER})
    return found


def make_plans(portal: Portal, organizations: list[Organization]) -> None:
    """What is sold; each organization that is there has the plan of a year, so that nobody who tries is stopped."""
    for position, row in enumerate(read("plans.json")):
        values = {**row, "currency": "VND", "is_offered": True, "position": position}
        if not Plan.objects.filter(portal=portal, slug=row["slug"]).exists():
            edit_plan(SYSTEM, portal=portal, slug=row["slug"], fields=values)
    year = Plan.objects.filter(portal=portal, slug="phong-tin-nam").latest("valid_from")
    for organization in organizations:
        grant(SYSTEM, organization, year, key=f"demonstration:{organization.slug}")


def make_release(moderator: Person, organization: Organization, about: dict[str, Any], row: dict[str, Any]) -> None:
    """Writes, submits and publishes one release, with the date and the views it had."""
    key = f"demonstration-{row['id']}"
    release = Release.objects.filter(public_id=key).first()
    if release is None:
        author = moderator if about["kind"] == "portal_desk" else Person.objects.get(email=AUTHOR)
        release = begin(
            author, organization, fields={**fields(organization, row), "pictures": [cover(organization, about, row)]}
        )
        Release.objects.filter(pk=release.pk).update(public_id=key)
        release.refresh_from_db()
    if release.state == "draft":
        release = submit(moderator, release)
    if release.state == "submitted":
        at, is_day_only = moment(row)
        publish(SYSTEM, release, published_at=at, is_day_only=is_day_only, views_before=row.get("views", 0))


def fields(organization: Organization, row: dict[str, Any]) -> dict[str, Any]:
    """The written values of a release."""
    plain: tuple[str, ...] = ("kind", "language", "headline", "subtitle", "lead", "body_html", "dateline")
    plain += ("source_url", "source_name", "picture_credit")
    contact = row.get("contact", "")
    if isinstance(contact, dict):
        contact = " · ".join(str(value) for value in contact.values() if value)
    return {
        **{name: row.get(name, "") for name in plain},
        "contact": contact,
        "section": Section.objects.get(portal=organization.portal_id, slug=row["section"]),
        "place": Place.objects.filter(slug=row.get("place") or "").first(),
        "topics": Topic.objects.filter(pk__in=row.get("topics", [])),
        "facts": facts(row),
    }


def facts(row: dict[str, Any]) -> dict[str, Any]:
    """What belongs to its kind; an event may be so many days after the day of filling, so that one is always ahead."""
    written = dict(row.get("facts", {}))
    if "starts_in_days" not in written:
        return written
    zone = written["time_zone"]
    day = clock.now().astimezone(ZoneInfo(zone)).date() + timedelta(days=written.pop("starts_in_days"))
    start = clock.in_zone(datetime.combine(day, time.fromisoformat(written.pop("clock"))), zone)
    end = start + timedelta(minutes=written.pop("lasts_minutes"))
    return {**written, "starts_at": start.isoformat(), "ends_at": end.isoformat()}


def cover(organization: Organization, about: dict[str, Any], row: dict[str, Any]) -> dict[str, object]:
    """The drawn cover of a release as a picture of it."""
    words = row.get("cover", {})
    credit = words.get("credit") or f"Hình vẽ: {about['name']}"
    colours = (about["colours"][0], about["colours"][1])
    data = covers.draw_cover(row["id"], motif=about["motif"], colours=colours)
    drawn = picture(data, f"organization:{organization.pk}", credit)
    said = {"alt": words.get("alt") or "Hình minh họa", "caption": words.get("caption", "")}
    return describe(drawn, **said).shown()


def moment(row: dict[str, Any]) -> tuple[datetime, bool]:
    """When it was published (UTC), and whether only the day is known."""
    if row.get("published_on"):
        day = parse_date(row["published_on"])
        if day is None:
            raise ValueError(row["id"])
        local = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
        return local.astimezone(UTC), True
    at = parse_datetime(row["published_at"])
    if at is None:
        raise ValueError(row["id"])
    return at.astimezone(UTC), False
