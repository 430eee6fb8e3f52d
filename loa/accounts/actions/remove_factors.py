"""Takes the second step of an account away: its owner lost phone, passkey and codes, and an operator knows them."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from loa.accounts import emails
from loa.accounts.actions.end_sign_ins import end_sign_ins
from loa.accounts.actions.recover import recover
from loa.accounts.models import Person, Recovery
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.portals.models import Portal


def remove_factors(operator: Person, person: Person, *, portal: Portal) -> bool:
    """Whether there was one. Its owner hears of it, is signed out everywhere and waits a day before publishing."""
    with transaction.atomic():
        found = Authenticator.objects.select_for_update().filter(user=person)
        if not found:
            return False
        found.delete()
        end_sign_ins(person)
        row = recover(person, Recovery.Way.FACTORS)
        emails.factors_removed(person, key=f"factors:{row.pk}", portal=portal)
        record(actor(operator), act="remove_factors", subject=f"person:{person.pk}")
        return True
