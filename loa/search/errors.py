"""What can be the matter with the index, as facts."""


class IndexUnavailable(Exception):
    """There is no readable index: it is missing, damaged or still to be built."""


class IndexBusy(Exception):
    """Another writer holds the index; the same work succeeds when it is done. Try again."""
