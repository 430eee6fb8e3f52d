"""People: who signs in, and what each agreed to."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models

from loa.lib import clock


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
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)

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


class TermsAgreement(models.Model):
    """That a person agreed, to which text, in which words, and when; never changed afterwards."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agreements")
    text_version = models.CharField(max_length=40)
    statement = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="terms_person_at")]
