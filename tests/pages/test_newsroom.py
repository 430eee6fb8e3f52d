"""The public page of an organization."""

from django.test import Client

from loa.organizations.models import Organization


def test_a_name_nobody_looked_at_has_no_public_page(client: Client, newcomer: Organization) -> None:
    for path in (f"/o/{newcomer.slug}", f"/o/{newcomer.slug}/feed.xml"):
        assert client.get(path).status_code == 404


def test_a_suspended_one_keeps_its_page_with_a_line(client: Client, organization: Organization) -> None:
    organization.suspended_at = organization.approved_at
    organization.save()
    page = client.get(f"/o/{organization.slug}")
    assert page.status_code == 200
    assert "tạm ngưng" in page.text
