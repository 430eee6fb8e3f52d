"""Ask: somebody wrote down what they want about their data; a mail asks whether it was they."""

from django.db import transaction

from loa.lib import clock, vietnamese
from loa.portals.models import Portal
from loa.privacy import emails
from loa.privacy.models import DataRequest


def ask(portal: Portal, *, wish: str, name: str, email: str, said: str, language: str) -> DataRequest:
    """A row that is in no register before its link was used."""
    with transaction.atomic():
        request = DataRequest.objects.create(
            portal=portal, wish=wish, name=vietnamese.kept(name.strip()), email=email.strip(),
            said=vietnamese.kept(said.strip()), language=language, asked_at=clock.now(),
        )  # fmt: skip
        emails.confirm(request)
    return request
