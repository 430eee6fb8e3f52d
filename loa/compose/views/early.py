"""Doors of early reading: who may, for the writers; and the page of a named reader, who comes by a link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loa.accounts.views import person_of
from loa.accounts.views.step_up import steps_up
from loa.archive import queries as archive
from loa.compose.forms.early import EarlyReaderForm
from loa.compose.views.found import release_or_404
from loa.compose.views.guests import gone, sent_privately, shown_to_guest
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import said_of_suspended
from loa.lib import clock
from loa.limits.actions.take import take
from loa.portals.middleware import portal_of
from loa.releases import queries
from loa.releases.actions.let_read_early import let_read_early, stop_reading_early
from loa.releases.actions.open_early import open_early
from loa.releases.actions.publish import sheet_of
from loa.releases.errors import NotNow, Suspended, TooMany, WrongState
from loa.releases.models import EarlyReader, Release
from loa.releases.rules import in_words, is_last_look
from loa.releases.states import State
from loa.ui.language import language_of


@for_writers
@steps_up
def readers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who may read it before its time, how often they did, and a form to name one more."""
    release = release_or_404(request, public_id)
    form = EarlyReaderForm(request.POST if "invite" in request.POST else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        _change(request, release, form)
        return redirect("compose:early", public_id)
    context = {
        "release": release, "organization": release.organization, "form": form, "now": clock.now(),
        "rows": queries.early_readers(release), "when": in_words(release, language_of(request)),
        "is_open": release.state == State.SCHEDULED and not is_last_look(release),
    }  # fmt: skip
    return render(request, "compose/early_readers.html", context, status=400 if form.is_bound else 200)


def _change(request: HttpRequest, release: Release, form: EarlyReaderForm) -> None:
    person = person_of(request)
    if public_id := request.POST.get("stop", ""):
        stop_reading_early(person, release, public_id)
        messages.success(request, _("Đã thu lại; liên kết không mở được nữa."))
    elif form.is_bound and not take(f"compose.early:{person.pk}", limit=100, seconds=86_400):
        messages.error(request, _("Bạn đã mời nhiều người hôm nay. Ngày mai hãy mời tiếp."))
    elif form.is_bound:
        try:
            reader = let_read_early(person, release, **form.cleaned_data)
            messages.success(request, _("Đã gửi liên kết riêng cho %(name)s.") % {"name": reader.name})
        except WrongState:
            messages.error(request, _("Chỉ cho đọc trước khi thông cáo đã được chấp nhận và đang chờ giờ đã hẹn."))
        except TooMany:
            messages.error(request, _("Một thông cáo cho tối đa 100 người đọc trước."))
        except Suspended:
            messages.error(request, said_of_suspended())


def read(request: HttpRequest) -> HttpResponse:
    """The terms and a button; the button shows the text and writes it down. Once it is out: to the public page."""
    reader = queries.early_reader_of_link(request.GET.get("link", ""))
    if reader is None or reader.release.organization.portal_id != portal_of(request).pk:
        return gone(request)
    release = reader.release
    if release.entry is not None:
        return sent_privately(redirect(archive.address(release.entry)))
    if reader.expires_at <= clock.now():
        return gone(request)
    when = in_words(release, language_of(request))
    context = {"reader": reader, "organization": release.organization, "when": when}
    if request.method != "POST" or release.state != State.SCHEDULED:
        is_ready = release.state == State.SCHEDULED
        return sent_privately(render(request, "compose/early_terms.html", {**context, "is_ready": is_ready}))
    return _opened(request, reader, context)


def _opened(request: HttpRequest, reader: EarlyReader, context: dict[str, object]) -> HttpResponse:
    if not take(f"compose.open:{reader.pk}", limit=200, seconds=86_400):
        return sent_privately(render(request, "compose/early_terms.html", {**context, "is_often": True}, status=429))
    try:
        release = open_early(reader)
    except NotNow:
        return gone(request)
    sheet = sheet_of(release, language_of(request))
    answer = render(request, "compose/early.html", {**context, "release": release, "sheet": sheet})
    return shown_to_guest(answer, reader.token_digest)
