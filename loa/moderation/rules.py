"""Questions of the desk."""

from loa.organizations.models import Organization


def may_publish_unreviewed(organization: Organization) -> bool:
    """Whether a moderator has let this organization out once, and it is not suspended."""
    return organization.approved_at is not None and organization.suspended_at is None
