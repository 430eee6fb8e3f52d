"""Every mail is in the language of whoever gets it, from the subject to the last line; none is forgotten here.

Like the walk over pages: the English cast has no Vietnamese letter in its texts, the Vietnamese one writes no English.
"""

import ast
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from loa.accounts import emails as accounts
from loa.accounts.actions.recover import recover
from loa.accounts.models import Person, Recovery
from loa.accounts.queries import actor
from loa.archive.models import CrossListing, Entry
from loa.audit.actions.record import Actor
from loa.billing.actions.order import Details, order
from loa.billing.actions.refund import refund
from loa.billing.actions.take_transfer import take_transfer
from loa.billing.models import Seller
from loa.billing.providers.reading import Incoming
from loa.lib import clock
from loa.mail.models import Mailing, Message
from loa.moderation.actions.answer_named import answer_named
from loa.moderation.actions.report import report
from loa.moderation.actions.send_back import send_back
from loa.newsletters.actions.begin import begin as begin_issue
from loa.newsletters.actions.pick import pick
from loa.newsletters.actions.schedule import schedule
from loa.newsletters.actions.send_due import send_due
from loa.newsletters.actions.send_out import send_out
from loa.newsletters.actions.try_out import try_out
from loa.organizations import emails as organizations
from loa.organizations.actions.ask_mandate import ask_mandate
from loa.organizations.actions.invite import invite
from loa.organizations.actions.tell_of_recoveries import tell_of_recoveries
from loa.organizations.models import Membership, Organization, Role
from loa.plans import emails as plans
from loa.plans.actions.ask_for_offer import ask_for_offer
from loa.plans.actions.grant import grant
from loa.plans.models import Plan
from loa.portals.models import Portal
from loa.privacy.actions.answer import answer as answer_request
from loa.privacy.actions.ask import ask as ask_about_data
from loa.privacy.actions.close import close as close_request
from loa.privacy.actions.confirm import confirm as confirm_request
from loa.privacy.actions.extend import extend as extend_request
from loa.privacy.models import Outcome, Wish
from loa.project.translations import ROOMS
from loa.releases import emails as releases
from loa.releases.actions.ask_approval import ask_approval
from loa.releases.actions.ask_to_confirm import ask_to_confirm
from loa.releases.actions.begin_for import begin_for
from loa.releases.actions.correct import correct
from loa.releases.actions.withdraw import withdraw
from loa.releases.models import EarlyReader, Partnership, Release
from loa.stats.actions.report import report as report_week
from loa.stats.models import DailyViews, Tally
from loa.subscribers import emails as subscribers
from loa.subscribers.models import Bringing, Frequency, Journalist, State, Subscriber, Subscription
from loa.subscribers.rules import GENERAL
from loa.subscribers.rules import Wish as ReadersWish
from loa.topics.models import Section
from loa.ui.language import speaking
from loa.verification import emails as verification
from loa.verification.actions.begin_claim import begin_claim
from loa.verification.actions.begin_proof import begin_proof
from tests.conftest import PASSWORD, MakePerson
from tests.project.crawler import spoken
from tests.project.test_every_page_speaks_one_language import wrong

pytestmark = pytest.mark.pages

# What each room says by mail; a function that is new fails here until the test below makes it speak.
MAILS = {
    "accounts": {
        "new_device", "factors_removed", "confirm_address", "address_taken", "address_changed", "forgotten",
    },
    "billing": {"receipt", "credit_note"},
    "moderation": {"send_back", "answer_named", "ask_correction"},
    "organizations": {"recovered", "invite", "ask_mandate", "tell_change"},
    "plans": {"remind", "ask_for_offer"}, "stats": {"weekly"},
    "privacy": {"confirm", "received", "tell_operators", "answer", "extend", "close"},
    "newsletters": {"digest", "mailing", "trial"},
    "releases": {
        *("tell", "tell_held", "ask", "tell_answer", "ask_to_confirm", "tell_confirmation"),
        *("ask_approval", "tell_approval", "let_read_early", "tell_listing"),
    },
    "verification": {"ask_mailbox", "warn", "tell_lapsed"},
    "subscribers": {"confirm", "invite", "preferences", "admitted", "turned_away"},
}  # fmt: skip


