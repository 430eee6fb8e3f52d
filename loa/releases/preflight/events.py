"""Events: over already, or at a time that nobody elsewhere can place."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from loa.lib import clock
from loa.releases.preflight.draft import Draft, Finding


def check(draft: Draft) -> Iterator[Finding]:
    """Only what is announced as an event."""
    if draft.kind != "event" or not draft.facts.get("starts_at"):
        return
    start, end = _moment(draft.facts["starts_at"]), _moment(draft.facts.get("ends_at"))
    if start is not None and not draft.facts.get("time_zone"):
        yield Finding(
            check="events", field="facts", excerpt=str(draft.facts["starts_at"]), what=_("Sự kiện chưa ghi múi giờ."),
            why=_("Người ở nước khác, và lịch trong máy họ, đọc nhầm giờ. Hãy chọn múi giờ của nơi tổ chức."),
        )  # fmt: skip
    last = end or start
    if last is not None and last.astimezone(ZoneInfo("UTC")).date() < draft.today:
        yield Finding(
            check="events", field="facts", excerpt=f"{last:%H:%M %d-%m-%Y}",
            what=_("Ngày giờ của sự kiện đã qua."), why=_("Nếu đúng như vậy thì cứ đăng."),
        )  # fmt: skip


def _moment(written: object) -> datetime | None:
    try:
        return clock.parse_rfc3339(str(written or ""))
    except ValueError:
        return None
