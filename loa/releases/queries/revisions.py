"""What a release said before, and who else has it open."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from loa.accounts.models import Person
from loa.releases.models import Presence, Release, Revision, Way

BESIDE = (Way.ASIDE, Way.SENT)  # revisions that were never what the release said
HERE = timedelta(seconds=45)  # how long somebody counts as being here after their page was heard of


def line(release: Release, language: str = "") -> QuerySet[Revision]:
    """What a release said, one revision after another, the latest first."""
    rows = release.revisions.filter(language=language).exclude(way__in=BESIDE)
    return rows.select_related("person").order_by("-number")


def set_aside(release: Release) -> QuerySet[Revision]:
    """Texts kept because others had changed the same fields, and that wait for a person, the latest first."""
    rows = release.revisions.filter(way=Way.ASIDE, is_settled=False)
    return rows.select_related("person", "base").order_by("-saved_at")


def revision(release: Release, public_id: str) -> Revision | None:
    """One revision of a release, whatever its kind."""
    return release.revisions.select_related("person", "base").filter(public_id=public_id).first()


def others_here(release: Release, person: Person, now: datetime) -> list[Presence]:
    """Who else has the release open, each once, the last seen first."""
    rows = release.presences.select_related("person").filter(seen_at__gte=now - HERE).exclude(person=person)
    return list({row.person_id: row for row in rows.order_by("seen_at")}.values())[::-1]
