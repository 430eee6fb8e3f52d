"""Reads of the desk."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Min, Q, QuerySet

from loa.accounts.models import Person, Recovery, SignIn
from loa.archive import queries as archive
from loa.archive.models import Entry
from loa.lib import clock, diff, domains, html, vietnamese
from loa.lib.slugs import slugify
from loa.moderation.models import Case, Decision, Passage, Report
from loa.moderation.rules import FIELDS, risk, said
from loa.moderation.rules.marking import found_in
from loa.moderation.rules.risk import Facts, local_time, price_words
from loa.organizations import queries as organizations
from loa.releases.models import Kind, Release
from loa.releases.preflight import duplicates
from loa.releases.preflight.release import draft_of
from loa.releases.queries import ADDRESS, scheduled, waiting, words_of

PAGE = 50
LATELY = timedelta(days=30)
RECOVERED, NEW_DEVICE = timedelta(days=7), timedelta(days=1)

_IN_ADDRESS = re.compile(r"/r/([\w-]+)")


@dataclass(frozen=True)
class Change:
    """One field that says something else since the release was sent back."""

    label: str
    runs: Sequence[diff.Run]


@dataclass(frozen=True)
class Waiting:
    """A release in the queue; `changed` counts the places changed since it was sent back, None if it never was."""

    release: Release
    changed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How the queue is narrowed and ordered; empty means all."""

    words: str = ""  # of the organization's name or of the headline
    sign: str = ""
    kind: str = ""
    hands: str = ""  # "mine", "free"
    order: str = ""  # "risk", else the oldest first
    number: int = 1  # of the page

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.sign or self.kind or self.hands)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the queue, how many fit, and how many wait in all."""

    rows: list[Waiting]
    found: int
    number: int
    pages: int


def page_of_queue(portal_id: int, wanted: Wanted, person: Person) -> Page:
    """The releases that wait, as they are wanted."""
    rows = _narrowed(waiting(portal_id), wanted, person)
    found = rows.count()
    pages = max(1, -(-found // PAGE))
    number = min(max(1, wanted.number), pages)
    if wanted.order == "risk":
        rows = rows.order_by(F("case__score").desc(nulls_first=True), "submitted_at", "pk")
    # Ten thousand rows are sorted by their ids alone: whole texts would be carried through the sorting.
    ids = list(rows.values_list("pk", flat=True)[(number - 1) * PAGE : number * PAGE])
    part = waiting(portal_id).select_related("case__claimed_by").in_bulk(ids)
    return Page([Waiting(part[pk], _places(part[pk])) for pk in ids if pk in part], found, number, pages)


def _narrowed(rows: QuerySet[Release], wanted: Wanted, person: Person) -> QuerySet[Release]:
    if wanted.words:
        said = vietnamese.kept(wanted.words)
        by_name = Q(organization__slug__contains=slugify(said)) if slugify(said) else Q()
        rows = rows.filter(by_name | Q(headline__icontains=said))
    if wanted.sign:
        rows = rows.filter(case__names__contains=f",{wanted.sign},")
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.hands == "mine":
        rows = rows.filter(case__claimed_by=person, case__claimed_until__gt=clock.now())
    if wanted.hands == "free":
        is_free = Q(case=None) | Q(case__claimed_until=None) | Q(case__claimed_until__lte=clock.now())
        rows = rows.filter(is_free)
    return rows


def claimed_by(release: Release) -> Person | None:
    """Who looks at a release now."""
    row = Case.objects.select_related("claimed_by").filter(release=release, claimed_until__gt=clock.now()).first()
    return row.claimed_by if row else None


def signs_of(release: Release) -> tuple[int | None, list[str]]:
    """What a release weighs, and why, in the reader's language."""
    case = Case.objects.filter(release=release).first()
    return (case.score, risk.in_words(case.signs)) if case else (None, [])


