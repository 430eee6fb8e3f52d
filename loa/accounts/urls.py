"""Addresses of accounts: ours, and allauth's behind them."""

from django.contrib.auth.decorators import login_required
from django.urls import include, path
from django.views.generic import RedirectView

from loa.accounts.views import address, factors, sessions, signing

urlpatterns = [
    path("", signing.home, name="accounts_home"),
    path("reauthenticate/", signing.once_more, name="account_reauthenticate"),
    path("2fa/", factors.factors, name="mfa_index"),
    path("2fa/authenticate/", factors.second, name="mfa_authenticate"),
    path("2fa/app/", factors.activate_app, name="mfa_activate_totp"),
    path("2fa/app/remove/", factors.deactivate_app, name="mfa_deactivate_totp"),
    path("2fa/codes/", factors.show_codes, name="mfa_view_recovery_codes"),
    path("2fa/codes/new/", factors.make_codes, name="mfa_generate_recovery_codes"),
    path("2fa/passkeys/", login_required(RedirectView.as_view(pattern_name="mfa_index")), name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", factors.add_passkey, name="mfa_add_webauthn"),
    path("2fa/passkeys/<int:pk>/remove/", factors.remove_passkey, name="mfa_remove_webauthn"),
    path("2fa/passkeys/<int:pk>/edit/", factors.rename_passkey, name="mfa_edit_webauthn"),
    path("email/", address.ask, name="account_email"),
    path("email/confirm/<str:token>", address.confirm, name="accounts_confirm_address"),
    path("email/undo/<str:token>", address.undo, name="accounts_undo_address"),
    path("sessions/", sessions.sign_ins, name="accounts_sign_ins"),
    path("not-me/<str:token>", sessions.not_me, name="accounts_not_me"),
    path("passkey/", factors.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("", include("allauth.account.urls")),
]
