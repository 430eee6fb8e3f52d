"""Telling: every act that concerns somebody leaves a row with its mail, once, and a mail only where it is wanted."""

from collections.abc import Callable

import pytest
from django.db import transaction

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.inbox import queries
from loa.inbox.actions.choose import choose
from loa.inbox.actions.forget import forget
from loa.inbox.actions.tell import Happening, note, tell
from loa.inbox.models import Item
from loa.inbox.rules import ALWAYS, CHOSEN, EVENTS, NEVER, Kind
from loa.lib import clock
from loa.mail.actions.queue import Mail
from loa.mail.models import Message
from loa.moderation.actions.approve import approve
from loa.moderation.actions.report import report
from loa.moderation.actions.send_back import send_back
from loa.moderation.actions.settle import settle
from loa.organizations.actions.invite import invite
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.releases.actions.submit import submit
from loa.releases.models import Release
from tests.conftest import Write


def a_mail(key: str = "k", to: str = "an@example.vn") -> Mail:
    return Mail(key=key, to=to, subject="Một điều", text="Một điều\n")


def told(person: Person) -> list[str]:
    return list(Item.objects.filter(person=person).order_by("pk").values_list("event", flat=True))


def test_a_row_and_a_mail_come_together_and_once(an: Person, portal: Portal) -> None:
    for _time in range(2):
        tell(a_mail(), Happening(portal=portal, event="held", names={"name": "Sao Mai"}))
    assert told(an) == ["held"]
    assert Message.objects.count() == 1
    assert queries.unread(an, portal) == 1


def test_whoever_the_act_knows_is_not_looked_for(an: Person, portal: Portal) -> None:
    tell(a_mail(to="toa-soan@example.vn"), Happening(portal=portal, event="held", names={"name": "S"}), person=an)
    assert told(an) == ["held"]
    assert Message.objects.get().to == "toa-soan@example.vn"


def test_a_row_falls_with_the_act_it_belongs_to(an: Person, portal: Portal) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(a_mail(), Happening(portal=portal, event="held", names={"name": "Sao Mai"}))
        raise ZeroDivisionError
    assert told(an) == []
    assert not Message.objects.exists()


def test_an_address_that_is_nobody_s_gets_the_mail_alone(portal: Portal) -> None:
    tell(a_mail(to="ai-do@example.vn"), Happening(portal=portal, event="held"))
    assert Message.objects.get().to == "ai-do@example.vn"
    assert not Item.objects.exists()


def test_a_kind_that_is_switched_off_stays_in_the_inbox(an: Person, portal: Portal) -> None:
    choose(an, by_mail=[kind for kind in CHOSEN if kind != Kind.HELD])
    tell(a_mail("1"), Happening(portal=portal, event="held"))
    tell(a_mail("2"), Happening(portal=portal, event="published"))
    assert told(an) == ["held", "published"]
    assert Message.objects.get().key == "2"


def test_what_must_be_mailed_cannot_be_switched_off(an: Person, portal: Portal) -> None:
    choose(an, by_mail=[])
    for event, (kind, _sentence) in EVENTS.items():
        if kind in ALWAYS:
            tell(a_mail(event), Happening(portal=portal, event=event))
    assert Message.objects.count() == sum(kind in ALWAYS for kind, _ in EVENTS.values()) > 3


def test_every_kind_is_chosen_about_or_not_and_every_event_has_a_kind() -> None:
    assert {*ALWAYS, *NEVER, *CHOSEN} == set(Kind)
    assert {kind for kind, _ in EVENTS.values()} == set(Kind)


def test_sent_back_tells_the_reason(an: Person, moderator: Person, newcomer: Organization, write: Write) -> None:
    release = submit(an, write(newcomer))
    send_back(moderator, release, reason="Thiếu nguồn số liệu.")
    item = Item.objects.get(person=an)
    assert (item.event, item.said, item.title) == ("sent_back", "Thiếu nguồn số liệu.", release.headline)
    assert item.path == f"/desk/releases/{release.public_id}"
    assert Message.objects.get().key == item.key


def test_what_was_approved_for_later_is_told_without_a_mail(
    an: Person, moderator: Person, newcomer: Organization, write: Write
) -> None:
    at = clock.now().replace(year=clock.now().year + 1, month=1, day=1)
    approve(moderator, submit(an, write(newcomer), at=at, zone="Asia/Ho_Chi_Minh"))
    assert told(an) == ["scheduled"]
    assert not Message.objects.exists()


def test_what_is_published_is_told_once_however_often_the_wire_runs(
    an: Person, put_out: Callable[..., Entry], run_wire: Callable[[], int]
) -> None:
    entry = put_out()
    run_wire()
    run_wire()
    assert told(an) == ["published"]
    assert Item.objects.get().path == f"/desk/releases/{Release.objects.get(entry=entry).public_id}"


def test_an_invitation_is_in_the_inbox_without_its_key(
    an: Person, stranger: Person, organization: Organization
) -> None:
    choose(stranger, by_mail=[])
    invite(an, organization, email=stranger.email, language="vi")
    item = Item.objects.get(person=stranger)
    assert (item.event, item.path) == ("invited", "")
    assert Message.objects.get().to == stranger.email


def test_a_report_that_was_seen_to_is_told_to_whoever_made_it(
    moderator: Person, stranger: Person, put_out: Callable[..., Entry]
) -> None:
    settle(moderator, report(put_out(), reason="Sai con số", email=stranger.email))
    assert told(stranger) == ["report_settled"]


def test_an_event_nobody_knows_is_refused(an: Person, portal: Portal) -> None:
    with pytest.raises(ValueError, match="không có"):
        note(an, Happening(portal=portal, event="không có"), key="k")


def test_what_was_read_long_ago_is_forgotten(an: Person, portal: Portal) -> None:
    for key in "abc":
        note(an, Happening(portal=portal, event="scheduled"), key=key)
    long_ago = clock.now().replace(year=clock.now().year - 2, day=1)
    Item.objects.filter(key="a").update(read_at=long_ago)
    Item.objects.filter(key="b").update(at=long_ago)
    assert forget() == 2
    assert Item.objects.get().key == "c"


def test_two_portals_share_no_inbox(an: Person, portal: Portal) -> None:
    other = Portal.objects.create(slug="khac", name="Khác")
    note(an, Happening(portal=other, event="scheduled"), key="k")
    assert queries.unread(an, portal) == 0


def test_a_choice_about_no_kind_is_left_out(an: Person) -> None:
    choose(an, by_mail=["sent_back", "khong-co"])
    assert queries.only_here(an) == {str(kind) for kind in CHOSEN} - {"sent_back"}
