"""Doors of passkeys, codes of an app and recovery codes: allauth's, in our look, each behind a fresh proof."""

from typing import Any, cast

from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from loa.accounts import queries
from loa.accounts.adapter import passkeys_are_possible
from loa.accounts.rules import device_in_words
from loa.accounts.views import View, person_of
from loa.accounts.views.step_up import steps_up_first
from loa.portals.middleware import host_of


def guarded(view: View) -> View:
    """For who is signed in and has just proved who they are; no page of these is kept by a browser."""
    return login_required(cache_control(private=True, no_store=True)(steps_up_first(view)))


@login_required
@require_safe
def factors(request: HttpRequest) -> HttpResponse:
    """What a person signs in with besides the password."""
    person = person_of(request)
    rows = {row.type: row for row in Authenticator.objects.filter(user=person)}
    codes = rows.get(Authenticator.Type.RECOVERY_CODES)
    context = {
        "passkeys": queries.passkeys(person), "app": rows.get(Authenticator.Type.TOTP), "codes": codes,
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "is_possible": passkeys_are_possible(request), "host": host_of(request),
    }  # fmt: skip
    return render(request, "mfa/index.html", context)


class AddPasskey(webauthn.AddWebAuthnView):  # type: ignore[misc]  # allauth carries no types
    """One more; the browser is asked for one that signs in by itself, and checks who holds it."""

    def get_initial(self) -> dict[str, str]:
        """A name to begin with: the device this is."""
        return {"name": device_in_words(self.request.META.get("HTTP_USER_AGENT", ""))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser is told."""
        context = super().get_context_data(**kwargs)  # which asks for a lesser one, so ours is asked for after it
        options = auth.begin_registration(self.request.user, passwordless=True)
        return {**context, "options": options, "form": kwargs.get("form") or context["form"]}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing is offered where no browser could do it."""
        if not passkeys_are_possible(request):
            return redirect("mfa_index")
        return cast("HttpResponse", super().dispatch(request, *args, **kwargs))


class RemovePasskey(webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    """One less."""

    success_url = reverse_lazy("mfa_index")


class RenamePasskey(webauthn.EditWebAuthnView):  # type: ignore[misc]
    """Another name."""

    success_url = reverse_lazy("mfa_index")


class Second(base.AuthenticateView):  # type: ignore[misc]
    """After the password: a passkey, the app's code, or a recovery code."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A passkey is offered to who has one."""
        has_passkey = bool(queries.passkeys(self.stage.login.user))
        return {**super().get_context_data(**kwargs), "has_passkey": has_passkey}


add_passkey = guarded(AddPasskey.as_view())
remove_passkey = guarded(RemovePasskey.as_view())
rename_passkey = guarded(RenamePasskey.as_view())
activate_app = guarded(totp.activate_totp)
deactivate_app = guarded(totp.deactivate_totp)
show_codes = guarded(codes.view_recovery_codes)
make_codes = guarded(codes.generate_recovery_codes)
sign_in_by_passkey = webauthn.login_webauthn
second = Second.as_view()
