"""What can stand in the way of bringing an archive in; the texts are sentences for whoever runs the command."""


class Refused(Exception):
    """One text cannot be brought in; the others can."""


class CannotRead(Exception):
    """The file as a whole is not what it was said to be, or ends in the middle."""


class ProcessLost(Exception):
    """A process that helped has ended in the middle; what was brought in stays, and another run brings the rest."""
