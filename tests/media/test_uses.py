"""Who may read a file follows who shows it."""

import os

import pytest
from PIL import Image

from loa.lib import tokens
from loa.media import queries, store
from loa.media.actions.hold import hold
from loa.media.actions.let_out import let_out
from loa.media.actions.sweep import sweep_halves
from loa.media.actions.take_back import take_back
from loa.media.actions.throw_away import throw_away
from loa.media.errors import InUse
from loa.media.models import Picture, Use

pytestmark = pytest.mark.django_db
OURS = "organization:1"


def keep(owner_key: str = OURS) -> Picture:
    """Return a row with a file."""
    picture = Picture.objects.create(
        owner_key=owner_key, digest=tokens.random_id(), format="webp", size=1, width=1, height=1
    )
    store.put(picture.file_name, Image.new("RGB", (1, 1)).tobytes())
    return picture


def test_one_is_public_while_something_public_shows_it() -> None:
    picture = keep()
    for key in ("entry:a", "entry:b", "entry:a"):
        let_out([f'<img src="{picture.get_absolute_url()}">'], key=key, owner_key=OURS)
    take_back(key="entry:a")
    assert queries.is_public(picture.public_id)
    take_back(key="entry:b")
    assert not queries.is_public(picture.public_id)
    let_out([picture.get_absolute_url()], key="entry:a", owner_key=OURS)
    assert queries.is_public(picture.public_id)


def test_nobody_lets_out_what_is_somebody_elses() -> None:
    theirs = keep("organization:2")
    let_out([theirs.get_absolute_url()], key="entry:a", owner_key=OURS)
    assert not Use.objects.exists()


def test_a_draft_uses_what_it_shows_now_and_lets_out_nothing() -> None:
    first, second = keep(), keep()
    hold([first.get_absolute_url()], key="release:a", owner_key=OURS)
    hold([second.get_absolute_url()], key="release:a", owner_key=OURS)
    assert list(Use.objects.values_list("file", "is_public")) == [(second.public_id, False)]


def test_half_a_file_of_yesterday_is_swept_away() -> None:
    whole, old, new = keep(), store.new(), store.new()
    for path in (old, new):
        path.write_bytes(b"x")
    os.utime(old, (1, 1))
    assert sweep_halves() == 1
    assert {path.name for path in store.folder().iterdir()} == {whole.file_name, new.name}


def test_one_in_use_is_not_thrown_away() -> None:
    picture = keep()
    hold([picture.get_absolute_url()], key="release:a", owner_key=OURS)
    with pytest.raises(InUse):
        throw_away(picture)
    hold([], key="release:a", owner_key=OURS)
    throw_away(picture)
    assert not Picture.objects.exists()
    assert list(store.folder().iterdir()) == []
