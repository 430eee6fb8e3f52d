"""Enter person: note somebody who speaks for an organization, as they come with its archive."""

from django.db import transaction

from loa.audit.actions.record import Actor, record
from loa.lib import vietnamese
from loa.organizations.actions.keep_person import free_slug, last_position
from loa.organizations.models import Organization, Spokesperson


def enter_person(actor: Actor, organization: Organization, *, name: str, role: str = "") -> Spokesperson:
    """The person of this name in the organization; one who is not there is made.

    They can be quoted; readers see no page of theirs until the organization notes that they agreed to it.
    """
    name = vietnamese.kept(name.strip())
    with transaction.atomic():
        # Two runs adding the same name at once would ask for the same address.
        Organization.objects.select_for_update().get(pk=organization.pk)
        found = organization.people.filter(name=name).first()
        if found is not None:
            return found
        person = Spokesperson.objects.create(
            organization=organization, name=name, role=role, slug=free_slug(organization, name),
            position=last_position(organization),
        )  # fmt: skip
        record(actor, act="enter_person", subject=f"person:{person.public_id}")
        return person
