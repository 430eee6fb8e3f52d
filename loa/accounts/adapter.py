"""How allauth behaves here: whose network asks, where the links in its mails lead, what proves who one is."""

import base64
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmationHMAC
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from loa.accounts.actions.end_sign_ins import end_sign_ins
from loa.accounts.actions.sign_in import sign_in
from loa.accounts.middleware import KEY, sign_in_of
from loa.accounts.models import Person
from loa.accounts.rules import device_in_words, may_have_passkeys
from loa.lib import qr
from loa.lib.tokens import random_id
from loa.limits.rules import address_of
from loa.portals.middleware import host_of

DEVICE = "device"
DEVICE_LIVES = 400 * 86_400  # seconds; browsers keep none longer (RFC 6265bis)
LONGEST_NEXT = 500  # characters; it stands in a mail, and no page of ours has an address as long


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Nothing a stranger's request says about host or address is believed."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every link stands on the portal's configured address: the Host of a request may be anybody's."""
        portal = getattr(self.request, "portal", None)  # only a command asks outside a request
        origin = portal.address if portal else settings.LOA_ORIGIN
        own = {name: on_origin(value, origin) if name.endswith("_url") else value for name, value in context.items()}
        own.setdefault("reset_url", on_origin(reverse("account_reset_password"), origin))
        super().send_mail(template_prefix, email, own)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmationHMAC) -> str:
        """The link carries where the person was going (`next`), so that it leads there in any browser."""
        address: str = super().get_email_confirmation_url(request, emailconfirmation)
        following = get_next_redirect_url(request) if request else None
        return f"{address}?{urlencode({'next': following})}" if following else address

    def login(self, request: HttpRequest, user: Person) -> None:
        """Signs in, and notes it; whoever owns the account hears of a browser they never used."""
        super().login(request, user)
        if request.session.session_key is None:
            request.session.create()
        request.new_device = device_of(request) or random_id()  # type: ignore[attr-defined]  # kept by `post_login`
        row = sign_in(
            user, session_key=request.session.session_key or "", device=request.new_device,  # type: ignore[attr-defined]
            agent=request.META.get("HTTP_USER_AGENT", ""), portal=getattr(request, "portal", None),
            language=request.language,  # type: ignore[attr-defined]  # set by LanguageFromPath
        )  # fmt: skip
        request.session[KEY] = {"id": row.public_id, "key": request.session.session_key, "seen": int(time.time())}

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """The browser keeps a word to be known by, at the pages of accounts alone: public pages have no cookie."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        for code in request.portal.spoken:  # type: ignore[attr-defined]  # set by PortalByHost
            prefix = "" if code == request.portal.language else f"/{code}"  # type: ignore[attr-defined]  # set by PortalByHost
            response.set_signed_cookie(
                cookie_of(code), request.new_device, salt=DEVICE, path=f"{prefix}/accounts/", max_age=DEVICE_LIVES,  # type: ignore[attr-defined]  # set by `login`
                secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
            )  # fmt: skip
        return response

    def set_password(self, user: Person, password: str) -> None:
        """Another password ends every session but the one that changed it."""
        super().set_password(user, password)
        end_sign_ins(user, but=sign_in_of(context.request))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Every door that needs a fresh proof is guarded by `steps_up`; allauth counts by another clock."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only a path of our own: allauth would also lead to any host the server answers for."""
        return url.startswith("/") and len(url) <= LONGEST_NEXT and bool(super().is_safe_url(url))

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network throttles count by, seen past the trusted proxies in front."""
        return address_of(request.META, settings.LOA_PROXIES)


def cookie_of(language: str) -> str:
    """What the cookie a browser is known by is called; the pages of accounts have a path in each language."""
    return f"{'__Secure-' if settings.SESSION_COOKIE_SECURE else ''}{DEVICE}-{language}"


def device_of(request: HttpRequest) -> str:
    """The word this browser keeps; empty where it keeps none of ours."""
    name = cookie_of(request.language)  # type: ignore[attr-defined]  # set by LanguageFromPath
    return str(request.get_signed_cookie(name, default="", salt=DEVICE, max_age=DEVICE_LIVES))


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys belong to the host they were made at; what an app shares with us is kept encrypted."""

    error_messages = {  # allauth's own way
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("Chưa đúng, hoặc vừa dùng rồi. Hãy thử lại."),
        "unverified_email": gettext_lazy("Hãy xác nhận địa chỉ thư trước, rồi mới bật được."),
    }

    def get_totp_issuer(self) -> str:
        """What the app on a phone calls the account: the portal's name."""
        return str(context.request.portal.name)

    def build_totp_svg(self, url: str) -> str:
        """The square code, drawn as those of payments are."""
        return qr.draw(url)

    def encrypt(self, text: str) -> str:
        """A stolen database or backup holds no secret of an app: the key is made of LOA_SECRET_KEY, never in either."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The same, back. Raises InvalidToken where the secret key is another."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:  # noqa: A002  # allauth's
        """A name for who gave none: the device it was made on."""
        return device_in_words(context.request.META.get("HTTP_USER_AGENT", ""))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Who asks for a passkey: this host; each portal's host has its own (WebAuthn, “RP ID”)."""
        return {"id": host_of(context.request), "name": str(context.request.portal.name)}


def _box() -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"loa.accounts.factors").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def passkeys_are_possible(request: HttpRequest) -> bool:
    """Whether this address is one that browsers make passkeys for, and that the portal says is its own."""
    portal = request.portal  # type: ignore[attr-defined]  # set by PortalByHost
    named = {row.host for row in portal.hosts.exclude(host="*")}
    hosts = named | {urlsplit(portal.address).hostname or ""}
    return may_have_passkeys(host_of(request), is_secure=request.is_secure(), hosts=hosts)


def on_origin(address: str, origin: str) -> str:
    """The same path on another scheme and host."""
    own = urlsplit(origin)
    return urlsplit(address)._replace(scheme=own.scheme, netloc=own.netloc).geturl()
