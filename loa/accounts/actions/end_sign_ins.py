"""Signs a person out: of one browser, or of all but the one in front of them."""

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F

from loa.accounts.models import Person, SignIn
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock


def end_sign_in(person: Person, public_id: str) -> None:
    """One of their own; twice, or somebody else's, does nothing."""
    with transaction.atomic():
        row = SignIn.objects.select_for_update().filter(person=person, public_id=public_id, ended_at=None).first()
        if row is None:
            return
        _end([row])
        record(actor(person), act="end_sign_in", subject=f"person:{person.pk}", detail={"sign_in": public_id})


def end_sign_ins(person: Person, *, but: str = "") -> None:
    """Every session of theirs is at an end, those nobody noted too; `but` is the row whose session goes on.

    Whoever goes on must be given the new hash (`update_session_auth_hash`), since the epoch is another.
    """
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(epoch=F("epoch") + 1)
        person.refresh_from_db(fields=["epoch"])
        _end(list(SignIn.objects.filter(person=person, ended_at=None).exclude(public_id=but)))
        record(actor(person), act="end_sign_ins", subject=f"person:{person.pk}")


def _end(rows: list[SignIn]) -> None:
    keys = [row.session_key for row in rows if row.session_key]
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(pk__in=[row.pk for row in rows]).update(ended_at=clock.now(), session_key="")
