"""Let out: everyone may read the files that something public shows."""

from collections.abc import Iterable

from django.db import transaction

from loa.media import queries
from loa.media.models import Use


def let_out(texts: Iterable[str], *, key: str, owner_key: str) -> None:
    """Makes public the files whose addresses stand in the texts, as used by `key`; only those of this owner.

    A file of somebody else stays theirs to show. Twice does nothing more, and nothing is taken back.
    """
    with transaction.atomic():
        files = queries.owned(owner_key, queries.files_in(texts))
        rows = [Use(file=file, key=key, is_public=True) for file in sorted(files)]
        Use.objects.bulk_create(rows, ignore_conflicts=True)
        Use.objects.filter(key=key, file__in=files).update(is_public=True)
