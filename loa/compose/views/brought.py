"""Doors of texts brought as a file: into a new draft, into one in hand, and what of it takes the place of what."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from loa.accounts.views import person_of
from loa.compose import queries
from loa.compose.actions.bring import bring
from loa.compose.actions.dismiss import dismiss
from loa.compose.actions.replace import replace
from loa.compose.models import Bringing
from loa.compose.views.found import release_or_404
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import client_or_404, may_begin, said_of_suspended
from loa.lib import diff, html, word, written
from loa.lib.sizes import in_words
from loa.limits.actions.take import take
from loa.media.rules import what_to_do
from loa.moderation.rules import FIELDS
from loa.organizations import queries as organizations
from loa.organizations.models import Organization
from loa.organizations.queries import is_suspended
from loa.portals.middleware import portal_of
from loa.releases.actions.begin_for import begin_for
from loa.releases.actions.save import begin
from loa.releases.errors import StaleRevision, Suspended, WrongState
from loa.releases.models import Release

AN_HOUR = 60  # files an organization brings
FIELD = "brought"  # the name of the field with the file


@for_writers
@require_POST
def begin_with(request: HttpRequest, slug: str) -> HttpResponse:
    """A new draft that begins with a file."""
    organization, person = client_or_404(request, slug), person_of(request)
    is_let_in = not is_suspended(organization) and may_begin(request)
    found = _read(request, organization) if is_let_in else None
    if found is None:
        if is_suspended(organization):
            messages.error(request, said_of_suspended())
        return redirect("compose:organization", slug)
    text = f"{found.headline}\n{found.lead}\n{html.to_text(found.body_html)}"
    fields = {"language": written.language_of(text) or portal_of(request).language}
    is_own = organizations.is_member(person, organization)
    release = (begin if is_own else begin_for)(person, organization, fields=fields)
    bring(release, found, name=_name(request), person=person)
    messages.success(request, _("Đã đọc tệp vào bản nháp mới. Hãy đọc lại trước khi gửi."))
    return redirect("compose:edit", release.public_id)


def take_file(request: HttpRequest, release: Release) -> HttpResponse:
    """What was sent beside the text that has just been saved."""
    found = _read(request, release.organization)
    if found is None:
        return redirect("compose:edit", release.public_id)
    release.refresh_from_db()
    try:
        made = bring(release, found, name=_name(request), person=person_of(request))
    except (StaleRevision, WrongState, Suspended):
        messages.error(request, _("Có người vừa lưu hay gửi bản này. Hãy xem lại rồi lấy tệp lần nữa."))
        return redirect("compose:edit", release.public_id)
    if made.is_waiting:
        return redirect("compose:brought", release.public_id)
    messages.success(request, _("Đã đọc tệp vào bản nháp. Hãy đọc lại trước khi gửi."))
    return redirect("compose:edit", release.public_id)


def say_not_taken(request: HttpRequest) -> None:
    """A file that came beside a text in dispute was not read: it would be a third text of the same fields."""
    if name := _name(request):
        said = _("Tệp “%(name)s” chưa được lấy vào bài. Hãy ghép hai bản trước, rồi lấy tệp lần nữa.")
        messages.warning(request, said % {"name": name})


def _read(request: HttpRequest, organization: Organization) -> word.Brought | None:
    """What the file says; None where it cannot be read, and the page says why."""
    file = request.FILES.get(FIELD)
    if file is None:
        messages.error(request, _("Hãy chọn một tệp Word (.docx), Markdown (.md) hay chữ thường (.txt)."))
        return None
    if not take(f"compose.bring:{organization.pk}", limit=AN_HOUR, seconds=3600):
        messages.error(request, _("Tổ chức đã lấy quá nhiều tệp trong một giờ. Hãy thử lại sau."))
        return None
    try:
        if (file.size or 0) > word.MOST_BYTES:
            raise word.NotAText("too_large")
        return word.read(file.read(), word.form_of(file.name or ""))
    except word.NotAText as error:
        messages.error(request, f"{file.name}: {_why(error.reason)}")
        return None


def _name(request: HttpRequest) -> str:
    file = request.FILES.get(FIELD)
    return (file.name or "") if file is not None else ""


def _why(reason: str) -> str:
    return {
        "too_large": _("tệp lớn quá 20 MB, hoặc nén nhiều hơn một văn bản có thể. Hãy bỏ bớt ảnh rồi thử lại."),
        "too_long": _("văn bản dài quá 300.000 ký tự. Hãy chia ra, hoặc đính kèm bản đầy đủ bằng PDF."),
        "old": _("đây là tệp Word đời cũ (.doc) hoặc có mật khẩu. Hãy mở bằng Word, lưu thành .docx không mật khẩu."),
        "locked": _("tệp có mật khẩu. Hãy bỏ mật khẩu rồi thử lại."),
        "busy": _("máy đang đọc nhiều tệp. Hãy thử lại sau một phút."),
        "unknown": _("chỉ đọc được tệp Word (.docx), Markdown (.md) và chữ thường (.txt)."),
    }.get(reason, _("tệp hỏng hoặc không phải văn bản. Hãy mở bằng Word, lưu lại rồi thử."))


def about(release: Release) -> dict[str, Any] | None:
    """What a draft's page says of the file that was brought last."""
    row = queries.brought(release)
    if row is None:
        return None
    return {"name": row.name, "is_waiting": row.is_waiting, "sentences": list(sentences(row.reported))}


def sentences(reported: list[dict[str, Any]]) -> Iterator[str]:
    """What of a file did not come in, or came in otherwise than it stood there."""
    for one in reported:
        count = int(one["count"])
        if said := _said(str(one["what"]), count):
            sizes: dict[str, Any] = {name: in_words(int(one[name])) for name in ("used", "most") if name in one}
            yield said % {**sizes, "count": count}


