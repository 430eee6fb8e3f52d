"""What can stand in the way of a backup, a restore, an upgrade or an export."""


class CannotBackUp(Exception):
    """The backup could not be written; the text says why."""


class CannotRestore(Exception):
    """The restore was refused before anything was put in place; the text says why."""


class CannotExport(Exception):
    """The export could not be written, or not there; the text says why."""


class UpgradeFailed(Exception):
    """The upgrade failed and the database is as it was before; the text says why."""


class NotOwner(Exception):
    """Only an owner of an organization takes everything of it along."""
