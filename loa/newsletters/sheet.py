"""The newsletter as one plain value: mails, the page in the archive and every preview draw the same one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from loa.archive import queries as archive
from loa.archive.models import Entry, State, Version
from loa.lib import clock
from loa.media.models import widths_of
from loa.media.templatetags.loa_media import at_width
from loa.newsletters.models import Imprint, Issue, IssueItem
from loa.portals.models import Portal
from loa.stats.rules import AUTOMATIC_MARK, PRESS_MARK
from loa.subscribers.rules import advertising
from loa.ui.language import speaking

LEAD_WORDS = 60
PICTURE_WIDTH = 568  # pixels, the width of the text of a mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture at the size it is shown; `url` is a path of the portal."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One entry in a newsletter; a withdrawn one has lost its words and keeps its place."""

    headline: str = ""
    words: str = ""  # the editor's line, else the lead
    language: str = ""  # of the headline
    words_language: str = ""
    kind: str = ""
    sender: str = ""
    at: datetime | None = None
    link: str = ""  # the full address with the newsletter's mark
    picture: Picture | None = None  # in the mail, where its editor wants it there
    cover: dict[str, Any] | None = None  # on the page
    heading: str = ""
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything a newsletter shows, but what belongs to its reader alone."""

    portal: Portal
    language: str
    subject: str
    stories: list[Story]
    at: datetime
    preheader: str = ""
    introduction: str = ""
    number: int | None = None  # none: made without an editor
    web: str = ""  # the full address of its page
    reason: str = ""  # why its reader gets it
    more: str = ""  # what is said under the last story
    imprint: Imprint | None = None
    is_advertising: bool = False

    @property
    def name_start(self) -> str:
        """The portal's name without the capitals at its end, which bear the accent as in the portal's own mark."""
        return self.portal.name.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    @property
    def name_end(self) -> str:
        """The capitals at the end of the portal's name."""
        return self.portal.name[len(self.name_start) :]

    @property
    def paragraphs(self) -> list[str]:
        """The introduction, parted where its editor left a blank line."""
        return [" ".join(part.split()) for part in self.introduction.split("\n\n") if part.strip()]

    @property
    def groups(self) -> list[tuple[str, list[Story]]]:
        """The stories under their headings; those before the first heading have none."""
        heading, headed = "", []
        for story in self.stories:
            heading = story.heading or heading
            headed.append((heading, story))
        return [(name, [one for _, one in rows]) for name, rows in groupby(headed, key=lambda one: one[0])]


def mark(issue: Issue, number: int | None) -> str:
    """What the links of a newsletter end in, so that the page they lead to can tell where its reader came from."""
    if issue.is_for_press:
        return PRESS_MARK
    if not number:  # a draft before the first that was sent
        return AUTOMATIC_MARK
    return f"n{number}" if issue.language == issue.portal.language else f"n{number}-{issue.language}"


def story(
    entry: Entry, text: Version | None, *, portal: Portal, language: str, mark: str,
    line: str = "", heading: str = "", has_picture: bool = True,
) -> Story:  # fmt: skip
    """An entry as it is now, in one of its texts; `line` takes the place of its lead."""
    if entry.state != State.PUBLISHED or text is None:
        return Story(heading=heading, is_withdrawn=True)
    cover = next(iter(text.pictures), None)
    return Story(
        headline=text.headline,
        words=line or Truncator(text.lead).words(LEAD_WORDS, truncate=" …"),
        language=text.language,
        words_language=language if line else text.language,
        kind=_("Tin dẫn nguồn") if entry.kind == "sourced" else _("Thông cáo báo chí"),
        sender=entry.organization.label(language),
        at=entry.published_at,
        link=f"{portal.address}{archive.address(entry, text)}#{mark}",
        picture=_picture(cover) if cover and has_picture else None,
        cover=cover,
        heading=heading,
    )


def _picture(shown: dict[str, Any]) -> Picture | None:
    """The JPEG nearest to twice the width of a mail; an upright one stands half as wide."""
    width, height = int(shown.get("width") or 0), int(shown.get("height") or 0)
    if not width or not height:
        return None
    file = min(widths_of(width), key=lambda one: abs(one - 960))
    wide = PICTURE_WIDTH if width > height else PICTURE_WIDTH // 2
    address = at_width(str(shown["url"]), file)
    return Picture(url=address, width=wide, height=round(wide * height / width), alt=str(shown.get("alt") or ""))


def of_issue(
    issue: Issue, number: int | None, rows: Iterable[tuple[IssueItem, Entry, Version | None]], imprint: Imprint | None
) -> Sheet:
    """An issue and its entries, each with the text to show; a draft is drawn with the number it would get."""
    portal, language = issue.portal, issue.language
    with speaking(language):
        stories = [
            story(
                entry, text, portal=portal, language=language, mark=mark(issue, number),
                line=item.line, heading=item.heading, has_picture=item.has_picture,
            )
            for item, entry, text in rows
        ]  # fmt: skip
        return Sheet(
            portal=portal,
            language=language,
            subject=advertising.label(issue.subject) if issue.is_advertising else issue.subject,
            preheader=issue.preheader,
            introduction=issue.introduction,
            stories=stories,
            at=issue.sent_at or issue.scheduled_at or clock.now(),
            number=number,
            web=portal.link(f"/newsletter/issues/{number}", language) if number else "",
            reason=_reason(issue) % {"name": portal.name},
            imprint=imprint,
            is_advertising=issue.is_advertising,
        )


def _reason(issue: Issue) -> str:
    if issue.is_for_press:
        return _("Bạn nhận thư này vì ở trong danh sách báo chí của %(name)s.")
    return _("Bạn nhận thư này vì đã đăng ký bản tin %(name)s.")


def for_mail(sheet: Sheet) -> Sheet:
    """The sheet as it is mailed: what was withdrawn is not told of, and its heading passes to the next."""
    kept: list[Story] = []
    heading = ""
    for one in sheet.stories:
        heading = one.heading or heading
        if not one.is_withdrawn:
            kept.append(replace(one, heading=heading))
            heading = ""
    return replace(sheet, stories=kept)