def _said(what: str, n: int) -> str:
    """One thing in words; its number stands where the sentence wants it."""
    return {
        "deleted": ngettext("%(count)s chỗ đã đánh dấu xóa: bỏ.", "%(count)s chỗ đã đánh dấu xóa: bỏ.", n),
        "inserted": ngettext("%(count)s chỗ đánh dấu thêm: giữ.", "%(count)s chỗ đánh dấu thêm: giữ.", n),
        "hidden": ngettext("%(count)s chỗ chữ ẩn: bỏ.", "%(count)s chỗ chữ ẩn: bỏ.", n),
        "comments": ngettext("%(count)s lời bình: bỏ.", "%(count)s lời bình: bỏ.", n),
        "headers": ngettext("%(count)s đầu trang, chân trang: bỏ.", "%(count)s đầu trang, chân trang: bỏ.", n),
        "macros": _("Macro: bỏ, không chạy."),
        "fields": ngettext(
            "%(count)s trường tự động: chữ đang hiện được giữ, lệnh bị bỏ.",
            "%(count)s trường tự động: chữ đang hiện được giữ, lệnh bị bỏ.", n,
        ),
        "contents": _("Mục lục: bỏ."),
        "external": ngettext(
            "%(count)s ảnh hay mẫu nằm ngoài tệp: không tải về; hãy gửi ảnh lên thư viện.",
            "%(count)s ảnh hay mẫu nằm ngoài tệp: không tải về; hãy gửi ảnh lên thư viện.", n,
        ),
        "objects": ngettext("%(count)s tệp nhúng: bỏ.", "%(count)s tệp nhúng: bỏ.", n),
        "charts": ngettext(
            "%(count)s biểu đồ, sơ đồ: bỏ; hãy lưu thành ảnh rồi gửi lên.",
            "%(count)s biểu đồ, sơ đồ: bỏ; hãy lưu thành ảnh rồi gửi lên.", n,
        ),
        "formulas": ngettext("%(count)s công thức: bỏ.", "%(count)s công thức: bỏ.", n),
        "placeholders": ngettext("%(count)s ô chưa điền: bỏ.", "%(count)s ô chưa điền: bỏ.", n),
        "foreign": ngettext("%(count)s đoạn ghép từ tệp khác: bỏ.", "%(count)s đoạn ghép từ tệp khác: bỏ.", n),
        "struck": ngettext(
            "%(count)s chỗ chữ gạch ngang: giữ chữ, không còn gạch; hãy xóa nếu là chữ đã bỏ.",
            "%(count)s chỗ chữ gạch ngang: giữ chữ, không còn gạch; hãy xóa nếu là chữ đã bỏ.", n,
        ),
        "notes": ngettext(
            "%(count)s chú thích chân trang: đặt ở cuối bài.", "%(count)s chú thích chân trang: đặt ở cuối bài.", n
        ),
        "pictures": ngettext(
            "%(count)s hình không đọc được: bỏ; hãy lưu thành JPEG hay PNG rồi gửi lên.",
            "%(count)s hình không đọc được: bỏ; hãy lưu thành JPEG hay PNG rồi gửi lên.", n,
        ),
        "storage": ngettext(
            "%(count)s hình không còn chỗ nên chưa vào: thư viện đã dùng %(used)s, được phép %(most)s.",
            "%(count)s hình không còn chỗ nên chưa vào: thư viện đã dùng %(used)s, được phép %(most)s.", n,
        ) + f" {what_to_do()}",
    }.get(what, "")  # fmt: skip


@for_writers
def choose(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the file would put in place of what stands there; nothing changes before a button is pressed."""
    release = release_or_404(request, public_id)
    row = queries.brought(release)
    if row is None or not row.is_waiting:
        return redirect("compose:edit", public_id)
    if request.method != "POST":
        changes = list(_changes(release, row))
        context = {"release": release, "row": row, "changes": changes, "sentences": list(sentences(row.reported))}
        return render(request, "compose/brought.html", context)
    typed = request.POST.get("revision", "")
    revision = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    try:
        names = request.POST.getlist("names")
        replace(row, names=names, expected_revision=revision, person=person_of(request))
        messages.success(request, _("Đã thay. Hãy đọc lại trước khi gửi."))
    except StaleRevision:
        messages.error(request, _("Có người vừa lưu bản này. Hãy xem lại rồi chọn lần nữa."))
        return redirect("compose:brought", public_id)
    except Suspended:
        messages.error(request, said_of_suspended())
    except WrongState:
        messages.error(request, _("Thông cáo này vừa được gửi đi nên không sửa được nữa."))
    return redirect("compose:edit", public_id)


def _changes(release: Release, row: Bringing) -> Iterator[dict[str, Any]]:
    for name, value in row.fields.items():
        old, new = _plain(getattr(release, name)), _plain(value)
        label = FIELDS.get("body" if name == "body_html" else name, name)
        is_same = old == new
        yield {
            "name": name, "label": label, "is_new": not old, "new": new, "is_same": is_same,
            "is_added": name == "pictures" and bool(old),
            "runs": diff.with_context(diff.runs(old, new)) if old and name != "pictures" and not is_same else [],
        }  # fmt: skip


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(filter(None, (" · ".join(filter(None, map(str, _words(one)))) for one in value)))
    return html.to_text(str(value)) if html.is_markup(str(value)) else str(value)


def _words(one: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(one.get(name, "") for name in ("text", "name", "role", "caption", "alt", "credit"))


@for_writers
@require_POST
def dismiss_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """The words about the file go from the draft's page."""
    row = queries.brought(release_or_404(request, public_id))
    if row is not None:
        dismiss(row)
    return redirect("compose:edit", public_id)
