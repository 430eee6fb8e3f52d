"""Nothing crosses between portals: each row of one bears its canary, and a walk over all of the other never meets it.

Two things lead across by design and are looked at elsewhere: the row of sisters, and what an organization had listed.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.audit.actions.record import SYSTEM
from loa.desk.actions.set_staff import set_staff
from loa.desk.actions.write_pages import write_pages
from loa.lib import clock
from loa.moderation.actions.report import report
from loa.newsletters.actions.begin import begin as begin_issue
from loa.newsletters.actions.edit_imprint import edit_imprint
from loa.newsletters.actions.pick import pick
from loa.newsletters.models import Issue
from loa.organizations.actions.found import found
from loa.organizations.models import Organization, Spokesperson
from loa.places.models import Place
from loa.plans.models import OfferRequest, Plan
from loa.portals.models import AboutBlock, Portal, PortalHost, StaticPage
from loa.releases.actions.publish import publish
from loa.releases.actions.save import begin
from loa.releases.actions.submit import submit
from loa.releases.actions.withdraw import withdraw
from loa.releases.models import Release
from loa.search.models import SynonymList
from loa.topics.models import Section, Topic
from tests.conftest import MakePerson
from tests.project.crawler import Crawl
from tests.readers import make_reader

pytestmark = pytest.mark.pages

CANARY = {"testserver": "kanarienvogel", "sister.example": "zebrafink"}
PUBLIC = (
    "/", "/latest", "/events", "/events.ics", "/o/", "/t/", "/p/", "/search", "/newsletter", "/newsletter/issues",
    "/pricing", "/about", "/terms", "/corrections", "/archive/2026",
)  # fmt: skip
MACHINES = (
    "/feed.xml", "/feed.atom", "/feed.json", "/s/tin/feed.xml", "/sitemap.xml", "/sitemap-lists-1.xml",
    "/news-sitemap.xml", "/llms.txt", "/robots.txt", "/.well-known/security.txt", "/og/portal.png", "/favicon.ico",
    "/t/medtop:04000000/kinh-te/feed.json", "/p/1/hue/feed.atom",
)  # fmt: skip
DESKS = ("/desk/", "/desk/inbox", "/compose/", "/moderation/", "/moderation/listings", "/operator/")


class Side(NamedTuple):
    """One portal's rows that an address can name."""

    portal: Portal
    sender: Organization
    out: Entry
    gone: Entry
    draft: Release
    waiting: Release
    issue: Issue
    editor: Person


@pytest.fixture
def sides(
    portal: Portal, an: Person, operator: Person, make_person: MakePerson, run_wire: Callable[[], int]
) -> dict[str, Side]:
    """Both portals, by host, with one of everything; An writes for both, each has an editor of its own."""
    sister = Portal.objects.create(slug="sister", name="GlobalDN", origin="https://sister.example")
    PortalHost.objects.create(portal=sister, host="sister.example")
    Topic.objects.create(qcode="medtop:04000000", labels={"vi": "Kinh tế", "en": "Economy"})
    Place.objects.create(pk=1, slug="hue", name="Huế", name_en="Hue")
    made = {}
    for one, host in ((portal, "testserver"), (sister, "sister.example")):
        editor = set_staff(actor(operator), portal=one, email=make_person(f"Editor{one.pk}").email, reach="portal")
        made[host] = fill(one, CANARY[host], an, editor)
    run_wire()
    return made


def fill(portal: Portal, word: str, an: Person, editor: Person) -> Side:
    """One of everything a portal holds, each with the word."""
    Portal.objects.filter(pk=portal.pk).update(
        tagline={"vi": word},
        licence={"vi": word},
        responsible=word,
        place={"vi": word},
        contact_email=f"{word}@vidu.vn",
    )
    write_pages(SYSTEM, portal, email=f"{word}@vidu.vn")
    StaticPage.objects.filter(portal=portal).update(title=f"Trang {word}")
    AboutBlock.objects.create(portal=portal, language="vi", title=word, body_html=word, person=word, office=word)
    section = Section.objects.create(portal=portal, slug="tin", name_vi=f"Mục {word}")
    section.topics.add("medtop:04000000")
    sender, newcomer = (found(an, portal=portal, name=f"{kind} {word}", kind="company") for kind in ("Quen", "Mới"))
    Organization.objects.filter(pk=sender.pk).update(approved_at=clock.now(), profile=word)
    sender.refresh_from_db()
    Spokesperson.objects.create(organization=sender, slug="ai-do", name=word, role=word, consent_at=clock.now())
    fields = {
        "lead": f"Thu hoạch {word}.", "body_html": f"<p>Chuyện dài của {word} trên đồng.</p>", "section": section,
        "contact": f"{word}, a@vidu.vn", "place": Place.objects.get(pk=1), "topics": Topic.objects.all(),
    }  # fmt: skip
    event = {"kind": "event", "facts": {"starts_at": "2030-01-05T09:00:00+07:00", "time_zone": "Asia/Ho_Chi_Minh",
                                        "venues": [{"name": word, "address": word, "place": "Huế"}]}}  # fmt: skip
    out = publish(actor(an), submit(an, begin(an, sender, fields={**fields, "headline": f"Mùa màng của {word}"})))
    publish(actor(an), submit(an, begin(an, sender, fields={**fields, **event, "headline": f"Hội {word}"})))
    gone = publish(actor(an), submit(an, begin(an, sender, fields={**fields, "headline": f"Nhầm lẫn của {word}"})))
    withdraw(SYSTEM, Release.objects.get(entry=gone), statement=f"Rút vì {word}.")
    draft = begin(an, sender, fields={**fields, "headline": f"Nháp {word}"})
    waiting = submit(an, begin(an, newcomer, fields={**fields, "headline": f"Chờ {word}"}))
    report(out, reason=f"Sai {word}", email=f"{word}@vidu.vn")
    make_reader(portal, f"{word}@doc.vn")
    Plan.objects.create(portal=portal, slug="goi", name_vi=f"Gói {word}", name_en=word, price=5_000, allowance=9)
    OfferRequest.objects.create(portal=portal, organization_name=word, name=word, email="b@vidu.vn", wish=word)
    SynonymList.objects.create(portal=portal, text=f"{word} = mùa", edited_at=clock.now())
    edit_imprint(SYSTEM, portal=portal, fields={"name": word, "address": word, "telephone": "1", "email": "c@vidu.vn"})
    issue = begin_issue(SYSTEM, portal=portal, language="vi")
    pick(SYSTEM, issue, entries=list(archive.news(portal.pk)[:2]))
    Issue.objects.filter(pk=issue.pk).update(state="sent", number=1, sent_at=clock.now(), subject=f"Số báo {word}")
    return Side(portal, sender, out, gone, draft, waiting, issue, editor)


