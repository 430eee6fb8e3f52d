"""What a command says when it cannot do what it was asked: one sentence, in both languages of the house."""


class Trouble(Exception):
    """A command failed for a reason its user can do something about."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(english)
        self.vietnamese = vietnamese
        self.english = english
