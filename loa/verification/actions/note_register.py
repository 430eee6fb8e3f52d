"""Note the register: a moderator looked an organization up, and writes down what stood there."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock, tax_codes
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.verification.actions.show import show
from loa.verification.models import Proof, Way


def note_register(moderator: Person, organization: Organization, *, tax_code: str, note: str) -> Proof:
    """A new look takes the place of the old one, which stays on record. Raises ValueError for a wrong code."""
    code = tax_codes.read_any(tax_code)
    now = clock.now()
    with transaction.atomic():
        organizations.locked(organization)
        Proof.objects.filter(organization=organization, way=Way.REGISTER, ended_at=None).update(ended_at=now)
        proof = Proof.objects.create(
            organization=organization, way=Way.REGISTER, begun_by=moderator, begun_at=now, proven_at=now,
            seen_at=now, looked_at=now, note=note,
        )  # fmt: skip
        Organization.objects.filter(pk=organization.pk).update(tax_code=code)
        record(actor(moderator), act="note_register", subject=f"organization:{organization.pk}", detail={"note": note})
        show(organization.pk)
    return proof
