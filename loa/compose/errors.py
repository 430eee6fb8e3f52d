"""What the acts of the writing desk refuse."""


class TooMany(Exception):
    """The organization keeps as many templates as it may."""
