"""The door of stylesheets: no portal, no session, no database."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from loa.ui import styles

FOR_EVER = "public, max-age=31536000, immutable"
FOR_NOW = "public, max-age=60"  # a page made before an upgrade asks for its old sheet, and gets today's


@csrf_exempt  # it reads alone, and a page about a refused form cannot be made where there is no portal
@require_safe
def stylesheet(request: HttpRequest, path: str) -> HttpResponse:
    """A sheet at the address that says all of it. The tag lets the front door keep it, and send it compressed."""
    asked = styles.asked(path)
    if asked is None:
        raise Http404
    answer = HttpResponse(asked.text, "text/css; charset=utf-8")
    answer["Cache-Control"] = FOR_EVER if asked.is_same else FOR_NOW
    if asked.is_same:
        answer["Cache-Tag"] = "styles"
    return answer
