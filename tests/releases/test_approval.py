"""Approvals: for the very text that was read, by somebody who did not write it, and by nobody else."""

from typing import Any

import pytest

from loa.accounts.models import Person
from loa.audit.models import Record
from loa.lib import clock, tokens
from loa.mail.models import Message
from loa.moderation.actions.suspend import suspend
from loa.organizations.actions.remove_member import remove_member
from loa.organizations.actions.require_approval import require_approval
from loa.organizations.actions.set_role import set_role
from loa.organizations.errors import NotMember, NotOwner
from loa.organizations.models import Membership, Organization, Role
from loa.releases import queries
from loa.releases.actions.answer_approval import answer_approval, approve_text
from loa.releases.actions.ask_approval import MOST, ask_approval, drop_approval
from loa.releases.actions.recall import recall
from loa.releases.actions.save import save
from loa.releases.actions.submit import submit
from loa.releases.errors import NotAnApprover, NotReady, StaleRevision, Suspended, TooMany, WrongState
from loa.releases.models import Release
from loa.releases.rules import standing, text_digest
from tests.conftest import MakePerson, Write

LAWYER: dict[str, Any] = {"name": "Luật sư Hà", "email": "ha@luat.example"}


@pytest.fixture
def chi(make_person: MakePerson, organization: Organization) -> Person:
    """Who approves in An's organization."""
    person = make_person("Chi")
    Membership.objects.create(organization=organization, person=person, role=Role.APPROVER)
    return person


@pytest.fixture
def bao(make_person: MakePerson, organization: Organization) -> Person:
    """Who writes there."""
    person = make_person("Bao")
    Membership.objects.create(organization=organization, person=person)
    return person


def token_in(mail: Message) -> str:
    return mail.text.split("/approve?link=")[1].split()[0]


def test_whoever_was_asked_must_approve_before_it_is_sent(an: Person, write: Write) -> None:
    release = write()
    approval = ask_approval(an, release, **LAWYER)
    with pytest.raises(NotReady, match="Luật sư Hà chưa trả lời"):
        submit(an, release)
    answer_approval(approval, is_approved=True, seen=text_digest(release))
    assert submit(an, release).state == "submitted"
    with pytest.raises(WrongState):
        answer_approval(approval, is_approved=False, seen=text_digest(release), wish="Khoan.")


def test_only_the_mail_has_the_token_and_none_of_the_text(an: Person, write: Write) -> None:
    release = write()
    approval = ask_approval(an, release, **LAWYER)
    mail = Message.objects.get(to=LAWYER["email"])
    token = token_in(mail)
    assert approval.token_digest == tokens.digest(token.encode())
    assert release.headline not in mail.text + mail.subject
    assert queries.approval_of_link(token) == approval
    again = ask_approval(an, release, **LAWYER)
    assert again.pk == approval.pk
    assert queries.approval_of_link(token) is None, "asking again ends the old link"
    Release.objects.get(pk=release.pk).approvals.update(expires_at=again.asked_at)
    assert not [mail for mail in Message.objects.all() if queries.approval_of_link(token_in(mail))]


@pytest.mark.parametrize(
    "change", [{"headline": "Khác"}, {"lead": "Sáu tấn."}, {"contact": "Bình"}, {"body_html": "<p>Chữ khác.</p>"}]
)
def test_any_change_of_the_text_voids_it(an: Person, write: Write, change: dict[str, Any]) -> None:
    release = write()
    approval = ask_approval(an, release, **LAWYER)
    seen = text_digest(release)
    answer_approval(approval, is_approved=True, seen=seen)
    approval.refresh_from_db()
    assert standing(approval, release) == "approved"
    release = save(release, fields=change, expected_revision=release.revision)
    assert standing(approval, release) == "changed"
    with pytest.raises(NotReady, match="đã duyệt bản trước khi sửa"):
        submit(an, release)
    with pytest.raises(StaleRevision):
        answer_approval(approval, is_approved=True, seen=seen)


