"""Keep a template: what a release says now is kept to begin others with; and throw one away."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import vietnamese
from loa.organizations.models import Organization
from loa.releases.errors import TooMany
from loa.releases.models import Release, Template
from loa.releases.queries import for_a_copy

MOST = 50  # templates of an organization


def keep_template(person: Person, release: Release, *, name: str) -> Template:
    """One of the same name takes its place. Raises TooMany."""
    name = vietnamese.kept(" ".join(name.split()))[:80]
    with transaction.atomic():
        Organization.objects.select_for_update().get(pk=release.organization_id)
        rows = Template.objects.filter(organization=release.organization)
        if rows.exclude(name=name).count() >= MOST:
            raise TooMany
        template, _is_new = Template.objects.update_or_create(
            organization=release.organization, name=name, defaults={"fields": for_a_copy(release), "kept_by": person}
        )
        detail = {"from": release.public_id, "name": name}
        subject = f"organization:{release.organization_id}"
        record(actor(person), act="keep_template", subject=subject, detail=detail)
    return template


def drop_template(person: Person, template: Template) -> None:
    """Drafts that began with it stay; twice does nothing more."""
    with transaction.atomic():
        if Template.objects.filter(pk=template.pk).delete()[0]:
            subject = f"organization:{template.organization_id}"
            record(actor(person), act="drop_template", subject=subject, detail={"name": template.name})
