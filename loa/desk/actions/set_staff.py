"""Makes a person an editor of one portal or of all, or no longer of this one."""

from typing import Literal

from django.db import transaction

from loa.accounts.models import Editorship, Person
from loa.audit.actions.record import Actor, record
from loa.desk.errors import LastOperator, NoSuchPerson
from loa.portals.models import Portal

Reach = Literal["none", "portal", "all"]


def set_staff(actor: Actor, *, portal: Portal, email: str, reach: Reach) -> Person:
    """Less than all of them takes an operator's rights too.

    Raises NoSuchPerson, and LastOperator where nobody would be left who may change the desk.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update().filter(email=email.strip().lower(), is_active=True).first()
        if person is None:
            raise NoSuchPerson
        others = Person.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
        if reach != "all" and not others.exists():
            raise LastOperator
        person.is_staff = reach == "all"
        person.is_superuser = person.is_superuser and reach == "all"
        person.save(update_fields=["is_staff", "is_superuser"])
        if reach == "portal":
            Editorship.objects.get_or_create(person=person, portal=portal)
        else:
            Editorship.objects.filter(person=person, portal=portal).delete()
        detail = {"portal": portal.slug, "reach": reach}
        record(actor, act="desk.set_staff", subject=f"person:{person.pk}", detail=detail)
        return person
