"""Gives the demonstration its readers and newsletters: some that went out, and one that is being written."""

from datetime import datetime
from typing import Any

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import SYSTEM, Actor
from loa.lib import clock
from loa.newsletters.actions.begin import begin
from loa.newsletters.actions.edit import Line, Words, edit
from loa.newsletters.actions.edit_imprint import edit_imprint
from loa.newsletters.actions.pick import pick
from loa.newsletters.actions.schedule import schedule
from loa.newsletters.actions.send_out import send_out
from loa.newsletters.models import Imprint, Issue, IssueItem, State
from loa.portals.models import Portal
from loa.releases.models import Release
from loa.subscribers.actions.confirm import confirm
from loa.subscribers.models import Frequency, Subscriber
from loa.subscribers.rules import GENERAL, Wish


def fill_newsletters(portal: Portal, editor: Person, content: dict[str, Any]) -> None:
    """Make what is not there yet; may run twice, or again after dying at any line."""
    if not Imprint.objects.filter(portal=portal).exists():
        edit_imprint(SYSTEM, portal=portal, fields=content["imprint"])
    for language, addresses in content["readers"].items():
        for email in addresses:
            make_reader(portal, email, language)
    for row in content["issues"]:
        make_issue(actor(editor), portal, row)


def make_reader(portal: Portal, email: str, language: str) -> None:
    """A reader who pressed the button in their mail."""
    reader, _ = Subscriber.objects.get_or_create(
        portal=portal, email=email, defaults={"asked_at": clock.now(), "language": language}
    )
    wish = Wish(GENERAL, Frequency.WEEKLY.value, language)
    confirm(reader, [wish], text=f"Người đọc của bản trình diễn đồng ý nhận bản tin {portal.name}.")


def make_issue(editor: Actor, portal: Portal, row: dict[str, Any]) -> None:
    """One issue, known by its subject; one with a day goes out, and bears that day."""
    issue = Issue.objects.filter(portal=portal, subject=row["subject"]).first() or write(editor, portal, row)
    if "sent_at" not in row:
        return
    at = datetime.fromisoformat(row["sent_at"])
    if issue.state == State.DRAFT:
        schedule(editor, issue, at=at, reasons=[], expected_revision=issue.revision)
    while send_out():
        pass
    Issue.objects.filter(pk=issue.pk).update(sent_at=at, scheduled_at=at)


def write(editor: Actor, portal: Portal, row: dict[str, Any]) -> Issue:
    """The draft, whole or not at all."""
    releases = [Release.objects.get(public_id=f"demonstration-{one['release']}") for one in row["items"]]
    with transaction.atomic():
        issue = begin(editor, portal=portal, language=row["language"])
        pick(editor, issue, entries=[release.entry for release in releases if release.entry])
        items = list(IssueItem.objects.filter(issue=issue).order_by("position").values_list("pk", flat=True))
        lines = [
            Line(
                item=item,
                heading=one.get("heading", ""),
                line=one.get("line", ""),
                has_picture=one.get("has_picture", False),
            )
            for item, one in zip(items, row["items"], strict=True)
        ]
        words = Words(**{name: row[name] for name in ("subject", "preheader", "introduction")})
        return edit(editor, issue, words=words, lines=lines, expected_revision=0)
