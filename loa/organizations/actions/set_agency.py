"""Set whether an organization is an agency, that may write for clients who agreed."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.organizations.models import Organization


def set_agency(actor: Actor, organization: Organization, *, is_agency: bool) -> None:
    """Where it no longer is one, what its clients agreed to rests. The same again changes nothing."""
    with transaction.atomic():
        rows = Organization.objects.filter(pk=organization.pk).exclude(is_agency=is_agency)
        if rows.update(is_agency=is_agency):
            detail = {"is_agency": is_agency}
            record(actor, act="set_agency", subject=f"organization:{organization.pk}", detail=detail)
