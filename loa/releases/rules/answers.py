"""Whether those who were asked said yes to the text as it stands."""

import json

from loa.lib import tokens
from loa.organizations import queries as organizations
from loa.releases import queries
from loa.releases.models import Approval, Confirmation, Partnership, Release

Answered = Approval | Confirmation | Partnership

# What several senders say together.
AGREED = (
    "kind", "language", "headline", "subtitle", "lead", "body_html", "dateline", "source_url", "source_name", "contact",
    "pictures", "videos", "attachments", "quotes", "documents", "facts", "licence",
)  # fmt: skip


def approvals_of(release: Release) -> list[tuple[Approval, str]]:
    """Whoever was asked to approve it, each with where that stands."""
    return [(row, standing(row, release)) for row in queries.approvals(release)]


def standing(approval: Approval, release: Release) -> str:
    """Where an approval stands: "waiting", "wish", "approved", or "changed" since they approved."""
    if approval.answered_at is None:
        return "waiting"
    if not approval.is_approved:
        return "wish"
    return "approved" if release.entry_id is not None or has_approved(approval, release) else "changed"


def has_approved(approval: Approval, release: Release) -> bool:
    """Whether they approved the text as it stands."""
    return said_yes(approval, release, is_yes=approval.is_approved)


def counts(approval: Approval, release: Release) -> bool:
    """Whether it is the second pair of eyes: a member who may approve and did not write the text.

    Who has no account counts where an owner asked them; a writer could ask an address of their own.
    """
    if not has_approved(approval, release):
        return False
    if approval.person is not None:
        is_other = approval.person_id not in queries.writers(release)
        return is_other and organizations.may_approve(approval.person, release.organization)
    asked_by = approval.asked_by
    return asked_by is not None and organizations.is_owner(asked_by, release.organization)


def said_yes(answer: Answered, release: Release, *, is_yes: bool) -> bool:
    """Whether somebody who was asked said yes to the text as it stands; any change of it asks again."""
    return answer.answered_at is not None and is_yes and answer.text_digest == text_digest(release)


def is_confirmed(release: Release) -> bool:
    """Whether an owner confirmed the text as it stands, where the portal's editors write it and it is not out yet."""
    if not release.is_by_desk or release.entry_id is not None:
        return True
    answer = Confirmation.objects.filter(release=release).first()
    return answer is not None and said_yes(answer, release, is_yes=answer.is_confirmed)


def has_agreed(partnership: Partnership, release: Release) -> bool:
    """Whether this organization said yes to the text as it stands."""
    return said_yes(partnership, release, is_yes=partnership.is_agreed)


def text_digest(release: Release) -> str:
    """SHA-256 (hex) over what the senders of a joint release agree to: its text, and who stands with them."""
    said = {name: getattr(release, name) for name in AGREED}
    said["partners"] = sorted(release.partnerships.values_list("organization_id", flat=True))
    return tokens.digest(json.dumps(said, ensure_ascii=False, sort_keys=True).encode())
