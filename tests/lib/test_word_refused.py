"""Word files: what would harm is refused, and nothing that runs comes in."""

import re
import zipfile
from collections.abc import Callable
from hashlib import sha512
from io import BytesIO

import pytest

from loa.lib import word
from tests.lib import make_words as made
from tests.lib.make_words import docx, field, link, p, plain, r

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"Xin ch\xc3\xa0o", "unreadable"),
    "nothing": (lambda: b"", "unreadable"),
    "half a file": (lambda: plain()[: len(plain()) // 2], "unreadable"),
    "Word of 2003, or a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old"),
    "another zip": (lambda: made.packed({"xl/workbook.xml": "<a/>"}), "unreadable"),
    "broken XML": (lambda: docx("<w:p>"), "unreadable"),
    "entities without end": (
        lambda: plain(parts={"word/document.xml": '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'}),
        "unreadable",
    ),
    "a part that unpacks to much": (lambda: plain(parts={"word/media/a.png": bytes(60_000_000)}), "too_large"),
    "many parts": (lambda: plain(parts={f"word/x{n}.xml": "<a/>" for n in range(2001)}), "too_large"),
    "a text of thirty megabytes": (lambda: plain(parts={"word/document.xml": made.noise(30_000_000)}), "too_large"),
    "twenty megabytes and one": (lambda: plain() + bytes(20_000_000), "too_large"),
    "tables in tables in tables": (lambda: docx(made.deep(600)), "too_large"),
    "a book": (lambda: plain(*(p(sha512(bytes([n % 251, n // 251])).hexdigest()) for n in range(2500))), "too_long"),
    "a size that lies": (made.lying_zip, "unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_bombs_and_broken_files_are_refused(name: str) -> None:
    make, reason = REFUSED[name]
    with pytest.raises(word.NotAText) as refusal:
        word.read(make(), "docx")
    assert refusal.value.reason == reason


def test_a_file_under_a_password_is_refused() -> None:
    data = bytearray(plain())
    with zipfile.ZipFile(BytesIO(data)) as file:
        where = file.start_dir
    data[where + 8] |= 1
    with pytest.raises(word.NotAText) as refusal:
        word.read(bytes(data), "docx")
    assert refusal.value.reason == "locked"


@pytest.mark.parametrize(("name", "form"), [("a.docx", "docx"), ("B.DOCX", "docx"), ("c.md", "md"), ("d.txt", "txt")])
def test_a_form_is_known_by_its_name(name: str, form: str) -> None:
    assert word.form_of(name) == form


@pytest.mark.parametrize(("name", "reason"), [("a.doc", "old"), ("a.pdf", "unknown"), ("a", "unknown")])
def test_other_forms_are_refused(name: str, reason: str) -> None:
    with pytest.raises(word.NotAText) as refusal:
        word.form_of(name)
    assert refusal.value.reason == reason


def test_a_link_may_lead_nowhere_but_the_web() -> None:
    relations = {
        "a": ("hyperlink", "javascript:alert(1)"), "b": ("hyperlink", "file:///etc/passwd"),
        "c": ("hyperlink", "mailto:lan@example.vn"),
    }  # fmt: skip
    found = word.read(
        plain(p(link("a", "một"), link("b", "hai"), link("c", "ba"), field('HYPERLINK "data:text/html,x"', "bốn")),
              relations=relations), "docx",
    )  # fmt: skip
    assert "javascript" not in found.body_html
    assert "file:" not in found.body_html
    assert "data:" not in found.body_html
    assert '<a href="mailto:lan@example.vn" rel="nofollow noopener">ba</a>' in found.body_html


def test_markup_typed_in_word_is_shown_as_it_was_typed() -> None:
    found = word.read(plain(p("<w:r><w:t>&lt;script&gt;alert(1)&lt;/script&gt;</w:t></w:r>")), "docx")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in found.body_html
    assert "<script" not in found.body_html


def test_a_style_map_in_the_file_changes_nothing() -> None:
    found = word.read(plain(parts={"mammoth/style-map": "p => script"}), "docx")
    assert made.BODY in found.body_html


PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe srcdoc='<script>1'>",
    "<a href=javascript:alert(1)>a</a>", "<math><mtext></p><style><img src onerror=alert(1)>",
    "</p><script src=//x.example>",
    "<details open ontoggle=alert(1)>", "<body onload=alert(1)>", "&lt;script&gt;alert(1)&lt;/script&gt;", "[trích 1]",
    "<input autofocus onfocus=alert(1)>", "<object data=data:text/html,x>", "{{7*7}}", "<!--><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>", "\u202e<b onmouseover=alert(1)>", "<base href=//x.example>",
)  # fmt: skip
TARGETS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd", "//x.example/a", "\\\\x.example\\a", "blob:x", "ms-word:ofe|u|https://x.example",
)  # fmt: skip


@pytest.mark.parametrize("form", ["docx", "md", "txt"])
def test_nothing_that_runs_comes_in_through_a_file(form: str) -> None:
    relations = {f"l{n}": ("hyperlink", target if ":" in target else f"x:{target}") for n, target in enumerate(TARGETS)}
    links = [p(link(key, "chữ")) for key in relations]
    blocks = [p(r(payload)) for payload in PAYLOADS]
    lines = [*PAYLOADS, *(f"[chữ]({target})" for target in TARGETS), *(f"<a href='{one}'>x</a>" for one in TARGETS)]
    text = "\n\n".join(lines)
    found = word.read(plain(*blocks, *links, relations=relations) if form == "docx" else text.encode(), form)
    tags = set(re.findall(r"<(\w+)", found.body_html))
    assert tags <= {"p", "a", "br", "h2", "em", "strong"}, tags
    assert not re.findall(r"<[^>]*\son\w+=", found.body_html)
    targets = re.findall(r'href="([^"]*)"', found.body_html)
    assert all(target.startswith(("https://", "http://", "mailto:")) for target in targets), targets
