"""Take up: a kept draft becomes the first release of its writer's organization."""

from django.db import transaction

from loa.accounts.models import Person
from loa.compose.models import KeptDraft
from loa.lib import tokens
from loa.organizations.models import Organization
from loa.releases.actions.save import begin
from loa.releases.models import Release


def take_up(person: Person, organization: Organization, *, token: str) -> Release | None:
    """Once: the row goes as the release comes. None where the token holds nothing. Raises Suspended."""
    with transaction.atomic():
        row = KeptDraft.objects.select_for_update().filter(token_digest=tokens.digest(token.encode())).first()
        if row is None:
            return None
        release = begin(person, organization, fields={"language": organization.portal.language, **row.fields})
        row.delete()
        return release
