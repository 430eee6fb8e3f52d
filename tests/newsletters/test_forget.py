"""forget: what was in a digest is kept for sixty days, and then by nobody."""

from datetime import timedelta

import pytest

from loa.lib import clock
from loa.newsletters.actions.forget import forget
from loa.newsletters.actions.tell_at_once import tell_at_once
from loa.newsletters.models import Digest, DigestItem
from loa.portals.models import Portal
from tests.entries import make_entry
from tests.readers import make_reader

pytestmark = pytest.mark.django_db


def test_old_digests_go_and_newer_ones_stay(portal: Portal) -> None:
    make_reader(portal, frequency="at_once")
    tell_at_once([make_entry(portal, "một")])
    Digest.objects.update(at=clock.now() - timedelta(days=61))
    tell_at_once([make_entry(portal, "hai")])
    assert (forget(), forget()) == (1, 0)
    assert (Digest.objects.count(), DigestItem.objects.count()) == (1, 1)
