"""Takes in addresses that were brought from elsewhere, a page a transaction; run as often as one likes."""

from collections.abc import Sequence
from itertools import islice

from django.db import transaction

from loa.audit.actions.record import SYSTEM, record
from loa.lib import clock
from loa.mail import queries as mail
from loa.subscribers import emails, queries, rules
from loa.subscribers.models import Bringing, Consent, State, Subscriber, Subscription
from loa.subscribers.rules import Wish, addresses, tables

PAGE = 500
Line = tuple[int, str, str]  # the number in the file, the address as it is kept, the language


def bring_in_due() -> int:
    """Take in the next page of the oldest bringing that runs; returns how many lines were settled."""
    with transaction.atomic():
        rows = Bringing.objects.select_for_update(of=("self",)).select_related("portal")
        bringing = rows.filter(state=Bringing.State.RUNNING).order_by("pk").first()
        return _page(bringing) if bringing else 0


def _page(bringing: Bringing) -> int:
    start = bringing.reached + bool(bringing.choices["has_head"])
    page = list(islice(tables.rows(bringing.table), start, start + PAGE))
    bringing.reached += len(page)
    _settle(bringing, _read(bringing, page))
    if len(page) < PAGE:
        bringing.state, bringing.finished_at, bringing.table = Bringing.State.DONE, clock.now(), ""
    bringing.save()
    if bringing.state == Bringing.State.DONE:
        detail = {name: getattr(bringing, name) for name in ("added", "asked", "known")}
        detail["refused"] = len(bringing.refused)
        record(SYSTEM, act="bring_in", subject=f"bringing:{bringing.public_id}", detail=detail)
    return len(page)


def _read(bringing: Bringing, page: Sequence[tuple[int, list[str]]]) -> list[Line]:
    """The addresses of a page; those no mail can be sent to are refused here, and of equal ones the first is read."""
    found: dict[str, Line] = {}
    for number, cells in page:
        typed = tables.cell(cells, bringing.choices["email"])
        language = tables.cell(cells, bringing.choices["language"]).lower()
        email = addresses.read(typed)
        if not email:
            bringing.refused.append([number, "no_address"])
        elif email in found:
            bringing.refused.append([number, "twice"])
        else:
            found[email] = (number, email, rules.language_of(language, bringing.portal.language))
    return list(found.values())


def _settle(bringing: Bringing, lines: Sequence[Line]) -> None:
    emails_read = [email for _, email, _ in lines]
    reasons = _reasons(bringing, emails_read)
    key, is_asking = bringing.choices["list"], bringing.choices["asks"]
    known = {
        one.email: one
        for one in Subscriber.objects.select_for_update().filter(portal=bringing.portal, email__in=emails_read)
    }
    has = set(Subscription.objects.filter(subscriber__in=known.values(), key=key).values_list("subscriber", flat=True))
    taken: list[tuple[str, str, Subscriber | None]] = []
    for number, email, language in lines:
        reader = known.get(email)
        if email in reasons:
            bringing.refused.append([number, reasons[email]])
        elif reader is not None and (reader.pk in has or (is_asking and reader.state == State.UNCONFIRMED)):
            bringing.known += 1
        else:
            taken.append((email, language, reader))
    if is_asking:
        _ask(bringing, taken)
    else:
        _add(bringing, taken)


def _reasons(bringing: Bringing, emails_read: Sequence[str]) -> dict[str, str]:
    """Why each address may not be taken in; the weightiest reason stands."""
    portal, key = bringing.portal, bringing.choices["list"]
    found = dict.fromkeys(queries.barred(emails_read), "barred")
    rows = Subscriber.objects.filter(portal=portal, email__in=emails_read)
    left = rows.filter(state=State.LEFT).values_list("email", flat=True)
    # Who left this very list keeps out of it, whatever else they read.
    gone = Consent.objects.filter(subscriber__in=rows, key=key, method__endswith=":leave")
    found |= dict.fromkeys([*left, *gone.values_list("subscriber__email", flat=True)], "left")
    found |= dict.fromkeys(mail.suppressed(emails_read), "suppressed")
    return found | dict.fromkeys(queries.forgotten(portal.pk, emails_read), "erased")


def _add(bringing: Bringing, taken: Sequence[tuple[str, str, Subscriber | None]]) -> None:
    """Make readers of them, each with a consent that names the proof."""
    now, frequency, key = clock.now(), bringing.choices["frequency"], bringing.choices["list"]
    new = [
        Subscriber(
            portal=bringing.portal, email=email, state=State.CONFIRMED, language=language, asked_at=now,
            confirmed_at=now,
        )
        for email, language, reader in taken
        if reader is None
    ]  # fmt: skip
    Subscriber.objects.bulk_create(new)
    made = {one.email: one for one in new}
    readers = [(reader or made[email], language) for email, language, reader in taken]
    waiting = [one.pk for one, _ in readers if one.state == State.UNCONFIRMED]
    Subscriber.objects.filter(pk__in=waiting).update(state=State.CONFIRMED, confirmed_at=now, left_at=None)
    Subscription.objects.bulk_create(
        Subscription(subscriber=one, key=key, frequency=frequency, language=language, since=now)
        for one, language in readers
    )
    Consent.objects.bulk_create(
        Consent(
            subscriber=one, key=key, frequency=frequency, text=bringing.proof, text_version="", method="brought_in",
            at=now, proof=bringing,
        )
        for one, _ in readers
    )  # fmt: skip
    bringing.added += len(readers)


def _ask(bringing: Bringing, taken: Sequence[tuple[str, str, Subscriber | None]]) -> None:
    """Write to each once; who does not press the button within the days is gone again."""
    now, frequency, key = clock.now(), bringing.choices["frequency"], bringing.choices["list"]
    for email, language, reader in taken:
        one = reader or Subscriber.objects.create(portal=bringing.portal, email=email, language=language, asked_at=now)
        one.portal = bringing.portal
        emails.invite(one, [Wish(key, frequency, language)], bringing)
    bringing.asked += len(taken)
