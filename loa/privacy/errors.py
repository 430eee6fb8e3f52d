"""What can be said against an act on a request."""


class Closed(Exception):
    """It came to its end before."""


class ExtendedBefore(Exception):
    """Its second date was moved already; the law lets it move once."""


class NotLater(Exception):
    """The new date is not after the one that stands, or too far behind it."""
