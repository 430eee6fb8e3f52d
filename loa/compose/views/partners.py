"""Doors of joint releases: name the other senders, and answer for one of them."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loa.accounts.models import Person
from loa.accounts.views import person_of
from loa.accounts.views.step_up import steps_up
from loa.compose.views.found import release_or_404
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import said_of_suspended
from loa.limits.actions.take import take
from loa.organizations import queries as organizations
from loa.portals.middleware import portal_of
from loa.releases import queries
from loa.releases.actions.answer_partner import answer_partner
from loa.releases.actions.ask_partner import ask_partner
from loa.releases.actions.drop_partner import drop_partner
from loa.releases.actions.publish import sheet_of
from loa.releases.errors import NotAPartner, StaleRevision, Suspended, WrongState
from loa.releases.models import Partnership, Release
from loa.releases.rules import has_agreed, text_digest
from loa.releases.states import EDITABLE
from loa.ui.language import language_of

FOUND = 12


@for_writers
def partners(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who stands beside the sender, and a search for one more."""
    release = release_or_404(request, public_id)
    if request.method == "POST":
        _change(request, release)
        return redirect("compose:partners", public_id)
    words = request.GET.get("q", "").strip()
    rows = list(queries.partnerships(release))
    taken = {release.organization_id, *(row.organization_id for row in rows)}
    found = organizations.named_like(portal_of(request).pk, words).exclude(pk__in=taken)[:FOUND] if words else []
    context = {
        "release": release, "organization": release.organization, "words": words, "found": found,
        "partnerships": [(row, has_agreed(row, release)) for row in rows], "is_open": release.state in EDITABLE,
    }  # fmt: skip
    return render(request, "compose/partners.html", context)


def _change(request: HttpRequest, release: Release) -> None:
    person = person_of(request)
    try:
        if gone := request.POST.get("drop", ""):
            drop_partner(person, release, gone)
            messages.success(request, _("Đã bỏ tên."))
        else:
            asked = organizations.by_slug(portal_of(request).pk, request.POST.get("ask", ""))
            if asked is None:
                raise NotAPartner
            if not take(f"compose.partner:{person.pk}", limit=30, seconds=86_400):
                messages.error(request, _("Bạn đã hỏi nhiều tổ chức hôm nay. Ngày mai hãy hỏi tiếp."))
                return
            ask_partner(person, release, asked)
            messages.success(request, _("Đã hỏi %(name)s bằng thư.") % {"name": asked.name})
    except WrongState:
        messages.error(request, _("Thông cáo đã được gửi đi nên không đổi người cùng đứng tên được nữa."))
    except Suspended:
        messages.error(request, said_of_suspended())
    except NotAPartner:
        messages.error(request, _("Tổ chức này không cùng đứng tên được."))


@steps_up
def partner(request: HttpRequest, public_id: str) -> HttpResponse:
    """A joint release as its readers will see it, for the organization that was asked, and two buttons.

    Opened by a member who is signed in, or by the link in the mail to one.
    """
    link = request.GET.get("link", "")
    person = _member(request, public_id, link)
    if person is None:
        return _turned_away(request)
    partnership = queries.partnership_for(person, public_id)
    if partnership is None or partnership.organization.portal_id != portal_of(request).pk:
        raise Http404
    if request.method == "POST":
        return _answered(request, person, partnership)
    return _asked(request, partnership)


def _member(request: HttpRequest, public_id: str, link: str) -> Person | None:
    if request.user.is_authenticated and queries.partnership_for(person_of(request), public_id) is not None:
        return person_of(request)
    return queries.person_of_link(link, public_id) if link else None


def _turned_away(request: HttpRequest) -> HttpResponse:
    """Somebody signed in has no business here; somebody else may only have to sign in."""
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.path)


def _asked(request: HttpRequest, partnership: Partnership, *, status: int = 200, sentence: str = "") -> HttpResponse:
    release = partnership.release
    is_open = release.state in EDITABLE
    context = {
        "partnership": partnership, "release": release, "sheet": sheet_of(release, language_of(request)),
        "seen": text_digest(release), "is_open": is_open, "sentence": sentence,
        "is_answered": partnership.answered_at is not None,
        "is_stale": partnership.answered_at is not None and partnership.text_digest != text_digest(release),
    }  # fmt: skip
    answer = render(request, "compose/partner.html", context, status=status)
    answer["Cache-Control"] = "private, no-store"
    # The address may hold the link from the mail; "no-referrer" would take the Origin of the form too.
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _answered(request: HttpRequest, person: Person, partnership: Partnership) -> HttpResponse:
    is_agreed = "agree" in request.POST
    try:
        answer_partner(person, partnership, is_agreed=is_agreed, seen=request.POST.get("seen", ""))
    except StaleRevision:
        sentence = _("Bản thảo vừa được sửa. Hãy đọc lại rồi trả lời.")
        return _asked(request, partnership, status=409, sentence=sentence)
    except WrongState:
        return _asked(request, partnership, status=409, sentence=_("Thông cáo đã được gửi đi; không trả lời được nữa."))
    except Suspended:
        return _asked(request, partnership, status=409, sentence=said_of_suspended())
    messages.success(request, _("Đã ghi nhận: đồng ý.") if is_agreed else _("Đã ghi nhận: không đồng ý."))
    return redirect(request.get_full_path())
