"""Facts acts on releases can meet."""

from typing import TYPE_CHECKING

from loa.organizations.errors import Suspended

if TYPE_CHECKING:
    from loa.releases.models import Revision

# Suspended is one fact, met in both rooms.
__all__ = [
    "KeptAside",
    "NoMandate",
    "NotALanguage",
    "NotAPartner",
    "NotAWriter",
    "NotAnApprover",
    "NotNow",
    "NotReady",
    "NotTaken",
    "SenderGone",
    "StaleRevision",
    "Suspended",
    "TooEarly",
    "TooMany",
    "WrongState",
]


class WrongState(Exception):
    """The release is not where this act begins."""


class TooEarly(Exception):
    """Its time has not come; nothing of it is shown."""


class NotAPartner(Exception):
    """This organization cannot stand beside the sender: it is the sender itself, elsewhere, not let out, suspended."""


class NotAnApprover(Exception):
    """This person may not answer for the text: they wrote it, their role is another, or they were not asked."""


class NotNow(Exception):
    """The text is not this early reader's to read now: not waiting for its time, or their link is no longer good."""


class NotTaken(Exception):
    """The sister lists no releases of others, refused this one, or took it out of its lists."""


class TooMany(Exception):
    """More than may be: people named for one release, templates kept by one organization."""


class NotAWriter(Exception):
    """This person writes for nobody here: no editor of the portal, and of no agency that may write for the client."""


class NoMandate(Exception):
    """The client no longer wants the agency to write for it; nothing of the agency's goes out."""


class SenderGone(Exception):
    """Whoever sent it writes for its organization no longer; somebody who does must send it."""


class NotALanguage(Exception):
    """Nothing can be translated into this: Loa does not know it, or it is what the original is written in."""


class StaleRevision(Exception):
    """Somebody saved meanwhile; nothing of either text is lost."""


class KeptAside(Exception):
    """Others changed the same fields meanwhile: what was typed is kept beside the release, as this revision."""

    def __init__(self, aside: "Revision", names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.aside, self.names = aside, names


class NotReady(Exception):
    """Something is missing; `reasons` are sentences."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(reasons)
        self.reasons = reasons
