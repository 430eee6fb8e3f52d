"""The states of a release and the moves between them, as one table."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a release stands."""

    DRAFT = "draft", _("Bản nháp")
    SUBMITTED = "submitted", _("Đang chờ biên tập")
    SENT_BACK = "sent_back", _("Cần sửa")
    PUBLISHED = "published", _("Đã đăng")
    WITHDRAWN = "withdrawn", _("Đã rút")


MOVES: dict[str, tuple[frozenset[str], str]] = {
    "submit": (frozenset({State.DRAFT, State.SENT_BACK}), State.SUBMITTED),
    "recall": (frozenset({State.SUBMITTED}), State.DRAFT),
    "send_back": (frozenset({State.SUBMITTED}), State.SENT_BACK),
    "publish": (frozenset({State.SUBMITTED}), State.PUBLISHED),
    "withdraw": (frozenset({State.PUBLISHED}), State.WITHDRAWN),
}
EDITABLE = frozenset({State.DRAFT, State.SENT_BACK})
