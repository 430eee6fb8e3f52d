"""Word files that point elsewhere, carry other files, or are another kind of file under the name of one."""

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest

from loa.lib import word
from tests.lib import make_words as made
from tests.lib.make_words import docx, link, p, part, picture, plain, r
from tests.lib.test_word_hidden import CANARY, everything

SPACE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def relation(kind: str, target: str, *, is_outside: bool = True) -> str:
    """A part that holds one relation."""
    mode = ' TargetMode="External"' if is_outside else ""
    return (
        f'<Relationships {SPACE}><Relationship Id="r1" Type="{made.RELATION}{kind}" Target="{target}"{mode}/>'
        "</Relationships>"
    )


def hides(properties: str) -> Callable[[], bytes]:
    """A file with a run that these properties hide."""
    return lambda: plain(p(made.BODY, r(CANARY, properties)))


def styled(inner: str, based: str = "") -> str:
    """A paragraph style, perhaps one based on another."""
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="paragraph" w:styleId="{inner or "Con"}"><w:name w:val="{inner or "Con"}"/>{parent}'


SHOWN_ELSEWHERE: dict[str, Callable[[], bytes]] = {
    "hidden on the web alone": hides("<w:webHidden/>"),
    "hidden three styles deep": lambda: plain(
        p(CANARY, style="Ba"),
        styles=styled("Mot") + "<w:rPr><w:vanish/></w:rPr></w:style>" + styled("Hai", "Mot") + "</w:style>"
        + styled("Ba", "Hai") + "</w:style>",
    ),
    "hidden by what every style is based on": lambda: docx(
        p(CANARY), p(r(made.BODY, '<w:vanish w:val="0"/>')),
        styles="<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>",
    ),
    "hidden by the style of what names none": lambda: docx(
        p(CANARY),
        p(r(made.BODY, '<w:vanish w:val="0"/>')),
        styles='<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:rPr>'
        "<w:vanish/></w:rPr></w:style>",
    ),
    "hidden by a table's style": lambda: plain(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr><w:tc>{p(CANARY)}</w:tc></w:tr></w:tbl>',
        styles='<w:style w:type="table" w:styleId="T"><w:name w:val="T"/><w:rPr><w:vanish/></w:rPr></w:style>',
    ),
    "hidden as 1": hides('<w:vanish w:val="1"/>'),
    "hidden as on": hides('<w:vanish w:val="on"/>'),
    "deleted within an insertion": lambda: plain(
        f'<w:p><w:ins w:id="1"><w:del w:id="2"><w:r><w:delText>{CANARY}</w:delText></w:r></w:del></w:ins></w:p>'
    ),
    "deleted within a link": lambda: plain(
        p(f'<w:hyperlink r:id="l"><w:del w:id="2"><w:r><w:delText>{CANARY}</w:delText></w:r></w:del></w:hyperlink>'),
        relations={"l": ("hyperlink", "https://example.vn/")},
    ),
    "deleted in a footnote": lambda: plain(
        p(made.BODY, '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        parts={"word/footnotes.xml": part("footnotes", made.NOTE.format(p(f'<w:del w:id="3">{r(CANARY)}</w:del>')))},
    ),
    "hidden in a note at the end": lambda: plain(
        p(made.BODY, '<w:r><w:endnoteReference w:id="2"/></w:r>'),
        parts={"word/endnotes.xml": part("endnotes", f'<w:endnote w:id="2">{p(r(CANARY, "<w:vanish/>"))}</w:endnote>')},
    ),
    "what readers of newer programs would see": lambda: plain(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{p(r(CANARY, '<w:vanish/>'))}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Choice><mc:Fallback/>"
        "</mc:AlternateContent></w:r></w:p>"
    ),
    "a comment's threads": lambda: plain(
        parts={"word/commentsExtended.xml": f"<a>{CANARY}</a>", "word/people.xml": f"<a>{CANARY}</a>"}
    ),
    "words kept beside the file": lambda: plain(
        parts={"customXml/item1.xml": f"<a>{CANARY}</a>", "word/glossary/document.xml": part("document", p(CANARY))}
    ),
    "settings, variables, a macro's names": lambda: plain(
        parts={"word/settings.xml": f'<w:settings {made.NAMES}><w:docVars><w:docVar w:name="a" w:val="{CANARY}"/>'
               "</w:docVars></w:settings>", "word/vbaData.xml": f"<a>{CANARY}</a>"}
    ),
    "a picture on a share": lambda: plain(
        p(picture("i1", how="link")), relations={"i1": ("image", f"file:///\\\\{CANARY}\\a.png")}
    ),
    "a picture drawn by VML from elsewhere": lambda: plain(
        '<w:p><w:r><w:pict><v:shape><v:imagedata r:id="i1"/></v:shape></w:pict></w:r></w:p>',
        relations={"i1": ("image", f"https://{CANARY}.example/a.png")},
    ),
    "a link to a file": lambda: plain(p(link("l", "chữ")), relations={"l": ("hyperlink", f"file:///etc/{CANARY}")}),
    "a link to a share": lambda: plain(p(link("l", "chữ")), relations={"l": ("hyperlink", f"smb://{CANARY}/a")}),
    "an object kept elsewhere": lambda: plain(
        f'<w:p><w:r><w:object><o:OLEObject r:id="o1"/>{p(CANARY)}</w:object></w:r></w:p>',
        relations={"o1": ("oleObject", f"https://{CANARY}.example/a.bin")},
    ),
    "frames of the web": lambda: plain(
        parts={"word/_rels/webSettings.xml.rels": relation("frame", f"https://{CANARY}.example/")}
    ),
    "a template on a share": lambda: plain(
        parts={"word/_rels/settings.xml.rels": relation("attachedTemplate", f"file:///\\\\{CANARY}\\t.dotm")}
    ),
    "addresses for letters": lambda: plain(
        parts={"word/_rels/settings.xml.rels": relation("mailMergeSource", f"file:///{CANARY}.mdb")}
    ),
    "a header's picture from elsewhere": lambda: plain(
        parts={"word/header1.xml": part("hdr", p(picture("r1", CANARY, "link"))),
               "word/_rels/header1.xml.rels": relation("image", f"https://{CANARY}.example/a.png")},
        relations={"h": ("header", "header1.xml")},
    ),
    "a document within": lambda: plain(
        '<w:altChunk r:id="x"/>', parts={"word/inner.docx": docx(p(CANARY))}, relations={"x": ("aFChunk", "inner.docx")}
    ),
    "a document below": lambda: plain(
        '<w:subDoc r:id="x"/>',
        parts={"word/inner.docx": docx(p(CANARY))}, relations={"x": ("subDocument", "inner.docx")}
    ),
    "a zip within": lambda: plain(parts={"word/embeddings/a.zip": made.packed({"b.txt": CANARY})}),
    "a part of somebody else's machine": lambda: plain(
        p(picture("i1", "ảnh")), relations={"i1": ("image", "../../../../etc/passwd")}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN_ELSEWHERE)
def test_what_is_hidden_or_elsewhere_never_appears(name: str) -> None:
    found = word.read(SHOWN_ELSEWHERE[name](), "docx")
    assert CANARY not in everything(found)
    assert CANARY.encode() not in b"".join(found.pictures)
    assert b"root:" not in b"".join(found.pictures)
    assert made.BODY in everything(found)


def test_text_that_a_run_shows_again_is_on_the_page() -> None:
    hidden = '<w:style w:type="paragraph" w:styleId="An"><w:name w:val="Ẩn"/><w:rPr><w:vanish/></w:rPr></w:style>'
    found = word.read(plain(p(r("Thấy lại", '<w:vanish w:val="0"/>'), style="An"), styles=hidden), "docx")
    assert "Thấy lại" in found.body_html


def wrong_sum() -> bytes:
    """A file whose text is not what its sum says."""
    data = bytearray(plain())
    with zipfile.ZipFile(BytesIO(data)) as file:
        about = file.getinfo("word/document.xml")
        at = about.header_offset + 14  # of the sum, in the head of the part
        central = file.start_dir
    wrong = (zlib.crc32(b"x")).to_bytes(4, "little")
    right = about.CRC.to_bytes(4, "little")
    data[at : at + 4] = wrong
    where = data.find(right, central)
    data[where : where + 4] = wrong
    return bytes(data)


def twice() -> bytes:
    """A zip with two texts of one name: a look at one is no look at the other."""
    out = BytesIO()
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "w") as target:
        with zipfile.ZipFile(BytesIO(plain())) as source:
            for name in source.namelist():
                target.writestr(name, source.read(name))
        target.writestr("word/document.xml", part("document", f"<w:body>{p(CANARY)}</w:body>"))
    return out.getvalue()


def declared(entity: str, use: str) -> Callable[[], bytes]:
    """A text that begins with a declaration of an entity."""
    body = f"<w:document {made.NAMES}><w:body>{p('x').replace('>x<', f'>{use}<')}</w:body></w:document>"
    return lambda: plain(parts={"word/document.xml": f"<!DOCTYPE w:document [{entity}]>{body}"})


LETTERS = f'<!DOCTYPE w:document [<!ENTITY b "c">]><w:document {made.NAMES}><w:body>{p("chu")}</w:body></w:document>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
REFUSED: dict[str, Callable[[], bytes]] = {
    "an entity that is a file": declared('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
    "an entity that is elsewhere": declared(f'<!ENTITY % x SYSTEM "https://{CANARY}.example/a.dtd"> %x;', "chữ"),
    "a billion laughs": declared(f'<!ENTITY l0 "ha">{LAUGHS}', "&l9;"),
    "one entity many times": declared(f'<!ENTITY x "{"A" * 50_000}">', "&x;" * 5000),
    "a wrong sum": wrong_sum,
    "two texts of one name": twice,
    "rich text": lambda: rb"{\rtf1\ansi{\*\generator x}Xin ch\'e0o}",
    "a web page": lambda: b"<html><body><p>a</p></body></html>" + CANARY.encode(),
    "a PDF": lambda: b"%PDF-1.7\n" + bytes(400),
    "a program": lambda: b"MZ" + bytes(400),
    "a zip with another thing in it": lambda: made.packed({"a.txt": "a"}),
    "a hundred bombs in one": lambda: plain(
        parts={f"word/media/{n}.png": bytes(3_000_000) for n in range(100)}),
    "a bomb in a zip in it, as the text": lambda: made.packed(
        {"word/document.xml": made.packed({"a": bytes(9_000_000)})}
    ),
    "a declaration in letters of two bytes": lambda: plain(
        parts={"word/document.xml": LETTERS.encode("utf-16-le")}
    ),
    "a declaration in another alphabet": lambda: plain(
        parts={"word/document.xml": b'<?xml version="1.0" encoding="cp037"?>' + LETTERS.encode("cp037")}
    ),
    "text in UTF-16 with a declaration": lambda: plain(
        parts={"word/document.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
               .encode("utf-16")}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_poses_as_one_or_would_burst_is_refused(name: str) -> None:
    with pytest.raises(word.NotAText):
        word.read(REFUSED[name](), "docx")


def test_a_file_with_macros_is_one_under_another_name() -> None:
    """Its macros are dropped, and reported."""
    assert word.form_of("a.docm") == "docx"
    macros = made.TYPES.replace("application/xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
    found = word.read(plain(parts={"[Content_Types].xml": macros, "word/vbaProject.bin": CANARY.encode()}), "docx")
    assert made.counts(found) == {"macros": 1}
    assert CANARY not in everything(found)
