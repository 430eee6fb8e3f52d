"""Word files as people and other programs make them: by python-docx, and in raw XML where it cannot."""

import io
import random
import struct
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from PIL import Image

from loa.lib import word

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STYLES = {
    "Title": "Title", "Subtitle": "Subtitle", "Heading1": "heading 1", "Heading2": "heading 2", "Quote": "Quote",
    "Caption": "caption", "TOC1": "toc 1",
}  # fmt: skip
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/></Types>'
)
NOTE = '<w:footnote w:id="2">{}</w:footnote>'


def png(colour: str = "green") -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(out, "PNG")
    return out.getvalue()


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    made = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{made}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph; a run that is no markup is plain text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def picture(key: str, alt: str = "", how: str = "embed") -> str:
    """Return a run that shows the picture of a relation."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture" descr="{escape(alt)}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
        f'<a:blip r:{how}="{key}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def link(key: str, text: str) -> str:
    """Return a link to the target of a relation."""
    return f'<w:hyperlink r:id="{key}">{r(text)}</w:hyperlink>'


def field(instruction: str, shown: str) -> str:
    """Return a complex field and what it shows."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f'<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>'
    return sign.format("begin") + code + sign.format("separate") + r(shown) + sign.format("end")


def docx(
    *blocks: str, relations: dict[str, tuple[str, str]] | None = None, parts: dict[str, bytes | str] | None = None,
    styles: str = "",
) -> bytes:  # fmt: skip
    """Return a file around these blocks; `relations` are {id: (kind, target)}, outside ones begin with a scheme."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{RELATION}{kind}" Target="{escape(target)}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for key, (kind, target) in (relations or {}).items()
    )
    space = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    known = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in STYLES.items()
    )
    main = f'<Relationship Id="m" Type="{RELATION}officeDocument" Target="word/document.xml"/>'
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f"<Relationships {space}>{main}</Relationships>",
        "word/document.xml": f"<w:document {NAMES}><w:body>{''.join(blocks)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMES}>{known}{styles}</w:styles>",
        "word/_rels/document.xml.rels": f"<Relationships {space}>{rows}</Relationships>",
        **(parts or {}),
    }
    return packed(files)


def packed(files: dict[str, bytes | str]) -> bytes:
    """Return these parts as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return out.getvalue()


def part(tag: str, inner: str) -> str:
    """Return a part of its own: comments, a header."""
    return f"<w:{tag} {NAMES}>{inner}</w:{tag}>"


LEAD = "Hợp tác xã Sao Mai vừa thu hoạch vụ lúa hữu cơ đầu tiên, năm tấn mỗi héc-ta."
BODY = "Vụ lúa bắt đầu từ tháng sáu trên cánh đồng rộng 40 héc-ta của 120 hộ xã viên."


def plain(*more: str, **options: Any) -> bytes:
    """Return a short release with these blocks at its end."""
    head = (p("Sao Mai thu hoạch vụ lúa hữu cơ", style="Title"), p(LEAD), p(BODY))
    return docx(*head, *more, **options)


def ten_pages() -> bytes:
    """Return ten pages with a table and ten pictures, as python-docx writes them."""
    made = Document()
    made.add_heading("Báo cáo phát triển bền vững 2026", 0)
    for number in range(10):
        made.add_heading(f"Phần {number}", 1)
        for _ in range(8):
            made.add_paragraph(f"{LEAD} {BODY} " * 2)
        made.add_picture(io.BytesIO(png(["red", "green", "blue"][number % 3])))
        table = made.add_table(rows=4, cols=3)
        for row in table.rows:
            for cell in row.cells:
                cell.text = str(number)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def saved(made: Any) -> bytes:
    """Return a document of python-docx as a file."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def lying_zip() -> bytes:
    """Return a zip whose part says it is small and unpacks to much."""
    data = plain(parts={"word/numbering.xml": b"<a>" + b" " * 90_000 + b"</a>"})
    return data.replace(struct.pack("<I", 90_007), struct.pack("<I", 100))


def deep(levels: int) -> str:
    """Return tables within tables."""
    return "<w:tbl><w:tr><w:tc>" * levels + p("sâu") + "</w:tc></w:tr></w:tbl>" * levels


def noise(size: int) -> bytes:
    """Return bytes that cannot be packed tighter."""
    return random.Random(7).randbytes(size)


def counts(found: word.Brought) -> dict[str, int]:
    """Return how much of each thing was taken out."""
    return {str(one["what"]): int(one["count"]) for one in found.reported}
