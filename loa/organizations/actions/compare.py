"""Compare: write down what is left of an organization's names, and which others look like it.

It belongs to the acts that give a name or a domain, and runs in their transaction.
"""

from dataclasses import dataclass

from django.db.models import Q

from loa.lib import clock, domains, likeness
from loa.organizations.models import Likeness, Organization, ProtectedName, Skeleton


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of one that looks like a name of the other."""

    own: Skeleton
    other: Skeleton
    is_same: bool


def compare(organization: Organization) -> None:
    """Whoever came later, or has proven less, waits for a person; what no longer looks alike is forgotten.

    A double that was merged is called nothing any more: its names are those of the organization it is.
    """
    if organization.merged_into_id is not None:
        organization.skeletons.all().delete()
        Likeness.objects.filter(Q(organization=organization) | Q(other=organization)).delete()
        return
    own, kept = _written(organization), set()
    for hit in (hit for one in own for hit in hits(one)):
        held, against = _held(organization, hit)
        if held is not None:
            is_own = held.pk == organization.pk
            kept.add(keep(held, against, hit if is_own else Hit(hit.other, hit.own, hit.is_same)).pk)
    Likeness.objects.filter(organization=organization).exclude(pk__in=kept).delete()
    _let_go(organization, own)


def _let_go(organization: Organization, own: list[Skeleton]) -> None:
    """Whoever waited because of a name it had, or of a standing it has no longer, waits for it no more."""
    said = {(one.is_domain, one.words) for one in own}
    rows = Likeness.objects.filter(other=organization).select_related("organization")
    stale = [
        row.pk
        for row in rows
        if (row.is_domain, row.other_words) not in said or _standing(row.organization) < _standing(organization)
    ]
    Likeness.objects.filter(pk__in=stale).delete()


def compare_protected(name: ProtectedName) -> None:
    """The same from the other side: the operator guards another name."""
    name.skeletons.all().delete()
    said = [(name.name, False)] + ([(name.domain, True)] if name.domain else [])
    rows = [_row(name.portal_id, words, is_domain=is_domain, protected=name) for words, is_domain in said]
    for row in Skeleton.objects.bulk_create([row for row in rows if row.key]):
        for hit in hits(row):
            if hit.other.organization is not None and not _is_owner_of(hit.other.organization, name):
                keep(hit.other.organization, name, Hit(hit.other, hit.own, hit.is_same))


def hits(own: Skeleton) -> list[Hit]:
    """Which names of the portal look like this one: by its key, or by a half of it and a closer look."""
    heads, tails = likeness.halves_within_one(own.key)
    near = Q(key=own.key) | Q(head__in=heads) | Q(tail__in=tails)
    rows = Skeleton.objects.filter(near, portal_id=own.portal_id, is_domain=own.is_domain).exclude(pk=own.pk)
    if own.organization_id is not None:
        rows = rows.exclude(organization_id=own.organization_id)
    pairs = rows.values_list("pk", "key")
    fits = [pk for pk, key in pairs if key == own.key or (heads and likeness.is_within_one(key, own.key))]
    found = Skeleton.objects.select_related("organization", "protected").filter(pk__in=fits[:50]).order_by("pk")
    return [Hit(own, other, other.key == own.key) for other in found]


def keep(organization: Organization, against: Organization | ProtectedName, hit: Hit) -> Likeness:
    """A row a pair of names; cleared it stays, whichever of the two waits, while neither is called something else."""
    other = against if isinstance(against, Organization) else None
    protected = against if isinstance(against, ProtectedName) else None
    turned = Likeness.objects.filter(
        organization=other, other=organization, is_domain=hit.own.is_domain, own_words=hit.other.words,
        other_words=hit.own.words,
    ).first()  # fmt: skip
    row, _ = Likeness.objects.get_or_create(
        organization=organization, is_domain=hit.own.is_domain, own_words=hit.own.words, other_words=hit.other.words,
        other_key=f"{'protected' if protected else 'organization'}:{against.pk}",
        defaults={
            "other": other, "protected": protected, "is_same": hit.is_same, "found_at": clock.now(),
            "cleared_at": turned.cleared_at if turned else None, "cleared_by": turned.cleared_by if turned else None,
        },
    )  # fmt: skip
    return row


def _written(organization: Organization) -> list[Skeleton]:
    site = organization.domain or domains.registered_or_none(organization.website) or ""
    said = [(organization.name, False), (organization.name_en, False), (site, True)]
    rows = [
        _row(organization.portal_id, words, is_domain=is_domain, organization=organization)
        for words, is_domain in said
        if words
    ]
    organization.skeletons.all().delete()
    return Skeleton.objects.bulk_create([row for row in rows if row.key])


def _row(
    portal_id: int, words: str, *, is_domain: bool,
    organization: Organization | None = None, protected: ProtectedName | None = None,
) -> Skeleton:  # fmt: skip
    left = likeness.of_domain(words) if is_domain else likeness.of_name(words)
    return Skeleton(
        portal_id=portal_id, organization=organization, protected=protected, is_domain=is_domain, words=words,
        key=left.key, head=left.head, tail=left.tail,
    )  # fmt: skip


def _held(organization: Organization, hit: Hit) -> tuple[Organization | None, Organization | ProtectedName]:
    """Which of the two waits, and because of whom; None where a protected name is the organization's own."""
    name, other = hit.other.protected, hit.other.organization
    if name is not None:
        return (None if _is_owner_of(organization, name) else organization), name
    assert other is not None  # noqa: S101 (a skeleton is of one or the other)
    first, second = sorted((organization, other), key=_standing)
    return second, first


def _standing(organization: Organization) -> tuple[bool, int]:
    """Who has proven a domain stands before who has not, then who came first."""
    return not organization.domain, organization.pk


def _is_owner_of(organization: Organization, name: ProtectedName) -> bool:
    return bool(name.domain) and organization.domain == name.domain
