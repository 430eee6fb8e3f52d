"""Facts acts on organizations can meet."""


class NotOwner(Exception):
    """Only an owner may do this."""


class NotMember(Exception):
    """Only a member may do this, and only to what is their organization's."""


class Suspended(Exception):
    """The organization is suspended; no act of its people is allowed."""


class InvitationGone(Exception):
    """The invitation is unknown, used already, or for another address."""
