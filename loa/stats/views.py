"""An organization's own numbers: of everything it sent, of one release, and as a table to take along."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from loa.accounts.views import person_of
from loa.archive.models import Entry
from loa.coverage import queries as coverage
from loa.lib import clock, domains, spreadsheets
from loa.lib.languages import own_name
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.portals.middleware import portal_of
from loa.stats import queries
from loa.stats.models import What
from loa.stats.rules import AUTOMATIC_MARK, PRESS_MARK, chart

COLUMNS = ("id", "published_at", "headline", "from", "to", "views", "reads", "clicks", "coverage")
SPANS = (7, 28, 90, 365)
CLIPPINGS = 10  # pages elsewhere that are named, the newest
COUNTED = (What.READ, What.CLICK, What.SHARE, What.COPY, What.DOWNLOAD)
OF_SOME_KIND = (What.FROM, What.CLICK, What.ARRIVE, What.SHARE, What.DOWNLOAD, What.LANGUAGE, What.WORD)


@dataclass(frozen=True)
class Span:
    """So many days, the first and the last of them."""

    days: int
    first: date
    last: date


@dataclass(frozen=True)
class Part:
    """One list beside the chart: what it tells, and how often by name."""

    title: str
    rows: list[tuple[str, int]]


def _own(request: HttpRequest, slug: str) -> Organization:
    """The organization, for its members; anybody else finds nothing."""
    portal = portal_of(request)
    found = organizations.get_for_member(person_of(request), slug, portal_id=portal.pk)
    if found is None:
        raise Http404
    return found


def _span(request: HttpRequest, zone: str) -> Span:
    """The days that were asked for, the last of them today in the portal's zone."""
    typed = request.GET.get("days", "")
    days = int(typed) if typed in {str(span) for span in SPANS} else 28
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    return Span(days, today - timedelta(days=days - 1), today)


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def of_organization(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything it sent, together and line by line."""
    organization = _own(request, slug)
    entries = queries.of_organization(organization.pk)
    span = _span(request, organization.portal.time_zone)
    lines = queries.lines(entries, first=span.first, last=span.last)
    told = coverage.confirmed(organization.pk)
    context = {
        **_figures(organization, entries, span),
        "lines": lines,
        "clippings": told[:CLIPPINGS],
        "told": told.count(),
    }
    return render(request, "stats/organization.html", context)


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def of_release(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One of its releases."""
    organization = _own(request, slug)
    entries = queries.of_organization(organization.pk).filter(public_id=public_id)
    entry = entries.select_related("current").first()
    if entry is None:
        raise Http404
    span = _span(request, organization.portal.time_zone)
    told = coverage.of(entry).exclude(confirmed_at=None)
    context = {
        **_figures(organization, entries, span), "entry": entry, "clippings": told[:CLIPPINGS], "told": told.count()
    }  # fmt: skip
    return render(request, "stats/release.html", context)


def _figures(organization: Organization, entries: QuerySet[Entry], span: Span) -> dict[str, Any]:
    """What both pages show of some entries."""
    numbers = queries.numbers(entries, first=span.first, last=span.last)
    earlier = span.first - timedelta(days=span.days)
    return {
        "organization": organization, "numbers": numbers, "chart": chart(numbers.days),
        "views_before": queries.views_between(entries, first=earlier, last=span.first - timedelta(days=1)),
        "spans": SPANS, "days": span.days, "zone": organization.portal.time_zone,
        "parts": _parts(numbers, organization.portal.language),
        "counted": [(what.label, numbers.total(what)) for what in COUNTED],
    }  # fmt: skip


def _parts(numbers: queries.Numbers, own: str) -> list[Part]:
    found = [(what, numbers.named.get(what, [])) for what in OF_SOME_KIND]
    return [
        Part(str(what.label), [(_named(what, name, own), count) for name, count in rows])
        for what, rows in found if rows
    ]  # fmt: skip


def _named(what: What, name: str, own: str) -> str:
    """A name as people say it."""
    if what == What.LANGUAGE:
        return own_name(name or own)
    if what == What.ARRIVE:
        return _mailed(name)
    if name and what in (What.FROM, What.CLICK):
        return domains.shown(name)
    if not name:
        return _("từ khác") if what == What.WORD else _("nơi khác")
    kinds = {
        "address": _("chép địa chỉ"), "device": _("bằng máy"), "mail": _("qua thư"), "pdf": _("bản PDF"),
        "zip": _("trọn bộ ảnh"), "file": _("ảnh hoặc tệp"),
    }  # fmt: skip
    return kinds.get(name, name.capitalize() if what == What.SHARE else name)


def _mailed(mark: str) -> str:
    """What a mark of a newsletter's links stands for."""
    if mark == AUTOMATIC_MARK:
        return _("Thư tự động")
    if mark == PRESS_MARK:
        return _("Thư gửi danh sách báo chí")
    number, _dash, language = mark.removeprefix("n").partition("-")
    issue = _("Bản tin số %(number)s") % {"number": number}
    return f"{issue} ({own_name(language)})" if language else issue


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """A line a release: what it did in the days asked for (RFC 4180, UTF-8 with a mark for spreadsheets)."""
    organization = _own(request, slug)
    span = _span(request, organization.portal.time_zone)
    first, last = span.first, span.last
    table = [
        spreadsheets.line(("id", "published_at", "headline", "from", "to", "views", "reads", "clicks", "coverage"))
    ]
    for line in queries.lines(queries.of_organization(organization.pk), first=first, last=last, most=10_000):
        headline = line.entry.current.headline if line.entry.current else ""
        published = line.entry.published_at.isoformat(timespec="seconds")
        figures = (first, last, line.views, line.reads, line.clicks, line.clippings)
        table.append(spreadsheets.line((line.entry.public_id, published, headline, *figures)))
    answer = HttpResponse(spreadsheets.START + "".join(table), "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{organization.slug}-{first}-{last}.csv"'
    return answer
