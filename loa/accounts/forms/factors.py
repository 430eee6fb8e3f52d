"""Forms of what proves who one is besides the password, and the one that asks for it once more."""

import json
from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loa.accounts.actions.recover import recover
from loa.accounts.models import Person, Recovery
from loa.accounts.rules import is_totp

WRONG = _("Chưa nhận ra passkey này. Hãy thử lại.")


class _Signed:
    """A signature that does not fit is a wrong answer; the library lets it fall through as an error."""

    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Authenticator:
        """The passkey that signed."""
        try:
            return super().clean_credential()  # type: ignore[misc]  # allauth carries no types
        except (InvalidSignature, KeyError) as error:
            raise ValidationError(WRONG) from error


class SignInByPasskeyForm(_Signed, webauthn.LoginWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    """allauth's; a passkey alone signs in."""


class SecondPasskeyForm(_Signed, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """allauth's; after the password."""


class _StepUpPasskeyForm(_Signed, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """allauth's; of somebody who is signed in."""


class SecondCodeForm(base.AuthenticateForm):  # type: ignore[misc]
    """Six digits of the app, or a recovery code, after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label, code.help_text = _("Mã"), _("Sáu chữ số trong ứng dụng, hoặc một mã dự phòng.")
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs.update({"inputmode": "numeric", "autofocus": True})

    def save(self) -> None:
        """Goes on signing in; who used a recovery code publishes nothing for a day."""
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            recover(self.user, Recovery.Way.CODE)
        super().save()


class ActivateAppForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    """allauth's, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label, code.help_text = _("Mã trong ứng dụng"), _("Sáu chữ số, đổi mỗi nửa phút.")
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs["inputmode"] = "numeric"


class AddPasskeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """Every passkey of ours signs in by itself: the browser checks face, finger or PIN."""

    passwordless = None
    name = forms.CharField(label=_("Tên gọi"), max_length=60, required=False,
                           help_text=_("Để nhận ra sau này: máy nào, khóa nào."))  # fmt: skip


class RenamePasskeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """allauth's, with a bound."""

    name = forms.CharField(label=_("Tên gọi"), max_length=60)


class StepUpForm(forms.Form):
    """One proof of the ways this person has: a passkey, the app's code, or the password of who has neither."""

    step_up_passkey = forms.JSONField(widget=forms.HiddenInput, required=False)
    step_up_code = forms.CharField(
        label=_("Mã trong ứng dụng"), required=False, max_length=12,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip
    step_up_password = forms.CharField(
        label=_("Mật khẩu"), required=False, strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )  # fmt: skip
    proof: Authenticator | None = None  # what proved it; None is the password

    def __init__(self, *args: Any, person: Person, ways: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.ways = person, ways
        for way in {"passkey", "code", "password"} - ways:
            del self.fields[f"step_up_{way}"]

    def refuse(self) -> None:
        """Too many tries; what was typed is not even looked at."""
        self.cleaned_data = {}
        self.errors.clear()
        self.add_error(None, _("Bạn đã thử nhiều lần. Hãy đợi năm phút rồi thử lại; chữ bạn đã nhập vẫn ở đây."))

    def clean(self) -> dict[str, Any]:
        """Whichever was given must be right."""
        typed = super().clean() or self.cleaned_data
        if typed.get("step_up_passkey"):
            self._look_at_passkey(typed["step_up_passkey"])
        elif typed.get("step_up_code"):
            self._look_at_code(typed["step_up_code"])
        elif "step_up_password" in typed:
            self._look_at_password(typed["step_up_password"])
        elif not self.errors:
            raise ValidationError(_("Hãy dùng passkey hoặc nhập mã."))
        return typed

    def _look_at_passkey(self, credential: Any) -> None:
        form = _StepUpPasskeyForm({"credential": json.dumps(credential)}, user=self.person)
        if form.is_valid():
            self.proof = form.cleaned_data["credential"]
        else:
            self.add_error(None, WRONG)

    def _look_at_code(self, code: str) -> None:
        app = Authenticator.objects.filter(user=self.person, type=Authenticator.Type.TOTP).first()
        if app is not None and is_totp(code) and app.wrap().validate_code(code):
            self.proof = app
        else:
            self.add_error("step_up_code", _("Mã chưa đúng, hoặc vừa dùng rồi. Hãy nhập mã mới nhất."))

    def _look_at_password(self, password: str) -> None:
        if not password:
            self.add_error("step_up_password", _("Hãy nhập mật khẩu."))
        elif not check_password(password, self.person.password):  # writes nothing: a new hash would end the session
            self.add_error("step_up_password", _("Mật khẩu chưa đúng. Hãy thử lại."))
