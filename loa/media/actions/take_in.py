"""Take in: check an uploaded picture, write it anew, keep it, and ask for its renditions."""

from dataclasses import replace

from loa.lib import clock, tokens
from loa.media import queries, store
from loa.media.actions.keep import keep, look_for_room
from loa.media.decode import Decoded, decode
from loa.media.marks import Said
from loa.media.models import FORMATS, Picture, Rendition, State, Use, guess


def take_in(
    data: bytes, *, owner_key: str, credit: str = "", name: str = "", public_for: str = "", is_bound: bool = True
) -> Picture:
    """The picture; the same bytes for the same owner are kept once. Raises NotAPicture, StorageFull.

    What the file says about itself is kept, a `credit` given here before its own. `public_for` is the key of who shows
    it to everyone from now on: a logo, a portrait. `is_bound`: by how much its owner's files may take.
    """
    picture = _kept(data, owner_key=owner_key, credit=credit, name=name, is_bound=is_bound)
    if public_for:
        Use.objects.update_or_create(file=picture.public_id, key=public_for, defaults={"is_public": True})
    return picture


def _kept(data: bytes, *, owner_key: str, credit: str, name: str, is_bound: bool) -> Picture:
    digest = tokens.digest(data)
    known = Picture.objects.filter(owner_key=owner_key, digest=digest).first()
    if known is not None:
        return known
    if is_bound:
        look_for_room(owner_key)
    made = decode(data, said=Said(credit=credit) if credit else None)
    said = replace(made.said, credit=credit) if credit else made.said
    picture = Picture(
        owner_key=owner_key, digest=digest, format=made.format, width=made.width, height=made.height,
        size=len(made.data), name=name[:120], **said.plain(),
    )  # fmt: skip
    picture.words = words_of(picture)
    store.put(picture.file_name, made.data)  # The files first: a row never points at nothing.
    store.put(f"{picture.public_id}-{made.stand_in_width}.webp", made.stand_in)
    rows = renditions_of(picture, made)
    picture.beside = sum(row.size for row in rows)
    return keep(picture, rows, is_bound=is_bound)


def renditions_of(picture: Picture, made: Decoded) -> list[Rendition]:
    """A row for every width and format, for the worker; of one the WebP file is there already."""
    now = clock.now()
    rows = [
        Rendition(picture=picture, width=width, format=form, not_before=now, size=guess(width, picture.tall_at(width)))
        for width in picture.widths
        for form in FORMATS
    ]
    for row in rows:
        if (row.width, row.format) == (made.stand_in_width, "webp"):
            row.state, row.size = State.MADE, len(made.stand_in)
    return rows


def words_of(picture: Picture) -> str:
    """What is said about a picture, as it is searched."""
    return queries.folded(picture.name, picture.alt, picture.caption, picture.credit, picture.creator)
