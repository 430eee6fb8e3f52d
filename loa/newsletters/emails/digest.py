"""The newsletter that is made without an editor."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loa.archive import queries as archive
from loa.archive.models import Entry, Version
from loa.lib import clock
from loa.mail.actions.queue import Mail
from loa.mail.models import Lane
from loa.newsletters import sheet
from loa.newsletters.emails import headers
from loa.newsletters.emails.drawing import Drawn, draw
from loa.newsletters.models import Digest, Imprint
from loa.newsletters.rules import MOST_BYTES, Reading
from loa.newsletters.sheet import Sheet
from loa.portals.models import Portal
from loa.stats.rules import AUTOMATIC_MARK
from loa.subscribers import queries as subscribers
from loa.subscribers.models import Frequency
from loa.ui.language import speaking

SHOWN = (30, 15, 8)  # at most so many, or fewer where they weigh too much; the rest stands where the last line leads
WITH_PICTURE = 3


class Press:
    """Draws the mails of one sending: what many of its readers get alike is asked for and drawn once."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[int, str, tuple[tuple[int, int | None], ...], tuple[str, ...]], Drawn] = {}
        self._imprints: dict[int, Imprint | None] = {}

    def imprint(self, portal: Portal) -> Imprint | None:
        """Who signs a portal's newsletters."""
        if portal.pk not in self._imprints:
            self._imprints[portal.pk] = Imprint.objects.filter(portal=portal).first()
        return self._imprints[portal.pk]

    def draw(self, portal: Portal, language: str, entries: Sequence[Entry], why: Sequence[str]) -> Drawn:
        """The mail about these entries to whoever wished for `why`."""
        # With the text each shows now: one corrected between two batches is drawn again.
        key = (portal.pk, language, tuple((entry.pk, entry.current_id) for entry in entries), tuple(why))
        if key not in self._drawn:
            names = [one.name for one in subscribers.named(portal, why, language).values()]
            self._drawn[key] = drawn_for(portal, language, entries, names=names, imprint=self.imprint(portal))
        return self._drawn[key]


def digest(row: Digest, reading: Reading, entries: Sequence[Entry], *, why: Sequence[str], press: Press) -> Mail:
    """One newsletter, with a way out that mail programs show as a button (RFC 2369, RFC 8058).

    `why` are the wishes it answers: the button leaves that one, or all where there are several; the page behind the
    link offers both.
    """
    subscriber, language = reading.subscriber, reading.language
    portal = subscriber.portal
    leave = subscribers.leave_link(subscriber, why[0] if len(why) == 1 else "", language)
    preferences = portal.link(f"/newsletter/preferences/{subscribers.token(subscriber, 'preferences')}", language)
    mine = press.draw(portal, language, entries, why).spliced(leave=leave, preferences=preferences)
    return Mail(
        key=row.mail_key,
        cancel_key=f"subscriber:{subscriber.public_id}",
        about=[
            *(f"entry:{entry.public_id}" for entry in entries),
            *(subscribers.about(subscriber, key) for key in why),
        ],
        to=subscriber.email,
        subject=mine.subject,
        text=mine.text,
        html=mine.html,
        headers=headers.of(
            portal, language, leave=leave, kind=headers.DIGEST, mark=AUTOMATIC_MARK, imprint=press.imprint(portal)
        ),
        lane=Lane.AT_ONCE if reading.frequency == Frequency.AT_ONCE else Lane.NEWS,
    )


def drawn_for(
    portal: Portal, language: str, entries: Sequence[Entry], *, names: Sequence[str], imprint: Imprint | None = None
) -> Drawn:
    """The mail about these entries, newest first, because of these lists; it holds as many as a mail may weigh."""
    for most in SHOWN:
        drawn = _drawn(portal, language, entries, most=most, names=names, imprint=imprint)
        if drawn.weight <= MOST_BYTES:
            break
    return drawn


def _drawn(
    portal: Portal, language: str, entries: Sequence[Entry], *, most: int, names: Sequence[str], imprint: Imprint | None
) -> Drawn:
    shown = list(zip(entries, _texts(entries[:most], language), strict=False))
    with speaking(language):
        stories = [
            sheet.story(
                entry, text, portal=portal, language=language, mark=AUTOMATIC_MARK, has_picture=place < WITH_PICTURE
            )
            for place, (entry, text) in enumerate(shown)
        ]
        made = Sheet(
            portal=portal,
            language=language,
            subject=_subject(shown[0][1], len(entries) - 1, portal.name),
            stories=stories,
            at=clock.now(),
            reason=_reason(names),
            more=_more(len(entries) - most, portal.link("/latest", language)),
            imprint=imprint,
        )
    return draw(made)


def _texts(entries: Sequence[Entry], language: str) -> list[Version | None]:
    """The text of each entry in a language, else the original."""
    foreign = [entry for entry in entries if entry.current is not None and entry.current.language != language]
    found = archive.texts_in(foreign, [language] if foreign else [])
    return [next(iter(found.get(entry.pk, ())), entry.current) for entry in entries]


def _reason(names: Sequence[str]) -> str:
    return _("Bạn nhận thư này vì đã chọn: %(lists)s.") % {"lists": ", ".join(names)} if names else ""


def _more(count: int, address: str) -> str:
    if count <= 0:
        return ""
    words = ngettext("Còn %(count)d tin nữa ở %(address)s", "Còn %(count)d tin nữa ở %(address)s", count)
    return words % {"count": count, "address": address}


def _subject(first: Version | None, more: int, name: str) -> str:
    headline = first.headline if first else ""
    if not more:
        return f"{name}: {headline}"
    rest = ngettext("và %(count)d tin khác", "và %(count)d tin khác", more) % {"count": more}
    return f"{name}: {headline} {rest}"
