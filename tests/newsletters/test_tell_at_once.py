"""tell_at_once: who asked to hear at once is written to in the carrying of the notice, once, in one mail."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from loa.archive.actions.withdraw import withdraw
from loa.archive.models import Entry, Notice
from loa.lib import clock
from loa.mail.actions.deliver import deliver_due
from loa.mail.models import Lane, Message, State
from loa.newsletters import outlet
from loa.newsletters.actions.build_again import build_again
from loa.newsletters.actions.send_due import send_due
from loa.newsletters.models import DigestItem
from loa.portals.models import Portal
from loa.subscribers.models import Subscriber
from tests.entries import make_entry, make_portal
from tests.readers import make_reader

pytestmark = pytest.mark.django_db


@pytest.fixture(name="vn")
def _vn() -> Portal:
    return make_portal()


@pytest.fixture
def reader(vn: Portal) -> Subscriber:
    return make_reader(vn, frequency="at_once")


def notices() -> list[Notice]:
    return list(Notice.objects.select_related("entry").order_by("pk"))


def test_the_mail_is_queued_in_the_carrying_of_the_notice(
    vn: Portal, reader: Subscriber, run_wire: Callable[[], int]
) -> None:
    make_reader(vn, "ngay@vidu.vn")
    make_entry(vn, "một")
    run_wire()
    message = Message.objects.get()
    assert (message.to, message.lane) == ("doc@vidu.vn", Lane.AT_ONCE)
    assert "Tin một" in message.subject
    assert deliver_due() == 1


def test_several_come_in_one_mail_and_none_twice(vn: Portal, reader: Subscriber) -> None:
    for key in ("một", "hai", "ba"):
        make_entry(vn, key)
    outlet.carry_all(notices())
    outlet.carry_all(notices())
    for notice in notices():
        outlet.carry(notice)
    message = Message.objects.get()
    assert [message.text.count(f"Tin {key}") for key in ("một", "hai", "ba")] == [1, 1, 1]
    assert send_due() == 0


def test_each_reader_hears_of_what_they_follow(vn: Portal) -> None:
    made = make_entry(vn, "một")
    for key in ("general", f"organization:{made.organization_id}", f"section:{made.section_id}"):
        make_reader(vn, f"{key.partition(':')[0]}@vidu.vn", key, frequency="at_once")
    make_reader(vn, "khac@vidu.vn", "organization:0", "section:0", frequency="at_once")
    make_reader(Portal.objects.create(slug="khac", name="Khác"), "xa@vidu.vn", frequency="at_once")
    outlet.carry_all(notices())
    to = Message.objects.order_by("to").values_list("to", flat=True)
    assert list(to) == ["general@vidu.vn", "organization@vidu.vn", "section@vidu.vn"]


def test_it_begins_with_the_wish(vn: Portal) -> None:
    make_entry(vn, "trước", published_at=clock.now() - timedelta(minutes=2))
    make_reader(vn, frequency="at_once", since=clock.now() - timedelta(minutes=1))
    make_entry(vn, "sau")
    outlet.carry_all(notices())
    text = Message.objects.get().text
    assert ("Tin sau" in text, "Tin trước" in text) == (True, False)


def test_what_is_old_is_no_news_when_an_outlet_catches_up(vn: Portal, reader: Subscriber) -> None:
    make_entry(vn, "một", published_at=clock.now() - timedelta(days=2))
    outlet.carry_all(notices())
    assert not Message.objects.exists()


def test_what_was_withdrawn_meanwhile_is_not_told(vn: Portal, reader: Subscriber) -> None:
    withdraw(make_entry(vn, "một"), statement="Sai.")
    outlet.carry_all(notices())
    assert not Message.objects.exists()
    assert not DigestItem.objects.exists()


def test_what_is_withdrawn_before_it_left_is_called_back(vn: Portal, reader: Subscriber) -> None:
    first, _ = make_entry(vn, "một"), make_entry(vn, "hai")
    outlet.carry_all(notices())
    withdraw(first, statement="Sai.")
    assert (build_again(), deliver_due()) == (1, 1)
    sent = Message.objects.get(state=State.SENT).text
    assert ("Tin hai" in sent, "Tin một" in sent) == (True, False)


def test_a_reader_at_rest_hears_nothing(vn: Portal, reader: Subscriber) -> None:
    Subscriber.objects.update(paused_until=clock.now() + timedelta(days=1))
    make_entry(vn, "một")
    outlet.carry_all(notices())
    assert not Message.objects.exists()


def test_stories_of_a_house_go_to_its_followers_alone(vn: Portal, reader: Subscriber) -> None:
    made = make_entry(vn, "một")
    Entry.objects.update(kind="life")
    make_reader(vn, "ban@vidu.vn", f"organization:{made.organization_id}", frequency="at_once")
    outlet.carry_all(notices())
    assert [row.to for row in Message.objects.all()] == ["ban@vidu.vn"]


def test_what_another_worker_told_first_takes_nothing_else_along(vn: Portal, reader: Subscriber) -> None:
    for key in ("một", "hai"):
        make_entry(vn, key)
    outlet.carry(notices()[1])
    outlet.carry_all(notices())
    texts = [message.text for message in Message.objects.order_by("pk")]
    assert [("Tin một" in text, "Tin hai" in text) for text in texts] == [(False, True), (True, False)]


def test_what_was_withdrawn_and_restored_is_told_to_whoever_had_nothing(vn: Portal, reader: Subscriber) -> None:
    made = make_entry(vn, "một")
    outlet.carry_all(notices())
    withdraw(made, statement="Sai.")
    build_again()
    Entry.objects.update(state="published")
    make_entry(vn, "hai")
    outlet.carry_all([one for one in notices() if one.kind == Notice.Kind.PUBLISHED])
    assert deliver_due() == 1
    sent = Message.objects.get(state=State.SENT).text
    assert ("Tin một" in sent, "Tin hai" in sent) == (True, True)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's writers stand in line anyway")
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_moment_tell_nobody_twice() -> None:
    portal = make_portal()
    for number in range(30):
        make_reader(portal, f"{number}@vidu.vn", frequency="at_once")
    for key in ("một", "hai"):
        make_entry(portal, key)
    both, failures = Barrier(2), []

    def work(rows: list[Notice]) -> None:
        try:
            both.wait()
            outlet.carry_all(rows)
        except Exception as error:  # a thread's own traceback is nobody's
            failures.append(error)
        finally:
            connection.close()

    # One has both in hand, the other the newer alone: their mails would bear one name.
    threads = [Thread(target=work, args=(rows,)) for rows in (notices(), notices()[1:])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert DigestItem.objects.count() == 60
    texts = "".join(Message.objects.values_list("text", flat=True))
    assert [texts.count(f"Tin {key}\n") for key in ("một", "hai")] == [30, 30]
