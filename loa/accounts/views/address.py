"""Doors of another address: ask for it, confirm it from there, undo it from the old one."""

from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from loa.accounts import emails
from loa.accounts.actions.ask_new_address import ask_new_address
from loa.accounts.actions.change_address import change_address
from loa.accounts.actions.undo_address import undo_address
from loa.accounts.views import by_mail, person_of
from loa.accounts.views.step_up import steps_up
from loa.limits.actions.take import take
from loa.portals.middleware import portal_of
from loa.ui.language import language_of

CONFIRM_LIVES, UNDO_LIVES = 3 * 86_400, 14 * 86_400  # seconds
A_DAY = 5  # a mail goes to an address that may be anybody's


class AddressForm(forms.Form):
    """The new one."""

    email = forms.EmailField(
        label=gettext_lazy("Địa chỉ mới"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=gettext_lazy("Chúng tôi gửi thư tới đó; tài khoản chỉ chuyển khi bạn bấm nút trong thư."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@steps_up
def ask(request: HttpRequest) -> HttpResponse:
    """The answer is alike whoever has the new address."""
    person, form = person_of(request), AddressForm(request.POST or None)
    if form.is_valid():
        if form.cleaned_data["email"].lower() == person.email:
            form.add_error("email", _("Đây là địa chỉ bạn đang dùng."))
        elif not take(f"accounts.address:{person.pk}", limit=A_DAY, seconds=86_400):
            form.add_error("email", _("Hôm nay bạn đã xin nhiều lần. Ngày mai hãy thử lại."))
        else:
            email = form.cleaned_data["email"]
            ask_new_address(person, email=email, portal=portal_of(request), language=language_of(request))
            messages.success(request, _("Đã gửi thư tới %(email)s. Mở thư và bấm nút để đổi.") % {"email": email})
            return redirect("account_email")
    return render(request, "accounts/address.html", {"form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button, in the mail to the new address."""
    act = partial(change_address, portal=portal_of(request), language=language_of(request))
    page, salt = "accounts/address_confirm.html", emails.CONFIRM
    return by_mail.answer(request, token, template=page, salt=salt, seconds=CONFIRM_LIVES, act=act)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button, in the mail to the old address."""
    page, salt = "accounts/address_undo.html", emails.UNDO
    return by_mail.answer(request, token, template=page, salt=salt, seconds=UNDO_LIVES, act=undo_address)
