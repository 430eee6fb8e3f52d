"""Set the tax code: an owner writes it down; a moderator's look into the register is what proves it."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock, tax_codes
from loa.organizations import queries as organizations
from loa.organizations.errors import NotOwner, Suspended
from loa.organizations.models import Organization
from loa.verification.actions.show import show
from loa.verification.models import Proof, Way


def set_tax_code(person: Person, organization: Organization, *, tax_code: str) -> None:
    """Empty takes it away. Another code ends what was noted of the old one. Raises NotOwner, Suspended, ValueError."""
    if not organizations.is_owner(person, organization):
        raise NotOwner
    if organizations.is_suspended(organization):
        raise Suspended
    code = tax_codes.read_any(tax_code) if tax_code.strip() else ""
    with transaction.atomic():
        if not Organization.objects.filter(pk=organization.pk).exclude(tax_code=code).update(tax_code=code):
            return
        noted = Proof.objects.filter(organization=organization, way=Way.REGISTER, ended_at=None)
        noted.update(ended_at=clock.now())
        record(actor(person), act="set_tax_code", subject=f"organization:{organization.pk}")
        show(organization.pk)
