"""Facts the acts of the desk can meet."""


class NotInText(Exception):
    """The marked words are not in the release."""


class NotCalled(Exception):
    """The portal telephones a sender before its first release goes out, and nobody said whom they spoke to."""


class Settled(Exception):
    """Somebody has decided already."""


class NeedsApprover(Exception):
    """The organization asks for two, and whoever sends this may not approve."""


class NeedsPerson(Exception):
    """A moderator should see it first; `words` are those that are new, none where it is about the sender."""

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__(words)
        self.words = words
