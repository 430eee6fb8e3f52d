"""Lock: a proof as it stands, which nobody else changes until the transaction ends."""

from django.db.models import Q

from loa.organizations.models import Organization
from loa.verification import queries
from loa.verification.errors import ProofGone
from loa.verification.models import Proof


def lock(proof: Proof) -> Proof:
    """Organizations are locked before proofs, and the lower number before the higher, so that nobody waits in a ring.

    All that strive for the domain are: of two who are seen there at one moment the second finds it taken.
    Raises ProofGone where it ended or went to another organization in between.
    """
    rivals = queries.rivals(proof.organization, proof.domain).values("organization")
    wanted = Q(pk=proof.organization_id) | Q(pk__in=rivals)
    list(Organization.objects.select_for_update().filter(wanted).order_by("pk"))
    rows = Proof.objects.select_for_update(of=("self",)).select_related("organization__portal")
    found = rows.filter(pk=proof.pk, organization=proof.organization_id, ended_at=None).first()
    if found is None:
        raise ProofGone
    return found
