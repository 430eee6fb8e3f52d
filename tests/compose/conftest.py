"""The writing desk's cast: An signed in, a picture from a camera, and a form as the browser sends it."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from loa.accounts.models import Person
from loa.portals.models import Portal
from loa.releases.models import Release
from loa.topics.models import Section

Form = Callable[..., dict[str, Any]]


@pytest.fixture
def desk(client: Client, portal: Portal, an: Person) -> Client:
    """An at the writing desk."""
    client.force_login(an)
    return client


@pytest.fixture
def form(section: Section) -> Form:
    """Return a maker of the fields a browser sends for a release, with changes."""

    def make(release: Release, **changes: Any) -> dict[str, Any]:
        release.refresh_from_db()
        sent = {
            "revision": release.revision, "kind": release.kind, "language": release.language, "section": section.pk,
            "headline": release.headline, "lead": release.lead, "body_html": release.body_html,
            "contact": release.contact,
        }  # fmt: skip
        return {**sent, **changes}

    return make


@pytest.fixture
def photo() -> Callable[[], SimpleUploadedFile]:
    """Return a maker of pictures as a camera sends them."""

    def make(name: str = "lua.jpg", colour: str = "green", size: tuple[int, int] = (640, 480)) -> SimpleUploadedFile:
        out = io.BytesIO()
        Image.new("RGB", size, colour).save(out, "JPEG")
        return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")

    return make
