"""What every page for readers is made with."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from loa.lib import languages
from loa.subscribers.models import Frequency


def refuse(request: HttpRequest, status: int, sentence: str, *, preferences: str = "") -> HttpResponse:
    """A page that says in a sentence what to do instead; it leads to a reader's choices where those are in the way."""
    return page(request, "refused", status, sentence=sentence, preferences=preferences)


def unknown_link(request: HttpRequest) -> HttpResponse:
    """The answer to a link that was changed."""
    return refuse(request, 404, _("Liên kết này không đúng; hãy mở liên kết trong thư gần nhất."))


def page(request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page nobody keeps; where its address has a token, that address is told to nobody."""
    context.setdefault("frequencies", frequencies())
    spoken = request.portal.spoken  # type: ignore[attr-defined]  # set by PortalByHost
    context.setdefault("languages", [(code, languages.own_name(code)) for code in spoken])
    response = render(request, f"subscribers/{name}.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    # Not "no-referrer": browsers then send forms with the origin "null".
    response.headers["Referrer-Policy"] = "strict-origin"
    if name not in {"sign_up", "press"}:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def rhythms() -> Sequence[tuple[str, str]]:
    """The same in a word or two, where there is little room."""
    return [
        (Frequency.AT_ONCE.value, _("Ngay khi có")),
        (Frequency.DAILY.value, _("Mỗi ngày")),
        (Frequency.WEEKLY.value, _("Mỗi tuần")),
    ]


def frequencies() -> Sequence[tuple[str, str]]:
    """How often, in words."""
    return [
        (Frequency.AT_ONCE.value, _("Ngay khi có tin")),
        (Frequency.DAILY.value, _("Mỗi ngày, 7 giờ sáng")),
        (Frequency.WEEKLY.value, _("Mỗi tuần, sáng thứ Hai")),
    ]
