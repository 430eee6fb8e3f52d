"""Makes a person a member of the desk, or no longer."""

from django.db import transaction

from loa.accounts.models import Person
from loa.audit.actions.record import Actor, record
from loa.desk.errors import LastOperator, NoSuchPerson


def set_staff(actor: Actor, *, email: str, is_staff: bool) -> Person:
    """Raises NoSuchPerson, and LastOperator where nobody would be left who may change the desk."""
    with transaction.atomic():
        person = Person.objects.select_for_update().filter(email=email.strip().lower(), is_active=True).first()
        if person is None:
            raise NoSuchPerson
        others = Person.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
        if not is_staff and not others.exists():
            raise LastOperator
        person.is_staff = is_staff
        if not is_staff:
            person.is_superuser = False
        person.save(update_fields=["is_staff", "is_superuser"])
        record(actor, act="desk.set_staff", subject=f"person:{person.pk}", detail={"is_staff": is_staff})
        return person
