"""What can be the matter with the index, as facts."""


class IndexUnavailable(Exception):
    """There is no readable index: it is missing, damaged or still to be built."""


class IndexBusy(Exception):
    """Another writer holds the index; the same work succeeds when it is done. Try again."""


class IndexUnwritten(Exception):
    """The disk did not take a new index; the one there was is as it was."""


class NoSynonyms(Exception):
    """A line does not say that two words mean the same: `reason` is "alone" or "long"."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason
