"""Facts acts on issues can meet."""


class WrongState(Exception):
    """The issue is not where this act begins."""


class StaleRevision(Exception):
    """Somebody saved meanwhile; nothing of either text is lost."""


class NotReady(Exception):
    """Something is missing; `reasons` are sentences."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(reasons)
        self.reasons = reasons
