"""Handing over: what a double wrote goes out with its files, at the addresses they had."""

import io

from django.test import Client
from PIL import Image

from loa.accounts.models import Person
from loa.accounts.queries import actor
from loa.audit.actions.record import SYSTEM
from loa.desk.actions.merge import merge
from loa.media.actions.attach import attach
from loa.media.actions.take_in import take_in
from loa.media.models import Attachment
from loa.organizations.models import Organization
from loa.releases.actions.publish import publish
from loa.releases.actions.submit import submit
from loa.releases.models import Release
from tests.conftest import Write

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "green").save(out, "JPEG")
    return out.getvalue()


def test_a_draft_of_a_double_goes_out_with_its_files(
    an: Person, organization: Organization, newcomer: Organization, write: Write
) -> None:
    double = f"organization:{newcomer.pk}"
    own = attach(PDF, owner_key=f"organization:{organization.pk}", name="cung-mot-tep.pdf")
    document = attach(PDF, owner_key=double, name="cung-mot-tep.pdf")
    picture = take_in(photo(), owner_key=double, name="lua.jpg")
    shown = {**picture.shown(), "alt": "Ruộng lúa", "credit": "Sao Mai"}
    draft = write(newcomer, pictures=[shown], attachments=[document.shown()])
    merge(SYSTEM, newcomer, organization)
    publish(actor(an), submit(an, Release.objects.get(pk=draft.pk)))
    files = [picture.get_absolute_url(), document.get_absolute_url()]
    assert [Client().get(file).status_code for file in files] == [200, 200]
    again = attach(PDF, owner_key=f"organization:{organization.pk}")
    assert (again, Attachment.objects.count()) == (own, 2), "the same bytes are known as its own"
