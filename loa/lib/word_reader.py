"""The process that reads texts people bring (.docx, .md, .txt): started for one file by `limited`."""

import io
from collections import Counter
from typing import Any

import mammoth
from markdown_it import MarkdownIt

from loa.lib import html as clean
from loa.lib import limited, word_text
from loa.lib.word_blocks import printable
from loa.lib.word_package import Refused
from loa.lib.word_parts import REPORTED, opened

MEMORY = 480_000_000  # bytes of address space
MOST_PICTURES = 60
PLACE = "/media/word-{}"  # where a picture stands until the library has it
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Quote'] => p.quote:fresh
p[style-name='Intense Quote'] => p.quote:fresh
p[style-name='Quotations'] => p.quote:fresh
p[style-name='heading 7'] => h6:fresh
br[type='page'] =>
b => strong
i => em
u =>
strike =>
comment-reference =>
"""


def work(data: bytes, job: dict[str, Any]) -> limited.Answer:
    """What the file says, or why it is refused."""
    try:
        return read(data, str(job["form"]))
    except Refused as refused:
        return {"refused": refused.reason}, []
    except (MemoryError, RecursionError):
        return {"refused": "too_large"}, []
    # Reading Word files is the work of two libraries; what they raise at broken ones is listed nowhere.
    except Exception:  # noqa: BLE001
        return {"refused": "unreadable"}, []


def read(data: bytes, form: str) -> limited.Answer:
    """What the file says, as `word_text` understands it, and its pictures in order. Raises Refused."""
    found: Counter[str] = Counter()
    pictures: list[bytes] = []
    if form == "docx":
        html, found = from_word(data, pictures)
    else:
        text = decoded(data)
        html = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable("table").render(text)
        html = html if form == "md" else from_plain(text)
    understood = word_text.understand(html)
    reported = [{"what": name, "count": found[name]} for name in REPORTED if found[name]]
    return {**understood, "reported": reported}, pictures


def from_word(data: bytes, pictures: list[bytes]) -> tuple[str, Counter[str]]:
    """Markup of a .docx; its pictures are put into the list, and stand in the markup under their number."""
    clean, found = opened(data)

    def place(image: Any) -> dict[str, str]:
        with image.open() as file:
            picture = file.read()
        is_one = picture.startswith(_MAGIC) or picture[8:12] == b"WEBP" or picture[4:8] == b"ftyp"
        if not is_one or len(pictures) == MOST_PICTURES:
            found["pictures"] += 1
            return {"src": ""}
        pictures.append(picture)
        return {"src": PLACE.format(len(pictures))}

    made = mammoth.convert_to_html(
        io.BytesIO(clean), style_map=_STYLES, include_embedded_style_map=False, external_file_access=False,
        convert_image=mammoth.images.img_element(place), id_prefix="word-",
    )  # fmt: skip
    html = str(made.value)
    found["notes"] += html.count('<li id="word-footnote-') + html.count('<li id="word-endnote-')
    return html, found


def decoded(data: bytes) -> str:
    """Plain text: UTF-8, UTF-16 with its mark, else the code page of Vietnamese Windows."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in data:
            raise Refused("unreadable") from None
        return data.decode("cp1258", "replace")


def from_plain(text: str) -> str:
    """Paragraphs: parted by blank lines where there are any, else a line each."""
    lines = printable(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    parted = lines if "\n\n" in lines else lines.replace("\n", "\n\n")
    return clean.from_text(parted).replace("<br>", "<br />")


if __name__ == "__main__":
    limited.serve(work, memory=MEMORY)
