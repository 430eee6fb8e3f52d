"""A mail scanner opens every link of every mail, by GET and HEAD, and nothing changes."""

import re
from typing import Any

from django.apps import apps
from django.test import Client

from loa.audit.actions.record import Actor
from loa.mail.models import Message
from loa.newsletters.actions.send_due import send_due
from loa.newsletters.actions.tell_at_once import tell_at_once
from loa.portals.models import Portal
from loa.subscribers.actions.bring_in import bring_in_due
from loa.subscribers.actions.decide_on_press import decide_on_press
from tests.entries import make_entry
from tests.readers import ask, link, make_reader, press
from tests.subscribers.test_bring_in import begun
from tests.subscribers.test_press import ask as ask_for_press
from tests.subscribers.test_press import waiting

LINK = re.compile(r"https?://testserver(/[^\s\"'<>)]+)")


def everything() -> dict[str, list[Any]]:
    """Every row of every table."""
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in apps.get_models()}


def test_no_link_of_any_mail_changes_a_row_by_being_opened(vn: Portal, client: Client, editor: Actor) -> None:
    ask(client, email="moi@vidu.vn")
    ask(client, email="dan@vidu.vn", section="kinh-te")
    make_reader(vn, "cu@vidu.vn")
    ask(client, email="cu@vidu.vn")
    begun(editor, vn, asks=True)
    while bring_in_due():
        pass
    decide_on_press(editor, waiting(client), state="admitted", note="")
    ask_for_press(client, email="binh@bao.vn")
    press(client, link("confirm"))
    make_reader(vn, "ngay@vidu.vn", frequency="at_once")
    entry = make_entry(vn, "một")
    assert tell_at_once([entry]) == 1
    send_due()
    mails = Message.objects.all()
    purposes = {mail.key.split(":")[1] for mail in mails if mail.key.startswith("subscribers:")}
    assert purposes == {"confirm", "invite", "preferences", "admitted"}
    links = {
        found.replace("&amp;", "&").partition("#")[0]
        for mail in mails
        for found in LINK.findall(f"{mail.text} {mail.html} {mail.headers}")
    }
    doors = {found.removeprefix("/en").split("/")[2] for found in links if "/newsletter/" in found}
    assert doors >= {"confirm", "preferences", "leave"}
    before = everything()
    for found in sorted(links):
        for method in (client.get, client.head):
            assert method(found).status_code in (200, 301, 302), found
    assert everything() == before
