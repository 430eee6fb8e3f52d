"""Reads of what was kept."""

from loa.compose.models import KeptDraft
from loa.lib import tokens


def kept(token: str) -> dict[str, str]:
    """What was typed before sign-up; empty where the token holds nothing."""
    row = KeptDraft.objects.filter(token_digest=tokens.digest(token.encode())).first() if token else None
    return dict(row.fields) if row else {}
