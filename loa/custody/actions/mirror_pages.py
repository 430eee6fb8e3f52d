"""The pages that a mirror alone has: what it is, and all its releases by month, as it has no search."""

from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string

from loa.archive import queries as archive
from loa.archive.models import State
from loa.custody import rules
from loa.custody.actions.browse import Site
from loa.portals.models import Portal
from loa.ui.language import speaking

A_PAGE = 500  # lines of a month; an archive of which only the day it came is known has them all in one
WORDS = tuple(f"current__{name}" for name in ("body_html", "body_text", "lead"))  # long, and shown by no list


class OwnPages:
    """Those of one portal, at the moment a run began (UTC)."""

    def __init__(self, portal: Portal, site: Site, made_at: datetime) -> None:
        self.portal, self.site, self.made_at = portal, site, made_at

    def all(self) -> list[str]:
        """The paths of all of them."""
        months = (_parts_of(month, count) for month, count in self.months.items())
        return [rules.NOTE, rules.INDEX, *(path for paths in months for path in paths)]

    @cached_property
    def months(self) -> dict[str, int]:
        """How many entries there are by month of the portal's zone."""
        counted: dict[str, int] = {}
        zone = ZoneInfo(self.portal.time_zone)
        rows = archive.public(self.portal.pk).values_list("published_at", flat=True)
        for at in rows.iterator(chunk_size=2000):
            month = f"{at.astimezone(zone):%Y-%m}"
            counted[month] = counted.get(month, 0) + 1
        return counted

    def at(self, path: str) -> str:
        """The page at one of these paths."""
        if path == rules.NOTE:
            return self.render("about.html", at=self.made_at, entries=archive.public(self.portal.pk).count())
        if path == rules.INDEX:
            years: dict[str, list[tuple[str, int]]] = {}
            for month, count in self.months.items():
                years.setdefault(month[:4], []).append((month, count))
            return self.render("index.html", years=years.items(), entries=sum(self.months.values()))
        month, _slash, part = path.removeprefix(rules.INDEX).partition("/")
        first = (int(part or 1) - 1) * A_PAGE
        rows = archive.prefer(_of_month(self.portal, month)[first : first + A_PAGE], self.portal.language)
        lines = [(archive.address(entry), entry) for entry in rows]
        parts = _parts_of(month, self.months[month])
        return self.render(
            "month.html", month=month, lines=lines, zone=self.portal.time_zone,
            parts=list(enumerate(parts, start=1)) if len(parts) > 1 else [], here=path,
        )  # fmt: skip

    def render(self, template: str, **said: Any) -> str:
        """A page as one of the portal's own, in its language."""
        request = self.site.request("/")  # what the ways to other languages lead to
        request.portal = self.portal  # type: ignore[attr-defined]  # as PortalByHost does
        with speaking(self.portal.language) as language:
            request.language = language  # type: ignore[attr-defined]  # as LanguageFromPath does
            return render_to_string(f"custody/mirror/{template}", {"portal": self.portal, **said}, request=request)


def _parts_of(month: str, count: int) -> list[str]:
    """The paths of a month's pages."""
    return [f"{rules.INDEX}{month}", *(f"{rules.INDEX}{month}/{part}" for part in range(2, -(-count // A_PAGE) + 1))]


def _of_month(portal: Portal, month: str) -> Any:
    year, number = int(month[:4]), int(month[5:])
    zone = ZoneInfo(portal.time_zone)
    begins = datetime(year, number, 1, tzinfo=zone)
    ends = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=zone)
    rows = archive.everything(portal.pk).filter(state=State.PUBLISHED)
    return rows.filter(published_at__gte=begins, published_at__lt=ends).order_by("published_at", "pk").defer(*WORDS)
