"""Covers, logos and portraits are drawn the same everywhere, and differ where they should."""

import io

import pytest
from PIL import Image

from loa.lib import covers

COLOURS = ("#133d4a", "#c7ae63")
SMALL = (320, 180)


@pytest.mark.parametrize("motif", covers.MOTIFS)
def test_the_same_seed_gives_the_same_cover(motif: str) -> None:
    once = covers.draw_cover("one", motif=motif, colours=COLOURS, size=SMALL)
    assert once == covers.draw_cover("one", motif=motif, colours=COLOURS, size=SMALL)
    assert once != covers.draw_cover("two", motif=motif, colours=COLOURS, size=SMALL)


def test_a_cover_has_the_size_asked_for() -> None:
    with Image.open(io.BytesIO(covers.draw_cover("one", motif="waves", colours=COLOURS))) as image:
        assert (image.format, image.size) == ("JPEG", (1600, 900))


@pytest.mark.parametrize("motif", covers.MOTIFS)
def test_every_motif_has_a_mark(motif: str) -> None:
    with Image.open(io.BytesIO(covers.draw_logo("one", motif=motif, colours=COLOURS, size=128))) as image:
        assert (image.format, image.size) == ("PNG", (128, 128))
        assert len(image.getcolors(128 * 128) or []) > 2


def test_two_people_do_not_look_alike() -> None:
    assert covers.draw_portrait("Lan", COLOURS, 128) != covers.draw_portrait("Minh", COLOURS, 128)


def test_an_unknown_motif_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="spirals"):
        covers.draw_cover("one", motif="spirals", colours=COLOURS)
