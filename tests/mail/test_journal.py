"""The journal: what a dead sender left says which mails went out, which did not, and which nobody knows about."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from loa.lib import clock
from loa.mail import journal
from loa.mail.actions.begin import begin
from loa.mail.actions.lease import Room, lease
from loa.mail.actions.queue import queue
from loa.mail.actions.recover import recover
from loa.mail.actions.release import release
from loa.mail.journal import Journal, Left
from loa.mail.models import Message, State
from loa.mail.providers.job import Job

Made = tuple[Journal, list[Job]]


def write(count: int, lane: str = "news") -> None:
    for number in range(count):
        queue(key=f"k{number}", to=f"doc{number}@vidu.vn", subject="x", text="x", lane=lane)


def begun(count: int = 4, lane: str = "news") -> Made:
    """A sender that has marked so many mails as going out."""
    write(count, lane)
    made = Journal()
    jobs = begin(made.owner, lease(made.owner, Room(count)))
    assert len(jobs) == count
    return made, jobs


def die(made: Journal) -> Path:
    """End a sender as SIGKILL does: the lock goes, the file stays."""
    made.close(is_settled=False)
    (path,) = journal.folder().glob("*.journal")
    return path


def states() -> list[str]:
    return list(Message.objects.order_by("id").values_list("state", flat=True))


@pytest.mark.django_db
def test_each_mail_of_a_dead_sender_is_settled_as_its_journal_says() -> None:
    made, jobs = begun(5)
    for job, end in zip(jobs[:4], ("sent", "deferred", "bounced", None), strict=True):
        made.started(job.this_try)
        if end:
            made.ended(job.this_try, end, "250 2.0.0 Taken" if end == "sent" else "451 Later")
    path = die(made)
    assert recover() == 5
    assert states() == ["sent", "deferred", "bounced", "in_doubt", "pending"]
    assert Message.objects.get(key="k1").error == "451 Later"
    assert not path.exists()
    assert recover() == 0


@pytest.mark.django_db
def test_a_mail_of_an_account_in_doubt_waits_to_be_sent_again() -> None:
    made, jobs = begun(1, "account")
    made.started(jobs[0].this_try)
    die(made)
    recover()
    row = Message.objects.get()
    assert (row.state, row.doubts) == (State.DEFERRED, 1)


@pytest.mark.django_db
def test_a_living_sender_is_left_alone() -> None:
    made, _ = begun(2)
    Message.objects.update(lease_until=clock.now() - timedelta(hours=1))
    assert recover() == 0
    assert states() == ["sending", "sending"]
    made.close(is_settled=False)


@pytest.mark.django_db
def test_an_earlier_try_of_the_same_sender_says_nothing_of_this_one() -> None:
    made, jobs = begun(1)
    made.started(jobs[0].this_try)
    made.ended(jobs[0].this_try, "deferred", "451 Later")
    Message.objects.update(attempts=1)
    die(made)
    recover()
    assert states() == ["pending"]


@pytest.mark.django_db
def test_a_torn_last_line_is_ignored() -> None:
    made, jobs = begun(2)
    made.started(jobs[0].this_try)
    made.ended(jobs[0].this_try, "sent", "250 Ok")
    path = die(made)
    with path.open("ab") as file:
        file.write(b"1234abcd started m 2")
    recover()
    assert states() == ["sent", "pending"]


@pytest.mark.django_db
@pytest.mark.parametrize("harm", ["damage", "other boot", "gone"])
def test_where_lines_may_be_missing_nothing_is_taken_for_unsent(harm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made, jobs = begun(3)
    for job in jobs[:2]:
        made.started(job.this_try)
    made.ended(jobs[1].this_try, "sent", "250 Ok")
    path = die(made)
    if harm == "damage":
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(lines[0] + b"x" + lines[1][1:] + b"".join(lines[2:]))
    elif harm == "other boot":
        monkeypatch.setattr(journal, "boot", lambda: "after the power came back")
    else:
        path.unlink()
        Message.objects.update(lease_until=clock.now())
    recover()
    known = "in_doubt" if harm == "gone" else "sent"
    assert states() == ["in_doubt", known, "in_doubt"]


@pytest.mark.django_db
def test_what_a_living_sender_does_not_have_in_hand_goes_back() -> None:
    made, jobs = begun(3)
    assert release(made.owner, [jobs[0].key]) == 2
    assert states() == ["sending", "pending", "pending"]
    made.close(is_settled=True)


@pytest.mark.django_db
def test_it_is_begun_anew_when_large_and_knows_what_is_in_flight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "LARGE", 100)
    made, jobs = begun(3)
    for job in jobs[:2]:
        made.started(job.this_try)
    made.ended(jobs[0].this_try, "sent", "250 Ok")
    Message.objects.filter(pk=jobs[0].key[1]).update(state=State.SENT, owner="")
    made.shorten()
    path = die(made)
    left = Left(made.owner, is_whole=True)
    journal.read(path.read_bytes(), left)
    assert left.started == {jobs[1].this_try}
    recover()
    assert states() == ["sent", "in_doubt", "pending"]


def test_a_killed_process_leaves_every_line_it_wrote(home: Path) -> None:
    code = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "loa.project.settings"
import django
django.setup()
from loa.mail.journal import Journal
made = Journal()
for number in range(500):
    made.started(("c", number, 0))
os.kill(os.getpid(), 9)
"""
    environment = os.environ | {"LOA_HOME": str(home)}
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=root, check=False)
    with journal.left_behind() as found:
        (left,) = found
    assert left.is_whole
    assert left.started == {("c", number, 0) for number in range(500)}
    assert not list(journal.folder().glob("*"))


def test_a_full_disk_is_noticed_before_the_text_goes_out(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Journal()

    def short(_: int, data: bytes) -> int:
        return len(data) // 2

    with monkeypatch.context() as full:
        full.setattr(os, "write", short)
        with pytest.raises(OSError, match="full"):
            made.started(("c", 1, 0))
    made.close(is_settled=True)


def test_nobody_else_can_read_it(home: Path) -> None:
    made = Journal()
    (path,) = journal.folder().glob("*.journal")
    assert path.stat().st_mode & 0o077 == 0
    made.close(is_settled=True)
    assert not list(journal.folder().glob("*"))


def test_its_settings_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    from loa.project import config

    for wrong in ("0", "many", "1000"):
        monkeypatch.setenv("LOA_MAIL_CONNECTIONS", wrong)
        with pytest.raises(ValueError, match="LOA_MAIL_CONNECTIONS"):
            config.mail_connections()
