"""Write down: what a release says now is kept as a revision, inside the caller's transaction."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from loa.accounts.models import Person
from loa.lib import clock
from loa.releases import queries
from loa.releases.models import Release, Revision, Way

TOGETHER = timedelta(minutes=10)  # saves by themselves of one person within these are one revision
MOST = 200  # revisions of one text that are not kept for ever
_KEPT = Q(is_submitted=True) | Q(is_published=True)


def write_down(
    release: Release, fields: dict[str, Any], *, person: Person | None, way: str, number: int, language: str = "",
    page: str = "",
) -> Revision:  # fmt: skip
    """The text as plain values under its number.

    Saves by themselves become one with what the same page saves next, unless the older text stands on another
    page. What was submitted or published stays for ever, of the rest the newest `MOST`.
    """
    now = clock.now()
    last = queries.line(release, language).select_related(None).defer("fields").first()
    if last is not None and (last.number == number or _goes_on(last, person, way, page, now)):
        last.number, last.fields, last.way, last.person, last.page = number, fields, way, person, page
        last.saved_at = now
        last.save()
        return last
    made = Revision.objects.create(
        release=release, language=language, number=number, fields=fields, way=way, person=person, page=page,
        began_at=now, saved_at=now,
    )  # fmt: skip
    _thin_out(release, language)
    return made


def write_down_what_stood(release: Release, fields: dict[str, Any]) -> None:
    """A text nobody wrote down yet, before another takes its place: one from before there were revisions."""
    if not queries.line(release).filter(number=release.revision).exists():
        write_down(release, fields, person=None, way=Way.FOUND, number=release.revision)


def keep_for_ever(release: Release, **marks: bool) -> None:
    """Marks the release's present text as submitted or published."""
    write_down_what_stood(release, queries.plain(release))
    queries.line(release).filter(number=release.revision).order_by().update(**marks)


def _goes_on(last: Revision, person: Person | None, way: str, page: str, now: datetime) -> bool:
    """Whether the next save takes the place of the last: it is the same stretch of work, and no other page shows it."""
    if last.way != Way.AUTOSAVED or way not in (Way.AUTOSAVED, Way.SAVED) or page != last.page:
        return False
    if (
        person is None
        or last.person_id != person.pk
        or last.is_submitted
        or last.is_published
        or now - last.began_at > TOGETHER
    ):
        return False
    shown = last.release.presences.filter(revision=last.number, seen_at__gte=now - timedelta(days=1))
    return not shown.exclude(page=page).exists()  # one person may have two pages open


def _thin_out(release: Release, language: str) -> None:
    """Saves by themselves go first, the oldest of them; then what else is oldest.

    What a text kept aside began from stays as long as nobody has chosen: without it every field is in dispute.
    """
    begun_from = queries.set_aside(release).exclude(base=None).order_by().values("base")
    rows = queries.line(release, language).exclude(_KEPT).exclude(pk__in=begun_from)
    too_many = rows.count() - MOST
    if too_many > 0:
        by_themselves = rows.filter(way=Way.AUTOSAVED).order_by("number").values_list("pk", flat=True)
        oldest = rows.order_by("number").values_list("pk", flat=True)
        Revision.objects.filter(pk__in=[*by_themselves[:too_many], *oldest][:too_many]).delete()
