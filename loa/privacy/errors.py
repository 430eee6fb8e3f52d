"""What can be said against an act on a request."""


class Closed(Exception):
    """It came to its end before."""
