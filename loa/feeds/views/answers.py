"""What every feed and sitemap is answered with."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from loa.lib.tokens import digest


def answer(request: HttpRequest, content: str | bytes, content_type: str, tags: Iterable[str]) -> HttpResponse:
    response = HttpResponse(content, f"{content_type}; charset=utf-8")
    response["Cache-Control"] = "public, max-age=60"
    response["Cache-Tag"] = ",".join(sorted(tags))
    response["ETag"] = etag = quote_etag(digest(response.content)[:32])
    return get_conditional_response(request, etag=etag, response=response) or response
