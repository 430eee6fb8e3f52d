"""What keeps a release from being submitted."""

from loa.organizations.models import Kind as OrganizationKind
from loa.releases.rules import reasons_not_to_submit
from tests.conftest import Write


def test_only_the_portals_own_desk_carries_sourced_news(write: Write) -> None:
    release = write(kind="sourced", source_url="https://bao.example/bai")
    assert [reason for reason in reasons_not_to_submit(release) if "ban biên tập của cổng" in reason]
    release.organization.kind = OrganizationKind.PORTAL_DESK
    assert not reasons_not_to_submit(release)


def test_sourced_news_names_its_original(write: Write) -> None:
    release = write(kind="sourced")
    release.organization.kind = OrganizationKind.PORTAL_DESK
    assert reasons_not_to_submit(release) == ["Tin dẫn nguồn cần địa chỉ bài gốc."]


def test_plain_text_becomes_paragraphs_with_live_links(write: Write) -> None:
    release = write(body_html="Đoạn một.\n\nXem https://saomai.example/lua")
    assert release.body_html.count("<p>") == 2
    assert 'href="https://saomai.example/lua"' in release.body_html
