"""Take in: check an uploaded picture, write it anew, keep it."""

from django.db import IntegrityError, transaction

from loa.lib import tokens
from loa.media import store
from loa.media.decode import encode_anew
from loa.media.models import Picture


def take_in(data: bytes, *, owner_key: str, credit: str = "") -> Picture:
    """The picture; the same bytes for the same owner are kept once. Raises NotAPicture."""
    digest = tokens.digest(data)
    known = Picture.objects.filter(owner_key=owner_key, digest=digest).first()
    if known is not None:
        return known
    encoded, form, width, height = encode_anew(data, credit=credit)
    picture = Picture(
        owner_key=owner_key, digest=digest, format=form, width=width, height=height, size=len(encoded), credit=credit
    )
    store.put(picture.file_name, encoded)  # The file first: a row never points at nothing.
    try:
        with transaction.atomic():
            picture.save()
    except IntegrityError:  # a button pressed twice: the same bytes came in beside these
        (store.folder() / picture.file_name).unlink()
        return Picture.objects.get(owner_key=owner_key, digest=digest)
    return picture
