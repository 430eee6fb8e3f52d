"""The newsletter itself."""

from collections.abc import Sequence
from email.header import Header

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.mail.actions.queue import queue
from loa.newsletters.models import Digest
from loa.subscribers import queries as subscribers
from loa.subscribers.models import Subscriber
from loa.ui.language import speaking


def digest(row: Digest, subscriber: Subscriber, entries: Sequence[Entry]) -> None:
    """Queue one newsletter, with a way out that mail programs show as a button (RFC 2369, RFC 8058)."""
    origin = subscriber.portal.address
    leave = subscribers.link(subscriber, "leave")
    with speaking(subscriber.language):
        context = {
            "name": subscriber.portal.name,
            "language": subscriber.language,
            "items": [_item(entry, origin) for entry in entries],
            "is_general": subscriber.is_general,
            "leave": leave,
            "preferences": subscribers.link(subscriber, "preferences"),
        }
        queue(
            key=row.mail_key,
            cancel_key=f"subscriber:{subscriber.public_id}",
            about=[f"entry:{entry.public_id}" for entry in entries],
            to=subscriber.email,
            subject=_subject(entries, subscriber.portal.name),
            text=render_to_string("newsletters/digest.txt", context),
            html=render_to_string("newsletters/digest.html", context),
            headers={
                "List-Unsubscribe": f"<{leave}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "List-Id": f"{Header(subscriber.portal.name, 'utf-8').encode()} <{_list_id(subscriber, origin)}>",
                "Precedence": "bulk",
            },
        )


def _item(entry: Entry, origin: str) -> dict[str, str]:
    version = entry.current
    return {
        "headline": version.headline if version else "",
        "lead": version.lead if version else "",
        "organization": entry.organization.name,
        "kind": _("Tin dẫn nguồn") if entry.kind == "sourced" else _("Thông cáo báo chí"),
        "link": origin + archive.address(entry),
    }


def _subject(entries: Sequence[Entry], name: str) -> str:
    first = entries[0].current
    headline = first.headline if first else ""
    more = len(entries) - 1
    if not more:
        return f"{name}: {headline}"
    rest = ngettext("và %(count)d tin khác", "và %(count)d tin khác", more) % {"count": more}
    return f"{name}: {headline} {rest}"


def _list_id(subscriber: Subscriber, origin: str) -> str:
    """A name of the list that never changes (RFC 2919)."""
    host = origin.partition("//")[2].partition(":")[0]
    return f"newsletter.{subscriber.portal.slug}.{host}"
