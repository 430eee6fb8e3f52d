"""Builds again the newsletters that were stopped: something in them was withdrawn or corrected, or a list was left."""

from django.db import transaction

from loa.mail import queries as mail
from loa.mail.actions.close import close
from loa.mail.actions.queue import queue_all
from loa.mail.models import Message
from loa.newsletters import emails, queries, rules
from loa.newsletters.models import Digest, DigestItem
from loa.subscribers import queries as subscribers
from loa.subscribers.models import State, Subscriber

BATCH = 200


def build_again() -> int:
    """See to every stopped newsletter; returns how many were queued anew. The stopped mail stays the work's row."""
    queued = 0
    while stopped := list(mail.called_back("newsletters:")[:BATCH]):
        queued += sum(_build(message) for message in stopped)
    return queued


def _build(stopped: Message) -> bool:
    """Queue what may still be read and is still wanted, and take the rest off the list of what its reader has had."""
    with transaction.atomic():
        close(stopped)
        rows = Digest.objects.select_for_update(of=("self",)).filter(pk=stopped.key.split(":")[1])
        digest = rows.first()
        if digest is None or digest.mail_key != stopped.key:  # another worker was quicker
            return False
        reader = Subscriber.objects.select_related("portal").filter(pk=digest.subscriber_id, state=State.CONFIRMED)
        subscriber = reader.first()
        if subscriber is None:
            return False
        frequency, language = rules.kind_of(digest.period_key)
        reading = queries.reading_of(subscriber, frequency, language or subscriber.language)
        items = queries.items_of(digest)
        searches = subscribers.searches(subscriber.portal_id, reading.wishes)
        published = queries.published(subscriber.portal_id, only=items, searches=searches)
        wanted = {pk for key in reading.wishes for _at, pk in published.get(key, ())}
        public = queries.still_public(wanted)
        entries = [pk for pk in items if pk in public]
        DigestItem.objects.filter(digest=digest).exclude(entry__in=entries).delete()
        digest.round += 1
        digest.save()
        if not entries:
            return False
        why = rules.answered(published, reading, set(entries))
        shown = [public[pk] for pk in entries]
        queue_all([emails.digest(digest, reading, shown, why=why, press=emails.Press())])
    return True
