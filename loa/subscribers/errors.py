"""What can be wrong with a wish to be told."""


class TokenInvalid(Exception):
    """The link was changed, is too old, or its reader is gone."""
