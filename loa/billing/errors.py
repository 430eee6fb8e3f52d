"""Facts acts on orders and money can meet."""


class NotOwner(Exception):
    """Only an owner of the organization orders, and cancels what it ordered."""


class NotOperator(Exception):
    """Only the portal's operator does this."""


class Suspended(Exception):
    """The organization is suspended and buys nothing for now."""


class NotForSale(Exception):
    """The plan is not offered to this organization now, or costs nothing."""


class NoSeller(Exception):
    """The portal has not said yet who sells and to which account."""


class WrongState(Exception):
    """The order is not in a state that allows this."""


class WrongAmount(Exception):
    """More than there is, or less than one unit."""
