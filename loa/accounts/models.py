"""People: who signs in, and what each agreed to."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac

from loa.lib import clock
from loa.lib.tokens import random_id


class PersonManager(BaseUserManager["Person"]):
    """Makes people; an address is one person whatever its letter case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person with an address and, where given, a password."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """The operator: may open every desk."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Signing in does not look at letter case."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in by an e-mail address; organizations are joined, never owned by the account."""

    email = models.EmailField("thư điện tử", unique=True)
    name = models.CharField("họ và tên", max_length=120, blank=True)
    is_staff = models.BooleanField(default=False)  # edits every portal; of one alone: Editorship
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    epoch = models.PositiveIntegerField(default=0)  # one more ends every session there is

    objects: ClassVar[PersonManager] = PersonManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name as shown beside an act."""
        return str(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep one spelling of the address, so that unique means unique."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def get_session_auth_hash(self) -> str:
        """What a session must know to be this person's: another password or epoch ends it, wherever it is."""
        return self._hash_for_sessions()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under keys that were replaced."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._hash_for_sessions(secret)

    def _hash_for_sessions(self, secret: str | bytes | None = None) -> str:
        said = f"{self.epoch}:{self.password}"
        return salted_hmac("loa.accounts.session", said, secret=secret, algorithm="sha256").hexdigest()


class Editorship(models.Model):
    """That a person edits one portal: its queue, reports, newsletters and pages, and no other's."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="editorships")
    portal = models.ForeignKey("portals.Portal", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "portal"], name="editorship_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.portal_id}"


class SignIn(models.Model):
    """One time somebody signed in, from one browser; kept for a year, so that a browser is known again."""

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, blank=True)  # Django's; empty once it ended
    device_digest = models.CharField(max_length=64)  # of the token in the browser's cookie
    agent = models.CharField(max_length=400, blank=True)  # what the browser says of itself
    at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)  # to within five minutes
    ended_at = models.DateTimeField(null=True)
    disowned_at = models.DateTimeField(null=True)  # its owner said: not me

    class Meta:
        indexes = [models.Index(fields=["person", "device_digest"], name="sign_in_device")]

    def __str__(self) -> str:
        return self.public_id


class Recovery(models.Model):
    """That an account was entered by the way for who lost theirs; it does not publish for a day after that."""

    class Way(models.TextChoices):
        """What was lost."""

        PASSWORD = "password"  # noqa: S105  # it was set anew by a link in a mail
        CODE = "code"  # a recovery code stood in for phone and passkey
        DISOWNED = "disowned"  # its owner said that a sign-in was not theirs
        FACTORS = "factors"  # an operator took the second step away
        ADDRESS = "address"  # a change of address was undone by the old one

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recoveries")
    way = models.CharField(max_length=10, choices=Way.choices)
    at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)  # an operator knows who it is
    told_at = models.DateTimeField(null=True, db_index=True)  # the owners of their organizations

    def __str__(self) -> str:
        return f"{self.person_id} {self.way}"


class AddressChange(models.Model):
    """That somebody wants another address: asked for, confirmed by the new one, perhaps undone by the old one."""

    public_id = models.CharField(max_length=40, unique=True, default=random_id)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="address_changes")
    old = models.EmailField()
    new = models.EmailField()
    asked_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.public_id


class TermsAgreement(models.Model):
    """That a person agreed, to which text, in which words, and when; never changed afterwards."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agreements")
    text_version = models.CharField(max_length=40)
    statement = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="terms_person_at")]
