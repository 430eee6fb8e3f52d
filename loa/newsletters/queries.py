"""Reads of newsletters: what is new for whom, and the issues editors make."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.archive.models import State as Shown
from loa.lib import clock
from loa.mail import queries as mail
from loa.mail.models import Copy, Mailing
from loa.mail.models import State as Going
from loa.mail.queries import Report
from loa.newsletters import sheet
from loa.newsletters.errors import WrongState
from loa.newsletters.models import Digest, DigestItem, Imprint, Issue, IssueItem
from loa.newsletters.models import State as Stage
from loa.newsletters.rules import ByWish, Period, Reading
from loa.newsletters.sheet import Sheet
from loa.places.models import Place
from loa.search import trying
from loa.search.queries import Page, search
from loa.stats import queries as stats
from loa.subscribers import queries as subscribers
from loa.subscribers import rules as wishes
from loa.subscribers.models import Frequency, Subscriber, Subscription
from loa.subscribers.queries import Recipient, awake
from loa.subscribers.rules.searches import asked_in
from loa.topics import queries as topics
from loa.topics.models import Section

MOST_ENTRIES = 200  # in one mail
MOST_FOUND = 40
DAYS_OF_VIEWS = 30  # beside what a search found
FEW = 500  # entries to name one by one
MOST_KNOWN = 20_000  # of one period


def due(portal_id: int, frequency: str, period: Period, after: int, limit: int) -> list[Reading]:
    """The next readers whose newsletter for the period is not settled, by id; whoever confirmed later waits."""
    name = Concat(Value(f"{period.key}."), OuterRef("language"))
    settled = Digest.objects.filter(subscriber=OuterRef("subscriber_id"), period_key=name)
    rows = Subscription.objects.filter(
        awake(clock.now()), subscriber__portal=portal_id, frequency=frequency, since__lt=period.due
    ).filter(~Exists(settled), subscriber_id__gt=after)
    rows = rows.exclude(key=wishes.PRESS)  # what an editor sends by hand
    ids = rows.order_by("subscriber_id").values_list("subscriber_id", flat=True).distinct()[:limit]
    return _readings(rows.filter(subscriber_id__in=list(ids)), frequency)


def at_once(portal_id: int, keys: Collection[str], after: int, limit: int) -> list[Reading]:
    """The next readers who hear at once of any of these wishes, by id, with those of their wishes."""
    rows = Subscription.objects.filter(
        awake(clock.now()), subscriber__portal=portal_id, frequency=Frequency.AT_ONCE, key__in=keys
    ).filter(subscriber_id__gt=after)
    ids = rows.order_by("subscriber_id").values_list("subscriber_id", flat=True).distinct()[:limit]
    return _readings(rows.filter(subscriber_id__in=list(ids)), Frequency.AT_ONCE)


def reading_of(subscriber: Subscriber, frequency: str, language: str) -> Reading:
    """What a reader wants now at this frequency and in this language."""
    rows = Subscription.objects.filter(awake(clock.now()), subscriber=subscriber, frequency=frequency)
    since = dict(rows.filter(language=language).values_list("key", "since"))
    return Reading(subscriber, frequency, language, since)


def _readings(rows: Any, frequency: str) -> list[Reading]:
    readers: dict[tuple[int, str], tuple[Subscriber, dict[str, datetime]]] = {}
    for row in rows.order_by("subscriber_id", "pk").select_related("subscriber__portal"):
        _, found = readers.setdefault((row.subscriber_id, row.language), (row.subscriber, {}))
        found[row.key] = row.since
    return [Reading(reader, frequency, language, found) for (_, language), (reader, found) in readers.items()]


def published(
    portal_id: int,
    *,
    since: datetime | None = None,
    only: Collection[int] | None = None,
    searches: Mapping[str, str] = MappingProxyType({}),
) -> ByWish:
    """What a portal published, by the key of each wish that it answers, newest first.

    After a moment, if given; only these entries, if given. `searches` are those to try it against, addresses by key.

    Stories of a house's life answer those who follow that house alone. A topic answers for the narrower ones, and
    a place of today for those it came from.
    """
    rows = archive.public(portal_id)
    rows = rows if since is None else rows.filter(published_at__gt=since)
    rows = rows if only is None else rows.filter(pk__in=only)
    fields = ("pk", "published_at", "kind", "organization_id", "section_id", "place_id")
    known = list(rows.values_list(*fields)[:MOST_KNOWN])
    partners, about = _pairs(known, Entry.partners, "organization_id"), _pairs(known, Entry.topics, "topic_id")
    ways_up = topics.ways_up() if about else {}
    later = dict(Place.objects.exclude(successor=None).values_list("pk", "successor_id")) if known else {}
    found: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for pk, at, kind, organization, section, place in known:
        keys = {f"{wishes.ORGANIZATION}:{one}" for one in (organization, *partners.get(pk, ()))}
        if kind != archive.LIFE:
            keys |= {wishes.GENERAL, f"{wishes.SECTION}:{section}"}
            keys |= {f"{wishes.PLACE}:{one}" for one in (place, later.get(place)) if one is not None}
            keys |= {f"{wishes.TOPIC}:{code}" for topic in about.get(pk, ()) for code in ways_up[topic]}
        for key in keys:
            found[key].append((at, pk))
    return {**found, **_found_by(portal_id, {pk: at for pk, at, *_ in known}, searches)}


def _found_by(portal_id: int, known: Mapping[int, datetime], searches: Mapping[str, str]) -> ByWish:
    """What each search finds among these entries, newest first."""
    if not known or not searches:
        return {}
    rows = Entry.objects.filter(portal=portal_id)
    rows = rows.filter(pk__in=known) if len(known) <= FEW else rows.filter(pk__gte=min(known), pk__lte=max(known))
    ids = {public_id: pk for pk, public_id in rows.values_list("pk", "public_id") if pk in known}
    asked = trying.asked(portal_id, {key: asked_in(address) for key, address in searches.items()})
    return {
        key: sorted(((known[ids[one]], ids[one]) for one in found), reverse=True)
        for key, found in trying.matching(ids, asked).items()
    }


def _pairs(known: Sequence[tuple[Any, ...]], relation: Any, field: str) -> dict[int, list[Any]]:
    """What the entries are related to, by entry; many are read by their ids from the first to the last."""
    if not known:
        return {}
    ids = {row[0] for row in known}
    found: dict[int, list[Any]] = defaultdict(list)
    rows = relation.through.objects.filter(entry_id__in=ids)
    if len(ids) > FEW:
        rows = relation.through.objects.filter(entry_id__gte=min(ids), entry_id__lte=max(ids))
    for entry_id, other in rows.values_list("entry_id", field):
        if entry_id in ids:
            found[entry_id].append(other)
    return found


def still_public(entries: Iterable[int]) -> dict[int, Entry]:
    """Those of the entries readers can read at this moment, as they are now.

    They are held until the caller's transaction ends, so that a withdrawal finds either no mail or a mail to stop.
    """
    rows = Entry.objects.select_for_update(of=("self",)).select_related("current", "organization", "section", "portal")
    return {entry.pk: entry for entry in rows.filter(pk__in=set(entries), state=Shown.PUBLISHED).order_by("pk")}


def items_of(digest: Digest) -> list[int]:
    """What a newsletter names, in the order it names them."""
    return list(DigestItem.objects.filter(digest=digest).order_by("id").values_list("entry_id", flat=True))


def had(subscribers: Iterable[int], entries: Iterable[int]) -> dict[int, set[int]]:
    """Which of the entries each subscriber has been sent."""
    rows = DigestItem.objects.filter(subscriber_id__in=list(subscribers), entry_id__in=list(entries))
    sent: defaultdict[int, set[int]] = defaultdict(set)
    for subscriber_id, entry_id in rows.values_list("subscriber_id", "entry_id"):
        sent[subscriber_id].add(entry_id)
    return sent


def settled(readings: Iterable[Reading], period_keys: Iterable[str]) -> set[tuple[int, str]]:
    """Which newsletters of these periods have been written down, by subscriber and name."""
    keys, names = list(period_keys), set()
    readers = set()
    for one in readings:
        readers.add(one.subscriber.pk)
        names |= {one.name(key) for key in keys}
    rows = Digest.objects.filter(subscriber_id__in=readers, period_key__in=names)
    return set(rows.values_list("subscriber_id", "period_key"))


def issues(portal_id: int) -> QuerySet[Issue]:
    """Every issue of a portal for its desk, the newest first."""
    return Issue.objects.filter(portal_id=portal_id).select_related("portal").order_by("-begun_at", "-id")


def get_for_editor(portal_id: int, public_id: str) -> Issue | None:
    """One issue of the portal whose desk asks."""
    return issues(portal_id).filter(public_id=public_id).first()


def out(portal_id: int, language: str) -> QuerySet[Issue]:
    """The issues readers of a language find in the archive, the newest first."""
    return issues(portal_id).filter(language=language, number__isnull=False).order_by("-number")


def last_number(portal_id: int, language: str) -> int:
    """The number of the newest issue that went out; 0 before the first."""
    return out(portal_id, language).values_list("number", flat=True).first() or 0


def imprint(portal_id: int) -> Imprint | None:
    """Who signs the portal's newsletters."""
    return Imprint.objects.filter(portal_id=portal_id).first()


