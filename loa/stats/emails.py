"""The weekly report: what an organization's releases did, to everybody who may see its numbers."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from loa.accounts.models import Person
from loa.inbox.actions.leave import way_out
from loa.inbox.actions.tell import Happening, tell
from loa.inbox.rules import Kind
from loa.lib import dates
from loa.mail.actions.queue import Mail, Picture
from loa.stats import sheet
from loa.stats.sheet import Week
from loa.ui.language import speaking
from loa.ui.templatetags.loa_ui import figure

CHART = "week"  # the picture's name inside the mail


def weekly(week: Week, people: list[Person], *, chart: bytes) -> None:
    """To each, in the portal's language; the key makes a second one about the same week impossible."""
    organization, portal = week.organization, week.organization.portal
    path = f"/desk/o/{organization.slug}/numbers"
    with speaking(portal.language, portal.spoken) as spoken:
        views = figure(week.now.views)
        names = {"name": organization.label(spoken), "views": views}
        subject = _("%(name)s: tuần qua thông cáo có %(views)s lượt xem") % names
        context = {
            "week": week, "portal": portal, "name": names["name"], "language": spoken, "cid": CHART,
            "first": dates.day_in_figures(week.first, spoken), "last": dates.day_in_figures(week.last, spoken),
            "numbers": portal.link(f"{path}?days=7", spoken), "site": portal.link("", spoken),
            "choices": portal.link("/desk/inbox/choices", spoken), "counting": portal.link("/counting", spoken),
        }  # fmt: skip
        for person in people:
            leave = way_out(person, Kind.WEEKLY, portal=portal, language=spoken)
            mail = Mail(
                key=f"weekly:{organization.pk}:{week.first}:{person.pk}", to=person.email, subject=subject,
                text=render_to_string("stats/weekly.txt", {**context, "leave": leave}),
                html=render_to_string("stats/weekly.html", {**context, "leave": leave}),
                headers=_headers(leave, spoken), pictures=[Picture(cid=CHART, data=chart)],
            )  # fmt: skip
            tell(mail, Happening(portal=portal, event="weekly", names=names, path=path), person=person)


def draw(week: Week) -> bytes:
    """The picture in the language of the mail."""
    portal = week.organization.portal
    with speaking(portal.language, portal.spoken):
        return sheet.picture(week, accent=portal.accent)


def _headers(leave: str, language: str) -> dict[str, str]:
    """The way out in one POST (RFC 2369, RFC 8058); no absence note answers it (RFC 3834)."""
    return {
        "List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Precedence": "bulk",
        "Content-Language": language,
    }  # fmt: skip
