"""What can be wrong with a wish to be told."""


class TokenInvalid(Exception):
    """The link was changed, is too old, or its reader is gone."""


class TooManySearches(Exception):
    """A reader follows as many searches as one may."""


class NotATable(Exception):
    """A file holds no lines of values we can read."""


class WrongState(Exception):
    """It was decided or begun meanwhile."""
