"""One finding: what was looked at, and how it stands."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """What was looked at and what was found."""

    what: str
    level: Literal["ok", "note", "wrong"]
    found: str

    @property
    def is_wrong(self) -> bool:
        """Say whether the operator must do something."""
        return self.level == "wrong"

    @property
    def mark(self) -> str:
        """Return the level as a word."""
        return self.level
