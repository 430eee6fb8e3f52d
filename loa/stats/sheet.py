"""What a weekly report shows: a week of an organization's releases against the week before, as plain values."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from loa.archive.models import State
from loa.coverage import queries as coverage
from loa.coverage.models import Clipping
from loa.lib import columns
from loa.organizations.models import Organization
from loa.stats import queries
from loa.stats.models import What
from loa.stats.queries import Line, Numbers
from loa.stats.templatetags.loa_stats import under_a_bar
from loa.ui.templatetags.loa_ui import figure

WEEK = timedelta(days=7)
MOST_LINES = 5  # releases named
_TOLD = (What.READ, What.CLICK, What.SHARE, What.COPY, What.DOWNLOAD, What.ARRIVE)


@dataclass(frozen=True)
class Row:
    """One thing that was counted, the two weeks beside each other."""

    name: str
    now: int
    before: int

    @property
    def change(self) -> str:
        """How it moved, in a word or two; a share of nought is no figure."""
        if self.now == self.before:
            return _("như tuần trước")
        if not self.before:
            return _("tuần trước chưa có")
        percent = round(100 * (self.now - self.before) / self.before)
        return f"{percent:+d} %".replace("-", "−") if percent else _("gần như tuần trước")


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday in the portal's zone, and the seven before."""

    organization: Organization
    now: Numbers
    before: Numbers
    lines: list[Line]
    clippings: list[Clipping]  # pages elsewhere that were written down in the week

    @property
    def first(self) -> date:
        """Its Monday."""
        return self.now.first

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.now.last

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to tell: nobody came, nobody had come the week before, and nobody wrote of it."""
        return not (self.now.views or self.before.views or self.clippings)

    @property
    def rows(self) -> list[Row]:
        """Views, and what else happened in one of the weeks."""
        rows = [Row(str(what.label), self.now.total(what), self.before.total(what)) for what in _TOLD]
        return [Row(_("Lượt xem"), self.now.views, self.before.views), *(row for row in rows if row.now or row.before)]

    @property
    def days(self) -> list[tuple[str, int, int]]:
        """Each day's name and its views, with those of the same weekday before."""
        pairs = zip(self.now.days, self.before.days, strict=True)
        return [(day_name(day), views, before) for (day, views), (_day, before) in pairs]


def week_of(organization: Organization, monday: date) -> Week:
    """The week that begins on a Monday."""
    entries = queries.of_organization(organization.pk)
    now = queries.numbers(entries, first=monday, last=monday + WEEK - timedelta(days=1))
    before = queries.numbers(entries, first=monday - WEEK, last=monday - timedelta(days=1))
    lines = queries.lines(entries, first=now.first, last=now.last, most=MOST_LINES) if now.views else []
    shown = [line for line in lines if line.views and line.entry.state == State.PUBLISHED]
    told = coverage.confirmed_between(organization, first=now.first, last=now.last)
    return Week(organization, now, before, shown, list(told[:MOST_LINES]))


def picture(week: Week, *, accent: str) -> bytes:
    """The days of the week as PNG, in the language that is spoken."""
    days = [columns.Column(name.split()[0], now, before) for name, now, before in week.days]  # the table has the dates
    figures = [figure(one.now) for one in days]
    return columns.draw(
        columns.Columns(
            columns=days, figures=figures, now=_("Tuần qua"), before=_("Tuần trước đó"), accent=accent
        )
    )  # fmt: skip


def day_name(day: date) -> str:
    """A weekday with its date where there is little room: "T2 23/11", in English "Mon 23 Nov"."""
    names = (
        pgettext("thứ Hai", "T2"), pgettext("thứ Ba", "T3"), pgettext("thứ Tư", "T4"), pgettext("thứ Năm", "T5"),
        pgettext("thứ Sáu", "T6"), pgettext("thứ Bảy", "T7"), pgettext("Chủ nhật", "CN"),
    )  # fmt: skip
    return f"{names[day.weekday()]} {under_a_bar(day)}"
