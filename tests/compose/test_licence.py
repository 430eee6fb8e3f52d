"""Who may republish: chosen by the author, said to readers and machines."""

from typing import Any

from django.test import Client

from loa.releases.models import Release
from tests.compose.conftest import Form


def test_the_licence_is_chosen_and_a_page_that_does_not_ask_leaves_it(desk: Client, write: Any, form: Form) -> None:
    release = write()
    desk.post(f"/desk/releases/{release.public_id}", form(release, licence="cc-by"))
    assert Release.objects.get().licence == "cc-by"
    desk.post(f"/desk/releases/{release.public_id}", form(release))
    assert Release.objects.get().licence == "cc-by"


def test_readers_are_told(client: Client, put_out: Any) -> None:
    entry = put_out(licence="cc-by-sa")
    page = client.get(f"/r/{entry.public_id}/{entry.current.slug}").content.decode()
    assert '<link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">' in page
