"""What the law asks of mail that advertises (Decree 91/2020/NĐ-CP, articles 13 to 15); news is not advertising.

Whoever sends an advertising mailing

- puts `label(subject)` in its head,
- lets no mail leave before `next_allowed(now, zone)`, nor from `closes(now, zone)` on,
- asks `loa.subscribers.queries.may_receive_from(emails, now, zone=…)` from when each address may get one, and
- notes each mail by `loa.subscribers.actions.count_advertising.count_advertising(moments, mailing=…)` in the
  transaction that queues it; the same mailing is counted once.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LABEL = "[QC]"
OPENS, CLOSES = time(7), time(22)
MOST_A_DAY = 3  # to one address
DAY = timedelta(hours=24)


def label(subject: str) -> str:
    """The subject with the label at its head; labelled twice it has one."""
    rest = subject.strip()
    return rest if rest.upper().startswith(LABEL) else f"{LABEL} {rest}"


def is_open(now: datetime, zone: str) -> bool:
    """Say whether advertising may leave at this moment (aware), by the clock on a wall of the zone."""
    return OPENS <= now.astimezone(ZoneInfo(zone)).time() < CLOSES


def next_allowed(now: datetime, zone: str) -> datetime:
    """This moment if advertising may leave now, else seven o'clock next; in the zone of `now`."""
    if is_open(now, zone):
        return now
    local = now.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=1 if local.time() >= CLOSES else 0)
    return datetime.combine(day, OPENS, ZoneInfo(zone)).astimezone(now.tzinfo)


def closes(now: datetime, zone: str) -> datetime:
    """When the hours that `next_allowed` leads into end: what has not left by then waits for the next morning."""
    opened = next_allowed(now, zone).astimezone(ZoneInfo(zone))
    return datetime.combine(opened.date(), CLOSES, ZoneInfo(zone)).astimezone(now.tzinfo)
