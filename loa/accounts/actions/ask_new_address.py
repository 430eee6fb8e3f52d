"""Asks a new address whether it is somebody's, before their account moves there."""

from django.db import transaction

from loa.accounts import emails
from loa.accounts.models import AddressChange, Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.portals.models import Portal


def ask_new_address(person: Person, *, email: str, portal: Portal, language: str) -> None:
    """One mail to the new address, whoever has it: a stranger cannot tell from here whether it has an account."""
    email = email.strip().lower()
    with transaction.atomic():
        row = AddressChange.objects.create(person=person, old=person.email, new=email)
        if Person.objects.filter(email=email).exists():
            emails.address_taken(row, portal=portal, language=language)
        else:
            emails.confirm_address(row, portal=portal, language=language)
        record(actor(person), act="ask_new_address", subject=f"person:{person.pk}")
