"""Keep: hold what somebody typed until they have an account, or have signed in again."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from loa.compose.models import KeptDraft
from loa.compose.queries import DAYS
from loa.lib import clock, html, tokens, vietnamese
from loa.releases.actions.save import TEXTS
from loa.releases.models import Release


def keep(fields: Mapping[str, str], *, token: str = "") -> str:
    """Writes the row and answers its token; rows older than a week go, since nobody owns them."""
    token = token or tokens.random_id()
    cleaned = {name: _cut(name, fields[name]) for name in TEXTS if fields.get(name)}
    body = vietnamese.kept(fields.get("body_html", ""))
    # Plain text stays as it was typed: it is shown in a plain field again, and made markup when it is taken up.
    cleaned["body_html"] = html.clean(body) if html.is_markup(body) else body
    with transaction.atomic():
        KeptDraft.objects.filter(kept_at__lt=clock.now() - timedelta(days=DAYS)).delete()
        KeptDraft.objects.update_or_create(token_digest=tokens.digest(token.encode()), defaults={"fields": cleaned})
    return token


def _cut(name: str, text: str) -> str:
    """As Loa keeps it, and no longer than a release holds: no form has looked at this text yet."""
    most: int | None = getattr(Release._meta.get_field(name), "max_length", None)
    return vietnamese.kept(text)[:most]
