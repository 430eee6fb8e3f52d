"""splice: one text for many, and nothing of one recipient's words reaches where it must not."""

import email
import email.policy
import random
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest

from loa.mail import splice
from loa.mail.errors import BadHeader
from loa.mail.models import Inline
from loa.mail.rules import literal

DATE = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
NASTY = [
    "", " ", "x", "Nguyễn Thị Hương", "a\r\nBcc: x@y.vn", "\r\n.\r\nMAIL FROM:<x@y.vn>", "<b>&\"'", "đ" * 300, ".",
    "=", "\x00\n", "{{leave}}", "a  b ", "😀",
]  # fmt: skip


def fill(subject: str = "Chào {{name}}", bodies: tuple[str, str] = ("", ""), **more: Any) -> EmailMessage:
    values = {"to": "doc@vidu.vn", "message_id": "abc", **more.pop("values", {})}
    made = splice.compile_mail(
        sender=more.pop("sender", "Báo Mới <tin@vidu.vn>"), subject=subject, bodies=bodies, date=DATE,
        headers=more.pop("headers", {}), **more,
    )  # fmt: skip
    data = made.fill(values)
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 998
    read = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    assert not read.defects
    return read


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def test_words_and_slots_come_out_as_they_were_written() -> None:
    text = "Chào {{name}},\n\n.một dòng bắt đầu bằng dấu chấm \nDòng dài " + "rất " * 60 + "\n"
    html = "<p>Chào {{name}}</p>\n<a href='{{leave}}'>Rời</a>\n"
    values = {"name": "Trần Đức Ánh", "leave": "https://tin.vidu.vn/u/abc?x=1&y=2"}
    mail = fill("Chào {{name}}: tin mới", (text, html), values=values)
    assert mail["Subject"] == "Chào Trần Đức Ánh: tin mới"
    assert mail["From"] == "Báo Mới <tin@vidu.vn>"
    assert mail["To"] == "doc@vidu.vn"
    assert mail["Message-ID"] == "<abc@vidu.vn>"
    assert body(mail, "plain").rstrip("\n") == text.replace("{{name}}", values["name"]).rstrip("\n")
    assert values["name"] in body(mail, "html")
    assert "x=1&amp;y=2" in body(mail, "html")


@pytest.mark.parametrize("name", NASTY)
def test_what_a_recipient_is_called_changes_no_header_and_no_tag(name: str) -> None:
    plain = fill("Chào {{name}}!", ("{{name}}\n", "<p>{{name}}</p>\n"), values={"name": "An"})
    mail = fill("Chào {{name}}!", ("{{name}}\n", "<p>{{name}}</p>\n"), values={"name": name})
    assert [*mail.keys()] == [*plain.keys()]
    assert "<b>" not in body(mail, "html")
    assert "\n" not in str(mail["Subject"])
    wanted = name.replace("\r\n", "\n").replace("\x00", "")
    assert body(mail, "plain").rstrip("\n") == wanted.rstrip("\n")


def test_ten_thousand_recipients_with_odd_names_add_no_header() -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    letters = "ab \r\n\t:<>\"'=?_.đ\x00\x85\u2028,{}"
    made = splice.compile_mail(
        sender="tin@vidu.vn", subject="{{name}}", bodies=("{{name}}", ""), headers={"List-Id": "<a.vidu.vn>"}, date=DATE
    )
    heads = set()
    for _ in range(10_000):
        name = "".join(chance.choices(letters, k=chance.randrange(12)))
        head, _, _ = made.fill({"name": name, "to": "a@vidu.vn", "message_id": "x"}).partition(b"\r\n\r\n")
        heads.add(tuple(line.split(b":")[0] for line in head.split(b"\r\n") if not line.startswith(b" ")))
    assert len(heads) == 1, f"seed {seed}: {heads}"


@pytest.mark.parametrize("value", ["a\r\nBcc: x@y.vn", "a b", "a>,<https://ac.vn", "đ", 'a"', "\n"])
def test_a_slot_of_a_header_takes_one_word_only(value: str) -> None:
    with pytest.raises(BadHeader):
        fill(headers={"List-Unsubscribe": "<https://tin.vidu.vn/u/{{leave}}>"}, values={"name": "An", "leave": value})


@pytest.mark.parametrize(
    "header", [("Bcc", "x@y.vn"), ("X\r\nBcc", "x"), ("List-Id", "a\r\nBcc: x@y.vn"), ("From", "x")]
)
def test_a_header_that_would_begin_another_is_refused(header: tuple[str, str]) -> None:
    with pytest.raises(BadHeader):
        fill(headers=dict([header]), values={"name": "An"})


def test_the_list_headers_are_never_folded() -> None:
    leave = "t" * 200
    headers = {"List-Unsubscribe": "<https://tin.vidu.vn/u/{{leave}}>"}
    mail = fill(headers=headers, values={"name": "An", "leave": leave})
    assert mail["List-Unsubscribe"] == f"<https://tin.vidu.vn/u/{leave}>"


def test_words_of_others_never_become_a_slot() -> None:
    mail = fill("Tin", (literal("Đọc https://ac.vn/?u={{leave}} ngay"), ""), values={"leave": "khoa-rieng"})
    assert "khoa-rieng" not in body(mail, "plain")


def test_in_a_single_mail_braces_are_braces() -> None:
    mail = fill("{{name}}", ("{{name}}", ""), has_slots=False)
    assert (mail["Subject"], body(mail, "plain").strip()) == ("{{name}}", "{{name}}")


def test_a_picture_stands_beside_the_html_that_shows_it() -> None:
    data = bytes(range(256)) * 9
    html = '<p>Tuần qua</p><img src="cid:week" alt="Biểu đồ">'
    mail = fill(bodies=("Tuần qua", html), values={"name": "An"}, pictures=[Inline(cid="week", kind="png", data=data)])
    assert mail.get_content_type() == "multipart/alternative"
    assert body(mail, "html").strip() == html
    related = next(part for part in mail.walk() if part.get_content_type() == "multipart/related")
    shown, picture = related.get_payload()
    assert shown.get_content_type() == "text/html"
    assert (picture["Content-ID"], picture.get_content()) == ("<week>", data)
    assert picture.get_content_disposition() == "inline"
