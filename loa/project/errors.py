"""Pages for what went wrong before a view was reached, or in one: whole, and in the language of the address.

None of them asks the database or the session, so that they stand when those do not, and so that "is not" and "not for
you" are equal to the byte.
"""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loa.portals.models import Portal
from loa.project import frame
from loa.ui.language import speaking, split

# Never shown back, whoever sent the form: secrets, and what nobody typed.
NOT_TYPED = ("csrfmiddlewaretoken", "password", "revision", "token", "login")

Words = tuple[str | Promise, str | Promise]
NO_PORTAL: Words = (
    _("Không có cổng thông tin nào ở địa chỉ này"),
    _("Tên miền này dẫn tới máy chủ, nhưng chưa thuộc về cổng nào. Hãy xem lại địa chỉ."),
)
WORDS: dict[int, Words] = {
    400: (
        _("Yêu cầu này không đọc được"),
        _("Máy chủ không hiểu điều trình duyệt gửi tới. Hãy trở lại trang trước, tải lại trang rồi gửi lần nữa."),
    ),
    403: (
        _("Bạn không mở được trang này"),
        _("Trang này dành cho người khác. Nếu bạn có tài khoản khác, hãy đăng nhập bằng tài khoản đó."),
    ),
    404: (
        _("Không có trang này"),
        _("Địa chỉ có thể đã gõ thiếu. Mọi thông cáo đã đăng đều còn: hãy tìm trong kho lưu trữ."),
    ),
    405: (
        _("Trang này mở bằng một nút bấm"),
        _("Chưa có gì được làm. Hãy về trang có nút ấy rồi bấm lần nữa."),
    ),
    413: (
        _("Những gì bạn gửi quá lớn"),
        _("Mỗi lần gửi được tới 25 MB, riêng phần chữ tới 2 MB. Hãy trở lại trang trước, bớt đi rồi gửi lần nữa."),
    ),
    500: (
        _("Có lỗi ở phía chúng tôi"),
        _("Chúng tôi đã ghi lại lỗi này. Hãy thử lại sau ít phút; những gì đã lưu vẫn còn."),
    ),
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What no browser of a reader sends; or more words than a form takes, which a reader may well send."""
    return too_large(request) if isinstance(exception, RequestDataTooBig) else _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Whoever asks may not, and may know that it is there."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or not for whoever asks."""
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something of ours failed; the log has it."""
    return _page(request, 500)


def by_a_button(request: HttpRequest) -> HttpResponse:
    """The address takes what a button sends, and was opened: typed, or gone to after signing in."""
    return _page(request, 405)


def too_large(request: HttpRequest) -> HttpResponse:
    """More was sent than is read."""
    return _page(request, 413)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was too old or came from elsewhere: said plainly, with the words typed so that none are lost."""
    typed = [
        (name, text)
        for name, texts in request.POST.lists()
        if not name.startswith(NOT_TYPED)
        for text in texts
        if isinstance(text, str) and len(text.strip()) > 2
    ]
    return render(request, "project/csrf.html", {"typed": typed}, status=403)


def _asked(request: HttpRequest, portal: Portal | None) -> str:
    own, offered = (portal.language, portal.spoken) if portal else ("vi", ())
    return split(request.path_info, own, offered)[0]


def _page(request: HttpRequest, status: int) -> HttpResponse:
    """The page of a status. It may be asked for before a portal or a language was found."""
    portal = getattr(request, "portal", None)
    asked = getattr(request, "language", None) or _asked(request, portal)
    title, sentence = NO_PORTAL if status == 404 and portal is None else WORDS[status]
    with speaking(asked, portal.spoken if portal else ()) as language:
        plain = frame.bare(portal, language) if portal else frame.NO_PORTAL
        context = {"frame": plain, "status": status, "title": title, "sentence": sentence}
        if status == 500:
            context["number"] = getattr(request, "number", "")
        answer = HttpResponse(render_to_string("project/error.html", context), status=status)
    answer["Content-Language"] = language
    return answer
