"""The fakes of history, played again: each ends in the queue or is refused, and readers see nothing of it.

2021, Walmart and Litecoin: an account founded for it, in the name of another. 2000, Emulex: somebody who had left the
week before. 2016, Vinci: a domain one letter off. A stolen session, and a partner named who never agreed.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.archive.models import Entry
from loa.lib import clock
from loa.moderation import queries as desk
from loa.moderation.actions.take_correction import take_correction
from loa.moderation.actions.take_in import take_in
from loa.moderation.actions.take_translation import take_translation
from loa.moderation.errors import NeedsApprover, NeedsPerson
from loa.organizations import queries as organizations
from loa.organizations.actions.compare import compare
from loa.organizations.actions.found import found
from loa.organizations.actions.remove_member import remove_member
from loa.organizations.models import Likeness, Membership, Organization, Role
from loa.portals.models import Portal
from loa.releases.actions.ask_partner import ask_partner
from loa.releases.actions.publish import publish
from loa.releases.actions.save import begin
from loa.releases.actions.translate import save_translation
from loa.releases.errors import NotReady, WrongState
from loa.releases.models import Release
from loa.verification.actions.begin_proof import begin_proof
from loa.verification.actions.prove import Look, prove
from loa.verification.errors import BadDomain, DomainTaken
from loa.verification.rules import line_of
from tests.conftest import MakePerson, Write


@pytest.fixture(autouse=True)
def nothing_is_out(db: None) -> object:
    """Whatever a test does, no reader has anything to see at its end."""
    yield
    assert not Entry.objects.filter(current__headline__contains="Litecoin").exists()


def reasons(release: Release) -> list[str]:
    return desk.signs_of(release)[1]


FALSE = {"headline": "Walmart và Litecoin hợp tác lớn", "lead": "Từ 1 tháng 10, mọi cửa hàng nhận Litecoin."}


@pytest.mark.parametrize("name", ["Walmart Inc.", "Wa1mart", "Wаlmаrt", "Walmartt Co., Ltd", "Công ty TNHH Wal-mart"])
def test_walmart_and_litecoin_waits_for_a_person(
    an: Person, stranger: Person, portal: Portal, ready: dict[str, object], name: str
) -> None:
    true = found(an, portal=portal, name="Walmart", kind="company", website="https://walmart.com")
    Organization.objects.filter(pk=true.pk).update(domain="walmart.com", approved_at=clock.now())
    fake = found(stranger, portal=portal, name=name, kind="company", website="https://walmart-corp.com")
    # Even one that a moderator let out before, for a harmless text.
    Organization.objects.filter(pk=fake.pk).update(approved_at=clock.now())
    fake.refresh_from_db()
    release = begin(stranger, fake, fields={**ready, **FALSE})
    assert take_in(stranger, release) == "queued"
    assert any("Trông giống: Walmart" in reason for reason in reasons(release))
    assert any("litecoin" in reason for reason in reasons(release))


def test_the_domain_of_another_proves_nothing(an: Person, stranger: Person, portal: Portal) -> None:
    true = found(an, portal=portal, name="Walmart", kind="company")
    proof = begin_proof(an, true, way="dns", domain="walmart.com")
    prove(an, proof, look=Look(texts=lambda _domain: [line_of(proof)]))
    fake = found(stranger, portal=portal, name="Walmart Corp", kind="company")
    with pytest.raises(DomainTaken):
        begin_proof(stranger, fake, way="dns", domain="walmart.com")
    with pytest.raises(BadDomain):
        begin_proof(stranger, fake, way="mailbox", mailbox="press.walmart@gmail.com")


def test_vinci_with_one_letter_more_waits(
    an: Person, stranger: Person, portal: Portal, ready: dict[str, object]
) -> None:
    true = found(an, portal=portal, name="Vinci", kind="company", website="https://vinci-group.com")
    Organization.objects.filter(pk=true.pk).update(domain="vinci-group.com")
    fake = found(stranger, portal=portal, name="Phòng báo chí", kind="company", website="https://vinci.group")
    Organization.objects.filter(pk=fake.pk).update(approved_at=clock.now(), domain="vincigroup.com")
    fake.refresh_from_db()
    fake.website = "https://vinclgroup.com"
    fake.save()
    compare(fake)
    release = begin(stranger, fake, fields={**ready, **FALSE})
    assert organizations.is_held(fake)
    assert take_in(stranger, release) == "queued"


def test_a_stolen_session_is_asked_who_it_is_before_anything_goes_out(client: Client, an: Person, write: Write) -> None:
    release = write(**FALSE)
    client.force_login(an)  # the thief has the cookie, and nothing else
    session = client.session
    session.pop("account_authentication_methods", None)
    session.save()
    answer = client.post(f"/desk/releases/{release.public_id}/submit", {})
    assert answer.status_code == 403
    assert "step_up_password" in answer.text
    release.refresh_from_db()
    assert release.state == "draft"


def test_a_partner_who_has_not_agreed_stands_under_nothing(
    an: Person, stranger: Person, portal: Portal, write: Write
) -> None:
    partner = found(stranger, portal=portal, name="Litecoin Foundation", kind="ngo")
    Organization.objects.filter(pk=partner.pk).update(approved_at=clock.now())
    partner.refresh_from_db()
    release = write(**FALSE)
    ask_partner(an, release, partner)
    with pytest.raises(NotReady):
        take_in(an, release)
    with pytest.raises(WrongState):
        publish(actor(an), release)


@pytest.fixture
def gone(an: Person, make_person: MakePerson, organization: Organization) -> Person:
    """Who left the week before, with a browser that is still signed in."""
    person = make_person("Mark")
    row = Membership.objects.create(organization=organization, person=person, role="owner")
    remove_member(an, organization, row.pk)
    return person


def test_who_has_left_opens_no_door_of_the_organization(
    client: Client, an: Person, organization: Organization, write: Write, put_out: Callable[..., Entry], gone: Person
) -> None:
    draft, entry = write(**FALSE), put_out(headline="Sao Mai thu hoạch")
    published = Release.objects.get(entry=entry)
    client.force_login(gone)
    doors = [f"/desk/o/{organization.slug}{part}" for part in ("", "/new", "/members", "/profile", "/verification")]
    doors += [f"/desk/releases/{draft.public_id}{part}" for part in ("", "/submit", "/preview", "/recall")]
    doors += [f"/desk/releases/{published.public_id}{part}" for part in ("/correct", "/withdraw")]
    for door in doors:
        for answer in (client.get(door), client.post(door, {"headline": "Litecoin", "statement": "x", "reason": "x"})):
            assert answer.status_code in (404, 405), door
    for release in (draft, published):
        before = Release.objects.values().get(pk=release.pk)
        assert Release.objects.values().get(pk=release.pk) == before
    entry.refresh_from_db()
    assert (entry.state, entry.current.number if entry.current else 0) == ("published", 1)


def test_the_same_second_they_can_do_nothing(
    client: Client, an: Person, make_person: MakePerson, organization: Organization
) -> None:
    person = make_person("Mark")
    row = Membership.objects.create(organization=organization, person=person)
    client.force_login(person)
    assert client.get(f"/desk/o/{organization.slug}").status_code == 200
    remove_member(an, organization, row.pk)
    assert client.get(f"/desk/o/{organization.slug}").status_code == 404


def test_a_correction_is_no_way_around_the_queue(
    client: Client, an: Person, organization: Organization, put_out: Callable[..., Entry]
) -> None:
    """Let out for a harmless text, it does not become another one."""
    entry = put_out(headline="Sao Mai thu hoạch")
    release = Release.objects.get(entry=entry)
    said = {"reason": "Nhầm.", "expected_revision": release.revision}
    with pytest.raises(NeedsPerson) as needed:
        take_correction(an, release, fields=FALSE, **said)
    assert needed.value.words == ("litecoin",)
    take_correction(an, release, fields={"lead": "Sáu tấn mỗi héc-ta."}, **said)
    entry.refresh_from_db()
    assert entry.current is not None
    assert (entry.current.number, entry.current.reason) == (2, "Nhầm.")
    release.refresh_from_db()
    found(an, portal=organization.portal, name="Sao Mal", kind="company")
    Likeness.objects.update(organization=organization)
    with pytest.raises(NeedsPerson):
        take_correction(an, release, fields={"lead": "Bảy."}, reason="x", expected_revision=release.revision)


def test_a_text_in_another_language_is_no_way_around_the_queue(
    an: Person, organization: Organization, put_out: Callable[..., Entry]
) -> None:
    """What the original does not say, its English does not say either."""
    put_out(headline="Sao Mai thu hoạch")
    release = Release.objects.get()
    texts = {"headline": FALSE["headline"], "lead": "A harvest.", "body_html": "<p>Sao Mai has a harvest.</p>"}
    contact = {"contact": "Lan, lan@example.vn"}
    said: dict[str, Any] = {"expected_revision": 0, "follows": release.revision}
    row = save_translation(release, "en", fields={**texts, **contact}, **said)
    with pytest.raises(NeedsPerson) as needed:
        take_translation(an, release, "en", expected_revision=row.revision)
    assert needed.value.words == ("litecoin",)
    harmless = {"headline": "Sao Mai has a harvest"}
    row = save_translation(release, "en", fields=harmless, **{**said, "expected_revision": row.revision})
    assert take_translation(an, release, "en", expected_revision=row.revision).headline == harmless["headline"]


def test_one_member_alone_changes_nothing_where_two_must_agree(
    client: Client, make_person: MakePerson, organization: Organization, put_out: Callable[..., Entry]
) -> None:
    """A stolen session of a writer is not enough for what readers see."""
    put_out(headline="Sao Mai thu hoạch")
    release = Release.objects.get()
    Organization.objects.update(needs_approval=True)
    writer = make_person("Mark")
    row = Membership.objects.create(organization=organization, person=writer, role=Role.WRITER)
    release.refresh_from_db()
    fields: dict[str, Any] = {"fields": {"lead": "Bảy tấn."}, "reason": "x", "expected_revision": release.revision}
    with pytest.raises(NeedsApprover):
        take_correction(writer, release, **fields)
    translation: dict[str, Any] = {"headline": "A harvest", "lead": "A harvest.", "body_html": "<p>A harvest came.</p>"}
    kept = save_translation(release, "en", fields=translation, expected_revision=0, follows=release.revision)
    client.force_login(writer)
    door = f"/desk/releases/{release.public_id}/translations/en/publish"
    assert "hai người đồng ý" in client.post(door, {"revision": kept.revision}, follow=True).text
    row.role = Role.APPROVER
    row.save()
    take_correction(writer, release, **fields)
