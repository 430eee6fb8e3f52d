"""A portal with one of everything, in one language, for whoever walks all of it."""

from collections.abc import Callable
from typing import Any

import pytest

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.audit.actions.record import SYSTEM, Actor
from loa.billing.actions.cancel_order import cancel_order
from loa.billing.actions.order import Details, order
from loa.billing.actions.refund import refund
from loa.billing.actions.take_transfer import take_transfer
from loa.billing.models import Seller
from loa.billing.providers.reading import Incoming
from loa.desk.actions.write_pages import write_pages
from loa.lib import clock
from loa.moderation.actions.claim import claim
from loa.moderation.actions.report import report
from loa.moderation.actions.weigh import weigh
from loa.newsletters.actions.begin import begin as begin_issue
from loa.newsletters.actions.pick import pick
from loa.newsletters.models import Issue
from loa.newsletters.models import State as Stage
from loa.organizations.actions.ask_mandate import ask_mandate
from loa.organizations.actions.compare import compare
from loa.organizations.actions.found import found
from loa.organizations.models import Organization, Spokesperson
from loa.places.models import Place
from loa.plans.actions.grant import grant
from loa.plans.actions.spend import spend
from loa.plans.models import OfferRequest, Plan
from loa.portals.models import AboutBlock, Portal
from loa.releases.actions.ask_to_confirm import ask_to_confirm
from loa.releases.actions.begin_for import begin_for
from loa.releases.actions.keep_template import keep_template
from loa.releases.actions.publish import publish
from loa.releases.actions.reply import reply
from loa.releases.actions.save import begin
from loa.releases.actions.submit import submit
from loa.releases.actions.withdraw import withdraw
from loa.releases.models import PublicLink, Release
from loa.topics.models import Section, Topic
from loa.verification.actions.note_register import note_register
from loa.verification.models import Proof

CASTS = {
    "en": {
        "organization": "Morning Star Cooperative", "newcomer": "New Moon Ltd", "section": "Business", "place": "Hue",
        "topic": "economy", "headline": "Morning Star brings in its first organic rice",
        "lead": "Five tonnes to the hectare.", "body": "<p>The cooperative harvested on Monday.</p>", "person": "Lan",
        "role": "Director", "note": "The figure was wrong.", "language": "en",
    },
    "vi": {
        "organization": "Hợp tác xã Sao Mai", "newcomer": "Công ty Trăng Mới", "section": "Kinh tế", "place": "Huế",
        "topic": "kinh tế", "headline": "Sao Mai thu hoạch vụ lúa hữu cơ đầu tiên",
        "lead": "Vụ lúa cho năm tấn mỗi héc-ta.", "body": "<p>Hợp tác xã gặt hôm thứ Hai.</p>", "person": "Lan",
        "role": "Giám đốc", "note": "Con số chưa đúng.", "language": "vi",
    },
}  # fmt: skip


