"""Show: write onto an organization what readers are told of who it is."""

from loa.edge.actions.purge import purge
from loa.lib import domains
from loa.organizations.actions.compare import compare
from loa.organizations.models import Organization
from loa.verification.models import Proof, Way


def show(organization_id: int) -> Organization:
    """In the caller's transaction; pages that carry the mark are made anew, and the domain is compared with others."""
    organization = Organization.objects.select_for_update(of=("self",)).get(pk=organization_id)
    standing = list(Proof.objects.filter(organization=organization, ended_at=None).exclude(proven_at=None))
    standing.sort(key=lambda proof: (proof.proven_at, proof.pk))
    before = organization.domain
    proven = [proof.domain for proof in standing if proof.way != Way.REGISTER]
    # The domain readers know stays while it is proven, also when an older proof comes along with a double.
    organization.domain = before if before in proven else next(iter(proven), "")
    organization.evidence = [_said(proof) for proof in standing]
    organization.save(update_fields=["domain", "evidence"])
    if organization.domain != before:
        compare(organization)
    purge([f"org:{organization.pk}", "front"] if organization.domain != before else [f"org:{organization.pk}"])
    return organization


def _said(proof: Proof) -> dict[str, str]:
    return {
        "way": proof.way,
        "domain": domains.shown(proof.domain),
        "since": proof.proven_at.isoformat() if proof.proven_at else "",
        "checked": proof.seen_at.isoformat() if proof.seen_at else "",
    }
