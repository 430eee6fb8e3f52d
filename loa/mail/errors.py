"""What can be wrong with sending."""


class NotSent(Exception):
    """The transport did not take a message; `permanent` says that trying again is in vain."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


class UnknownTransport(NotSent):
    """`LOA_MAIL_URL` names a way of sending that does not exist; mail waits until it is set right."""


class BadAddress(ValueError):
    """No mail can be addressed to this."""


class BadHeader(ValueError):
    """A header's name or value that could end the header and begin another."""


class MissingSlot(KeyError):
    """A recipient has no value for a slot the mailing carries."""


class Closed(Exception):
    """The mailing is sealed or stopped: nobody can be added."""


class CalledBack(Exception):
    """What the mail is about was withdrawn, or its mailing stopped: it cannot be sent again."""
