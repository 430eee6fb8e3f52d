"""What can stand in the way of an operator's act."""


class NoSuchPerson(Exception):
    """Nobody signs in with that address."""


class LastOperator(Exception):
    """Nobody would be left who may say who keeps the desk."""


class NoSuchStory(Exception):
    """No public entry of this portal has that id."""


class HostTaken(Exception):
    """The host name leads to another portal."""


class HostInUse(Exception):
    """The portal's links stand on this host, or it has no other."""


class SlugTaken(Exception):
    """A portal of this name is there."""


class NotOurAddress(Exception):
    """It is not written as scheme://host[:port], or its host leads to no portal or another one."""
