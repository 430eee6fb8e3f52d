"""Fills a served portal with payloads in every field people can fill: run beside it, on the same LOA_HOME.

Texts come in as their writers send them: by forms through the doors, and by Word files. Prints, as JSON, the sessions
of who looks (`people`), and the addresses that each opens (`pages`).
"""

import json
import os
import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.project.settings")
django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.test import Client  # noqa: E402

from loa.accounts.models import Person  # noqa: E402
from loa.archive import queries as archive  # noqa: E402
from loa.archive.models import Entry  # noqa: E402
from loa.audit.actions.record import SYSTEM  # noqa: E402
from loa.lib import html  # noqa: E402
from loa.moderation.models import Report  # noqa: E402
from loa.organizations.models import Organization, Spokesperson  # noqa: E402
from loa.places.models import Place  # noqa: E402
from loa.plans.actions.grant import grant  # noqa: E402
from loa.plans.models import Plan  # noqa: E402
from loa.portals.models import AboutBlock, Portal  # noqa: E402
from loa.releases.models import Release  # noqa: E402
from loa.topics.models import Section, Topic  # noqa: E402
from tests.conftest import PASSWORD  # noqa: E402
from tests.lib import make_words as made  # noqa: E402
from tests.payloads import PAYLOADS, Payload, typeable  # noqa: E402
from tests.project.conftest import CASTS, fill  # noqa: E402
from tests.project.doors import address, routes  # noqa: E402
from tests.project.test_doors import examples_of  # noqa: E402

TOGETHER = 60  # payloads in one text
SEEN = 3  # texts that are looked at on every page about them; the others on their own
CLOSING = (
    "\">'></style></script></title></textarea></noscript></template></xmp></iframe></noembed></noframes></select>"
    "</svg></math>-->]]>"
)
# Fields of a person that one of many payloads is typed into, with the most letters each takes.
FIELDS = {
    "headline": 300, "subtitle": 300, "dateline": 160, "source_name": 160, "new-alt": 300, "new-caption": 500,
    "new-credit": 200, "quotes-0-text": 2000, "quotes-0-name": 120, "quotes-0-role": 160, "documents-0-number": 80,
    "documents-0-title": 300, "documents-0-issuer": 160, "facts-event-audience": 300, "facts-event-press_contact": 500,
    "venues-0-name": 200, "venues-0-address": 300, "facts-product-name": 200, "facts-product-price": 200,
    "facts-appointment-person": 120, "facts-appointment-role": 200, "facts-results-period": 120,
    "facts-report-period": 120,
}  # fmt: skip
MARK = re.compile(r"\[mark (\d+)\]")
KINDS = ("event", "product", "appointment", "results", "report", "statement", "news", "life")
TRAP = typeable(PAYLOADS[1]) + "</script><script>xss(2)</script>\"'><svg onload=xss(2)>"


def is_closed(markup: str, number: int) -> bool:
    """Whether what follows it is still read."""
    return mark(number) in html.to_text(html.clean(f"{markup}<p>{mark(number)}</p>"))


def mark(number: int) -> str:
    """A word that shows that a payload was on a page, and did not swallow what came after it."""
    return f"[mark {number}]"


def bodies() -> Iterator[str]:
    """The payloads in texts of sixty, one that swallows the rest at the end of its own."""
    open_ended, closed = [], []
    for one in PAYLOADS:
        bare = one.markup.replace("\0", "")  # a form refuses it
        markup = bare if is_closed(bare, one.number) else bare + CLOSING
        (closed if is_closed(markup, one.number) else open_ended).append((one, markup))
    for at in range(0, len(closed), TOGETHER):
        some = closed[at : at + TOGETHER]
        text = "".join(f"{markup}<p>{mark(one.number)}</p>" for one, markup in some)
        yield f"<p>Chữ</p>{text}{open_ended.pop()[1] if open_ended else ''}"
    assert not open_ended


def short(payloads: Iterator[Payload], most: int) -> str:
    """The next payload that a field takes; as a form reads it."""
    return next(typeable(one) for one in payloads if len(typeable(one).strip()) <= most)


class Desk:
    """A writer's browser."""

    def __init__(self, email: str) -> None:
        self.client = signed_in(email)

    def sends(self, path: str, data: dict[str, Any], expected: int = 302) -> str:
        """Send a form; what it complains of ends the run."""
        answer = self.client.post(path, data)
        if answer.status_code != expected:
            said = re.findall(r'<ul class="errorlist.*?</ul>', answer.content.decode(), re.DOTALL)
            raise AssertionError(f"{path}: {answer.status_code} {said}")
        return str(answer.headers.get("Location", ""))


