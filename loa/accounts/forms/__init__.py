"""Sign-up (an address, a password, and the word that one may speak for the organization), and allauth's other forms."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from loa.accounts import queries
from loa.accounts.actions.agree import agree
from loa.accounts.actions.recover import recover
from loa.accounts.models import Person, Recovery
from loa.lib.tokens import random_id

STATEMENT = _("Tôi được phép thay mặt tổ chức của mình và đồng ý với điều khoản sử dụng.")


class _Plain:
    """A label says what a field is for; allauth says it once more inside the field, in grey, and that is taken out."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignUpForm(_Plain, allauth.SignupForm):  # type: ignore[misc]  # allauth carries no types
    """allauth's form with the terms box."""

    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    terms = forms.BooleanField(
        label=STATEMENT,
        error_messages={"required": _("Hãy đánh dấu vào ô này: chỉ người được phép mới đăng thay tổ chức.")},
    )
    field_order = ("name", "email", "password1", "terms")

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        """Person, address and agreement stand or fall together.

        Where the address has an account already the same is done for an address nobody has, and undone: a clock at the
        other end tells as little as the page.
        """
        if self.account_already_exists:
            self._work_as_for_a_new_one(request)
        with transaction.atomic():
            saved: tuple[Person | None, HttpResponse | None] = super().try_save(request)
            return saved

    def _work_as_for_a_new_one(self, request: HttpRequest) -> None:
        email = self.cleaned_data["email"]
        self.cleaned_data["email"], self.account_already_exists = f"{random_id()}@nobody.invalid", False
        try:
            with transaction.atomic():
                self.save(request)
                transaction.set_rollback(True)
        finally:
            self.cleaned_data["email"], self.account_already_exists = email, True

    def custom_signup(self, request: HttpRequest, user: Person) -> None:
        """Keep the name, and what was agreed to, in the words that were shown."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        portal = getattr(request, "portal", None)
        agree(user, text_version=queries.terms_version(portal), statement=str(STATEMENT))


class LogInForm(_Plain, allauth.LoginForm):  # type: ignore[misc]
    """allauth's, plain."""


class AddEmailForm(_Plain, allauth.AddEmailForm):  # type: ignore[misc]
    """allauth's, plain."""


class ChangePasswordForm(_Plain, allauth.ChangePasswordForm):  # type: ignore[misc]
    """allauth's, plain."""


class SetPasswordForm(_Plain, allauth.SetPasswordForm):  # type: ignore[misc]
    """allauth's, plain."""


class ResetPasswordForm(_Plain, allauth.ResetPasswordForm):  # type: ignore[misc]
    """allauth's, plain."""


class ResetPasswordKeyForm(_Plain, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """allauth's; whoever comes in this way publishes nothing for a day."""

    def save(self) -> None:
        """The password and the wait stand or fall together."""
        with transaction.atomic():
            super().save()
            recover(self.user, Recovery.Way.PASSWORD)
