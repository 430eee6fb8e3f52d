"""Facts acts on organizations can meet."""


class NotOwner(Exception):
    """Only an owner may do this."""


class InvitationGone(Exception):
    """The invitation is unknown, used already, or for another address."""