def signed_in(email: str) -> Client:
    """A browser that came in through the door."""
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert client.session.get("_auth_user_id"), email
    return client


def person(email: str, **more: Any) -> Person:
    """Somebody who can sign in, whose name is a payload."""
    found = Person.objects.create_user(email, PASSWORD, name=typeable(PAYLOADS[0]), **more)
    EmailAddress.objects.create(user=found, email=email, verified=True, primary=True)
    return found


def write(desk: Desk, slug: str, number: int, body: str, payloads: Iterator[Payload]) -> Release:
    """Begin a release, and fill every field its kind has."""
    path = desk.sends(f"/desk/o/{slug}/new", {})
    kind = KINDS[number % len(KINDS)]
    rows = {f"{name}-{key}": value for name in ("quotes", "documents", "venues")
            for key, value in (("TOTAL_FORMS", 1), ("INITIAL_FORMS", 0))}  # fmt: skip
    release = Release.objects.latest("pk")
    desk.sends(path, {
        "revision": release.revision, "language": "vi", "section": Section.objects.first().pk, "kind": kind,
        **{name: short(payloads, most) for name, most in FIELDS.items()}, **rows,
        "facts-sent": 1, "facts-event-starts_at": "2037-01-01T08:00", "facts-event-time_zone": "Asia/Ho_Chi_Minh",
        "source_url": "https://a.example/%22%3E%3Cscript%3Exss(1)%3C/script%3E?a='><svg/onload=xss(1)>",
        "documents-0-url": "https://a.example/'\"><img/src=x/onerror=xss(1)>", "body_html": body,
        "lead": lines(payloads, 3000), "contact": lines(payloads, 2000),
        "new-file": SimpleUploadedFile("a\"'><img src=x onerror=xss(1)>.png", made.png()),
    })  # fmt: skip
    return Release.objects.get(pk=release.pk)


def lines(payloads: Iterator[Payload], most: int) -> str:
    """As many payloads as a long field takes, a line each."""
    found = ""
    while len(more := f"{found}{short(payloads, 400)}\n") < most - 400:
        found = more
    return found


def bring(desk: Desk, slug: str, payloads: list[Payload]) -> Release:
    """A release out of a Word file: payloads as words, and as the targets of links."""
    words = [made.p(made.r(typeable(one))) for one in payloads]
    relations = {f"l{n}": ("hyperlink", target) for n, one in enumerate(payloads) if (target := targets(one))}
    links = [made.p(made.link(key, "chữ")) for key in relations]
    file = made.docx(
        made.p(made.r(typeable(payloads[0])), style="Title"), made.p(made.LEAD), made.p(made.BODY), *words, *links,
        relations=relations,
    )  # fmt: skip
    desk.sends(f"/desk/o/{slug}/bring", {"brought": SimpleUploadedFile("<img src=x onerror=xss(3)>.docx", file)})
    return Release.objects.latest("pk")


def targets(payload: Payload) -> str:
    """The address within a payload's markup, for a relation of a Word file; with a scheme it is an outside one."""
    found = typeable(payload).partition("href='")[2].partition("'")[0]
    return found if ":" in found else ""


def send(desk: Desk, operator: Desk, release: Release) -> None:
    """Submit; what the queue holds, an editor lets out."""
    section = Section.objects.first()
    Release.objects.filter(pk=release.pk, section=None).update(section=section, contact=TRAP)
    desk.sends(f"/desk/releases/{release.public_id}/submit", {})
    release.refresh_from_db()
    if release.state == "submitted":
        operator.sends(f"/moderation/{release.public_id}/approve", {})
        release.refresh_from_db()
    assert release.state == "published", release.state


