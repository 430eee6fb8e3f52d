"""The two clocks of a request, and how long what was written is kept."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from loa.privacy.models import DataRequest

WORKING_DAYS_TO_ANSWER = 2
DAYS_TO_ACT = 15
MOST_DAYS_MORE = 15  # by which the second date may be moved, once
UNCONFIRMED = timedelta(days=7)  # how long the link of the first mail is good for
KEPT = timedelta(days=180)  # after the end: so long its course can be shown to who complains of it
_SATURDAY = 5


def clocks(received_at: datetime, zone: str) -> tuple[datetime, datetime]:
    """Until when it is answered and acted upon: the ends of those days on the clocks of the zone.

    The day it came is not counted. Saturdays and Sundays are no working days; public holidays are taken for working
    days, since they are declared year by year: so the clock is never later than the law's.
    """
    day = received_at.astimezone(ZoneInfo(zone)).date()
    answer = day
    for _count in range(WORKING_DAYS_TO_ANSWER):
        answer = _next_working_day(answer)
    return _end_of(answer, zone), _end_of(day + timedelta(days=DAYS_TO_ACT), zone)


def later(request: DataRequest, day: date, now: datetime) -> datetime | None:
    """The end of that day on the portal's clocks, where the second date may be moved to it; else None."""
    if request.act_by is None:
        return None
    zone = request.portal.time_zone
    stands, end = request.act_by.astimezone(ZoneInfo(zone)).date(), _end_of(day, zone)
    return end if stands < day <= stands + timedelta(days=MOST_DAYS_MORE) and end > now else None


def _next_working_day(day: date) -> date:
    following = day + timedelta(days=1)
    while following.weekday() >= _SATURDAY:
        following += timedelta(days=1)
    return following


def _end_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(zone))


def is_answer_late(request: DataRequest, now: datetime) -> bool:
    """Whether nobody answered in time, and nobody has yet."""
    is_waiting = request.answered_at is None and request.closed_at is None
    return is_waiting and request.answer_by is not None and now > request.answer_by


def is_act_late(request: DataRequest, now: datetime) -> bool:
    """Whether what was asked is not done in time."""
    return request.closed_at is None and request.act_by is not None and now > request.act_by
