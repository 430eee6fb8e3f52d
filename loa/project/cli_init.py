"""Makes the empty portal, its first operator and the starting texts of its pages, for `loa init`."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model, password_validation
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from loa.audit.actions.record import SYSTEM, record
from loa.desk.actions.make_portal import make_portal as made_portal
from loa.portals import rules
from loa.portals.models import Portal
from loa.project.cli_errors import Trouble
from loa.project.vocabulary import load_places, load_topics


def make_portal(*, name: str, host: str, email: str, password: str) -> None:
    """Make all in one transaction; Trouble where a portal is, or an answer cannot be used."""
    where = rules.host_name(host)
    if where is None:
        raise Trouble(
            f"“{host}” không phải là tên miền. Chỉ viết tên miền, như tin.example.vn, không có https:// và dấu /.",
            f"“{host}” is no host name. Write it alone, like tin.example.vn, without https:// and slashes.",
        )
    person = get_user_model()(email=email.strip().lower(), is_staff=True, is_superuser=True)
    try:
        validate_email(person.email)
        password_validation.validate_password(password, person)
    except ValidationError as error:
        raise Trouble("Thông tin chưa dùng được: " + " ".join(error.messages), " ".join(error.messages)) from None
    person.set_password(password)
    with transaction.atomic():
        if Portal.objects.exists():
            raise Trouble("Ở đây đã có một cổng thông tin.", "There is a portal here already.")
        person.save()
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        load_topics()
        load_places()
        portal = made_portal(
            SYSTEM, name=name, origin="", email=person.email, host="*" if where == "localhost" else where
        )
        record(SYSTEM, act="init", subject=f"portal:{portal.pk}", detail={"operator": person.pk})