def main() -> None:
    """One of everything, and every payload."""
    portal = Portal.objects.get()
    an, lan = person("an@example.vn"), person("lan.hostile@example.vn", is_staff=True, is_superuser=True)
    Topic.objects.filter(qcode="medtop:04000000").delete()  # there will be one with a payload for a name
    Place.objects.filter(slug="hue").update(slug="hue-cu")
    AboutBlock.objects.all().delete()
    cast = {name: f"{words} {TRAP}"[:190] for name, words in CASTS["vi"].items() if name not in ("language", "body")}
    body = CASTS["vi"]["body"] + "".join(one.markup + CLOSING for one in PAYLOADS[:TOGETHER])
    fill("vi", {**cast, "body": html.clean(body), "language": "vi"}, portal, an, lambda: 0)
    sender = Spokesperson.objects.get().organization
    person("viet@example.vn")
    examples = examples_of(portal)
    plan = Plan.objects.get(slug="credit-everyone")
    plan.allowance = 1000
    grant(SYSTEM, sender, plan, key="order:hostile")
    desk, operator, payloads = Desk(an.email), Desk(lan.email), cycle(PAYLOADS)
    describe(desk, sender, payloads)
    releases = [write(desk, sender.slug, number, text, payloads) for number, text in enumerate(bodies())]
    brought = [one for one in PAYLOADS if one.family not in ("touched", "nesting")]
    releases += [bring(desk, sender.slug, brought[at : at + 150]) for at in range(0, len(brought), 150)]
    drafts = [releases.pop(0), releases.pop()]
    for release in releases:
        send(desk, operator, release)
    entry = Entry.objects.latest("pk")
    Report.objects.bulk_create(Report(entry=entry, reason=lines(payloads, 2000)) for _ in range(20))
    print(json.dumps(looked_at(examples, {"an": desk, "lan": operator}, releases, drafts)))


def looked_at(
    examples: dict[str, dict[str, Any]], desks: dict[str, Desk], releases: list[Release], drafts: list[Release]
) -> dict[str, Any]:
    """Who looks, at what: every address of the resolver, every release wherever it is shown, every search."""
    pages: dict[str, list[str]] = {"nobody": [], "an": [], "lan": []}
    for route in sorted(set(routes())):
        path = address(route, examples)
        who = "an" if route.startswith(("/desk", "/accounts")) else "lan" if is_staffs(route) else "nobody"
        pages[who].append(path)
    texts = {}
    for release in releases:
        entry = Entry.objects.get(pk=release.entry_id)
        path = archive.address(entry)
        texts[path] = MARK.findall(html.to_text(release.body_html))
        pages["nobody"].append(path)
        if len(texts) <= SEEN:
            pages["nobody"].append(f"/r/{entry.public_id}/embed")
            pages["an"] += [f"/desk/releases/{release.public_id}{more}" for more in ("", "/correct", "/withdraw")]
            pages["lan"].append(f"/moderation/withdraw/{entry.public_id}")
    for release in drafts:
        pages["an"] += [
            f"/desk/releases/{release.public_id}{more}" for more in ("", "/preview", "/submit", "/partners")
        ]
    words = (
        "xss",
        "<script>",
        "onerror",
        "img src=x",
        '"><svg onload=xss(1)>',
        "</script><script>xss(1)</script>",
        "mark",
    )
    pages["nobody"] += [
        f"{door}?{urlencode({'q': word})}" for word in words for door in ("/search", "/search/feed.atom")
    ]
    pages["nobody"] += [f"/search?{urlencode({name: TRAP})}" for name in ("kind", "sort", "from", "organization")]
    pages["nobody"] += [f"/compose/?{urlencode({'next': TRAP})}", f"/newsletter?{urlencode({'organization': TRAP})}"]
    sessions = {name: one.client.cookies[settings.SESSION_COOKIE_NAME].value for name, one in desks.items()}
    return {"people": sessions, "pages": pages, "texts": texts, "cookie": settings.SESSION_COOKIE_NAME}


def is_staffs(route: str) -> bool:
    """Whether an address is for those who run the portal."""
    return route.startswith(("/operator", "/moderation"))


def describe(desk: Desk, sender: Organization, payloads: Iterator[Payload]) -> None:
    """The organization's own words, and those of its person."""
    one = Spokesperson.objects.get()
    words = {"name": 120, "role": 160, "role_en": 160, "bio": 2000, "bio_en": 2000, "consent_note": 300}
    desk.sends(f"/desk/o/{sender.slug}/people/{one.public_id}", {
        **{name: short(payloads, most) for name, most in words.items()}, "has_agreed": "on"
    })  # fmt: skip
    sender.profile, sender.profile_en = lines(payloads, 2000), lines(payloads, 2000)
    sender.press_contacts = [{"name": TRAP, "role": TRAP, "phone": "024 3825 1234", "email": "lan@example.vn"}]
    sender.save()


if __name__ == "__main__":
    main()
