"""A page as it is sent: in one encoding, under an ETag of its own, and as nothing to who has it already."""

from loa.edge import encodings
from loa.edge.store import Form, Page

_OF_CACHES = frozenset({"cache-control", "cache-tag", "cdn-cache-control", "surrogate-control", "surrogate-key"})


def made_form(page: Page, encoding: str) -> Form:
    """The page in one encoding; each encoding has an ETag of its own (RFC 9110, section 8.8.3)."""
    body = encodings.encoded(page.body, encoding)
    etag = f'{page.etag[:-1]}-{encoding}"' if encoding else page.etag
    known = [("ETag", etag), ("Vary", page.vary)]
    unchanged = [*known, *(one for one in page.headers if one[0].lower() in _OF_CACHES)]
    coded = [("Content-Encoding", encoding)] if encoding else []
    headers = [*page.headers, *known, *coded, ("Content-Length", str(len(body)))]
    return Form(page=page, etag=etag, headers=headers, unchanged=unchanged, body=[body])


def is_same(asked: str, *etags: str) -> bool:
    """Say whether an `If-None-Match` names one of these; weak ones count (RFC 9110, section 13.1.2)."""
    if asked == etags[0]:
        return True
    named = {one.strip().removeprefix("W/") for one in asked.split(",")}
    return "*" in named or not named.isdisjoint(etags)
