"""Take in: check an uploaded picture, write it anew, keep it, and ask for its renditions."""

from dataclasses import replace

from django.db import IntegrityError, transaction

from loa.lib import clock, tokens
from loa.media import queries, store
from loa.media.decode import decode
from loa.media.marks import Said
from loa.media.models import FORMATS, Picture, Rendition, State, Use


def take_in(data: bytes, *, owner_key: str, credit: str = "", name: str = "", public_for: str = "") -> Picture:
    """The picture; the same bytes for the same owner are kept once. Raises NotAPicture.

    What the file says about itself is kept, a `credit` given here before its own. `public_for` is the key of who shows
    it to everyone from now on: a logo, a portrait.
    """
    picture = _kept(data, owner_key=owner_key, credit=credit, name=name)
    if public_for:
        Use.objects.update_or_create(file=picture.public_id, key=public_for, defaults={"is_public": True})
    return picture


def _kept(data: bytes, *, owner_key: str, credit: str, name: str) -> Picture:
    digest = tokens.digest(data)
    known = Picture.objects.filter(owner_key=owner_key, digest=digest).first()
    if known is not None:
        return known
    made = decode(data, said=Said(credit=credit) if credit else None)
    said = replace(made.said, credit=credit) if credit else made.said
    picture = Picture(
        owner_key=owner_key, digest=digest, format=made.format, width=made.width, height=made.height,
        size=len(made.data), name=name[:120], **said.plain(),
    )  # fmt: skip
    picture.words = words_of(picture)
    small = f"{picture.public_id}-{made.stand_in_width}.webp"
    store.put(picture.file_name, made.data)  # The files first: a row never points at nothing.
    store.put(small, made.stand_in)
    try:
        with transaction.atomic():
            picture.save()
            ask_for_renditions(picture, made=made.stand_in_width)
    except IntegrityError:  # a button pressed twice: the same bytes came in beside these
        store.drop(picture.file_name, small)
        return Picture.objects.get(owner_key=owner_key, digest=digest)
    return picture


def ask_for_renditions(picture: Picture, *, made: int = 0) -> None:
    """Rows for every width and format, for the worker; of one the WebP file is there already."""
    now = clock.now()
    Rendition.objects.bulk_create(
        (
            Rendition(
                picture=picture, width=width, format=form, not_before=now,
                state=State.MADE if (width, form) == (made, "webp") else State.PENDING,
            )
            for width in picture.widths
            for form in FORMATS
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def words_of(picture: Picture) -> str:
    """What is said about a picture, as it is searched."""
    return queries.folded(picture.name, picture.alt, picture.caption, picture.credit, picture.creator)
