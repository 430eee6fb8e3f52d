"""An issue as mail: for everybody who asked for it, and for its editor to try."""

from dataclasses import replace

from django.utils.translation import gettext as _

from loa.lib import clock
from loa.mail.actions.open_mailing import open_mailing
from loa.mail.actions.queue import queue
from loa.mail.models import Lane, Mailing
from loa.newsletters import queries, rules, sheet
from loa.newsletters.emails import headers
from loa.newsletters.emails.drawing import Drawn, draw
from loa.newsletters.models import Issue
from loa.newsletters.sheet import Sheet


def drawn_for(shown: Sheet) -> Drawn:
    """The mail of an issue, its readers' own addresses left open; what was withdrawn is not in it."""
    return draw(sheet.for_mail(shown))


def mailing(issue: Issue) -> Mailing | None:
    """Open the mailing of an issue's round with what can be read at this moment; None where that is nothing.

    The entries are held until the caller's transaction ends, so that a withdrawal finds either no mailing or one to
    stop.
    """
    portal, language = issue.portal, issue.language
    public = queries.still_public([entry.pk for _item, entry in queries.placed(issue)])
    if not public:
        return None
    shown = queries.sheet_of(issue)
    drawn = drawn_for(shown)
    mark = sheet.mark(issue, issue.number)
    return open_mailing(
        key=issue.mailing_key,
        lane=Lane.NEWS,
        sender=headers.sender(portal),
        subject=drawn.subject,
        text=drawn.text,
        html=drawn.html,
        headers=headers.of(
            portal, language, leave="{{leave}}", kind=headers.NEWSLETTER, mark=mark, imprint=shown.imprint
        ),
        closes_at=rules.closes_at(issue, clock.now()),
        about=[*(f"entry:{entry.public_id}" for entry in public.values()), f"list:{issue.list_key}"],
    )


def trial(issue: Issue, to: str) -> None:
    """Queue the issue as it is now for its editor alone; its links to leave lead to the page to sign up."""
    shown = queries.sheet_of(issue)
    if shown.web and not issue.number:  # the page the link would lead to is not there yet
        shown = replace(shown, web=issue.portal.link("/newsletter/issues", issue.language))
    own = issue.portal.link("/newsletter", issue.language)
    drawn = drawn_for(shown).spliced(leave=own, preferences=own)
    mark = sheet.mark(issue, shown.number)
    queue(
        key=f"newsletters:trial:{issue.public_id}:{to}:{clock.now():%Y%m%d%H%M%S%f}",
        to=to,
        subject=_("[Thử] %(subject)s") % {"subject": drawn.subject or _("Chưa có tiêu đề")},
        text=drawn.text,
        html=drawn.html,
        headers={
            "From": headers.sender(issue.portal),
            **headers.of(
                issue.portal, issue.language, leave=own, kind=headers.NEWSLETTER, mark=mark, imprint=shown.imprint
            ),
        },
        urgent=True,
    )
