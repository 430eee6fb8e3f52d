"""Hand over: every release, file and entry of an organization becomes another's, at their old addresses."""

from django.db.models import Q

from loa.archive.actions import hand_over as archive
from loa.media.actions import hand_over as media
from loa.organizations.models import Organization
from loa.releases.models import Partnership, Release, Template


def hand_over(double: Organization, into: Organization) -> list[str]:
    """Inside the caller's transaction, which records it; answers the public ids of the entries that moved."""
    Release.objects.filter(organization=double).update(organization=into)
    Release.objects.filter(agency=double).update(agency=into)
    taken = Template.objects.filter(organization=into).values("name")
    Template.objects.filter(organization=double).exclude(name__in=taken).update(organization=into)
    both = Partnership.objects.filter(organization=into).values("release")
    stale = Q(release__in=both) | Q(release__organization=into)
    Partnership.objects.filter(stale, organization=double).delete()
    Partnership.objects.filter(organization=double).update(organization=into)
    media.hand_over(f"organization:{double.pk}", f"organization:{into.pk}")
    return archive.hand_over(double.pk, into.pk)
