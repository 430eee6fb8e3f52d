"""“It was not me”: ends every session, shuts the old password out, and takes back what the other one added."""

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from loa.accounts.actions.change_address import move_to
from loa.accounts.actions.end_sign_ins import end_sign_ins
from loa.accounts.actions.recover import recover
from loa.accounts.errors import LinkGone
from loa.accounts.models import AddressChange, Person, Recovery, SignIn
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
        person = Person.objects.select_for_update().get(pk=row.person_id)
        SignIn.objects.filter(person=person, device_digest=row.device_digest).update(disowned_at=clock.now())
        Authenticator.objects.filter(user=person, created_at__gte=row.at).delete()
        person.set_unusable_password()
        person.save(update_fields=["password"])
        _move_back(person, row)
        end_sign_ins(person)
        recover(person, Recovery.Way.DISOWNED)
        record(actor(person), act="disown", subject=f"person:{person.pk}", detail={"sign_in": public_id})
        return person


def _move_back(person: Person, row: SignIn) -> None:
    """To the address the account had when the other one came in, unless somebody else has that by now."""
    since = AddressChange.objects.filter(person=person, asked_at__gte=row.at, undone_at=None).exclude(changed_at=None)
    gone = since.order_by("changed_at", "pk").first()
    if gone is None:
        return
    since.update(undone_at=clock.now())
    try:
        with transaction.atomic():
            move_to(person, gone.old)
    except IntegrityError:
        person.refresh_from_db(fields=["email"])
