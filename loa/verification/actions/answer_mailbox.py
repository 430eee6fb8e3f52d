"""Answer a mailbox: whoever reads there presses the button that was mailed."""

from loa.audit.actions.record import Actor
from loa.lib import clock
from loa.verification import queries
from loa.verification.actions.prove import settle
from loa.verification.errors import ProofGone
from loa.verification.models import Proof
from loa.verification.rules import LINK_HOLDS


def answer_mailbox(token: str) -> Proof:
    """Needs no account: reading the mail is what is proven. Raises ProofGone, Suspended, DomainTaken."""
    proof = queries.mailed(token)
    if proof is None or clock.now() - proof.begun_at > LINK_HOLDS:
        raise ProofGone
    return settle(Actor(f"mailbox:{proof.public_id}", proof.mailbox), proof)
