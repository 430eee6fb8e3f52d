"""Doors of a release in other languages: begin, write beside the original, look at it, publish."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from loa.accounts.views import person_of
from loa.accounts.views.step_up import steps_up
from loa.compose import queries
from loa.compose.forms.translation import AgainForm, TranslationForm
from loa.compose.views.again import FACTS, said_of_again
from loa.compose.views.found import release_or_404
from loa.compose.views.kept import for_writers
from loa.compose.views.organizations import said_of_suspended
from loa.lib import languages
from loa.lib.languages import Language
from loa.moderation.actions.take_translation import take_translation
from loa.releases import queries as releases
from loa.releases.actions.publish import sheet_of
from loa.releases.actions.translate import save_translation, translated
from loa.releases.errors import NotALanguage, NotReady, StaleRevision, Suspended, WrongState
from loa.releases.models import Release, Translation
from loa.releases.rules import is_behind, is_translatable_into, reasons_not_to_publish_translation
from loa.releases.states import State
from loa.ui.language import language_of


def _found(request: HttpRequest, public_id: str, code: str) -> tuple[Release, Language, Translation | None]:
    release = release_or_404(request, public_id)
    if not is_translatable_into(release, code) or release.state == State.WITHDRAWN:
        raise Http404
    return release, languages.get(code), releases.translation(release, code)


@for_writers
def begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """From the list of languages to the form of one; nothing is kept before something is written."""
    release = release_or_404(request, public_id)
    code = request.GET.get("language", "")
    if not is_translatable_into(release, code):
        messages.error(request, _("Hãy chọn một ngôn ngữ khác ngôn ngữ của bản gốc."))
        return redirect("compose:edit", public_id)
    return redirect("compose:translation", public_id, code)


@for_writers
def translation(request: HttpRequest, public_id: str, language: str) -> HttpResponse:
    """The original and the translation, field beside field; what was typed is shown again whatever happens."""
    release, tongue, row = _found(request, public_id, language)
    data = request.POST if request.method == "POST" else None
    form = TranslationForm(data, release=release, language=tongue, row=row)
    if data is None or not form.is_valid():
        return _form(request, release, form, tongue, row, status=400 if data is not None else 200)
    if copy := data.get("copy", ""):
        form.copied(copy)
    revision = form.cleaned_data["revision"]
    try:
        save_translation(
            release,
            language,
            fields=form.typed(),
            expected_revision=revision,
            follows=_follows(data, form, release, row),
            person=person_of(request),
        )
    except StaleRevision:
        saved = releases.translation(release, language)
        form.add_error(None, _("Có người vừa lưu bản khác. Hãy so hai bản rồi lưu lại; bản của bạn vẫn ở trong ô."))
        form.data = {**data.dict(), "revision": str(saved.revision if saved else 0)}
        return _form(request, release, form, tongue, saved, status=409, saved=saved)
    except Suspended:
        form.add_error(None, said_of_suspended())
        return _form(request, release, form, tongue, row, status=409)
    except WrongState:
        form.add_error(None, _("Thông cáo này vừa được rút nên không lưu được nữa. Hãy chép lại chữ bạn cần."))
        return _form(request, release, form, tongue, row, status=409)
    messages.success(request, _("Đã lưu."))
    return redirect(_next(request), public_id, language)


def _follows(data: Any, form: TranslationForm, release: Release, row: Translation | None) -> int | None:
    """The original's revision its translator had before them, where the text follows that one."""
    seen = str(data.get("original", ""))
    is_new_or_current = row is None or not is_behind(release, row) or form.cleaned_data["is_current"]
    return int(seen) if is_new_or_current and seen.isdecimal() and len(seen) < 10 else None


def _next(request: HttpRequest) -> str:
    """Where the button leads: every way on from the form saves first."""
    if "preview" in request.POST:
        return "compose:translation_preview"
    return "compose:translation_publish" if "send" in request.POST else "compose:translation"


def _form(
    request: HttpRequest, release: Release, form: TranslationForm, language: Language, row: Translation | None, *,
    status: int, saved: Translation | None = None,
) -> HttpResponse:  # fmt: skip
    context = {**_context(release, language, row), "form": form, "saved": saved}
    return render(request, "compose/translation.html", context, status=status)


def _context(release: Release, language: Language, row: Translation | None) -> dict[str, Any]:
    behind = row is not None and is_behind(release, row)
    return {
        "release": release,
        "organization": release.organization,
        "tongue": language,  # the base template has a `language` of its own
        "row": row,
        "is_behind": behind,
        "changes": queries.changed_since(release, row) if row is not None and behind else [],
        "reasons": reasons_not_to_publish_translation(release, row) if row is not None else [],
        "state": queries.state_of(release, row),
    }


@for_writers
@cache_control(private=True, no_store=True)
def preview(request: HttpRequest, public_id: str, language: str) -> HttpResponse:
    """The page as readers will see it."""
    release, tongue, row = _found(request, public_id, language)
    if row is None:
        return redirect("compose:translation", public_id, language)
    made = sheet_of(translated(release, row), language_of(request))
    sheet = replace(made, translates=1, source_language=release.language)
    answer = render(request, "compose/translation_preview.html", {**_context(release, tongue, row), "sheet": sheet})
    answer["X-Robots-Tag"] = "noindex"
    return answer


@for_writers
@steps_up
def publish(request: HttpRequest, public_id: str, language: str) -> HttpResponse:
    """Says what is still missing or what will happen, then does it; public words change only with a reason."""
    release, tongue, row = _found(request, public_id, language)
    if row is None:
        return redirect("compose:translation", public_id, language)
    context = _context(release, tongue, row)
    is_public = bool(row.published_revision)
    form = AgainForm(request.POST or None) if is_public else None
    if request.method != "POST" or (form is not None and not form.is_valid()):
        status = 400 if request.method == "POST" else 200
        return render(request, "compose/translation_publish.html", {**context, "form": form}, status=status)
    typed = request.POST.get("revision", "")
    revision = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    why = form.cleaned_data if form is not None else {}
    try:
        take_translation(person_of(request), release, language, expected_revision=revision, **why)
    except NotReady as missing:
        context["reasons"] = missing.reasons
        return render(request, "compose/translation_publish.html", {**context, "form": form}, status=400)
    except StaleRevision:
        messages.error(request, _("Có người vừa lưu bản dịch này. Hãy đọc lại rồi đăng."))
    except (Suspended, *FACTS) as fact:
        messages.error(request, said_of_again(request, fact))
    except (WrongState, NotALanguage):
        messages.error(request, _("Thông cáo này vừa được rút nên không đăng được bản dịch."))
    else:
        messages.success(request, _("Đã đăng bản dịch."))
        return redirect("compose:edit", public_id)
    return redirect("compose:translation", public_id, language)
