"""Facts that acts of verification can meet."""


class BadDomain(Exception):
    """Nobody can have registered this, or everybody has a mailbox there."""


class DomainTaken(Exception):
    """Another organization of the portal has proven this domain."""


class NotSeen(Exception):
    """What should be there is not; `is_told` says whether the other side answered at all."""

    def __init__(self, *, is_told: bool) -> None:
        super().__init__(is_told)
        self.is_told = is_told


class ProofGone(Exception):
    """The proof is unknown, has ended, or its link is too old."""
