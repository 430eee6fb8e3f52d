"""“It was not me”: ends every session, shuts the old password out, and takes back what the other one added."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from loa.accounts.actions.end_sign_ins import end_sign_ins
from loa.accounts.actions.recover import recover
from loa.accounts.errors import LinkGone
from loa.accounts.models import Person, Recovery, SignIn
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock


def disown(public_id: str) -> Person:
    """The person, who now needs a new password. A second time changes nothing. Raises LinkGone."""
    with transaction.atomic():
        rows = SignIn.objects.select_for_update(of=("self",)).select_related("person")
        row = rows.filter(public_id=public_id).first()
        if row is None:
            raise LinkGone
        if row.disowned_at is not None:
            return row.person
        person = row.person
        SignIn.objects.filter(person=person, device_digest=row.device_digest).update(disowned_at=clock.now())
        Authenticator.objects.filter(user=person, created_at__gte=row.at).delete()
        person.set_unusable_password()
        person.save(update_fields=["password"])
        end_sign_ins(person)
        recover(person, Recovery.Way.DISOWNED)
        record(actor(person), act="disown", subject=f"person:{person.pk}", detail={"sign_in": public_id})
        return person
