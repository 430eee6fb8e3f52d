"""Reads of what was kept before sign-up, and of where files are used."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from loa.compose.models import KeptDraft
from loa.lib import clock, tokens
from loa.media import queries as media
from loa.releases.models import Release

KINDS = ("release", "translation", "entry", "organization", "person", "portal")
DAYS = 7  # how long what nobody took up is kept


def kept(token: str) -> dict[str, str]:
    """What was typed before sign-up; empty where the token holds nothing, or held it too long ago."""
    if not token:
        return {}
    rows = KeptDraft.objects.filter(token_digest=tokens.digest(token.encode()))
    row = rows.filter(kept_at__gte=clock.now() - timedelta(days=DAYS)).first()
    return dict(row.fields) if row else {}


@dataclass(frozen=True)
class Uses:
    """Where a file is used: releases, and whether a profile or a page of the portal shows it."""

    releases: list[Release]
    is_profile: bool
    is_portal: bool
    is_public: bool

    def __bool__(self) -> bool:
        return bool(self.releases) or self.is_profile or self.is_portal


def uses_of(file: str) -> Uses:
    """Everything that shows a file, an entry under the release it came from."""
    uses = list(media.uses_of([file]))
    keys = {kind: [use.key.partition(":")[2] for use in uses if use.key.startswith(f"{kind}:")] for kind in KINDS}
    written = {*keys["release"], *(key.partition(":")[0] for key in keys["translation"])}
    found = Release.objects.filter(Q(public_id__in=written) | Q(entry__public_id__in=keys["entry"]))
    return Uses(
        releases=list(found.select_related("entry").order_by("-saved_at")),
        is_profile=bool(keys["organization"] or keys["person"]), is_portal=bool(keys["portal"]),
        is_public=any(use.is_public for use in uses),
    )  # fmt: skip
