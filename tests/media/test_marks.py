"""What a picture says about itself is read wherever it stands, and written so that others read it."""

import io
from typing import Any

import pytest
from PIL import Image, IptcImagePlugin

from loa.media import store
from loa.media.actions.describe import describe
from loa.media.actions.make_due import make_due
from loa.media.actions.take_in import take_in
from loa.media.decode import decode
from loa.media.marks import AI_MADE, Said, app13, in_xmp, xmp
from loa.media.models import Picture, Rendition, State

SAID = Said(
    creator="Nguyễn Thị Lan", credit='Ảnh: "Sao Mai" & <bạn>', caption="Vụ lúa đầu", alt="Ruộng lúa chín",
    licence="https://creativecommons.org/licenses/by/4.0/", digital_source_type=AI_MADE,
)  # fmt: skip


def make(form: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (700, 500), **options: Any) -> bytes:
    """Return the bytes of a picture."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_xmp_is_read(form: str) -> None:
    if form == "PNG":
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", xmp(SAID).decode())
        data = make(form, pnginfo=info)
    else:
        data = make(form, xmp=xmp(SAID))
    assert decode(data).said == SAID
    assert decode(decode(data).data).said == SAID


def test_iim_is_read_where_there_is_no_xmp() -> None:
    data = make(extra=app13(SAID))
    said = decode(data).said
    assert (said.creator, said.credit, said.caption) == (SAID.creator, SAID.credit, SAID.caption)


def test_exif_is_read_last_and_not_kept() -> None:
    exif = Image.Exif()
    exif[0x013B], exif[0x8298], exif[0x0110] = "Tran Van Binh", "(c) Sao Mai", "MayAnhBiMat"
    made = decode(make(exif=exif.tobytes()))
    assert (made.said.creator, made.said.credit) == ("Tran Van Binh", "(c) Sao Mai")
    assert b"MayAnhBiMat" not in made.data


def test_a_jpeg_carries_its_words_in_iim_too() -> None:
    iim: Any = IptcImagePlugin.getiptcinfo(Image.open(io.BytesIO(decode(make(), said=SAID).data)))
    assert [iim[2, number].decode() for number in (80, 110, 120)] == [SAID.creator, SAID.credit, SAID.caption]


@pytest.mark.parametrize(
    "packet",
    [b"", b"<x", b"\xff\xfe\x00", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a/>" * 400_000, b"<a>" * 5000],
    ids=["nothing", "broken", "binary", "entities", "large", "deep"],
)
def test_a_packet_that_is_not_one_says_nothing(packet: bytes) -> None:
    assert in_xmp(packet) == {}


def test_words_of_several_languages_are_the_first() -> None:
    packet = xmp(SAID).replace(b"</rdf:Alt></dc:desc", b'<rdf:li xml:lang="en">Rice</rdf:li></rdf:Alt></dc:desc')
    assert in_xmp(packet)["caption"] == "Vụ lúa đầu"


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_words_changed_later_stand_in_every_file_and_no_pixel_changes(form: str) -> None:
    picture = take_in(make(form), owner_key="organization:1", credit="Cũ")
    before = Image.open(io.BytesIO(store.get(picture.file_name))).tobytes()
    make_due()
    describe(picture, credit="Mới", digital_source_type=AI_MADE, focal_x=20)
    data = store.get(picture.file_name)
    assert Image.open(io.BytesIO(data)).tobytes() == before
    assert (decode(data).said.credit, decode(data).said.is_ai) == ("Mới", True)
    assert Picture.objects.get().size == len(data)
    assert make_due() == len(picture.widths) * 3
    for row in Rendition.objects.all():
        assert decode(store.get(row.file_name)).said.credit == "Mới"


@pytest.mark.django_db
def test_renditions_are_never_wider_than_the_picture() -> None:
    picture = take_in(make(size=(700, 500)), owner_key="organization:1")
    assert picture.widths == [320, 640, 700]
    assert Rendition.objects.filter(state=State.MADE).values_list("width", "format").get() == (700, "webp")
    assert (make_due(), make_due()) == (8, 0)
    sizes = {
        row.file_name[27:]: Image.open(io.BytesIO(store.get(row.file_name))).size for row in Rendition.objects.all()
    }
    assert sizes["320.avif"] == (320, 229)
    assert sizes["700.jpg"] == (700, 500)
    assert len(sizes) == 9


@pytest.mark.django_db
def test_a_picture_that_cannot_be_drawn_is_tried_again_and_given_up() -> None:
    picture = take_in(make(size=(300, 200)), owner_key="organization:1")
    store.put(picture.file_name, b"broken")
    for _ in range(5):
        Rendition.objects.update(not_before="2020-01-01T00:00:00Z")
        assert make_due() == 0
    assert set(Rendition.objects.exclude(width=300, format="webp").values_list("state", flat=True)) == {State.FAILED}


def test_a_palette_a_grey_and_a_printers_picture_come_out_right() -> None:
    for mode in ("P", "1", "LA", "I;16"):
        made = Image.open(io.BytesIO(decode(make("PNG", mode if mode != "I;16" else "L")).data))
        assert made.size == (700, 500)
    cmyk = Image.open(io.BytesIO(decode(make(mode="CMYK")).data))
    assert (cmyk.mode, cmyk.getpixel((0, 0))[0] < 40, cmyk.getpixel((0, 499))[0] > 200) == ("RGB", True, True)  # type: ignore[index]