def median_minutes(portal_id: int) -> float | None:
    """How long a release waited for its moderator, in the middle of the last thirty days."""
    rows = Decision.objects.filter(portal_id=portal_id, decided_at__gte=clock.now() - LATELY).exclude(minutes=None)
    latest = rows.order_by("-decided_at").values_list("minutes", flat=True)[:10_000]
    waited = [minutes for minutes in latest if minutes is not None]
    return statistics.median(waited) if waited else None


def decisions(release: Release) -> QuerySet[Decision]:
    """What moderators said to a release, the latest first."""
    return Decision.objects.select_related("person").filter(release=release).order_by("-decided_at")


def passages(release: Release) -> list[tuple[Passage, bool]]:
    """What was marked in a release that went back, and whether the words still stand there."""
    text = "\n".join(words_of(release).values())
    return [(row, found_in(text, row.words) is not None) for row in Passage.objects.filter(release=release)]


def facts_of(release: Release, person: Person) -> Facts:
    """What is known of a release as it stands now, and of who sends it."""
    organization = release.organization
    draft = draft_of(release)
    hosts = {host for one in ADDRESS.findall(release.body_html) if (host := domains.registered_or_none(one))}
    alike = organizations.likenesses(organization).filter(cleared_at=None).first()
    return Facts(
        is_new=organization.approved_at is None,
        is_verified=organization.is_verified,
        is_recovered=Recovery.objects.filter(person=person, at__gte=clock.now() - RECOVERED).exists(),
        is_new_device=_is_on_new_device(person),
        is_ownerless=organizations.is_ownerless(organization),
        looks_like=alike.other_words if alike else "",
        price_words=price_words(release.headline, release.subtitle, release.lead, html.to_text(release.body_html)),
        is_results=release.kind == Kind.RESULTS,
        is_like_earlier=next((found.excerpt for found in duplicates.check(draft)), ""),
        local=local_time(clock.now(), organization.portal.time_zone),
        links=len(ADDRESS.findall(release.body_html)),
        sites=len(hosts - {organization.domain, domains.registered_or_none(organization.website)}),
    )


def _is_on_new_device(person: Person) -> bool:
    """Whether the browser last signed in from was unknown a day ago, to somebody who was known by another before."""
    first = SignIn.objects.filter(person=person).values("device_digest").annotate(first=Min("at")).order_by("first")
    seen = {row["device_digest"]: row["first"] for row in first}
    last = SignIn.objects.filter(person=person).order_by("-at").values_list("device_digest", flat=True).first()
    since = clock.now() - NEW_DEVICE
    return last is not None and seen[last] > since and any(at <= since for at in seen.values())


def _places(release: Release) -> int | None:
    if not release.sent_back_words:
        return None
    return sum(diff.places(change.runs) for change in changes(release))


def changes(release: Release) -> list[Change]:
    """What a release says now against what it said when it was sent back, in the order of the form."""
    before = release.sent_back_words
    now = words_of(release) if before else {}
    pairs = [(name, said(name, before.get(name, "")), said(name, now.get(name, ""))) for name in FIELDS]
    compared = [(name, diff.runs(old, new)) for name, old, new in pairs if old != new]
    return [Change(str(FIELDS[name]), runs) for name, runs in compared if diff.places(runs)]


def reports(portal_id: int) -> QuerySet[Report]:
    """Unsettled reports, oldest first."""
    rows = Report.objects.select_related("entry__current", "entry__portal", "entry__organization")
    return rows.filter(settled_at=None, entry__portal_id=portal_id).order_by("due_at", "reported_at")


def get_waiting(portal_id: int, public_id: str) -> Release | None:
    """One release of a portal that waits for a moderator, or for its time: it can still be sent back then."""
    return (waiting(portal_id) | scheduled(portal_id)).filter(public_id=public_id).first()


def public_id_in(typed: str) -> str:
    """The id in an address of a release, whatever stands around it; else what was typed is taken for the id."""
    found = _IN_ADDRESS.search(typed)
    return found[1] if found else typed.strip()


def get_shown(portal_id: int, public_id: str) -> Entry | None:
    """An entry that readers see now, whether it was written here or brought in."""
    return archive.public(portal_id).filter(public_id=public_id).first()
