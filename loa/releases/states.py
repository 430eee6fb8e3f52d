"""The states of a release and the moves between them, as one table."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Hold(TextChoices):
    """Why what was due did not go out."""

    ALLOWANCE = "allowance", _("hết lượt đăng")
    MANDATE = "mandate", _("tổ chức không còn để hãng này viết thay")
    SENDER = "sender", _("người gửi không còn viết cho tổ chức")
    SUSPENDED = "suspended", _("tổ chức đang tạm ngưng")


class State(TextChoices):
    """Where a release stands."""

    DRAFT = "draft", _("Bản nháp")
    SUBMITTED = "submitted", _("Đang chờ biên tập")
    SENT_BACK = "sent_back", _("Cần sửa")
    SCHEDULED = "scheduled", _("Chờ tới giờ đăng")
    HELD = "held", _("Tới giờ mà chưa đăng được")
    PUBLISHED = "published", _("Đã đăng")
    WITHDRAWN = "withdrawn", _("Đã rút")


MOVES: dict[str, tuple[frozenset[str], str]] = {
    "submit": (frozenset({State.DRAFT, State.SENT_BACK}), State.SUBMITTED),
    "recall": (frozenset({State.SUBMITTED, State.SCHEDULED, State.HELD}), State.DRAFT),
    "send_back": (frozenset({State.SUBMITTED, State.SCHEDULED}), State.SENT_BACK),
    "schedule": (frozenset({State.SUBMITTED, State.SCHEDULED, State.HELD}), State.SCHEDULED),
    "hold": (frozenset({State.SCHEDULED}), State.HELD),
    "publish": (frozenset({State.SUBMITTED, State.SCHEDULED}), State.PUBLISHED),
    "withdraw": (frozenset({State.PUBLISHED}), State.WITHDRAWN),
}
EDITABLE = frozenset({State.DRAFT, State.SENT_BACK})
