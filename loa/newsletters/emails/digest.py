"""The newsletter that is made without an editor."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loa.archive.models import Entry
from loa.lib import clock
from loa.mail.actions.queue import queue
from loa.newsletters import sheet
from loa.newsletters.emails import headers
from loa.newsletters.emails.drawing import Drawn, draw
from loa.newsletters.models import Digest, Imprint
from loa.newsletters.rules import MOST_BYTES
from loa.newsletters.sheet import Sheet
from loa.portals.models import Portal
from loa.subscribers import queries as subscribers
from loa.subscribers.models import Subscriber
from loa.ui.language import speaking

SHOWN = (30, 15, 8)  # at most so many, or fewer where they weigh too much; the rest stands where the last line leads
WITH_PICTURE = 3


def digest(row: Digest, subscriber: Subscriber, entries: Sequence[Entry]) -> None:
    """Queue one newsletter, with a way out that mail programs show as a button (RFC 2369, RFC 8058)."""
    portal, leave = subscriber.portal, subscribers.link(subscriber, "leave")
    imprint = Imprint.objects.filter(portal=portal).first()
    drawn = drawn_for(portal, subscriber.language, entries, is_general=subscriber.is_general, imprint=imprint)
    mine = drawn.spliced(leave=leave, preferences=subscribers.link(subscriber, "preferences"))
    queue(
        key=row.mail_key,
        cancel_key=f"subscriber:{subscriber.public_id}",
        about=[f"entry:{entry.public_id}" for entry in entries],
        to=subscriber.email,
        subject=mine.subject,
        text=mine.text,
        html=mine.html,
        headers=headers.of(
            portal, subscriber.language, leave=leave, kind=headers.DIGEST, mark=sheet.AUTOMATIC, imprint=imprint
        ),
    )


def drawn_for(
    portal: Portal, language: str, entries: Sequence[Entry], *, is_general: bool, imprint: Imprint | None = None
) -> Drawn:
    """The mail about these entries, newest first; it holds as many as a mail may weigh."""
    for most in SHOWN:
        drawn = _drawn(portal, language, entries, most=most, is_general=is_general, imprint=imprint)
        if drawn.weight <= MOST_BYTES:
            break
    return drawn


def _drawn(
    portal: Portal, language: str, entries: Sequence[Entry], *, most: int, is_general: bool, imprint: Imprint | None
) -> Drawn:
    with speaking(language):
        stories = [
            sheet.story(
                entry, entry.current, portal=portal, language=language, mark=sheet.AUTOMATIC,
                has_picture=place < WITH_PICTURE,
            )
            for place, entry in enumerate(entries[:most])
        ]  # fmt: skip
        made = Sheet(
            portal=portal,
            language=language,
            subject=_subject(entries, portal.name),
            stories=stories,
            at=clock.now(),
            reason=_reason(portal.name, is_general),
            more=_more(len(entries) - most, portal.link("/latest", language)),
            imprint=imprint,
        )
    return draw(made)


def _reason(name: str, is_general: bool) -> str:
    if is_general:
        return _("Bạn nhận thư này vì đã đăng ký bản tin %(name)s.") % {"name": name}
    return _("Bạn nhận thư này vì theo dõi tổ chức trên %(name)s.") % {"name": name}


def _more(count: int, address: str) -> str:
    if count <= 0:
        return ""
    words = ngettext("Còn %(count)d tin nữa ở %(address)s", "Còn %(count)d tin nữa ở %(address)s", count)
    return words % {"count": count, "address": address}


def _subject(entries: Sequence[Entry], name: str) -> str:
    first = entries[0].current
    headline = first.headline if first else ""
    more = len(entries) - 1
    if not more:
        return f"{name}: {headline}"
    rest = ngettext("và %(count)d tin khác", "và %(count)d tin khác", more) % {"count": more}
    return f"{name}: {headline} {rest}"