def placed(issue: Issue) -> list[tuple[IssueItem, Entry]]:
    """What an issue holds, in its order, each entry with its text in the issue's language; withdrawn ones too."""
    items = list(IssueItem.objects.filter(issue=issue).order_by("position", "id"))
    rows = archive.everything(issue.portal_id).filter(pk__in=[item.entry_id for item in items])
    found = {entry.pk: entry for entry in archive.with_texts(rows, issue.language).defer(*archive.LONG)}
    return [(item, found[item.entry_id]) for item in items if item.entry_id in found]


def sheet_of(issue: Issue) -> Sheet:
    """An issue as it reads now: corrected headlines follow, withdrawn entries keep their place alone."""
    number = issue.number or (None if issue.is_for_press else last_number(issue.portal_id, issue.language) + 1)
    rows = [(item, entry, archive.text_of(entry)) for item, entry in placed(issue)]
    return sheet.of_issue(issue, number, rows, imprint(issue.portal_id))


def suggested(issue: Issue, days: int) -> list[tuple[Section, list[tuple[Entry, int]]]]:
    """What could be picked, by section: news of the last days that no issue of this language has named, with views.

    The most read come first, and what nobody has read yet the newest first.
    """
    since = clock.now() - timedelta(days=days)
    rows = _with_views(issue, _unnamed(issue).filter(published_at__gt=since)[:MOST_ENTRIES], since)
    rows.sort(key=lambda row: (row[1], row[0].published_at), reverse=True)
    sections = topics.sections(issue.portal)
    by_section = [(one, [row for row in rows if row[0].section_id == one.pk]) for one in sections]
    return [(section, found) for section, found in by_section if found]


