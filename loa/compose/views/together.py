"""Doors of writing together: a page saves by itself, says who else is here, and two texts of one field are chosen."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from loa.accounts.models import Person
from loa.accounts.views import View, person_of
from loa.compose.forms.merge import MergeForm
from loa.compose.queries import revisions
from loa.compose.views.found import release_or_404
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import said_of_suspended
from loa.compose.views.sheet import Sheet
from loa.lib import clock
from loa.releases import queries
from loa.releases.actions.appear import appear
from loa.releases.actions.merge import Merged, merge, settle
from loa.releases.errors import KeptAside, StaleRevision, Suspended, WrongState
from loa.releases.models import Release, Revision, Way


def said_of_aside() -> str:
    """Nothing was saved, and nothing lost."""
    return _("Đồng nghiệp vừa sửa cùng chỗ với bạn. Chữ của bạn được giữ riêng, chưa vào bài: hãy so hai bản rồi chọn.")


def said_of_saved(merged: Merged) -> str:
    """What of the saved text others wrote, where they did."""
    if not merged.from_theirs:
        return _("Đã lưu.")
    parts = ", ".join(revisions.labels(merged.from_theirs))
    return _("Đã lưu, ghép với phần đồng nghiệp vừa sửa: %(parts)s.") % {"parts": parts}


def offer_undo(request: HttpRequest, merged: Merged) -> None:
    """A link to what this save took out: rows of lists, which no key of the editor brings back."""
    if merged.before is None:
        return
    gone = revisions.taken_out(merged.before.fields, merged.release)
    if not gone:
        return
    path = reverse("compose:revision", args=[merged.release.public_id, merged.before.public_id])
    messages.info(
        request,
        format_html(
            '{} <a href="{}?{}">{}</a>',
            _("Đã bỏ khỏi bài: %(parts)s.") % {"parts": ", ".join(revisions.labels(gone))},
            path, urlencode([("only", name) for name in gone]), _("Hoàn tác"),
        ),
    )  # fmt: skip


def about(person: Person, release: Release) -> dict[str, Any]:
    """What a draft's page says of others: who has it open, and what of theirs or one's own waits for a choice."""
    last = queries.line(release).defer("fields").first()
    return {
        "others": queries.others_here(release, person, clock.now()),
        "asides": list(queries.set_aside(release).defer("fields", "base__fields")),
        "is_own_last": last is not None and last.person_id == person.pk,
    }


@require_POST
@cache_control(private=True, no_store=True)
def autosave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keeps what can be kept of the page as it is now; it is not looked over. Answers JSON."""
    if not request.user.is_authenticated:
        return JsonResponse({"sentence": _said_of_session()}, status=401)
    person, release = person_of(request), release_or_404(request, public_id)
    sheet = Sheet(request, release)
    fields, unread = sheet.typed()
    time = _time(release, clock.now())
    try:
        merged = merge(person, release, fields=fields, seen=sheet.seen, way=Way.AUTOSAVED)
    except KeptAside as kept:
        url = reverse("compose:merge", args=[public_id, kept.aside.public_id])
        return JsonResponse({"sentence": said_of_aside(), "url": url, "saved_at": time}, status=409)
    except Suspended:
        return JsonResponse({"sentence": said_of_suspended()}, status=409)
    except WrongState:
        return JsonResponse({"sentence": _("Thông cáo này vừa được gửi đi nên không tự lưu được nữa.")}, status=409)
    return JsonResponse(
        {
            "revision": merged.release.revision, "saved_at": time, "unread": unread,
            "theirs": revisions.labels(merged.from_theirs), **_others(request, release, sheet.seen.page),
        }
    )  # fmt: skip


@require_POST
@cache_control(private=True, no_store=True)
def here(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page is still open. Answers JSON: who else is here."""
    if not request.user.is_authenticated:
        return JsonResponse({"sentence": _said_of_session()}, status=401)
    release = release_or_404(request, public_id)
    return JsonResponse(_others(request, release, request.POST.get("page", "")))


def _others(request: HttpRequest, release: Release, page: str) -> dict[str, Any]:
    person, now = person_of(request), clock.now()
    appear(person, release, page=page)
    others = [row.person.name for row in queries.others_here(release, person, now)]
    return {"here": said_of_others(others)}


def said_of_others(names: Iterable[str]) -> str:
    """Who else has the page open, in a sentence; nothing where nobody has."""
    said = ", ".join(names)
    return _("%(names)s cũng đang mở bản này.") % {"names": said} if said else ""


def _said_of_session() -> str:
    return _("Phiên làm việc đã hết. Chữ của bạn được giữ trong máy này: hãy tải lại trang rồi đăng nhập.")


def _time(release: Release, moment: datetime) -> str:
    """The time of day in the portal's zone, with its seconds."""
    return moment.astimezone(ZoneInfo(release.organization.portal.time_zone)).strftime("%H:%M:%S")


def with_aside(view: View) -> View:
    """Gives a door the text that was kept aside, while nobody has chosen yet."""

    @for_writers
    def guarded(request: HttpRequest, public_id: str, revision: str) -> HttpResponse:
        release = release_or_404(request, public_id)
        aside = queries.revision(release, revision)
        if aside is None or aside.way != Way.ASIDE or aside.is_settled:
            messages.info(request, _("Hai bản này đã được ghép."))
            return redirect("compose:edit", public_id)
        return view(request, release, aside)

    return guarded


@with_aside
def merge_two(request: HttpRequest, release: Release, aside: Revision) -> HttpResponse:
    """Field by field what one wrote and what stands there; what only one of both changed has come together."""
    both = revisions.compared(release, aside)
    form = MergeForm(request.POST if request.method == "POST" else None, both=both, revision=release.revision)
    context = {
        "release": release, "aside": aside, "both": both, "form": form, "by": queries.line(release).first(),
        "zone": release.organization.portal.time_zone, "is_own": aside.person_id == person_of(request).pk,
    }  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        return render(request, "compose/merge.html", context, status=400 if form.is_bound else 200)
    try:
        settle(
            person_of(request), aside, choices=form.choices, texts=form.texts,
            expected_revision=form.cleaned_data["revision"],
        )  # fmt: skip
    except StaleRevision:
        form.add_error(
            None, _("Đồng nghiệp vừa lưu thêm. Hãy xem lại những chỗ khác rồi lưu; lựa chọn của bạn còn đây.")
        )
        form.follow(release.revision)
        return render(request, "compose/merge.html", context, status=409)
    except Suspended:
        messages.error(request, said_of_suspended())
    except WrongState:
        messages.error(
            request, _("Thông cáo này vừa được gửi đi nên không sửa được nữa; chữ giữ riêng còn trong lịch sử.")
        )
    else:
        messages.success(request, _("Đã ghép hai bản và lưu."))
    return redirect("compose:edit", release.public_id)
