"""Reads of what was kept."""

from datetime import timedelta

from loa.compose.models import KeptDraft
from loa.lib import clock, tokens

DAYS = 7  # how long what nobody took up is kept


def kept(token: str) -> dict[str, str]:
    """What was typed before sign-up; empty where the token holds nothing, or held it too long ago."""
    if not token:
        return {}
    rows = KeptDraft.objects.filter(token_digest=tokens.digest(token.encode()))
    row = rows.filter(kept_at__gte=clock.now() - timedelta(days=DAYS)).first()
    return dict(row.fields) if row else {}
