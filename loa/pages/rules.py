"""How public answers may be kept, and what makes them stale."""

from collections.abc import Iterable
from pathlib import Path

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
