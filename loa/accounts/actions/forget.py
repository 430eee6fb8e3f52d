"""Forgets a person: the account is empty and shut for ever; what it did stays on the record."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from loa.accounts import emails
from loa.accounts.actions.end_sign_ins import end_sign_ins
from loa.accounts.errors import LastOperator
from loa.accounts.models import AddressChange, Editorship, Person, Recovery, SignIn
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib.tokens import random_id
from loa.portals.models import Portal


def forget(person: Person, *, portal: Portal, language: str) -> None:
    """The row stays, for what points at it, without name, address, password or rights. Raises LastOperator."""
    with transaction.atomic():
        others = Person.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
        if person.is_superuser and not others.exists():
            raise LastOperator
        emails.forgotten(person, portal=portal, language=language)
        record(actor(person), act="forget", subject=f"person:{person.pk}")
        end_sign_ins(person)
        for rows in (Authenticator, EmailAddress):
            rows.objects.filter(user=person).delete()
        for rows in (SignIn, Recovery, AddressChange, Editorship):
            rows.objects.filter(person=person).delete()
        person.email, person.name = f"{random_id()}@forgotten.invalid", ""
        person.is_active = person.is_staff = person.is_superuser = False
        person.set_unusable_password()
        person.save()
