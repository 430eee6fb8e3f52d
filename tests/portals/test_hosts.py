"""Hosts and addresses are written as browsers send them, and the doctor names those that are not."""

from typing import Any

import pytest

from loa.portals import rules
from loa.portals.models import Portal, PortalHost
from loa.project import doctor


@pytest.mark.parametrize(
    "host", ["localhost", "tin.example.vn", "xn--bo-fja.vn", "127.0.0.1", "a-b.vn", "*", " Tin.VN. "]
)
def test_a_host_is_what_browsers_send(host: str) -> None:
    assert rules.host_name(host) == host.strip().rstrip(".").lower()


@pytest.mark.parametrize(
    "host",
    ["", "https://tin.vn", "tin.vn:80", "tin..vn", "-tin.vn", "tin-.vn", "báo.vn", "a b", f"{'a' * 64}.vn", "*.vn"],
)
def test_what_no_browser_sends_is_no_host(host: str) -> None:
    assert rules.host_name(host) is None
    assert not rules.is_origin(f"https://{host}/")
    assert host == "tin.vn:80" or not rules.is_origin(f"https://{host}")


def test_a_port_has_an_end() -> None:
    assert rules.is_origin("http://tin.vn:65535")
    assert not rules.is_origin("http://tin.vn:65536")


def test_the_doctor_names_a_portal_that_readers_do_not_find(portal: Portal, settings: Any) -> None:
    settings.LOA_ORIGIN = "https://globalvn.example"
    assert doctor.hosts().level == "ok"
    PortalHost.objects.filter(host="*").update(host="globalvn.example")
    other = Portal.objects.create(slug="dn", name="GlobalDN")
    PortalHost.objects.create(portal=other, host="GlobalVN.example")
    found = doctor.hosts()
    assert found.is_wrong
    assert "dn has “GlobalVN.example”, which no browser asks for" in found.found
    assert "links of dn begin with LOA_ORIGIN, https://globalvn.example, which leads to globalvn" in found.found
    settings.LOA_ORIGIN = "https://elsewhere.example"
    assert "links of globalvn begin with LOA_ORIGIN, https://elsewhere.example, which leads to no portal" in (
        doctor.hosts().found
    )
    Portal.objects.filter(pk=other.pk).update(origin="https://dn.example")
    PortalHost.objects.filter(portal=other).update(host="dn.example")
    settings.LOA_ORIGIN = "https://globalvn.example"
    assert doctor.hosts().level == "ok"
