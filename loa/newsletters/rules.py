"""When a newsletter is due, and what is new in it for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from loa.newsletters.models import Imprint, Issue
from loa.search.tree import Question
from loa.subscribers.models import Frequency, Subscriber
from loa.subscribers.rules import advertising

HOUR = 7  # of the day, in the portal's zone
NEWS_AT_ONCE = timedelta(days=1)  # what is older is no news any more
LETTERS = {Frequency.DAILY.value: "d", Frequency.WEEKLY.value: "w", Frequency.AT_ONCE.value: "n"}

# What was published, by the key of the wish it answers, newest first.
ByWish = Mapping[str, Sequence[tuple[datetime, int]]]


@dataclass(frozen=True)
class Period:
    """One newsletter's worth of time."""

    key: str
    due: datetime  # whoever confirmed later waits for the next
    since: datetime  # entries older than this are no news


@dataclass(frozen=True)
class Reading:
    """What one reader wants to hear at one frequency in one language: one mail. The wishes with when they were made."""

    subscriber: Subscriber
    frequency: str
    language: str
    wishes: Mapping[str, datetime]

    def name(self, period_key: str) -> str:
        """The name of one newsletter of this reading (`d2026-11-24.vi`)."""
        return f"{period_key}.{self.language}"


def period(frequency: str, zone: str, now: datetime) -> Period:
    """The newest daily or weekly period that has come due. A worker that slept through the hour catches up."""
    local = now.astimezone(ZoneInfo(zone))
    due = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if frequency == Frequency.WEEKLY:
        due -= timedelta(days=local.weekday())
    days = 7 if frequency == Frequency.WEEKLY else 1
    if due > local:
        due -= timedelta(days=days)
    # Twice the time: what came out between two newsletters and missed one is still new in the next.
    return Period(f"{LETTERS[frequency]}{due:%Y-%m-%d}", due, now - timedelta(days=2 * days))


def kind_of(period_key: str) -> tuple[str, str]:
    """The frequency and the language of a newsletter by its name; names of older ones say no language."""
    name, _dot, language = period_key.partition(".")
    return next(frequency for frequency, letter in LETTERS.items() if name.startswith(letter)), language


def wanted(published: ByWish, reading: Reading, had: set[int], most: int) -> list[int]:
    """What to send a reader, newest first, without what they had; what they want twice comes once.

    Who wants to hear at once hears of what came out after the wish was made.
    """
    is_at_once = reading.frequency == Frequency.AT_ONCE
    chosen = {
        (at, pk)
        for key, since in reading.wishes.items()
        for at, pk in published.get(key, ())
        if pk not in had and (not is_at_once or at > since)
    }
    return [pk for _at, pk in sorted(chosen, reverse=True)[:most]]


def answered(published: ByWish, reading: Reading, entries: set[int]) -> list[str]:
    """The wishes that these entries answer."""
    return [key for key in reading.wishes if any(pk in entries for _at, pk in published.get(key, ()))]


MOST_BYTES = 90_000  # of a mail: Gmail cuts what is longer than 102 kB, and readers on telephones pay for it
UNDO = timedelta(seconds=60)  # between the button and the first mail
ENDS_EARLY = timedelta(minutes=1)


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
        nobody = _("Chưa có người đọc nào đăng ký bản tin bằng thứ tiếng này.")
        reasons.append(_("Danh sách báo chí chưa có ai nhận thư bằng thứ tiếng này.") if issue.is_for_press else nobody)
    return reasons


def reasons_not_to_follow(question: Question) -> list[str]:
    """What keeps a search from being followed by mail, in sentences: it would find something else than was meant."""
    if question.is_blank:
        return [_("Hãy gõ điều bạn muốn theo dõi.")]
    if question.is_wordless:
        return [_("Trong câu tìm này không có từ nào tìm được.")]
    words = _("Máy không hiểu “%(text)s” trong câu tìm này. Hãy sửa lại rồi theo dõi.")
    return [words % {"text": remark.text} for remark in question.remarks if remark.about != "long"] or [
        _("Câu tìm quá dài: chỉ %(text)s ký tự đầu được dùng. Hãy viết ngắn hơn.") % {"text": remark.text}
        for remark in question.remarks
    ]


def closes_at(issue: Issue, now: datetime) -> datetime | None:
    """Until when the issue's mails may leave, seen from this moment (UTC); not after it: not now. None: at any hour.

    Advertising keeps to its hours (Decree 91), and ends early for what is on its way then.
    """
    zone = issue.portal.time_zone
    if not issue.is_advertising:
        return None
    return advertising.closes(now, zone) - ENDS_EARLY if advertising.is_open(now, zone) else now


def may_leave(issue: Issue, now: datetime) -> bool:
    """Say whether the issue's mails may leave at this moment (UTC)."""
    until = closes_at(issue, now)
    return until is None or until > now
