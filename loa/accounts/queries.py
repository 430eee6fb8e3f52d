"""Reads of people."""

import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from fido2.utils import websafe_decode

from loa.accounts.models import Editorship, Person, Recovery, SignIn
from loa.audit.actions.record import Actor
from loa.lib import clock
from loa.portals.models import Portal, StaticPage


def edits(person: Person | AnonymousUser, portal_id: int) -> bool:
    """Whether somebody keeps the desk of a portal: its own editors, and those of every portal."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    return edits_all(person) or Editorship.objects.filter(person=person, portal_id=portal_id).exists()


def edits_all(person: Person) -> bool:
    """Whether somebody keeps the desk of every portal there is and will be."""
    return person.is_superuser or person.is_staff


def edited(person: Person) -> QuerySet[Portal]:
    """The portals whose desk somebody keeps."""
    if not person.is_active:
        return Portal.objects.none()
    own = Editorship.objects.filter(person=person).values("portal")
    return Portal.objects.all() if edits_all(person) else Portal.objects.filter(pk__in=own)


def editors(portal: Portal) -> list[Person]:
    """Those who keep the desk of a portal, by address."""
    own = Editorship.objects.filter(portal=portal).values("person")
    return list(Person.objects.filter(Q(is_staff=True) | Q(pk__in=own)).order_by("email"))


def operators() -> list[Person]:
    """Those who run the portal, by address."""
    return list(Person.objects.filter(is_superuser=True, is_active=True).order_by("email"))


def actor(person: Person) -> Actor:
    """A person as audit names whoever acts: the one spelling of a person's id there."""
    return Actor(f"person:{person.pk}", person.email)


def terms_version(portal: Portal | None) -> str:
    """Which terms are in force: the day and minute the portal's text was last edited, in UTC."""
    page = StaticPage.objects.filter(portal=portal, slug="terms").order_by("-edited_at").first()
    return page.edited_at.strftime("terms %Y-%m-%dT%H:%MZ") if page else "terms none"


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey as its owner knows it."""

    pk: int
    name: str
    host: str  # where it signs in, and nowhere else
    added_at: datetime
    used_at: datetime | None


def passkeys(person: Person) -> list[Passkey]:
    """A person's passkeys, the oldest first."""
    rows = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    return [Passkey(row.pk, row.data["name"], _host(row.data), row.created_at, row.last_used_at) for row in rows]


def _host(data: dict[str, dict[str, dict[str, str]]]) -> str:
    """The host a passkey was made at: its browser said so when it was made (WebAuthn, clientDataJSON)."""
    client = json.loads(websafe_decode(data["credential"]["response"]["clientDataJSON"]))
    return urlsplit(client["origin"]).hostname or ""


def ways(person: Person) -> set[str]:
    """How this person proves who they are once more; the password is for those who have nothing better."""
    names = {Authenticator.Type.WEBAUTHN: "passkey", Authenticator.Type.TOTP: "code"}
    types = Authenticator.objects.filter(user=person, type__in=names).values_list("type", flat=True).distinct()
    return {names[Authenticator.Type(one)] for one in types} or {"password"}


def waits_until(actor: Actor) -> datetime | None:
    """Until when (UTC) whoever acts publishes nothing, after their account was recovered; None: they may."""
    kind, _, number = actor.id.partition(":")
    if kind != "person" or not number.isdecimal():
        return None
    rows = Recovery.objects.filter(person_id=int(number), until__gt=clock.now(), lifted_at=None)
    return rows.order_by("-until").values_list("until", flat=True).first()


def sign_ins(person: Person) -> list[SignIn]:
    """Where a person is signed in now, the last used first; a session that ran out is none."""
    rows = SignIn.objects.filter(person=person, ended_at=None).order_by("-seen_at")
    keys = [row.session_key for row in rows]
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=clock.now()).values_list("session_key", flat=True)
    )
    return [row for row in rows if row.session_key in alive]