def test_a_wish_reaches_whoever_asked_and_keeps_the_text_back(an: Person, write: Write) -> None:
    release = write()
    approval = ask_approval(an, release, **LAWYER)
    answer_approval(approval, is_approved=False, seen=text_digest(release), wish="Bỏ chữ “nhất”.")
    assert "Bỏ chữ “nhất”." in Message.objects.get(to=an.email).text
    with pytest.raises(NotReady, match="muốn sửa"):
        submit(an, release)
    drop_approval(an, release, approval.public_id)
    drop_approval(an, release, approval.public_id)
    assert submit(an, release).state == "submitted"
    acts = Record.objects.order_by("pk").values_list("act", flat=True)
    assert [act for act in acts if "approval" in act] == ["ask_approval", "answer_approval", "drop_approval"]


def test_who_has_no_account_stands_in_the_record_by_name(an: Person, write: Write) -> None:
    release = write()
    answer_approval(ask_approval(an, release, **LAWYER), is_approved=True, seen=text_digest(release))
    assert Record.objects.get(act="answer_approval").actor_label == "Luật sư Hà <ha@luat.example>"


def test_four_eyes_ask_for_somebody_who_did_not_write_it(
    an: Person, chi: Person, bao: Person, write: Write, organization: Organization
) -> None:
    require_approval(an, organization, is_required=True)
    release = Release.objects.get(pk=write().pk)
    seen = text_digest(release)
    with pytest.raises(NotReady, match="người khác người viết"):
        submit(an, release)
    for nobody in (an, bao):  # the author; who may not approve
        with pytest.raises(NotAnApprover):
            approve_text(nobody, release, seen=seen)
    approve_text(chi, release, seen=seen)
    assert submit(an, release).state == "submitted"


def test_whoever_changed_the_text_last_is_no_second_pair_of_eyes(
    an: Person, chi: Person, write: Write, organization: Organization
) -> None:
    require_approval(an, organization, is_required=True)
    release = write()
    release = save(release, fields={"lead": "Chi sửa."}, expected_revision=release.revision, person=chi)
    with pytest.raises(NotAnApprover):
        approve_text(chi, release, seen=text_digest(release))


def test_an_address_a_writer_names_is_no_second_pair_of_eyes(
    an: Person, bao: Person, write: Write, organization: Organization
) -> None:
    require_approval(an, organization, is_required=True)
    release = Release.objects.get(pk=write().pk)
    answer_approval(ask_approval(bao, release, **LAWYER), is_approved=True, seen=text_digest(release))
    with pytest.raises(NotReady, match="người khác người viết"):
        submit(bao, release)
    answer_approval(ask_approval(an, release, **LAWYER), is_approved=True, seen=text_digest(release))
    assert submit(bao, release).state == "submitted"


def test_a_role_that_was_taken_away_approves_nothing(
    an: Person, chi: Person, write: Write, organization: Organization
) -> None:
    release = write()
    approval = ask_approval(an, release, member=chi)
    assert f"/desk/approvals/{approval.public_id}" in Message.objects.get(to=chi.email).text
    assert list(queries.to_approve(chi)) == [approval]
    member = Membership.objects.get(person=chi)
    set_role(an, organization, member.pk, role=Role.WRITER)
    with pytest.raises(NotAnApprover):
        answer_approval(approval, is_approved=True, seen=text_digest(release))
    with pytest.raises(NotAnApprover):
        ask_approval(an, release, member=chi)


def test_only_owners_say_who_approves_and_the_account_is_not_handed_on_so(
    an: Person, chi: Person, bao: Person, organization: Organization
) -> None:
    owner = Membership.objects.get(person=an, organization=organization)
    for refused in (chi, bao):
        with pytest.raises(NotOwner):
            require_approval(refused, organization, is_required=True)
        with pytest.raises(NotOwner):
            set_role(refused, organization, owner.pk, role=Role.WRITER)
    for member, role in ((owner.pk, Role.WRITER), (Membership.objects.get(person=bao).pk, Role.OWNER)):
        with pytest.raises(NotMember):
            set_role(an, organization, member, role=role)


