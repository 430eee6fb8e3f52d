"""deliver: each row leaves once, and failures wait alone."""

import email
import email.policy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import send_mail

from loa.lib import clock
from loa.mail.actions.begin import begin
from loa.mail.actions.cancel import cancel
from loa.mail.actions.deliver import deliver_due
from loa.mail.actions.lease import Room, lease
from loa.mail.actions.queue import queue
from loa.mail.actions.suppress import suppress
from loa.mail.models import Message, State
from loa.mail.providers.folder import Folder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Path) -> Path:
    settings.LOA_MAIL_URL = f"file:{tmp_path / 'outbox'}"
    return tmp_path / "outbox"


def write(key: str = "a", **more: Any) -> None:
    queue(key=key, to="doc@vidu.vn", subject="Chào bạn", text="Nội dung\n", **more)


def test_it_writes_one_file_and_never_again(outbox: Path) -> None:
    write(html="<p>Nội dung</p>", headers={"List-Id": "<x.vidu.vn>"})
    write()
    assert deliver_due() == 1
    assert deliver_due() == 0
    (file,) = outbox.glob("*.eml")
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert mail["Subject"] == "Chào bạn"
    assert mail["List-Id"] == "<x.vidu.vn>"


def test_a_sender_that_died_is_followed_by_another(outbox: Path) -> None:
    write()
    (job,) = lease("dead", Room(5))
    assert lease("other", Room(5)) == []
    assert deliver_due() == 0
    Message.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    assert begin("dead", [job]) == []
    assert deliver_due() == 1


def test_a_failure_waits_and_a_final_one_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    write()

    def refuse(*_: Any) -> None:
        raise OSError("450 later")

    monkeypatch.setattr(Folder, "_write", refuse)
    assert deliver_due() == 0
    row = Message.objects.get()
    assert (row.state, row.attempts, row.error) == (State.DEFERRED, 1, "450 later")
    assert row.not_before > clock.now()


def test_cancelled_and_suppressed_mail_stays(outbox: Path) -> None:
    write("a", cancel_key="entry:1")
    assert cancel("entry:1") == 1
    suppress("Doc@vidu.vn", reason="bounced")
    write("b")
    assert deliver_due() == 0
    assert not list(outbox.glob("*.eml")) if outbox.exists() else True


def test_a_header_cannot_be_smuggled_in(outbox: Path) -> None:
    queue(key="a", to="doc@vidu.vn\nBcc: x@vidu.vn", subject="Chào\nBcc: y@vidu.vn", text="x")
    assert deliver_due() == 0
    assert Message.objects.get().state == State.FAILED


def test_djangos_mail_becomes_rows(settings: Any) -> None:
    settings.EMAIL_BACKEND = "loa.mail.backend.RowBackend"
    send_mail("Xin chào", "nội dung", None, ["a@vidu.vn", "b@vidu.vn"])
    assert set(Message.objects.values_list("to", flat=True)) == {"a@vidu.vn", "b@vidu.vn"}


def test_mail_of_an_account_reaches_a_suppressed_address(outbox: Path) -> None:
    suppress("doc@vidu.vn", reason="complained")
    queue(key="reset", to="doc@vidu.vn", subject="Mật khẩu mới", text="x", urgent=True)
    queue(key="news", to="doc@vidu.vn", subject="Bản tin", text="x")
    assert deliver_due() == 1
    assert [row.state for row in Message.objects.order_by("pk")] == ["sent", "suppressed"]
