"""The door from a page of results to the form that asks for its news by mail."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from loa.lib.vietnamese import kept
from loa.newsletters import rules
from loa.search import reading
from loa.subscribers import queries as subscribers
from loa.subscribers.rules.searches import LONGEST, NARROWED_BY, address_of, asked_in


@require_safe
def follow(request: HttpRequest) -> HttpResponse:
    """Lead on to the form, or say in a sentence why this search cannot be followed, with the words to be mended."""
    said = {name: kept(request.GET.get(name, "")) for name in ("q", *NARROWED_BY)}
    address = address_of(said)
    reasons = rules.reasons_not_to_follow(reading.parse(said["q"]))
    if not reasons:
        signed = urlencode({"search": subscribers.search_token(address)})
        answer: HttpResponse = redirect(f"{getattr(request, 'prefix', '')}/newsletter?{signed}")
    else:
        asked = asked_in(address)
        hidden = [(name, value) for name, value in asked.items() if value and name != "q"]
        context = {"reasons": reasons, "words": asked["q"], "hidden": hidden, "back": address, "longest": LONGEST}
        answer = render(request, "newsletters/follow.html", context, status=422)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
