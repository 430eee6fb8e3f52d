"""Where a journalist asks for a place on the press list."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loa.limits.actions.take import take
from loa.limits.rules import address_of, is_from_own_page
from loa.portals.middleware import portal_of
from loa.subscribers import rules
from loa.subscribers.actions.apply_for_press import Application, apply_for_press
from loa.subscribers.forms import PressForm
from loa.subscribers.rules import forms as timing
from loa.subscribers.views.answers import page, refuse
from loa.subscribers.views.sign_up import A_NETWORK, HOUR, hurry, is_pestered, takes_no_mail
from loa.ui.language import language_of


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def press(request: HttpRequest) -> HttpResponse:
    """The form; whoever sends it is asked by mail first, and every accepted form gets the same answer."""
    text = rules.press_text(portal_of(request).name)
    if request.method != "POST":
        form = PressForm(initial={"language": language_of(request)})
        return page(request, "press", form=form, consent=text, shown=timing.stamp())
    if not is_from_own_page(request.META, request.get_host()):
        return refuse(request, 403, _("Biểu mẫu này phải được gửi từ chính trang đăng ký."))
    form = PressForm(request.POST)
    shown = request.POST.get("shown", "")
    refusal = hurry(request).strip()
    if not form.is_valid() or refusal or not shown:
        kept = timing.stamp() if timing.is_too_old(shown) else shown
        return page(request, "press", 422, form=form, consent=text, shown=kept, refusal=refusal)
    if not take(f"sign_up:{address_of(request.META, settings.LOA_PROXIES)}", limit=A_NETWORK, seconds=HOUR):
        return refuse(request, 429, _("Có quá nhiều lượt đăng ký từ mạng của bạn; hãy thử lại sau một giờ."))
    if sentence := takes_no_mail(form.cleaned_data["email"]):
        form.add_error("email", sentence)
        return page(request, "press", 422, form=form, consent=text, shown=shown)
    said = dict(form.cleaned_data)
    email, trap = said.pop("email"), said.pop("website")
    if not trap and not is_pestered(email):
        apply_for_press(portal_of(request), email=email, application=Application(**said), text=text)
    return page(request, "sign_up_done", email=email, about=None, is_press=True)
