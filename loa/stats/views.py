"""An organization's own numbers: of everything it sent, of one release, and as a table to take along."""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from loa.accounts.models import Person
from loa.archive.models import Entry
from loa.lib import clock, spreadsheets
from loa.lib.languages import own_name
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.portals.models import Portal
from loa.stats import queries
from loa.stats.models import What
from loa.stats.rules import chart

SPANS = (7, 28, 90, 365)
RARE = 5  # words somebody searched for are shown from this many times on
MOST_SHOWN = 10
OF_SOME_KIND = (What.FROM, What.CLICK, What.ARRIVE, What.SHARE, What.DOWNLOAD, What.LANGUAGE, What.WORD)


@dataclass(frozen=True)
class Part:
    """One list beside the chart: what it tells, and how often by name."""

    title: str
    rows: list[tuple[str, int]]


def _own(request: HttpRequest, slug: str) -> Organization:
    """The organization, for its members; anybody else finds nothing."""
    portal = cast("Portal", request.portal)  # type: ignore[attr-defined]  # set by PortalByHost
    found = organizations.get_for_member(cast("Person", request.user), slug, portal_id=portal.pk)
    if found is None:
        raise Http404
    return found


def _span(request: HttpRequest, zone: str) -> tuple[int, date, date]:
    """How many days were asked for, the first and the last of them, today in the portal's zone."""
    typed = request.GET.get("days", "")
    days = int(typed) if typed in {str(span) for span in SPANS} else 28
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    return days, today - timedelta(days=days - 1), today


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def of_organization(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything it sent, together and line by line."""
    organization = _own(request, slug)
    entries = queries.of_organization(organization.pk)
    return _page(request, "stats/organization.html", organization, entries, {"lines": True})


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
    return _page(request, "stats/release.html", organization, entries, {"entry": entry})


def _page(
    request: HttpRequest, template: str, organization: Organization, entries: QuerySet[Entry], more: dict[str, Any]
) -> HttpResponse:
    zone = organization.portal.time_zone
    days, first, last = _span(request, zone)
    numbers = queries.numbers(entries, first=first, last=last)
    before = queries.numbers(entries, first=first - timedelta(days=days), last=first - timedelta(days=1))
    context = {
        "organization": organization, "numbers": numbers, "before": before, "chart": chart(numbers.days),
        "spans": SPANS, "days": days, "parts": _parts(numbers, organization.portal.language), "zone": zone,
        "reads": numbers.total(What.READ), "clicks": numbers.total(What.CLICK), "copies": numbers.total(What.COPY),
        "shares": numbers.total(What.SHARE), "downloads": numbers.total(What.DOWNLOAD),
    } | more  # fmt: skip
    if more.get("lines"):
        context["lines"] = queries.lines(entries, first=first, last=last)
    return render(request, template, context)


def _parts(numbers: queries.Numbers, own: str) -> list[Part]:
    parts = []
    for what in OF_SOME_KIND:
        rows = [(_named(what, name, own), count) for name, count in numbers.named.get(what, [])]
        if what == What.WORD:
            rows = [(name, count) for name, count in rows if count >= RARE]
        if rows:
            parts.append(Part(str(what.label), rows[:MOST_SHOWN]))
    return parts


def _named(what: What, name: str, own: str) -> str:
    """A name as people say it."""
    if what == What.LANGUAGE:
        return own_name(name or own)
    if what == What.ARRIVE:
        number, _dash, language = name.removeprefix("n").partition("-")
        issue = _("Bản tin số %(number)s") % {"number": number} if number != "0" else _("Thư tự động")
        return f"{issue} ({own_name(language)})" if language else issue
    if not name:
        return _("nơi khác")
    kinds = {
        "address": _("chép địa chỉ"), "device": _("bằng máy"), "mail": _("qua thư"), "pdf": _("bản PDF"),
        "zip": _("trọn bộ ảnh"), "file": _("ảnh hoặc tệp"),
    }  # fmt: skip
    return kinds.get(name, name.capitalize() if what == What.SHARE else name)


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """A line a release: what it did in the days asked for (RFC 4180, UTF-8 with a mark for spreadsheets)."""
    organization = _own(request, slug)
    _days, first, last = _span(request, organization.portal.time_zone)
    table = io.StringIO()
    write = csv.writer(table)
    write.writerow(["id", "published_at", "headline", "from", "to", "views", "reads", "clicks"])
    for line in queries.lines(queries.of_organization(organization.pk), first=first, last=last, most=10_000):
        headline = line.entry.current.headline if line.entry.current else ""
        published = line.entry.published_at.isoformat(timespec="seconds")
        safe = spreadsheets.as_words(headline)
        write.writerow([line.entry.public_id, published, safe, first, last, line.views, line.reads, line.clicks])
    answer = HttpResponse("\ufeff" + table.getvalue(), "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{organization.slug}-{first}-{last}.csv"'
    return answer
