"""Hold: what somebody works on uses these files now, and no others."""

from collections.abc import Iterable

from django.db import transaction

from loa.media import queries
from loa.media.models import Use


def hold(texts: Iterable[str], *, key: str, owner_key: str) -> None:
    """Notes the files whose addresses stand in the texts as used by `key`, without showing them to anybody."""
    with transaction.atomic():
        files = queries.owned(owner_key, queries.files_in(texts))
        Use.objects.filter(key=key).exclude(file__in=files).delete()
        Use.objects.bulk_create([Use(file=file, key=key) for file in sorted(files)], ignore_conflicts=True)
