"""What can be wrong with sending."""


class NotSent(Exception):
    """The transport did not take a message; `permanent` says that trying again is in vain."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


class UnknownTransport(NotSent):
    """`LOA_MAIL_URL` names a way of sending that does not exist; mail waits until it is set right."""