def walk(client: Client, starts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every page there is a way to, three of a kind, and what machines fetch."""
    yield from Crawl(client, "").pages(*starts)
    for path in MACHINES:
        yield path, client.get(path).content.decode(errors="replace")


@pytest.mark.parametrize("host", CANARY)
@pytest.mark.parametrize("who", ["reader", "author", "editor"])
def test_a_walk_over_one_never_meets_the_other(sides: dict[str, Side], an: Person, host: str, who: str) -> None:
    (foreign,) = (word for other, word in CANARY.items() if other != host)
    client = Client(headers={"host": host})
    if who != "reader":
        client.force_login(an if who == "author" else sides[host].editor)
    seen = own = 0
    for path, text in walk(client, PUBLIC if who == "reader" else DESKS):
        if path == "/accounts/delete/":  # an account is everybody's, and so is what stands in its way
            assert re.search(rf'href="(?!https?://)[^"]*{foreign}', text) is None
            continue
        assert foreign not in text.lower(), (who, host, path)
        seen, own = seen + 1, own + (CANARY[host] in text.lower())
    assert seen > {"reader": 40, "author": 25, "editor": 40}[who]
    assert own > seen / 2


@pytest.mark.parametrize("host", CANARY)
def test_whoever_searches_one_finds_nothing_of_the_other(sides: dict[str, Side], host: str) -> None:
    (foreign,) = (word for other, word in CANARY.items() if other != host)
    other = next(side for there, side in sides.items() if there != host)
    client = Client(headers={"host": host})
    for asked in (f"q={foreign}", f"q=thu+hoach&organization={other.sender.slug}", "q=org:quen", "q=m%C3%B9a", "q="):
        for door in ("/search", "/search/suggest", "/search/feed.xml", "/search/feed.json"):
            text = client.get(f"{door}?{asked}").text.lower()
            for public_id in (other.out.public_id, other.gone.public_id):
                assert public_id not in text, (door, asked)
            assert f"mùa màng của {foreign}" not in text, (door, asked)


@pytest.mark.parametrize("host", CANARY)
def test_no_id_of_the_other_opens_at_the_wrong_host(sides: dict[str, Side], an: Person, host: str) -> None:
    foreign_host, other = next((there, side) for there, side in sides.items() if there != host)
    word = CANARY[foreign_host]
    entries = [f"/r/{entry.public_id}{rest}" for entry in (other.out, other.gone)
               for rest in ("", "/x", "/x.md", "/x.pdf", "/x.ics", "/embed", "/qr.svg", "/pictures.zip")]  # fmt: skip
    senders = [f"/o/{other.sender.slug}{rest}" for rest in ("", "/media", "/embed", "/people/ai-do", "/feed.xml")]
    public = [*entries, *senders, f"/report/{other.out.public_id}", f"/og/{other.out.public_id}-1.png",
              f"/og/o/{other.sender.slug}.png", f"/oembed?url=https://{host}/r/{other.out.public_id}"]  # fmt: skip
    desk = [f"/desk/o/{other.sender.slug}", f"/desk/o/{other.sender.slug}/members", f"/desk/o/{other.sender.slug}/plan",
            f"/moderation/{other.waiting.public_id}", f"/moderation/{other.waiting.public_id}/preview",
            f"/moderation/withdraw/{other.out.public_id}", f"/operator/organizations/{other.sender.slug}",
            f"/operator/newsletters/{other.issue.public_id}",
            f"/operator/newsletters/{other.issue.public_id}/preview"]  # fmt: skip
    visitors = {"reader": public, "author": [*public, *desk], "editor": [*public, *desk]}
    for who, paths in visitors.items():
        client = Client(headers={"host": host})
        if who != "reader":
            client.force_login(an if who == "author" else sides[host].editor)
        for path in paths:
            answer = client.get(path)
            assert answer.status_code in (404, 410, 302, 301, 405), (who, path, answer.status_code)
            assert word not in answer.content.decode(errors="replace").lower(), (who, path)
            assert word not in str(answer.headers.get("Location", "")).lower(), (who, path)
            assert answer.status_code != 410, (who, path)  # not even that it was there
