"""Facts acts on releases can meet."""

from loa.organizations.errors import Suspended

__all__ = ["NotReady", "StaleRevision", "Suspended", "WrongState"]  # Suspended: one fact, met in both rooms


class WrongState(Exception):
    """The release is not where this act begins."""


class StaleRevision(Exception):
    """Somebody saved meanwhile; nothing of either text is lost."""


class NotReady(Exception):
    """Something is missing; `reasons` are sentences."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(reasons)
        self.reasons = reasons
