"""When a newsletter is due, and what is new in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from loa.archive.models import Entry
from loa.newsletters.models import Imprint, Issue
from loa.subscribers.models import Frequency, Subscriber

HOUR = 7  # of the day, in the portal's zone


@dataclass(frozen=True)
class Period:
    """One newsletter's worth of time."""

    key: str
    due: datetime  # whoever confirmed later waits for the next
    since: datetime  # entries older than this are no news


def period(frequency: str, zone: str, now: datetime) -> Period:
    """The newest period that has come due. A worker that slept through the hour catches up."""
    if frequency == Frequency.AT_ONCE:
        return Period("", now, now - timedelta(days=1))
    local = now.astimezone(ZoneInfo(zone))
    due = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if frequency == Frequency.WEEKLY:
        due -= timedelta(days=local.weekday())
    days = 7 if frequency == Frequency.WEEKLY else 1
    if due > local:
        due -= timedelta(days=days)
    letter = "w" if frequency == Frequency.WEEKLY else "d"
    # Twice the time: what came out between two newsletters and missed one is still new in the next.
    return Period(f"{letter}{due:%Y-%m-%d}", due, now - timedelta(days=2 * days))


def is_wanted(entry: Entry, subscriber: Subscriber) -> bool:
    """Say whether a subscriber asked for news like this; at once means from the confirmation on."""
    if not subscriber.is_general or (subscriber.sections and entry.section.slug not in subscriber.sections):
        return False
    return _is_new(entry, subscriber, subscriber.confirmed_at)


def is_followed(entry: Entry, senders: set[int], subscriber: Subscriber, followed: Mapping[int, datetime]) -> bool:
    """Say whether a subscriber follows one of an entry's senders; at once means from the following on."""
    return any(_is_new(entry, subscriber, followed[one]) for one in senders & set(followed))


def _is_new(entry: Entry, subscriber: Subscriber, asked: datetime | None) -> bool:
    return subscriber.frequency != Frequency.AT_ONCE or (asked is not None and entry.published_at > asked)


def wanted(
    entries: Sequence[Entry],
    of_followed: Mapping[int, tuple[Entry, set[int]]],
    subscriber: Subscriber,
    followed: Mapping[int, datetime],
    had: set[int],
) -> list[Entry]:
    """What to send a subscriber, newest first, without what they have had; what they want twice comes once."""
    chosen = {entry.pk: entry for entry in entries if is_wanted(entry, subscriber)}
    for entry, senders in of_followed.values():
        if is_followed(entry, senders, subscriber, followed):
            chosen[entry.pk] = entry
    new = (entry for pk, entry in chosen.items() if pk not in had)
    return sorted(new, key=lambda entry: (entry.published_at, entry.pk), reverse=True)


MOST_BYTES = 90_000  # of a mail: Gmail cuts what is longer than 102 kB, and readers on telephones pay for it
UNDO = timedelta(seconds=60)  # between the button and the first mail


def reasons_not_to_send(issue: Issue, *, stories: int, weight: int, readers: int, imprint: Imprint | None) -> list[str]:
    """What keeps an issue from going out, in sentences; `weight` is its mail's in bytes."""
    reasons = []
    if not issue.subject.strip():
        reasons.append(_("Hãy viết tiêu đề thư."))
    if not stories:
        reasons.append(_("Hãy chọn ít nhất một tin còn đọc được."))
    if weight > MOST_BYTES:
        words = _("Thư nặng %(weight)d kB, quá mức %(most)d kB: hãy bỏ bớt tin, hoặc viết lời dẫn ngắn hơn.")
        reasons.append(words % {"weight": -(-weight // 1000), "most": MOST_BYTES // 1000})
    if issue.is_advertising and not (imprint and imprint.address and imprint.telephone and imprint.email):
        words = _(
            "Thư quảng cáo phải ghi tên, địa chỉ, điện thoại và thư điện tử của người gửi; hãy điền ở mục %(page)s."
        )
        reasons.append(words % {"page": _("Người gửi bản tin")})
    if not readers:
        reasons.append(_("Chưa có người đọc nào đăng ký bản tin bằng thứ tiếng này."))
    return reasons
