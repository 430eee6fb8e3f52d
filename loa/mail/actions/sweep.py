"""Writes down what follows from a stop, which mailings are done, and lets go of pictures that have travelled."""

from django.db import transaction

from loa.lib import clock
from loa.mail.models import UNSENT, UNSETTLED, Copy, Inline, Mailing, State

PAGE = 2000


def sweep() -> int:
    """Cancel the copies of stopped mailings page by page and note what is finished; returns how many were cancelled."""
    count = 0
    for mailing in Mailing.objects.filter(finished_at=None).defer("text", "html", "headers"):
        if mailing.state == Mailing.State.STOPPED:
            count += _cancel_rest(mailing)
        if mailing.state != Mailing.State.OPEN:
            _finish(mailing)
    # What is in doubt may be sent again, and then needs its pictures.
    travelled = Inline.objects.exclude(message__state__in=(*UNSETTLED, State.IN_DOUBT))
    if travelled.exists():  # a delete of nothing would take the write lock all the same
        travelled.delete()
    return count


def _cancel_rest(mailing: Mailing) -> int:
    count = 0
    waiting = Copy.objects.filter(mailing=mailing, state__in=UNSENT)
    while page := list(waiting.values_list("pk", flat=True)[:PAGE]):
        count += waiting.filter(pk__in=page).update(state=State.CANCELLED, is_called_back=True, owner="")
    return count


def _finish(mailing: Mailing) -> None:
    with transaction.atomic():
        held = Mailing.objects.select_for_update().get(pk=mailing.pk)
        if Copy.objects.filter(mailing=held, state__in=UNSETTLED).exists():
            return
        if held.expected is None:  # stopped before it was sealed: nobody can be added any more
            held.expected = Copy.objects.filter(mailing=held).count()
        held.finished_at = clock.now()
        held.save(update_fields=["expected", "finished_at"])
