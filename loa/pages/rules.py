"""How public answers may be kept, what makes them stale, and which address is one of a page of ours."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from loa.lib.tokens import digest

FRESH_SECONDS = 30
PAPERS = "cache/papers"  # under LOA_HOME: texts set on paper; it may be emptied at any time
CARDS = "cache/cards"  # likewise: drawn pictures of pages
KEPT_BY_304 = ("Cache-Control", "Cache-Tag", "ETag")


def cards_folder() -> Path:
    """Where drawn cards are kept."""
    return Path(settings.LOA_HOME) / CARDS


def papers_folder() -> Path:
    """Where PDFs are kept."""
    return Path(settings.LOA_HOME) / PAPERS


def public(request: HttpRequest, response: HttpResponse, tags: Iterable[str]) -> HttpResponse:
    """The answer with its freshness, tag keys and ETag; 304 where the reader has it already."""
    _keep(response, tags)
    if response.status_code != 200:
        return response
    etag = quote_etag(digest(response.content)[:32])
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def public_stream(
    request: HttpRequest, response: StreamingHttpResponse, tags: Iterable[str], seed: bytes
) -> HttpResponseBase:
    """The same for bytes made while they are sent; `seed` stands for all that decides what they are."""
    _keep(response, tags)
    etag = quote_etag(digest(seed)[:32])
    response["ETag"] = etag
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={name: response[name] for name in KEPT_BY_304})
    return response


def _keep(response: HttpResponseBase, tags: Iterable[str]) -> None:
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response["Cache-Tag"] = ",".join(sorted(tags))


_PAGE = re.compile(
    r"(?:/(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z]{2,8})?))?/(?:o/(?P<slug>[-\w]+)|r/(?P<id>[-\w]+)(?:/[-\w]+)?)/?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an address of ours stands for: a newsroom by its slug, or a release by its id; in which language."""

    language: str
    slug: str = ""
    public_id: str = ""


def wanted(address: str, origin: str, language: str) -> Wanted | None:
    """The page at an address of this portal, or None: another site's, or no page of these kinds."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    found = _PAGE.fullmatch(parts.path)
    if found is None or f"{parts.scheme}://{parts.netloc}".lower() != origin.lower():
        return None
    return Wanted(language=found["language"] or language, slug=found["slug"] or "", public_id=found["id"] or "")