def test_a_release_has_no_more_approvers_than_people_can_read_for(an: Person, write: Write) -> None:
    release = write()
    for number in range(MOST):
        ask_approval(an, release, name="Hà", email=f"ha{number}@luat.example")
    with pytest.raises(TooMany):
        ask_approval(an, release, **LAWYER)
    ask_approval(an, release, name="Hà", email="ha0@luat.example")


def test_nobody_answers_for_a_suspended_organization(
    an: Person, moderator: Person, write: Write, organization: Organization
) -> None:
    release = write()
    approval = ask_approval(an, release, **LAWYER)
    suspend(moderator, organization, reason="Tin sai.")
    with pytest.raises(Suspended):
        answer_approval(approval, is_approved=True, seen=text_digest(release))


def test_a_link_opens_nothing_once_the_text_is_sent_or_its_organization_stopped(
    an: Person, moderator: Person, write: Write, organization: Organization
) -> None:
    release = write()
    approval = ask_approval(an, release, **LAWYER)
    token = token_in(Message.objects.get(to=LAWYER["email"]))
    assert queries.shown_to_guest(approval.token_digest) == release
    answer_approval(approval, is_approved=True, seen=text_digest(release))
    submit(an, release)
    assert queries.approval_of_link(token) is None
    assert queries.shown_to_guest(approval.token_digest) is None
    recall(an, release)
    assert queries.approval_of_link(token) == approval
    Organization.objects.update(closed_at=clock.now())
    assert queries.approval_of_link(token) is None
    assert queries.shown_to_guest(approval.token_digest) is None
    Organization.objects.update(closed_at=None)
    suspend(moderator, organization, reason="Tin sai.")
    assert queries.approval_of_link(token) is None
    assert queries.shown_to_guest(approval.token_digest) is None


def test_a_member_asked_as_somebody_outside_approves_as_a_member(
    an: Person, make_person: MakePerson, write: Write, organization: Organization
) -> None:
    release = Release.objects.get(pk=write().pk)
    ask_approval(an, release, name="Dung", email="Dung@Example.vn")
    token = token_in(Message.objects.get(to="dung@example.vn"))
    dung = make_person("Dung")
    Membership.objects.create(organization=organization, person=dung, role=Role.APPROVER)
    approve_text(dung, release, seen=text_digest(release))
    approval = release.approvals.get()
    assert (approval.person, approval.token_digest) == (dung, "")
    assert queries.approval_of_link(token) is None, "the old link is no way round the account"
    assert Record.objects.get(act="answer_approval").actor_label == dung.email


def test_a_members_address_asks_the_member(an: Person, chi: Person, bao: Person, write: Write) -> None:
    release = write()
    approval = ask_approval(an, release, name="Chị Chi", email=chi.email.upper())
    assert (approval.person, approval.token_digest, approval.email) == (chi, "", chi.email)
    for nobody in (an, bao):  # whoever asks; who may not approve
        with pytest.raises(NotAnApprover):
            ask_approval(an, release, name="Ai đó", email=nobody.email.upper())


def test_the_same_answer_twice_is_said_once(an: Person, write: Write) -> None:
    release = write()
    approval = ask_approval(an, release, **LAWYER)
    for _ in range(2):
        answer_approval(approval, is_approved=False, seen=text_digest(release), wish="Bỏ chữ “nhất”. ")
    assert Record.objects.filter(act="answer_approval").count() == 1
    assert Message.objects.filter(to=an.email).count() == 1


def test_who_asked_and_left_since_hears_no_answer(
    an: Person, bao: Person, write: Write, organization: Organization
) -> None:
    release = write()
    approval = ask_approval(bao, release, **LAWYER)
    remove_member(an, organization, Membership.objects.get(person=bao).pk)
    answer_approval(approval, is_approved=False, seen=text_digest(release), wish="Bỏ chữ “nhất”.")
    assert not Message.objects.filter(to=bao.email, text__contains="Bỏ chữ").exists()
    assert Message.objects.filter(to=an.email, text__contains="Bỏ chữ").exists()
