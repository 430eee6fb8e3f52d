"""What is mailed: one template in MJML and one in plain words, drawn from the same sheet."""

from loa.newsletters.emails.digest import Press, digest
from loa.newsletters.emails.drawing import Drawn
from loa.newsletters.emails.issue import drawn_for, mailing, trial

__all__ = ["Drawn", "Press", "digest", "drawn_for", "mailing", "trial"]
