"""etags: a page is sent as it was asked for, and not at all to who has it already."""

import gzip

import brotli
import pytest

from tests.edge.conftest import TEXT, Reader, Site


def test_each_encoding_has_its_bytes_and_its_etag(reader: Reader) -> None:
    plain = reader.get()
    etags = {reader.headers["etag"]}
    assert gzip.decompress(reader.get(HTTP_ACCEPT_ENCODING="gzip, deflate")) == plain
    assert (reader.headers["content-encoding"], reader.headers["vary"]) == ("gzip", "Accept, Accept-Encoding")
    etags.add(reader.headers["etag"])
    assert brotli.decompress(reader.get(HTTP_ACCEPT_ENCODING="gzip, br;q=0.9")) == plain
    etags.add(reader.headers["etag"])
    assert len(etags) == 3
    assert reader.get(HTTP_ACCEPT_ENCODING="br;q=0, identity") == plain
    assert "content-encoding" not in reader.headers


def test_who_has_it_already_gets_304(site: Site, reader: Reader, seen: list[str]) -> None:
    reader.get(HTTP_ACCEPT_ENCODING="gzip")
    etag = reader.headers["etag"]
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        assert reader.get(HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=known) == b""
        assert (reader.status[:3], reader.headers["etag"]) == ("304", etag)
        assert "content-length" not in reader.headers
    assert reader.get(HTTP_IF_NONE_MATCH='"other"')
    assert reader.status == "200 OK"
    assert len(site.asked) == 1
    assert seen == ["a", "a"]


def test_a_condition_never_reaches_the_page_that_is_made(site: Site, reader: Reader) -> None:
    reader.get(
        HTTP_IF_NONE_MATCH='"x"', HTTP_IF_MODIFIED_SINCE="Sat, 28 Nov 2026 00:00:00 GMT", HTTP_ACCEPT="text/html"
    )
    assert not [name for name in site.asked[0] if name.startswith("HTTP_IF_")]
    assert site.asked[0]["HTTP_ACCEPT"] == "*/*"


def test_head_has_the_headers_and_no_body(site: Site, reader: Reader) -> None:
    assert reader.get(method="HEAD") == b""
    assert reader.headers["content-length"] == str(len(TEXT.encode()))
    assert reader.get(method="HEAD") == b""
    assert reader.get() == TEXT.encode()
    assert [one["REQUEST_METHOD"] for one in site.asked] == ["GET"]


def test_a_public_page_that_is_not_kept_comes_in_an_encoding_too(site: Site, reader: Reader) -> None:
    """What is asked in words of the reader's own, as a search is; the site goes on knowing its ETag."""
    site.headers["ETag"] = '"a"'
    for encoding, read in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        body = reader.get("/search", "q=lua", HTTP_ACCEPT_ENCODING=encoding)
        assert read(body) == TEXT.encode()
        assert reader.headers["content-encoding"] == encoding
        assert reader.headers["content-length"] == str(len(body))
        assert (reader.headers["vary"], reader.headers["etag"]) == ("Accept, Accept-Encoding", 'W/"a"')
    assert site.closed == 2
    assert reader.get("/search", "q=lua") == TEXT.encode()
    assert reader.get("/search", "q=lua", "HEAD", HTTP_ACCEPT_ENCODING="br") == TEXT.encode()  # the server cuts it
    assert "content-encoding" not in reader.headers


@pytest.mark.parametrize("changes", [{"Cache-Control": "private"}, {"Set-Cookie": "a=b"}, {"Vary": "Cookie"}])
def test_what_may_hold_a_secret_is_not_compressed(site: Site, reader: Reader, changes: dict[str, str]) -> None:
    site.headers.update(changes)
    assert reader.get("/search", "q=lua", HTTP_ACCEPT_ENCODING="br") == TEXT.encode()
    assert "content-encoding" not in reader.headers