def found(issue: Issue, words: str) -> list[tuple[Entry, int]]:
    """What a search finds of the same kind, however old, the best first. Raises IndexUnavailable."""
    ids = search(issue.portal_id, words, page=Page(size=MOST_FOUND)).ids
    since = clock.now() - timedelta(days=DAYS_OF_VIEWS)
    rows = {entry.public_id: (entry, views) for entry, views in _with_views(issue, _unnamed(issue, ids), since)}
    return [rows[one] for one in ids if one in rows]


def _unnamed(issue: Issue, public_ids: Collection[str] | None = None) -> QuerySet[Entry]:
    named = IssueItem.objects.filter(
        entry=OuterRef("pk"), issue__portal=issue.portal, issue__language=issue.language, issue__list_key=issue.list_key
    )
    named = named.filter(~Q(issue__state=Stage.DRAFT) | Q(issue=issue))
    rows = archive.news(issue.portal_id) if public_ids is None else archive.news_among(issue.portal_id, public_ids)
    return rows.filter(~Exists(named))


def _with_views(issue: Issue, rows: QuerySet[Entry], since: datetime) -> list[tuple[Entry, int]]:
    entries = archive.prefer(rows, issue.language)
    first = since.astimezone(ZoneInfo(issue.portal.time_zone)).date()
    views = stats.views_since([entry.pk for entry in entries], first)
    return [(entry, views.get(entry.pk, 0)) for entry in entries]


