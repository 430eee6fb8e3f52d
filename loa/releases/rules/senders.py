"""Who sends a release and who pays for it, and whether they may."""

from loa.organizations.models import Kind as OrganizationKind
from loa.organizations.models import Organization
from loa.plans import queries as plans
from loa.releases import queries
from loa.releases.models import Kind, Release
from loa.releases.states import State


def is_spoken_for(release: Release) -> bool:
    """Whether whoever sent it may still speak for its organization."""
    return release.sent_by is not None and release.sent_by.is_active and queries.may_write(release.sent_by, release)


def payer_of(release: Release) -> Organization:
    """Whose allowance a release is spent from: the agency's that writes it, else its own."""
    return release.agency or release.organization


def has_allowance(release: Release) -> bool:
    """Whether whoever pays has something left to publish this with; the portal's own desk needs none."""
    is_free = release.organization.kind == OrganizationKind.PORTAL_DESK
    return is_free or plans.may_publish(payer_of(release))


def is_suspended(release: Release) -> bool:
    """Whether the organization may not act now: it is suspended, or closed."""
    return release.organization.suspended_at is not None or release.organization.closed_at is not None


def may_be_listed(release: Release) -> bool:
    """Whether sisters may be asked to list a release: it is out, and a release rather than a story of the house."""
    return release.state == State.PUBLISHED and release.kind != Kind.LIFE
