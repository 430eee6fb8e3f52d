"""Facts the acts of the desk can meet."""


class NotInText(Exception):
    """The marked words are not in the release."""


class Settled(Exception):
    """Somebody has decided already."""
