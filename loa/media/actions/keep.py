"""Keep: the row of a file whose bytes are written, where they fit into what its owner's files may take."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from loa.media import queries, store
from loa.media.errors import StorageFull
from loa.media.models import Quota, Rendition, State
from loa.media.queries import Row


def keep(file: Row, renditions: Sequence[Rendition] = (), *, is_bound: bool = True) -> Row:
    """The kept file: the one the owner had already where the same bytes came in beside these. Raises StorageFull.

    Where no row is written its bytes go again. Who is not bound (an operator's import) is only counted.
    """
    try:
        with transaction.atomic():
            if is_bound and file.size:  # what lies at a provider's takes nothing here
                reserve(file.owner_key, file.total)
            file.save()
            Rendition.objects.bulk_create(renditions)
    except Exception as fact:
        store.drop(*([file.file_name] if file.format else []))
        store.drop(*(row.file_name for row in renditions if row.state == State.MADE))
        is_known = isinstance(fact, (IntegrityError, StorageFull))
        known = type(file).objects.filter(owner_key=file.owner_key, digest=file.digest).first() if is_known else None
        if known is None:
            raise
        return known
    return file


def reserve(owner_key: str, size: int) -> None:
    """Inside the transaction that writes the bytes down: two that come in at once are counted one after the other.

    Raises StorageFull.
    """
    Quota.objects.get_or_create(owner_key=owner_key)
    Quota.objects.select_for_update().get(owner_key=owner_key)
    look_for_room(owner_key, size)


def look_for_room(owner_key: str, size: int = 1) -> None:
    """The same question before something slow; only `reserve` may be relied upon. Raises StorageFull."""
    storage = queries.storage_of(owner_key)
    if storage.most is not None and storage.used + size > storage.most:
        raise StorageFull(used=storage.used, most=storage.most, size=size)
