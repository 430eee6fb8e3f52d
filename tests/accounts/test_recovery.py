"""Whoever came in by the way for who lost theirs publishes nothing for a day, and the owners hear of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from loa.accounts.actions.lift import lift
from loa.accounts.actions.recover import recover
from loa.accounts.errors import CoolingDown
from loa.accounts.models import Person, Recovery
from loa.accounts.queries import actor, waits_until
from loa.archive.models import Entry
from loa.audit.models import Record
from loa.mail.models import Message
from loa.moderation.actions.approve import approve
from loa.moderation.actions.take_in import take_in
from loa.organizations.actions.tell_of_recoveries import tell_of_recoveries
from loa.organizations.models import Membership, Organization, Role
from loa.portals.models import Portal
from loa.releases.actions.submit import submit
from loa.releases.actions.withdraw import withdraw
from loa.releases.models import Release
from loa.releases.states import State
from tests.accounts.conftest import Link
from tests.conftest import Write

NEW = "con-meo-nam-ngu-tren-mai"


@pytest.fixture
def recovered(client: Client, portal: Portal, an: Person, link: Link) -> Person:
    """An, who set a new password by a mailed link and signed in with it."""
    client.post("/accounts/password/reset/", {"email": an.email})
    form = client.get(link(an.email), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    client.post("/accounts/login/", {"login": an.email, "password": NEW})
    return an


def test_a_reset_begins_a_wait_of_a_day(recovered: Person) -> None:
    row = Recovery.objects.get()
    assert (row.way, row.until - row.at) == ("password", timedelta(hours=24))
    assert Record.objects.filter(act="recover").count() == 1


def test_the_door_says_until_when_and_the_draft_stays(client: Client, recovered: Person, write: Write) -> None:
    release = write()
    answer = client.post(f"/desk/releases/{release.public_id}/submit")
    assert answer.status_code == 409
    assert "vừa được khôi phục" in answer.text
    release.refresh_from_db()
    assert release.state == State.DRAFT
    assert release.headline in client.get(f"/desk/releases/{release.public_id}").text


def test_what_a_person_reads_first_may_be_sent(recovered: Person, newcomer: Organization, write: Write) -> None:
    assert take_in(recovered, write(newcomer)) == "queued"


def test_nothing_is_taken_back_either(an: Person, put_out: Callable[..., Entry]) -> None:
    put_out()
    recover(an, Recovery.Way.CODE)
    with pytest.raises(CoolingDown):
        withdraw(actor(an), Release.objects.get(), statement="Rút")


def test_a_moderator_waits_too(an: Person, moderator: Person, newcomer: Organization, write: Write) -> None:
    waiting = submit(an, write(newcomer))
    recover(moderator, Recovery.Way.PASSWORD)
    with pytest.raises(CoolingDown):
        approve(moderator, waiting)


def test_what_was_typed_is_given_back(client: Client, put_out: Callable[..., Entry], an: Person) -> None:
    put_out()
    recover(an, Recovery.Way.PASSWORD)
    client.force_login(an)
    statement = "Chúng tôi rút thông cáo này vì số liệu chưa đúng."
    answer = client.post(f"/desk/releases/{Release.objects.get().public_id}/withdraw", {"statement": statement})
    assert answer.status_code == 409
    assert statement in answer.text


def test_it_ends_by_itself(an: Person) -> None:
    recover(an, Recovery.Way.PASSWORD)
    Recovery.objects.update(until=Recovery.objects.get().at)
    assert waits_until(actor(an)) is None


def test_an_operator_lifts_it_and_it_is_recorded(client: Client, portal: Portal, an: Person, operator: Person) -> None:
    recover(an, Recovery.Way.PASSWORD)
    client.force_login(operator)
    assert "chưa đăng, sửa hay rút" in client.get(f"/operator/accounts?email={an.email}").text
    client.post("/operator/accounts", {"email": an.email, "lift": "1"})
    assert waits_until(actor(an)) is None
    assert Record.objects.filter(act="lift", subject=f"person:{an.pk}").count() == 1
    assert not lift(operator, an)


def test_an_operator_takes_away_a_second_step_that_was_lost(
    client: Client, portal: Portal, an: Person, operator: Person
) -> None:
    Authenticator.objects.create(user=an, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(operator)
    client.post("/operator/accounts", {"email": an.email, "factors": "1"})
    assert not Authenticator.objects.exists()
    assert waits_until(actor(an)) is not None
    assert Message.objects.get(to=an.email).subject == "Đã bỏ bước thứ hai khi đăng nhập"


def test_the_other_owners_are_told_once(an: Person, stranger: Person, organization: Organization) -> None:
    Membership.objects.create(organization=organization, person=stranger, role=Role.OWNER)
    recover(an, Recovery.Way.CODE)
    assert (tell_of_recoveries(), tell_of_recoveries()) == (1, 0)
    mail = Message.objects.get()
    assert mail.to == stranger.email
    assert an.email in mail.text
