"""Draws a sheet as a mail: MJML compiled here, with nothing fetched and no file read, and a text part of its own.

What belongs to one reader stands as slots (`{{leave}}`, `{{preferences}}`), so that one drawing serves everybody.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import mrml
from django.template.loader import render_to_string
from django.utils.html import escape

from loa.lib import clock
from loa.mail import splice
from loa.mail.rules import literal
from loa.newsletters.sheet import Sheet
from loa.ui.language import speaking

SLOTS = ("leave", "preferences")
# Stand for the slots while a sheet is drawn: whatever else looks like a slot was written by somebody, and is words.
_MARKERS = {name: f"https://{name}.slot.invalid/" for name in SLOTS}
_LONGEST = "x" * 240  # an address with a signed token
_HEADERS = 2_000  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A mail before it is any one reader's."""

    subject: str
    text: str
    html: str

    @property
    def weight(self) -> int:
        """Bytes of the whole mail as it travels, with its reader's links and room for headers."""
        bodies = (self.text, self.html)
        mail = splice.compile_mail(
            sender="Loa <loa@example.vn>", subject=self.subject, bodies=bodies, headers={}, date=clock.now()
        )
        return len(mail.fill({"to": "", "message_id": "", **dict.fromkeys(SLOTS, _LONGEST)})) + _HEADERS

    def spliced(self, **values: str) -> "Drawn":
        """The same for one reader."""
        text, html = self.text, self.html
        for name, value in values.items():
            text = text.replace(f"{{{{{name}}}}}", value)
            html = html.replace(f"{{{{{name}}}}}", escape(value))
        return Drawn(subject=self.subject, text=text, html=html)


def draw(sheet: Sheet) -> Drawn:
    """The sheet as a mail in its language."""
    with speaking(sheet.language):
        context: dict[str, Any] = {"sheet": sheet, "zone": sheet.portal.time_zone, **_MARKERS}
        source = render_to_string("newsletters/mail.mjml", context)
        text = render_to_string("newsletters/mail.txt", context)
    subject = literal(" ".join(sheet.subject.split()))
    return Drawn(subject=subject, text=_with_slots(_tidy(text)), html=_with_slots(_html(source)))


@lru_cache(maxsize=64)
def _html(source: str) -> str:
    """MJML as HTML with its styles inlined; includes of files and addresses are refused by the empty loader."""
    options = mrml.ParserOptions(include_loader=mrml.noop_loader())
    drawn = mrml.to_html(source, options, mrml.RenderOptions(disable_comments=False, fonts={}))
    return str(drawn.content)


def _with_slots(words: str) -> str:
    words = literal(words)
    for name, marker in _MARKERS.items():
        words = words.replace(marker, f"{{{{{name}}}}}")
    return words


def _tidy(text: str) -> str:
    """At most one blank line at a time, none at the ends."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept) + "\n"
