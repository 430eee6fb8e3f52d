"""Takes a change of address back, from the old address: whoever changed it is shut out."""

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from loa.accounts.actions.change_address import move_to
from loa.accounts.actions.end_sign_ins import end_sign_ins
from loa.accounts.actions.recover import recover
from loa.accounts.errors import LinkGone
from loa.accounts.models import AddressChange, Person, Recovery
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock


def undo_address(public_id: str) -> Person:
    """The person, who now needs a new password; twice changes nothing more.

    What proves who they are and was added since the change was asked for goes too, and so do later changes: their
    links lead back to addresses of whoever changed it. Earlier ones stay, since an older address has the last word.
    Raises LinkGone where a change before this one was undone meanwhile.
    """
    try:
        with transaction.atomic():
            row = AddressChange.objects.select_for_update().get(public_id=public_id, changed_at__isnull=False)
            person = Person.objects.select_for_update().get(pk=row.person_id, is_active=True)
            if row.undone_at is not None and person.email == row.old:
                return person
            if row.undone_at is not None:
                raise LinkGone
            AddressChange.objects.filter(person=person, pk__gte=row.pk, undone_at=None).update(undone_at=clock.now())
            Authenticator.objects.filter(user=person, created_at__gte=row.asked_at).delete()
            person.set_unusable_password()
            person.save(update_fields=["password"])
            move_to(person, row.old)
            end_sign_ins(person)
            recover(person, Recovery.Way.ADDRESS)
            record(actor(person), act="undo_address", subject=f"person:{person.pk}", detail={"from": row.new})
            return person
    except (AddressChange.DoesNotExist, Person.DoesNotExist, IntegrityError) as error:
        raise LinkGone from error
