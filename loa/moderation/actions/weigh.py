"""Weigh: write down what a submitted release weighs, and why, for whoever decides."""

from django.db import transaction

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import record
from loa.lib import clock
from loa.moderation.models import Case
from loa.moderation.queries import facts_of
from loa.moderation.rules.risk import Weight
from loa.moderation.rules.risk import weigh as weighed
from loa.releases.models import Release


def weigh(person: Person, release: Release) -> Weight:
    """A release sent again is weighed anew; nobody looks at it yet."""
    weight = weighed(facts_of(release, person))
    with transaction.atomic():
        names = "".join(f",{one['name']}" for one in weight.signs)
        Case.objects.update_or_create(
            release=release,
            defaults={
                "weighed_at": clock.now(), "score": weight.score, "signs": weight.signs,
                "names": f"{names}," if names else "", "claimed_by": None, "claimed_until": None,
            },
        )  # fmt: skip
        detail = {"score": weight.score, "signs": [one["name"] for one in weight.signs]}
        record(actor(person), act="weigh", subject=f"release:{release.public_id}", detail=detail)
    return weight
