"""How public answers may be kept, and what makes them stale."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from loa.lib.tokens import digest

FRESH_SECONDS = 30


def public(request: HttpRequest, response: HttpResponse, tags: Iterable[str]) -> HttpResponse:
    """The answer with its freshness, tag keys and ETag; 304 where the reader has it already."""
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response["Cache-Tag"] = ",".join(sorted(tags))
    if response.status_code != 200:
        return response
    etag = quote_etag(digest(response.content)[:32])
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
