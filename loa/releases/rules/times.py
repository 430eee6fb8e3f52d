"""When a release goes out, and how that is said."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from loa.archive.rules import zone_name
from loa.lib import clock, dates
from loa.releases.models import Release
from loa.releases.states import State


def is_time(release: Release) -> bool:
    """Whether it may go out by both clocks, ours and the database's, which may be another machine's."""
    if release.publish_at is None:
        return True
    is_past = clock.now() >= release.publish_at
    return is_past and Release.objects.filter(pk=release.pk, publish_at__lte=Now()).exists()


def is_last_look(release: Release) -> bool:
    """Whether it waits only so that its sender can still stop it: nobody chose the time."""
    return release.state == State.SCHEDULED and not release.publish_zone


def in_words(release: Release, language: str) -> str:
    """When it goes out, on the clocks it was said in and in UTC; empty where no time was chosen."""
    if release.publish_at is None or not release.publish_zone:
        return ""
    local, utc = (release.publish_at.astimezone(zone) for zone in (ZoneInfo(release.publish_zone), UTC))
    names = {
        "local": f"{_time(local)}, {dates.weekday_and_day(local.date(), language)}",
        "zone": zone_name(release.publish_zone, local),
        "utc": f"{_time(utc)}, {dates.day_in_figures(utc.date(), language)}",
    }
    if release.publish_zone == "UTC":
        return _("%(local)s, %(zone)s") % names
    return _("%(local)s, %(zone)s, tức %(utc)s UTC") % names


def _time(at: datetime) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
