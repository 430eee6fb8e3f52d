"""What people without an account may read before it is out, by a mailed link."""

from django.db.models import Count, Max, QuerySet

from loa.lib import clock, tokens
from loa.releases.models import Approval, EarlyReader, Release
from loa.releases.states import EDITABLE, State


def approval_of_link(token: str) -> Approval | None:
    """What a person without an account was asked by a mailed link, until it expires or the text is sent; or None."""
    rows = _guests().select_related("release__organization__portal", "release__author")
    return rows.filter(token_digest=tokens.digest(token.encode())).first()


def _guests() -> QuerySet[Approval]:
    """What people without an account may read now: texts in hand of organizations that may act."""
    rows = Approval.objects.filter(person=None, expires_at__gt=clock.now(), release__state__in=EDITABLE)
    return rows.filter(release__organization__suspended_at=None, release__organization__closed_at=None)


def shown_to_guest(token_digest: str) -> Release | None:
    """The release that a good link leads to, by the digest of its token; its files may be seen too."""
    if not token_digest:
        return None
    approval = _guests().select_related("release").filter(token_digest=token_digest).first()
    if approval is not None:
        return approval.release
    reader = EarlyReader.objects.select_related("release").filter(token_digest=token_digest).first()
    return reader.release if reader is not None and may_read_early(reader) else None


def early_readers(release: Release) -> QuerySet[EarlyReader]:
    """Who may read it before its time, in the order they were named, with how often and when they opened it."""
    rows = release.early_readers.annotate(opened=Count("openings"), last_opened_at=Max("openings__opened_at"))
    return rows.order_by("pk")


def early_reader_of_link(token: str) -> EarlyReader | None:
    """Whom a mailed link was sent to, unless it was taken back; whether they may read now is asked apart."""
    rows = EarlyReader.objects.select_related("release__organization__portal", "release__entry__current")
    return rows.filter(token_digest=tokens.digest(token.encode()), revoked_at=None).first()


def may_read_early(reader: EarlyReader) -> bool:
    """Whether the text is theirs to read now: it waits for its time, and their link is good."""
    is_good = reader.revoked_at is None and reader.expires_at > clock.now()
    return is_good and reader.release.state == State.SCHEDULED
