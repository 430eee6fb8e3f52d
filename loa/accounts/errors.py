"""Facts acts on people can meet."""

from datetime import datetime


class CoolingDown(Exception):
    """The account was recovered a short while ago and publishes nothing until then (UTC)."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class LastOperator(Exception):
    """Nobody else runs the portal."""


class LinkGone(Exception):
    """A link that was mailed is used, too old, or was never ours."""
