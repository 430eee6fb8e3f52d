"""End a proof: an owner takes it back, or nothing is seen any more."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.organizations import queries as organizations
from loa.organizations.errors import NotOwner
from loa.verification.actions.lock import lock
from loa.verification.actions.show import show
from loa.verification.errors import ProofGone
from loa.verification.models import Proof, Way


def end_proof(person: Person, proof: Proof) -> None:
    """Twice changes nothing; what a moderator noted of the register is not the owner's to end. Raises NotOwner."""
    if not organizations.is_owner(person, proof.organization) or proof.way == Way.REGISTER:
        raise NotOwner
    with transaction.atomic():
        try:
            locked = lock(proof)
        except ProofGone:
            return
        locked.ended_at = clock.now()
        locked.save(update_fields=["ended_at"])
        detail = {"way": proof.way, "domain": proof.domain}
        record(actor(person), act="end_proof", subject=f"organization:{proof.organization_id}", detail=detail)
        show(proof.organization_id)