@pytest.fixture(params=["en", "vi"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def cast(language: str) -> dict[str, str]:
    return CASTS[language]


@pytest.fixture
def filled(language: str, cast: dict[str, str], portal: Portal, an: Person, run_wire: Callable[[], int]) -> Portal:
    """The portal with one of everything, in one language."""
    fill(language, cast, portal, an, run_wire)
    return portal


def fill(language: str, cast: dict[str, str], portal: Portal, an: Person, run_wire: Callable[[], int]) -> None:
    """Make one of everything."""
    write_pages(SYSTEM, portal, email="lan@example.vn")
    AboutBlock.objects.create(portal=portal, language=language, title=portal.name, body_html=cast["body"], person="Lan")
    section = Section.objects.create(portal=portal, slug="business", name_vi=cast["section"], name_en=cast["section"])
    topic = Topic.objects.create(qcode="medtop:04000000", labels={"vi": cast["topic"], "en": cast["topic"]})
    section.topics.add(topic)
    place = Place.objects.create(slug="hue", name=cast["place"], name_en=cast["place"])
    sender = _sender(an, portal, cast["organization"])
    sender.approved_at = clock.now()
    sender.press_contacts = [{"name": "Lan", "role": cast["role"], "phone": "024 3825 1234", "email": "lan@example.vn"}]
    sender.save()
    Spokesperson.objects.create(
        organization=sender, slug="lan", name="Lan", role=cast["role"], role_en=cast["role"], consent_at=clock.now()
    )
    fields = {"language": language, "lead": cast["lead"], "body_html": cast["body"], "section": section,
              "place": place, "contact": "lan@example.vn"}  # fmt: skip
    for number in range(4):
        release = begin(an, sender, fields={**fields, "headline": f"{cast['headline']} ({number})"})
        release.topics.add(topic)
        entry = publish(actor(an), submit(an, release))
    withdraw(actor(an), release, statement=cast["note"])
    begin(an, sender, fields={**fields, "headline": f"{cast['headline']} (5)"})
    newcomer = _sender(an, portal, cast["newcomer"])
    waiting = submit(an, begin(an, newcomer, fields={**fields, "headline": cast["headline"]}))
    _ask_to_be_heard(an, Entry.objects.filter(state="published").latest("id"), waiting, cast)
    _sell(portal, sender, cast)
    _write_for(
        an, sender, fields | {"headline": cast["headline"]}, found(an, portal=portal, name="Anova", kind="company")
    )
    _bill(an, sender, cast)
    _prove(an, sender)
    assert entry.public_id
    _issues(actor(an), portal, language, cast)
    run_wire()
    _lose_links(sender)
    keep_template(an, Release.objects.get(state="draft", is_by_desk=False), name=cast["headline"])


def _ask_to_be_heard(an: Person, entry: Entry, waiting: Release, cast: dict[str, str]) -> None:
    """What somebody named in a release asks, with one reply that was granted; and a release in a moderator's hand."""
    for kind in ("error", "reply", "correction"):
        report(entry, kind=kind, name="Tom", reason=cast["note"], email="tom@example.com")
    reply(SYSTEM, entry, key="r", name="Tom", text=cast["note"])
    weigh(an, waiting)
    claim(an, waiting)


def _lose_links(sender: Organization) -> None:
    """Links of a published release of which each was found otherwise."""
    release = Release.objects.filter(organization=sender, state="published").latest("pk")
    for answer in ("404", "410", "nobody", "silent", "moved"):
        PublicLink.objects.create(
            release=release, url=f"https://{answer}.example/a", digest=answer, host=answer, answer=answer, nights=9,
            leads_to="https://example.vn/" if answer == "moved" else "", since=clock.now(), looked_at=clock.now(),
            due_at=clock.now(),
        )  # fmt: skip


def _prove(an: Person, sender: Organization) -> None:
    """Evidence of every way, some begun, some proven, some lapsed; and an organization that looks like another."""
    now = clock.now()
    for way in ("dns", "file", "mailbox"):
        domain = {"domain": f"{way}.vn", "mailbox": "lan@mailbox.vn" if way == "mailbox" else ""}
        begun = {"organization": sender, "way": way, "begun_by": an, "begun_at": now, "token": f"{way}-token"}
        Proof.objects.create(**begun, **domain)
        Proof.objects.create(**begun, domain="saomai.vn", proven_at=now, seen_at=now, failing_since=now)
        Proof.objects.create(**begun, domain=f"{way}.com", proven_at=now, seen_at=now, ended_at=now, is_lapsed=True)
    note_register(an, sender, tax_code="001085012345", note="-")
    compare(found(an, portal=sender.portal, name=f"{sender.name} JSC", kind="company"))


def _sell(portal: Portal, sender: Organization, cast: dict[str, str]) -> None:
    """Plans of every kind, one of which the sender has used up, and somebody who asks for another."""
    usual = {"portal": portal, "name_vi": cast["section"], "name_en": cast["section"], "allowance": 1}
    plan = Plan.objects.create(**usual, slug="plan", price=2_000_000, included_vi=cast["topic"])
    for kind, audience in (("plan", "public"), ("plan", "nonprofit"), ("free", "everyone"), ("credit", "everyone")):
        price = 0 if kind == "free" else 300_000
        Plan.objects.create(**usual, slug=f"{kind}-{audience}", kind=kind, audience=audience, price=price)
    grant(SYSTEM, sender, plan, key="order:1")
    spend(sender, key="release:1", label=cast["headline"])
    spend(sender, key="release:2", label=cast["headline"])
    OfferRequest.objects.create(
        portal=portal, organization_name=cast["organization"], name="Lan", email="lan@example.vn", wish=cast["note"]
    )


def _issues(editor: Actor, portal: Portal, language: str, cast: dict[str, str]) -> None:
    """A newsletter that went out, one that waits for its time, and one being written."""
    for state in (Stage.SENT, Stage.SCHEDULED, Stage.DRAFT):
        issue = begin_issue(editor, portal=portal, language=language)
        pick(editor, issue, entries=archive.news(portal.pk)[:2])
        number = 1 if state == Stage.SENT else None
        values = {"subject": cast["headline"], "introduction": cast["lead"], "number": number, "sent_at": clock.now()}
        Issue.objects.filter(pk=issue.pk).update(state=state, scheduled_at=clock.now(), **values)


def _bill(an: Person, sender: Organization, cast: dict[str, str]) -> None:
    """Orders in every state, and money that is nobody's."""
    portal, words = sender.portal, cast["section"]
    Seller.objects.create(
        portal=portal, legal_name=words, address=words, tax_code="0100109106", bank_bin="970436", bank_name=words,
        account="1", holder="LAN", vat_points=800, series="LA",
    )  # fmt: skip
    details = Details(sender.name, "", cast["place"], "lan@example.vn")
    made = [
        order(an, sender, plan=plan, quantity=2, details=details, language=cast["language"], key=f"{plan}{number}")
        for number in range(3)
        for plan in ("plan", "credit-everyone")
    ]
    lan = Person.objects.create_superuser("lan.operator@example.vn")
    for amount, note in ((2_000_000, made[0].code), (700_000, made[1].code), (1, made[2].code), (5, made[3].code[:-1])):
        told = Incoming(account="1", transaction_id=f"FT{amount}", amount=amount, note=note, at=clock.now())
        take_transfer(SYSTEM, portal, told, provider="signed")
    refund(lan, made[0], amount=2_000_000, reason=cast["note"], key="1")
    refund(lan, made[1], amount=5, reason=cast["note"], key="1")
    cancel_order(an, made[4])


def _sender(an: Person, portal: Portal, name: str) -> Organization:
    return found(an, portal=portal, name=name, kind="company")


def _write_for(an: Person, sender: Organization, fields: dict[str, Any], agency: Organization) -> None:
    """A text an editor wrote for the sender, who was asked to confirm it; and an agency that may write for it."""
    editor = Person.objects.create_user("editor@example.vn", name="Mai", is_staff=True)
    release = begin_for(editor, sender, fields=fields)
    ask_to_confirm(editor, release)
    agency.is_agency = True
    agency.save()
    ask_mandate(an, client=sender, agency=agency)
