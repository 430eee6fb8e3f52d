"""XML of others is read whole, or refused before it does anything."""

import pytest

from loa.lib import safe_xml
from loa.lib.safe_xml import BadXml, Element, elements

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l><i>&b;</i></l>"""
OUTSIDE = b"""<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l><i>&x;</i></l>"""


def read(data: bytes, depth: int = 1, step: int = 7) -> list[Element]:
    return list(elements((data[at : at + step] for at in range(0, len(data), step)), depth=depth))


def test_elements_come_whole_whatever_the_pieces() -> None:
    one, two = read('<r xmlns:w="urn:w"><i a="1"><w:t>ă<![CDATA[ <b>]]></w:t>đ<w:t/></i><i>2</i></r>'.encode())
    assert (one.name, one.attributes, one.text, two.text) == ("i", {"a": "1"}, "đ", "2")
    assert (one.first("urn:w t"), [child.local for child in one.children]) == ("ă <b>", ["t", "t"])
    assert one.first("none") == ""


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE, b"<!DOCTYPE html><l><i/></l>"])
def test_document_types_are_refused(data: bytes) -> None:
    with pytest.raises(BadXml, match="document type"):
        read(data)


@pytest.mark.parametrize(
    "data", [b"", b"<r><i></r>", b"<r><i>", b"no", b"<r>&nbsp;</r>", b'<?xml version="1.0" encoding="x"?><r/>']
)
def test_what_is_not_whole_is_refused(data: bytes) -> None:
    with pytest.raises(BadXml, match="no whole XML"):
        read(data)


def test_control_characters_and_what_stands_before_are_no_matter() -> None:
    assert read(b"\xef\xbb\xbf\n <r><i>a\x08b</i></r>", step=100)[0].text == "ab"


def test_wide_letters_are_read() -> None:
    assert read("<r><i>ế</i></r>".encode("utf-16"), step=100)[0].text == "ế"


def test_depth_and_size_have_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadXml, match="nested"):
        read(b"<a>" * 1000, step=1000)
    monkeypatch.setattr(safe_xml, "MOST_LETTERS", 1000)
    assert len(read(b"<r>" + b"<i>abc</i>" * 1000 + b"</r>", step=1000)) == 1000
    with pytest.raises(BadXml, match="larger"):
        read(b"<r><i>" + b"a" * 2000 + b"</i></r>", step=100)
    with pytest.raises(BadXml, match="larger"):
        read(b"<r><i>" + b"<b/>" * 2000 + b"</i></r>", step=100)
