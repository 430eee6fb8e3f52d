"""Doors of the links of published releases: which lead nowhere now, and what to do about each."""

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from loa.accounts.views import person_of
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import client_or_404
from loa.lib import dates
from loa.releases import queries
from loa.releases.actions.leave_link import leave_link
from loa.releases.models import PublicLink
from loa.ui.language import language_of

SHOWN = 200


@for_writers
def links(request: HttpRequest, slug: str) -> HttpResponse:
    """What the worker found by night: addresses with nothing behind them, and those that lead elsewhere."""
    organization = client_or_404(request, slug)
    rows, language = queries.links_for(person_of(request), organization), language_of(request)
    last = rows.exclude(looked_at=None).order_by("-looked_at").first()
    context = {
        "organization": organization, "count": rows.count(), "last": _day(last, "looked_at", language) if last else "",
        "groups": [
            {"name": name, "rows": [_said(row, language) for row in found[:SHOWN]]}
            for name, found in (
                (_("Không còn gì ở đó"), queries.dead(rows)), (_("Nay dẫn sang chỗ khác"), queries.moved(rows)),
            )
        ],
    }  # fmt: skip
    return render(request, "compose/links.html", context)


@for_writers
@require_POST
def leave(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The text stays as it is, and the list is shorter."""
    organization, person = client_or_404(request, slug), person_of(request)
    link = queries.links_for(person, organization).filter(pk=pk).first()
    if link is None:
        raise Http404
    leave_link(person, link)
    messages.success(request, _("Đã ghi: để nguyên. Đường dẫn này chỉ hiện lại khi ở đó có gì khác đi."))
    return redirect("compose:links", slug)


def _said(link: PublicLink, language: str) -> dict[str, object]:
    return {"link": link, "found": _found(link), "since": _day(link, "since", language)}


def _found(link: PublicLink) -> str:
    """What was found, in a sentence."""
    if link.answer == "moved":
        was, is_now = urlsplit(link.url).path.strip("/"), urlsplit(link.leads_to).path.strip("/")
        return _("Nay dẫn về trang chủ; có thể bài đã bị gỡ.") if was and not is_now else ""
    nights = ngettext("%(count)s đêm liền", "%(count)s đêm liền", link.nights) % {"count": link.nights}
    said = {
        "404": _("Máy chủ trả lời: không có trang này (404)."),
        "410": _("Máy chủ trả lời: trang đã gỡ hẳn (410)."),
        "nobody": _("Không máy chủ nào mang tên này nữa."),
        "silent": _("Máy chủ không trả lời."),
    }[link.answer]
    return f"{said.removesuffix('.')} ({nights})." if link.answer in ("nobody", "silent") else said


def _day(link: PublicLink, name: str, language: str) -> str:
    at = getattr(link, name)
    zone = ZoneInfo(link.release.organization.portal.time_zone)
    return dates.day_in_words(at.astimezone(zone).date(), language) if at else ""
