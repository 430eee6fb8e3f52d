"""Begins a mailing: one text for many."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction

from loa.lib import clock
from loa.mail import splice
from loa.mail.models import Lane, Mailing, MailingAbout


def open_mailing(
    *,
    key: str,
    lane: str,
    subject: str,
    text: str,
    html: str = "",
    headers: Mapping[str, str] | None = None,
    sender: str = "",
    cancel_key: str = "",
    about: Iterable[str] = (),
    not_before: datetime | None = None,
    closes_at: datetime | None = None,
) -> Mailing:
    """Return the mailing of this key, made unless it is there; the words of the first call stand.

    Subject, texts and header values carry slots, `{{name}}`; words of others go through `rules.literal` first. What
    is put into the HTML is escaped, into a header kept to one line. Raises BadHeader.
    """
    now = clock.now()
    mailing = Mailing(
        key=key,
        cancel_key=cancel_key,
        lane=Lane(lane),
        sender=sender or settings.DEFAULT_FROM_EMAIL,
        subject=" ".join(subject.split())[:400],
        text=text,
        html=html,
        headers=dict(headers or {}),
        not_before=not_before or now,
        closes_at=closes_at,
        opened_at=now,
    )
    splice.compile_mailing(mailing)  # so that a header no mail can carry is refused here and not by the sender
    with transaction.atomic():
        Mailing.objects.bulk_create([mailing], ignore_conflicts=True)
        kept = Mailing.objects.get(key=key)
        names = [MailingAbout(mailing=kept, key=name) for name in about]
        if kept.public_id == mailing.public_id:
            MailingAbout.objects.bulk_create(names, ignore_conflicts=True)
    return kept
