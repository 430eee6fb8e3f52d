"""What can be said against an address."""


class NotAWebAddress(Exception):
    """No page can be behind it."""


class OwnPage(Exception):
    """It is the portal's own page, or the sender's own site: nobody else wrote there."""


class AlreadyThere(Exception):
    """The release has it already."""


class TooMany(Exception):
    """So many a release may have, or a person add in an hour, and no more."""
