"""Throw away: a file nobody uses goes for good."""

from django.db import transaction

from loa.media import store
from loa.media.errors import InUse
from loa.media.models import Attachment, Picture, Use, Video


def throw_away(file: Picture | Video | Attachment) -> None:
    """Removes the row, then the bytes. Raises InUse."""
    names = [file.file_name]
    if isinstance(file, Picture):
        names += [row.file_name for row in file.renditions.all()]
    if isinstance(file, Video):  # captions, earlier ones too: nothing public shows them, or it were in use
        names += [path.name for path in store.folder().glob(f"{file.public_id}-*.vtt")]
    with transaction.atomic():
        is_poster = isinstance(file, Picture) and Video.objects.filter(poster=file).exists()
        if is_poster or Use.objects.filter(file=file.public_id).exists():
            raise InUse
        file.delete()
    store.drop(*names)
