"""A scanner of mail opens every link the moment it arrives: nothing changes by it, in no table."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client

from loa.newsletters.models import Issue
from loa.subscribers.models import State, Subscriber

LINK = re.compile(r"https?://[^\s\"'<>]+")


def tables() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            found[name] = sorted(cursor.fetchall(), key=repr)
    return found


@pytest.mark.parametrize("agent", ["Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Barracuda Sentinel"])
def test_opening_every_link_changes_no_row(
    client: Client, scheduled: Issue, readers: list[Subscriber], send_all: Callable[[], list[EmailMessage]], agent: str
) -> None:
    mail = send_all()[0]
    parts = [str(mail.get_body((kind,)).get_content()) for kind in ("plain", "html")]
    links = {unescape(link) for part in [*parts, mail["List-Unsubscribe"]] for link in LINK.findall(part)}
    own = sorted(urlsplit(link).path for link in links if link.startswith("http://testserver"))
    assert any("/leave/" in path for path in own)
    assert any("/preferences/" in path for path in own)
    assert any("/newsletter/issues/1" in path for path in own)
    before = tables()
    for path in own:
        for ask in (client.head, client.get):
            status = ask(path, headers={"User-Agent": agent}).status_code
            assert status in (200, 404) if path.startswith("/media/") else status == 200, path
    assert tables() == before
    assert Subscriber.objects.filter(state=State.CONFIRMED).count() == len(readers)
