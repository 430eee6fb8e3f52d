"""Facts acts on plans can meet."""

from datetime import datetime


class AllowanceSpent(Exception):
    """Nothing is left to publish with; `renews_at` (UTC) is when there is again, None if that needs a purchase."""

    def __init__(self, renews_at: datetime | None = None) -> None:
        super().__init__(renews_at)
        self.renews_at = renews_at


class NoTerm(Exception):
    """The organization pays for no plan now."""


class NotOffered(Exception):
    """This plan is not offered to this organization."""
