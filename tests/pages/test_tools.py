"""What a reader takes along from a release: pictures with their credits, the PDF, the code of its address."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from loa.archive import queries as archive
from loa.archive.actions.withdraw import withdraw
from loa.archive.models import Entry, Version
from loa.lib import covers
from loa.media import store
from loa.media.models import Use
from loa.pages.rules import papers_folder
from loa.pages.views.found import Found
from loa.pages.views.paper import paper_of
from loa.places.models import Place

PutOut = Callable[..., Entry]
BODY = "<p>Hợp tác xã Sao Mai vừa thu hoạch vụ lúa hữu cơ đầu tiên trên cánh đồng Đồng Tháp.</p>"
CAPTIONS = ("Cánh đồng Đồng Tháp lúc sớm", "Xã viên gặt lúa")


@pytest.fixture
def illustrated(put_out: PutOut, home: Path) -> Entry:
    """An entry with two pictures."""
    rows: list[dict[str, Any]] = []
    for number, caption in enumerate(CAPTIONS):
        name = f"{'a' * 25}{number}.webp"
        drawn = covers.draw_cover(caption, motif=covers.MOTIFS[0], colours=("#133d4a", "#c7ae63"), size=(640, 360))
        store.put(name, drawn)  # a JPEG under the name of a WebP reads as well
        Use.objects.create(file=Path(name).stem, key="entry:x", is_public=True)
        rows.append({"url": f"/media/{name}", "width": 640, "height": 360, "alt": "Ruộng", "caption": caption})
    rows[0] |= {"credit": "Sao Mai", "creator": "Trần Minh"}
    entry = put_out()
    Version.objects.update(pictures=rows)
    entry.refresh_from_db()
    return entry


def beside(entry: Entry, name: str) -> str:
    return f"/r/{entry.public_id}/{name}"


def test_all_pictures_come_in_one_archive_with_their_credits(client: Client, illustrated: Entry) -> None:
    answer = client.get(beside(illustrated, "pictures.zip"))
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert len(data) == int(answer["Content-Length"])
    assert "thu-hoach" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(data)) as archived:
        assert archived.testzip() is None
        assert archived.namelist() == [
            "nguon-anh.txt", "01-canh-dong-dong-thap-luc-som.webp", "02-xa-vien-gat-lua.webp",
        ]  # fmt: skip
        words = archived.read("nguon-anh.txt").decode()
        assert archived.read(archived.namelist()[1]) == store.get(f"{'a' * 25}0.webp")
    for told in (*CAPTIONS, "Nguồn ảnh: Sao Mai", "Tác giả: Trần Minh", "xin ghi nguồn", archive.address(illustrated)):
        assert told in words


def test_pictures_of_a_text_in_other_letters_have_the_name_of_the_release(client: Client, illustrated: Entry) -> None:
    rows = [{**one, "caption": "港の桟橋"} for one in Version.objects.get().pictures]
    Version.objects.update(pictures=rows, slug="ben-container-thu-hai")
    data = b"".join(client.get(beside(illustrated, "pictures.zip")).streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(data)) as archived:
        assert archived.namelist()[1:] == ["01-ben-container-thu-hai.webp", "02-ben-container-thu-hai.webp"]


def test_pictures_placed_in_the_text_come_along_once(client: Client, illustrated: Entry) -> None:
    placed = "".join(f'<img src="/media/{"a" * 25}{number}.webp" alt="Trong bài">' for number in (1, 7))
    store.put(f"{'a' * 25}7.webp", b"RIFF")
    Use.objects.create(file=f"{'a' * 25}7", key="entry:x", is_public=True)
    Version.objects.update(body_html=f"<p>Lời.</p><figure>{placed}</figure>")
    data = b"".join(client.get(beside(illustrated, "pictures.zip")).streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(data)) as archived:
        assert archived.namelist()[3:] == ["03-trong-bai.webp"]
    assert "Tải 3 ảnh kèm nguồn" in client.get(archive.address(illustrated)).text


def test_what_its_owner_has_not_let_out_is_in_no_archive(client: Client, illustrated: Entry) -> None:
    store.put(f"{'a' * 25}8.webp", b"RIFF")
    Version.objects.update(body_html=f'<p>Lời.</p><figure><img src="/media/{"a" * 25}8.webp" alt="Lộ"></figure>')
    data = b"".join(client.get(beside(illustrated, "pictures.zip")).streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(data)) as archived:
        assert len(archived.namelist()) == 3


def test_the_archive_is_not_sent_again_to_whoever_has_it(client: Client, illustrated: Entry) -> None:
    path = beside(illustrated, "pictures.zip")
    answer = client.get(path, headers={"If-None-Match": client.head(path)["ETag"]})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["Cache-Control"].startswith("public")


def test_a_release_without_pictures_has_no_archive(client: Client, put_out: PutOut) -> None:
    assert client.get(beside(put_out(), "pictures.zip")).status_code == 404


def test_the_pdf_is_set_once_and_kept(client: Client, illustrated: Entry) -> None:
    answer = client.get(f"{archive.address(illustrated)}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert b"/Lang(vi)" in answer.content
    assert 'rel="canonical"' in answer["Link"]
    kept = list(papers_folder().iterdir())
    assert len(kept) == 1
    kept[0].write_bytes(b"%PDF-kept")
    assert client.get(f"{archive.address(illustrated)}.pdf").content == b"%PDF-kept"


def test_the_pdf_names_the_place_in_the_language_around_it(put_out: PutOut) -> None:
    entry = put_out()
    assert entry.current is not None
    entry.place = Place.objects.create(slug="noi-nay", name="Nơi này", name_en="This place", kind="city", code="990")
    for language, name in (("vi", "Nơi này"), ("en", "This place")):
        found = Found(entry=entry, version=entry.current, address="http://testserver/r/x/y", language=language)
        assert paper_of(found, found.sheet).data["facts"][-1] == name


def test_nothing_written_in_a_text_is_read_as_code(client: Client, put_out: PutOut) -> None:
    odd = '#read("/etc/passwd") #import "@preview/x:1.0.0": * $x$ *b* _i_ @ref <label> \\u{41} // no /* no */ = h'
    entry = put_out(headline=odd[:200], lead=odd, body_html=f"<p>{odd}</p><ul><li>#panic()</li></ul>", contact=odd)
    assert client.get(f"{archive.address(entry)}.pdf").status_code == 200


@pytest.mark.parametrize(
    "markup",
    [
        "<h4>Nhảy cấp</h4><h2></h2><h2><br></h2><p>Lời.</p>",
        "<table><caption><h3>B</h3></caption><tr><td><h2>Ô</h2></td><td rowspan='9' colspan='99'>1</td></tr></table>",
        "<blockquote><h3>Trong lời</h3></blockquote><ul><li><h2>Mục</h2><ol start='99999'><li>x</li></ol></li></ul>",
        "<p>Chữ\u200b không\u202e thấy, chữ e\u0301 ghép và chữ 日本.</p><p><a href='mailto:a@example.vn'></a></p>",
        "<figure><img src='/media/khongco.webp' alt=''><figcaption>Ảnh đã mất</figcaption></figure><hr><table></table>",
    ],
)
def test_whatever_the_cleaner_lets_through_can_be_set(client: Client, put_out: PutOut, markup: str) -> None:
    assert client.get(f"{archive.address(put_out(body_html=BODY + markup))}.pdf").status_code == 200


def test_emoji_are_left_out_and_not_printed_as_boxes(client: Client, put_out: PutOut) -> None:
    assert client.get(f"{archive.address(put_out(lead='Mùa vàng 🌾 đã về'))}.pdf").status_code == 200


def test_a_text_our_fonts_cannot_write_has_no_pdf(client: Client, put_out: PutOut) -> None:
    words = "有機稲作の初収穫を迎えました"
    entry = put_out(headline=words, lead=words, body_html=f"<p>{words * 20}</p>")
    assert client.get(f"{archive.address(entry)}.pdf").status_code == 404
    assert ".pdf" not in client.get(archive.address(entry)).text


def test_what_was_set_is_forgotten_when_the_text_is_withdrawn(
    client: Client, illustrated: Entry, run_wire: Callable[[], int]
) -> None:
    client.get(f"{archive.address(illustrated)}.pdf")
    withdraw(illustrated, statement="Thông tin sai.")
    run_wire()
    assert list(papers_folder().iterdir()) == []


def test_the_code_leads_to_the_page(client: Client, illustrated: Entry) -> None:
    answer = client.get(beside(illustrated, "qr.svg"))
    assert answer["Content-Type"] == "image/svg+xml"
    assert "style=" not in answer.text
    assert client.get(f"/r/{illustrated.public_id}")["Location"] == archive.address(illustrated)


@pytest.mark.parametrize("name", ["pictures.zip", "qr.svg", "{slug}.pdf"])
def test_a_withdrawn_release_answers_410_and_an_unknown_one_the_plain_404(
    client: Client, illustrated: Entry, name: str
) -> None:
    path = beside(illustrated, name.format(slug=archive.address(illustrated).rpartition("/")[2]))
    assert client.get(path.replace(illustrated.public_id, "khongco")).content == client.get("/r/khongco").content
    withdraw(illustrated, statement="Thông tin sai.")
    answer = client.get(path)
    assert (answer.status_code, "Thông tin sai." in answer.text) == (410, True)
    assert "public" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["pictures.zip", "qr.svg", "{slug}.pdf"])
def test_each_is_kept_by_anybody_for_the_tags_of_its_page(client: Client, illustrated: Entry, name: str) -> None:
    path = beside(illustrated, name.format(slug=archive.address(illustrated).rpartition("/")[2]))
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    assert f"entry:{illustrated.public_id}" in answer["Cache-Tag"]
    assert client.get(f"/en{path}").status_code == 302  # there is no English text


def test_a_wrong_slug_leads_to_the_right_pdf(client: Client, put_out: PutOut) -> None:
    entry = put_out()
    assert client.get(beside(entry, "sai.pdf"))["Location"] == f"{archive.address(entry)}.pdf"


@pytest.mark.parametrize(
    ("licence", "link", "words"),
    [
        ("credit", "#licence", "Được đăng lại miễn phí, xin ghi nguồn"),
        ("cc-by", "https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("reserved", "#licence", "Giữ mọi quyền"),
    ],
)
def test_the_licence_stands_in_words_and_for_machines(
    client: Client, put_out: PutOut, licence: str, link: str, words: str
) -> None:
    entry = put_out()
    Version.objects.update(licence=licence)
    page = client.get(archive.address(entry)).text
    assert words in page
    found = re.search(r'<link rel="license" href="([^"]+)"', page)
    assert found is not None
    assert found[1].endswith(link)
