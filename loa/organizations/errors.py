"""Facts acts on organizations can meet."""


class NotOwner(Exception):
    """Only an owner may do this."""


class NotMember(Exception):
    """Only a member may do this, and only to what is their organization's."""


class Suspended(Exception):
    """The organization is suspended; no act of its people is allowed."""


class InvitationGone(Exception):
    """The invitation is unknown, used already, or for another address."""


class NotAnAgency(Exception):
    """This organization cannot write for the other: it is no agency, or the client itself, or of another portal."""


class MandateGone(Exception):
    """Nothing is there to agree to: it ended, or nobody of the other side has asked."""


class LastOwner(Exception):
    """Nobody else owns it: hand it on or close it first."""


class HasMoney(Exception):
    """A double with a running plan or credits is not merged: what was paid for would be lost."""
