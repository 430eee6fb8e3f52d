"""What counts as evidence, and for how long."""

from datetime import timedelta
from pathlib import Path

from loa.lib import domains
from loa.verification.errors import BadDomain
from loa.verification.models import Proof, Way

EVERY = timedelta(hours=24)  # a proven domain is looked at again
GRACE = timedelta(hours=47)  # two days on which nothing is seen, less the minutes a look may be early
MAILBOX_HOLDS = timedelta(days=365)  # nobody is asked every day whether they still read there
LINK_HOLDS = timedelta(days=3)
LONGEST_UNTOLD = timedelta(days=14)  # a name server that says nothing for so long says no

FILE = "/.well-known/loa-verification.txt"
MARK = "loa-verification="
# Where anybody gets a mailbox: it proves nothing about whose name is before the @.
FREE_MAIL = frozenset((Path(__file__).parent / "data" / "free_mail.txt").read_text("ascii").split())


def domain_of(typed: str) -> str:
    """The registered domain that was typed, in ASCII. Raises BadDomain for mail providers and what is no domain."""
    try:
        found = domains.registered(typed)
    except ValueError as error:
        raise BadDomain(typed) from error
    if found in FREE_MAIL:
        raise BadDomain(typed)
    return found


def mailbox_domain(email: str) -> str:
    """The domain a mailbox proves: only one right on the registered name. Raises BadDomain."""
    host = email.rpartition("@")[2]
    domain = domain_of(host)
    if host.strip().lower() not in (domain, domains.shown(domain)):
        raise BadDomain(email)  # at a part of it, others may have mailboxes: an.students.example.edu.vn
    return domain


def line_of(proof: Proof) -> str:
    """What must stand in the record or in the file."""
    return f"{MARK}{proof.token}"


def is_seen(proof: Proof, lines: list[str]) -> bool:
    """Whether what must be there is among the lines."""
    return proof.way in (Way.DNS, Way.FILE) and line_of(proof) in [line.strip().strip('"') for line in lines]
