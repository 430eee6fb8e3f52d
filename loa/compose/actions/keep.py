"""Keep: hold what a visitor typed until they have an account."""

from datetime import timedelta

from django.db import transaction

from loa.compose.models import KeptDraft
from loa.lib import clock, html, tokens, vietnamese

DAYS = 14


def keep(fields: dict[str, str], *, token: str = "") -> str:
    """Writes the row and answers its token; rows older than two weeks go, since nobody owns them."""
    token = token or tokens.random_id()
    cleaned = {
        "headline": vietnamese.nfc(fields.get("headline", ""))[:300],
        "body_html": html.clean(fields.get("body_html", "")),
    }
    with transaction.atomic():
        KeptDraft.objects.filter(kept_at__lt=clock.now() - timedelta(days=DAYS)).delete()
        KeptDraft.objects.update_or_create(token_digest=tokens.digest(token.encode()), defaults={"fields": cleaned})
    return token