def senders(room: Path) -> set[str]:
    """The public functions of a room's emails that queue a mail, themselves or through one beside them."""
    names: set[str] = set()
    for file in [*room.glob("emails.py"), *room.glob("emails/*.py")]:
        functions = [node for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
        calls = {one.name: {_called(node) for node in ast.walk(one) if isinstance(node, ast.Call)} for one in functions}
        speak = {"queue", "queue_all", "open_mailing", "Mail"}
        while more := {name for name, called in calls.items() if called & speak} - speak:
            speak |= more
        names |= {name for name in speak & calls.keys() if not name.startswith("_")}
    return names


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def test_every_mail_is_known_here() -> None:
    found = {room.name: names for room in sorted(ROOMS.iterdir()) if room.is_dir() and (names := senders(room))}
    assert found == MAILS


def test_what_is_said_by_mail(
    filled: Portal, cast: dict[str, str], language: str, an: Person, make_person: MakePerson, client: Client,
    run_wire: Callable[[], int],
) -> None:  # fmt: skip
    Portal.objects.filter(pk=filled.pk).update(language=language)
    filled.refresh_from_db()
    lan = make_person("Lan", is_staff=True, is_superuser=True)
    sender = Organization.objects.get(name=cast["organization"])
    newcomer = Organization.objects.get(name=cast["newcomer"])
    to_accounts(client, make_person)
    to_writers(an, lan, sender, newcomer, cast, language, run_wire)
    to_payers(an, lan, sender, language)
    to_those_who_prove(an, sender, language)
    to_readers(filled, lan, cast, language)
    to_owners(an, lan, sender)
    to_members(an, sender)
    to_who_asks_about_data(filled, lan, cast, language)
    assert "\n".join(complaints(language)) == ""
    assert Message.objects.count() > 25
    assert {mailing.key.split(":")[0] for mailing in Mailing.objects.all()} == {"newsletters"}


def to_accounts(client: Client, make_person: MakePerson) -> None:
    """allauth's mails: sign up, again, another address, a password forgotten, and one nobody has."""
    person = make_person("Nam")
    new = {"name": "Tom", "email": "tom@example.vn", "password1": "bai-ca-dao-cua-me", "terms": "on"}
    client.post("/accounts/signup/", new)
    client.post("/accounts/signup/", {**new, "email": person.email})
    for email in (person.email, "nobody@example.vn"):
        client.post("/accounts/password/reset/", {"email": email})
    client.force_login(person)
    other = make_person("Nam3")
    for email in ("nam2@example.vn", other.email):
        client.post("/accounts/email/", {"email": email})
    portal, change = Portal.objects.get(), person.address_changes.get(new="nam2@example.vn")
    accounts.address_changed(change, portal=portal, language=portal.language)
    accounts.forgotten(other, portal=portal, language=portal.language)
    new = {"oldpassword": PASSWORD, "password1": "con-meo-nam-ngu", "password2": "con-meo-nam-ngu"}
    client.post("/accounts/password/change/", new)
    for _ in range(2):  # two browsers
        Client().post("/accounts/login/", {"login": person.email, "password": "con-meo-nam-ngu"})
    accounts.factors_removed(person, key="factors:1", portal=portal)


def to_owners(an: Person, lan: Person, sender: Organization) -> None:
    """The other owner hears that an account was recovered."""
    Membership.objects.create(organization=sender, person=lan, role=Role.OWNER)
    recover(an, Recovery.Way.CODE)
    tell_of_recoveries()


def to_who_asks_about_data(portal: Portal, lan: Person, cast: dict[str, str], language: str) -> None:
    """Is it you, we have it, an answer, the end; each wish and outcome is said once."""
    for wish, outcome in zip(Wish.values, [*Outcome.values, Outcome.DONE], strict=True):
        asked = ask_about_data(
            portal, wish=wish, name="Tom", email="tom@example.com", said=cast["note"], language=language
        )
        answer_request(lan, confirm_request(asked), text=cast["note"])
        asked.refresh_from_db()
        later = (asked.act_by + timedelta(days=5)).date()
        extend_request(lan, asked, until=later, text=cast["note"])
        close_request(lan, asked, outcome=outcome, text=cast["note"])


def to_members(an: Person, sender: Organization) -> None:
    """The week of an organization; two weeks, so that every sentence is said."""
    DailyViews.objects.all().delete()
    entry = Entry.objects.filter(organization=sender, state="published").latest("pk")
    DailyViews.objects.create(entry=entry, day=date(2026, 11, 18), views=1_240)
    Tally.objects.create(entry=entry, day=date(2026, 11, 11), what="read", count=2)
    for monday in (date(2026, 11, 16), date(2026, 11, 23)):
        report_week(sender, monday)


def to_writers(
    an: Person, lan: Person, sender: Organization, newcomer: Organization, cast: dict[str, str], language: str,
    run_wire: Callable[[], int],
) -> None:  # fmt: skip
    waiting = Release.objects.get(state="submitted")
    send_back(lan, waiting, reason=cast["note"])
    published = Release.objects.filter(state="published").first()
    assert published is not None and published.entry is not None
    correct(
        actor(an), published, fields={"lead": cast["lead"] * 2}, reason=cast["note"],
        expected_revision=published.revision,
    )  # fmt: skip
    for kind, outcome in (("reply", "granted"), ("reply", "refused"), ("correction", "granted")):
        asked = {"reason": cast["note"], "email": "tom@example.com", "kind": kind, "name": "Tom"}
        answer_named(
            lan, report(Entry.objects.get(pk=published.entry_id), **asked), outcome=outcome, answer=cast["note"]
        )
    asked_at = clock.now()
    there = CrossListing(pk=1, entry=published.entry, portal=sender.portal, asked_at=asked_at, decided_at=asked_at)
    for state in ("listed", "refused", "removed"):
        there.state = state
        releases.tell_listing(there)
    withdraw(actor(an), published, statement=cast["note"])
    run_wire()
    invite(an, sender, email="moi@example.vn", language=language)
    for change in ("hand_on", "remove_member", "appoint", "close"):
        organizations.tell_change(sender, [an], change=change, whom="Tom")
    draft = Release.objects.filter(state="draft", organization=sender).latest("pk")
    partnership = Partnership.objects.create(release=draft, organization=newcomer)
    for is_agreed in (False, True):
        partnership.asked_at, partnership.is_agreed = clock.now(), is_agreed
        partnership.answered_at = clock.now()
        releases.ask(partnership)
        releases.tell_answer(partnership)
    before_it_is_out(an, draft, cast)
    Organization.objects.filter(pk=newcomer.pk).update(is_agency=True)
    newcomer.refresh_from_db()
    ask_mandate(an, client=sender, agency=newcomer, language=language)
    section = Section.objects.get()
    fields = {"language": language, "headline": cast["headline"], "lead": cast["lead"], "body_html": cast["body"],
              "section": section, "contact": "lan@example.vn"}  # fmt: skip
    confirmation = ask_to_confirm(lan, begin_for(lan, sender, fields=fields))
    for is_confirmed in (False, True):
        confirmation.answered_at, confirmation.is_confirmed = clock.now(), is_confirmed
        confirmation.wish = "" if is_confirmed else cast["note"]
        releases.tell_confirmation(confirmation)


def before_it_is_out(an: Person, draft: Release, cast: dict[str, str]) -> None:
    """Somebody is asked to approve and answers, somebody may read early, and what was due is held."""
    approval = ask_approval(an, draft, name="Tom", email="tom@example.com")
    for is_approved in (False, True):
        approval.answered_at, approval.is_approved = clock.now(), is_approved
        approval.wish = "" if is_approved else cast["note"]
        releases.tell_approval(approval)
    draft.publish_at, draft.publish_zone, draft.held_for = clock.now(), "Asia/Ho_Chi_Minh", "allowance"
    reader = EarlyReader(release=draft, name="Tom", email="tom@example.com", invited_at=clock.now())
    releases.let_read_early(reader, token="a")
    releases.tell_held(draft)


def to_those_who_prove(an: Person, sender: Organization, language: str) -> None:
    proof = begin_proof(an, sender, way="mailbox", mailbox="lan@saomai.vn", language=language)
    sender.memberships.all().delete()
    sender.website = "https://saomai.vn"
    sender.domain = ""
    sender.save()
    begin_claim(an, sender, way="mailbox", mailbox="lan@saomai.vn", language=language)
    sender.memberships.create(person=an, role="owner")
    for way in ("mailbox", "file", "dns"):
        proof.public_id, proof.mailbox, proof.way = way, "lan@saomai.vn" if way == "mailbox" else "", way
        verification.warn(proof, at=clock.now())
        verification.tell_lapsed(proof, has_mark=way == "dns")


def to_payers(an: Person, lan: Person, sender: Organization, language: str) -> None:
    portal = sender.portal
    plan = Plan.objects.create(
        portal=portal, slug="pro", name_vi="Gói Nhà báo", name_en="Professional", price=2_160_000, months=1, allowance=8
    )
    seller = Seller.objects.create(
        portal=portal, valid_from=datetime(2026, 1, 1, tzinfo=UTC), legal_name="GlobalVN", address="Hanoi",
        tax_code="0100109106", email="ke-toan@globalvn.example", bank_bin="970436", bank_name="VCB",
        account="0000000000123", holder="GLOBALVN", vat_points=800, series="LA",
    )  # fmt: skip
    term = grant(actor(lan), sender, plan, key="gift")
    for days in (14, 3, 0):
        plans.remind(term, days)
    ask_for_offer(portal, language=language, said={
        "organization_name": sender.name, "name": "Tom", "email": "tom@example.vn", "phone": "", "wish": "1000",
    })  # fmt: skip
    details = Details(sender.name, "0313028740", "Hue", "ke-toan@example.vn")
    bill = order(an, sender, plan="pro", quantity=1, details=details, language=language, key="k")
    incoming = Incoming(account=seller.account, transaction_id="t1", amount=bill.amount, note=bill.code, at=clock.now())
    take_transfer(Actor("bank:signed", "signed"), portal, incoming, provider="signed")
    bill.refresh_from_db()
    refund(lan, bill, amount=bill.amount // 2, reason="-", key="r")


def to_readers(portal: Portal, lan: Person, cast: dict[str, str], language: str) -> None:
    before = clock.now() - timedelta(days=3)
    reader = Subscriber.objects.create(
        portal=portal, email="doc@example.vn", language=language, state=State.CONFIRMED, asked_at=before,
        confirmed_at=before,
    )  # fmt: skip
    wishes = [ReadersWish(GENERAL, Frequency.DAILY, language)]
    organization = Organization.objects.get(name=cast["organization"])
    wishes += [ReadersWish(f"org:{organization.pk}", Frequency.AT_ONCE, language)]
    for wish in wishes:
        Subscription.objects.create(
            subscriber=reader, key=wish.key, frequency=wish.frequency, language=language, since=before
        )
    subscribers.confirm(reader, wishes)
    subscribers.preferences(reader)
    subscribers.invite(reader, wishes, Bringing(pk=1, source=cast["organization"]))
    journalist = Journalist(subscriber=reader, name="Tom", language=language, decided_at=clock.now(), note=cast["note"])
    subscribers.admitted(journalist)
    subscribers.turned_away(journalist)
    assert send_due()
    issue = begin_issue(actor(lan), portal=portal, language=language)
    pick(actor(lan), issue, entries=Entry.objects.filter(state="published"))
    with speaking(language):  # of the editor's page
        try_out(actor(lan), issue, to=lan.email)
    schedule(actor(lan), issue, at=clock.now(), reasons=[], expected_revision=issue.revision)
    send_out()


def complaints(language: str) -> Iterator[str]:
    """What a mail says in the other language."""
    mails = [(row.key, row.subject, row.text, row.html) for row in Message.objects.all()]
    mails += [(row.key, row.subject, row.text, row.html) for row in Mailing.objects.all()]
    for key, subject, text, html in mails:
        plain = BeautifulSoup("<p></p>", "lxml")
        plain.p.string = f"{subject}\n{text}"  # type: ignore[union-attr]  # it was just made
        plain.p["lang"] = language  # type: ignore[union-attr]
        for page in (plain, BeautifulSoup(html or "<p></p>", "lxml")):
            for words in spoken(page, key):
                if wrong(words, language) or not (html or words.language == language):
                    yield f"{key}: {words.text[:160]}"
