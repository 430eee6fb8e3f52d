"""Invite: ask a colleague to join, by mail."""

from django.conf import settings
from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import tokens
from loa.mail.actions.queue import queue
from loa.organizations import queries
from loa.organizations.errors import NotOwner, Suspended
from loa.organizations.models import Invitation, Organization

TEXT = """{name} mời bạn cùng viết thông cáo trên cổng.

Mở trang này và bấm nút để nhận lời: {address}

Nếu bạn không chờ lời mời này, hãy bỏ qua thư.
"""


def invite(person: Person, organization: Organization, *, email: str) -> Invitation:
    """Queues one mail with a link to a page with a button; only the mail has the token. Raises NotOwner, Suspended."""
    if not queries.is_owner(person, organization):
        raise NotOwner
    if queries.is_suspended(organization):
        raise Suspended
    token = tokens.random_id()
    with transaction.atomic():
        invitation = Invitation.objects.create(
            organization=organization, email=email.lower(), token_digest=tokens.digest(token.encode())
        )
        queue(
            key=f"invite:{invitation.public_id}", to=email, subject=f"Lời mời của {organization.name}",
            text=TEXT.format(name=organization.name, address=f"{settings.LOA_ORIGIN}/desk/join/{token}"),
        )  # fmt: skip
        record(actor(person), act="invite", subject=f"organization:{organization.pk}")
    return invitation
