"""What a reader gets, changed and left by the signed links of their mails; no GET changes anything."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from loa.lib import clock
from loa.limits.rules import is_from_own_page
from loa.portals.middleware import portal_of
from loa.subscribers import queries, rules
from loa.subscribers.actions.change import change
from loa.subscribers.actions.leave import leave as leave_lists
from loa.subscribers.actions.rest import rest
from loa.subscribers.errors import TokenInvalid
from loa.subscribers.models import State, Subscriber
from loa.subscribers.queries import Named
from loa.subscribers.rules import Wish
from loa.subscribers.views.answers import page, refuse, rhythms, unknown_link
from loa.topics import queries as topics
from loa.ui.language import language_of


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Every list a reader gets, how often and in which language."""
    try:
        subscriber = queries.by_token(portal_of(request), token, "preferences")
    except TokenInvalid:
        return unknown_link(request)
    if request.method != "POST":
        return _shown(request, subscriber)
    if not is_from_own_page(request.META, request.get_host()):
        return refuse(request, 403, _("Hãy gửi biểu mẫu từ chính trang này."))
    undo = queries.undo_token(subscriber) if subscriber.state == State.CONFIRMED else ""
    act = request.POST.get("act", "")
    if act in {"rest", "wake"}:
        rest(subscriber, days=rules.DAYS_OF_REST if act == "rest" else 0)
        return _shown(request, subscriber, done=_rested(subscriber))
    wishes = _wishes(request, subscriber)
    names = queries.named(subscriber.portal, [wish.key for wish in wishes], language_of(request))
    texts = {
        key: rules.consent_text(subscriber.portal.name, [one.name], is_search=rules.kind_of(key) == rules.SEARCH)
        for key, one in names.items()
    }
    language = rules.language_of(request.POST.get("language", ""), subscriber.language)
    change(subscriber, wishes, language=language, texts=texts)
    done = _said(list(names.values()))
    return _shown(request, subscriber, done=done, undo=undo)


def _rested(subscriber: Subscriber) -> str:
    if subscriber.paused_until is None:
        return _("Đã lưu. Thư lại được gửi như bạn đã chọn.")
    return _("Đã lưu. Trong %(days)d ngày tới bạn không nhận thư nào; sau đó thư tự trở lại.") % {
        "days": rules.DAYS_OF_REST
    }


def _said(lists: list[Named]) -> str:
    """The sentence above what was saved."""
    if not lists:
        return _("Đã lưu. Bạn không chọn danh sách nào, nên sẽ không có thư nào được gửi.")
    return _("Đã lưu. Bạn nhận: %(lists)s.") % {"lists": ", ".join(one.name for one in lists)}


@csrf_exempt
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Put back the choices as they stood before a page changed them; good for an hour and for nothing else."""
    try:
        subscriber, language, wishes = queries.by_undo_token(portal_of(request), request.POST.get("undo", ""))
    except TokenInvalid:
        return refuse(request, 404, _("Đã quá một giờ nên không hoàn lại được; hãy chọn lại bằng liên kết trong thư."))
    if not is_from_own_page(request.META, request.get_host()):
        return refuse(request, 403, _("Hãy gửi biểu mẫu từ chính trang này."))
    change(subscriber, wishes, language=language, texts={}, method="undo")
    found = queries.named(subscriber.portal, [wish.key for wish in wishes], language_of(request))
    return page(request, "undone", lists=list(found.values()))


def _wishes(request: HttpRequest, subscriber: Subscriber) -> list[Wish]:
    """What the form says: rows that were kept, each with its own choices, and what was added."""
    posted, has = request.POST, queries.wishes_of(subscriber)
    gone = set(posted.getlist("leave"))
    kept = [
        Wish(
            wish.key,
            rules.frequency_of(posted.get(f"frequency:{wish.key}", wish.frequency)),
            rules.language_of(posted.get(f"language:{wish.key}", ""), wish.language),
        )
        for wish in has
        if wish.key not in gone
    ]
    known = {wish.key for wish in has}
    offered = [key for key in _offered(subscriber) if key not in known]
    language = rules.language_of(posted.get("language", ""), subscriber.language)
    added = [Wish(key, rules.frequency_of(""), language) for key in offered if key in posted.getlist("add")]
    return kept + added


def _offered(subscriber: Subscriber) -> list[str]:
    """What anybody may add without asking twice: their address is proven."""
    return [rules.GENERAL, *(f"{rules.SECTION}:{one.pk}" for one in topics.sections(subscriber.portal))]


def _shown(request: HttpRequest, subscriber: Subscriber, **more: Any) -> HttpResponse:
    wishes = queries.wishes_of(subscriber)
    keys = [wish.key for wish in wishes]
    names = queries.named(subscriber.portal, [*keys, *_offered(subscriber)], language_of(request))
    kinds = dict(_kinds())
    rows = [
        {"wish": wish, "list": names[wish.key], "kind": kinds[rules.kind_of(wish.key)], "id": f"list-{number}"}
        for number, wish in enumerate(wishes)
        if wish.key in names
    ]
    is_resting = subscriber.paused_until is not None and subscriber.paused_until > clock.now()
    context: dict[str, Any] = {
        "subscriber": subscriber,
        "rows": rows,
        "rhythms": rhythms(),
        "offered": [names[key] for key in _offered(subscriber) if key not in keys and key in names],
        "is_resting": is_resting,
        "days": rules.DAYS_OF_REST,
        "zone": subscriber.portal.time_zone,
        "leave": queries.link(subscriber, "leave"),
        "data": queries.link(subscriber, "data"),
        "erase": queries.link(subscriber, "erase"),
    }
    return page(request, "preferences", **{**context, **more})


def _kinds() -> list[tuple[str, str]]:
    return [
        (rules.GENERAL, _("Bản tin của cổng")),
        (rules.SECTION, _("Theo chuyên mục")),
        (rules.TOPIC, _("Theo chủ đề")),
        (rules.ORGANIZATION, _("Theo tổ chức")),
        (rules.PLACE, _("Theo nơi chốn")),
        (rules.SEARCH, _("Theo tìm kiếm")),
        (rules.PRESS, _("Dành cho báo chí")),
    ]


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """A button to leave; mail programs post here themselves (RFC 8058), so no page of ours is asked for."""
    try:
        subscriber, key = queries.by_leave_token(portal_of(request), token)
    except TokenInvalid:
        return unknown_link(request)
    if subscriber is None:  # erased meanwhile: there is nothing left to leave
        return page(request, "leave_done", left=None, is_all=True)
    found = queries.named(subscriber.portal, [key], language_of(request)).get(key) if key else None
    is_on = key and any(wish.key == key for wish in queries.wishes_of(subscriber))
    if request.method != "POST":
        one = found if is_on else None
        return page(request, "leave", email=subscriber.email, one=one, has_left=subscriber.state == State.LEFT)
    undo = queries.undo_token(subscriber) if queries.wishes_of(subscriber) else ""
    leave_lists(subscriber, "" if "all" in request.POST else key)
    is_all = subscriber.state == State.LEFT
    return page(request, "leave_done", left=None if is_all else found, is_all=is_all, undo=undo)
