"""Reads of newsletters."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.archive.models import State as Shown
from loa.lib import clock
from loa.newsletters import sheet
from loa.newsletters.errors import WrongState
from loa.newsletters.models import Digest, DigestItem, Imprint, Issue, IssueItem
from loa.newsletters.models import State as Stage
from loa.newsletters.rules import Period
from loa.newsletters.sheet import Sheet
from loa.stats import queries as stats
from loa.subscribers.models import State, Subscriber
from loa.topics import queries as topics
from loa.topics.models import Section

MOST_ENTRIES = 200
MOST_FOLLOWED = 2000  # of all organizations that a batch of subscribers follows


def waiting(portal_id: int, frequency: str, period: Period, after: int, limit: int) -> list[Subscriber]:
    """The next confirmed subscribers whose newsletter for the period is not settled, by id."""
    rows = Subscriber.objects.filter(portal_id=portal_id, state=State.CONFIRMED, frequency=frequency, id__gt=after)
    if period.key:
        settled = Digest.objects.filter(subscriber=OuterRef("pk"), period_key=period.key)
        rows = rows.filter(~Exists(settled), confirmed_at__lt=period.due)
    return list(rows.select_related("portal").order_by("id")[:limit])


def entries_since(portal_id: int, since: datetime) -> list[Entry]:
    """What a portal published since a moment, newest first; stories of a house's life stay on its own page."""
    return list(archive.news(portal_id).filter(published_at__gt=since)[:MOST_ENTRIES])


def entries_of(portal_id: int, organizations: Iterable[int], since: datetime) -> dict[int, tuple[Entry, set[int]]]:
    """What these organizations published since a moment, alone or with others, and which of them stand behind it."""
    wanted = set(organizations)
    if not wanted:
        return {}
    joint = Entry.partners.through.objects.filter(organization_id__in=wanted)
    rows = archive.public(portal_id).filter(published_at__gt=since)
    rows = rows.filter(Q(organization_id__in=wanted) | Q(pk__in=joint.values("entry_id")))
    found = {entry.pk: (entry, {entry.organization_id}) for entry in rows[:MOST_FOLLOWED]}
    for entry_id, organization_id in joint.filter(entry__in=list(found)).values_list("entry_id", "organization_id"):
        found[entry_id][1].add(organization_id)
    return found


def still_public(entries: Iterable[Entry]) -> list[Entry]:
    """Those of the entries readers can read at this moment, as they are now, in the same order.

    They are held until the caller's transaction ends, so that a withdrawal finds either no mail or a mail to stop.
    """
    order = [entry.pk for entry in entries]
    rows = Entry.objects.select_for_update(of=("self",)).select_related("current", "organization", "section", "portal")
    found = {entry.pk: entry for entry in rows.filter(pk__in=order, state=Shown.PUBLISHED).order_by("pk")}
    return [found[key] for key in order if key in found]


def items_of(digest: Digest) -> list[Entry]:
    """What a newsletter names, in the order it names them."""
    rows = DigestItem.objects.filter(digest=digest).select_related("entry")
    return [item.entry for item in rows.order_by("id")]


def had(subscribers: Iterable[Subscriber], entries: Iterable[int]) -> dict[int, set[int]]:
    """Which of the entries each subscriber has been sent."""
    rows = DigestItem.objects.filter(subscriber__in=list(subscribers), entry__in=list(entries))
    sent: defaultdict[int, set[int]] = defaultdict(set)
    for subscriber_id, entry_id in rows.values_list("subscriber_id", "entry_id"):
        sent[subscriber_id].add(entry_id)
    return sent


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
    number = issue.number or last_number(issue.portal_id, issue.language) + 1
    rows = [(item, entry, archive.text_of(entry)) for item, entry in placed(issue)]
    return sheet.of_issue(issue, number, rows, imprint(issue.portal_id))


def suggested(issue: Issue, days: int) -> list[tuple[Section, list[tuple[Entry, int]]]]:
    """What could be picked, by section: news of the last days that no issue of this language has named, with views.

    The most read come first, and what nobody has read yet the newest first.
    """
    since = clock.now() - timedelta(days=days)
    named = IssueItem.objects.filter(entry=OuterRef("pk"), issue__portal=issue.portal, issue__language=issue.language)
    named = named.filter(~Q(issue__state=Stage.DRAFT) | Q(issue=issue))
    rows = archive.news(issue.portal_id).filter(~Exists(named), published_at__gt=since)
    entries = archive.prefer(rows[:MOST_ENTRIES], issue.language)
    first = since.astimezone(ZoneInfo(issue.portal.time_zone)).date()
    views = stats.views_since([entry.pk for entry in entries], first)
    entries.sort(key=lambda entry: (views.get(entry.pk, 0), entry.published_at), reverse=True)
    by_section = [
        (section, [(entry, views.get(entry.pk, 0)) for entry in entries if entry.section_id == section.pk])
        for section in topics.sections(issue.portal)
    ]
    return [(section, found) for section, found in by_section if found]


def held_draft(issue: Issue) -> Issue:
    """The row, held until the caller's transaction ends. Raises WrongState unless it is a draft."""
    return held(issue, Stage.DRAFT)


def held(issue: Issue, *states: Stage) -> Issue:
    """The row, held until the caller's transaction ends. Raises WrongState unless it is in one of the states."""
    locked = Issue.objects.select_for_update(of=("self",)).select_related("portal").filter(pk=issue.pk).first()
    if locked is None or locked.state not in states:
        raise WrongState(locked.state if locked else "gone")
    return locked


def readers(issue: Issue) -> int:
    """How many an issue would be sent to now."""
    rows = Subscriber.objects.filter(portal_id=issue.portal_id, state=State.CONFIRMED, is_general=True)
    return rows.filter(language=issue.language).count()