def held_draft(issue: Issue) -> Issue:
    """The row, held until the caller's transaction ends. Raises WrongState unless it is a draft."""
    return held(issue, Stage.DRAFT)


def held(issue: Issue, *states: Stage) -> Issue:
    """The row, held until the caller's transaction ends. Raises WrongState unless it is in one of the states."""
    locked = Issue.objects.select_for_update(of=("self",)).select_related("portal").filter(pk=issue.pk).first()
    if locked is None or locked.state not in states:
        raise WrongState(locked.state if locked else "gone")
    return locked


def due_issues(now: datetime) -> list[Issue]:
    """The issues whose time has come, the oldest first."""
    rows = Issue.objects.filter(state=Stage.SCHEDULED, scheduled_at__lte=now).select_related("portal")
    return list(rows.order_by("scheduled_at", "id"))


def of_mailing(mailing: Mailing) -> Issue | None:
    """The issue whose mailing this is."""
    return Issue.objects.select_related("portal").filter(pk=mailing.key.split(":")[2]).first()


def on_their_way() -> list[Issue]:
    """The issues of which something may still leave or be counted."""
    rows = Issue.objects.filter(state__in=[Stage.SENDING, Stage.STOPPED], finished_at=None, round__gt=0)
    return list(rows.select_related("portal").order_by("id"))


def reached(issue: Issue, keys: Iterable[str]) -> set[str]:
    """Those of the readers an earlier round has reached, or may have."""
    earlier = Copy.objects.filter(mailing__key__in=issue.mailing_keys[:-1], key__in=list(keys))
    return set(earlier.exclude(state=Going.CANCELLED).values_list("key", flat=True))


def report(issue: Issue) -> Report:
    """What became of an issue, to the last recipient: whom a later round took over is counted there alone.

    Figures with doubts in them are no last word: an operator may send those again.
    """
    if issue.figures and not issue.figures["in_doubt"]:
        return Report(**issue.figures)
    rounds = [mail.report(one) for one in Mailing.objects.filter(key__in=issue.mailing_keys).order_by("id")]
    # What an earlier round had to cancel, the last one sent; who left in between is expected no longer.
    earlier = [replace(one, expected=one.expected - one.cancelled, cancelled=0) for one in rounds[:-1]]
    names = [field.name for field in fields(Report)]
    return Report(**{name: sum(getattr(one, name) for one in [*earlier, *rounds[-1:]]) for name in names})


def waiting_for_the_law(issue: Issue) -> tuple[int, datetime | None]:
    """How many get this advertising later, since they had three in 24 hours, and when the last of them does."""
    mailing = Mailing.objects.filter(key=issue.mailing_key).first() if issue.is_advertising else None
    return mail.later(mailing, clock.now()) if mailing else (0, None)


def recipients(issue: Issue, limit: int) -> list[Recipient]:
    """The next readers this round goes to, behind the last one reached; none: that was the last."""
    return subscribers.recipients(
        issue.portal, lists=[issue.list_key], languages=[issue.language], after=issue.reached_id, limit=limit
    )


def readers(issue: Issue) -> int:
    """How many an issue would be sent to now."""
    return subscribers.count_recipients(issue.portal, lists=[issue.list_key], languages=[issue.language])
