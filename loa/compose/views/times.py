"""The door of a release's time: another one, or none, for what is with the editors, waits or was held."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loa.accounts.views import person_of
from loa.accounts.views.step_up import steps_up
from loa.compose.forms.time import TimeForm, initial_time
from loa.compose.views.found import release_or_404
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import said_of_suspended
from loa.releases.actions.schedule import reschedule
from loa.releases.errors import Suspended, WrongState
from loa.releases.rules import in_words, is_last_look
from loa.releases.states import State
from loa.ui.language import language_of

MOVABLE = frozenset({State.SUBMITTED, State.SCHEDULED, State.HELD})


@for_writers
@steps_up
def time(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was chosen, and a form to choose again."""
    release = release_or_404(request, public_id)
    if release.state not in MOVABLE or is_last_look(release):
        return redirect("compose:edit", public_id)
    form = TimeForm(request.POST or None, initial=initial_time(release))
    if not form.is_valid():
        context = {
            "release": release, "organization": release.organization, "form": form, "undo": settings.LOA_UNDO,
            "when": in_words(release, language_of(request)), "is_with_moderator": release.state == State.SUBMITTED,
        }  # fmt: skip
        return render(request, "compose/time.html", context, status=400 if form.is_bound else 200)
    try:
        changed = reschedule(person_of(request), release, **form.moment())
    except Suspended:
        messages.error(request, said_of_suspended())
    except WrongState:
        messages.error(request, _("Thông cáo này vừa đổi trạng thái nên giờ đăng không đổi được nữa."))
    else:
        if not is_last_look(changed):
            messages.success(request, _("Đã đổi giờ đăng.") if changed.publish_at else _("Đã bỏ giờ hẹn."))
    return redirect("compose:edit", public_id)
